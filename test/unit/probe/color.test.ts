import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rgb, deltaE, packRgb, parseColor, toHex } from '../../../src/probe/color/color.js';

const byte = fc.integer({ min: 0, max: 255 });
const color = fc.tuple(byte, byte, byte);

describe('parseColor', () => {
  it('reads long and short form in either case', () => {
    expect(parseColor('#2e9e4f')).toEqual([46, 158, 79]);
    expect(parseColor('#2E9E4F')).toEqual([46, 158, 79]);
    expect(parseColor('#0fa')).toEqual([0, 255, 170]);
  });

  it.each(['', '#', '2e9e4f', '#12', '#12345', '#1234567', '#ggg', ' #fff', 'red', '#2e9e4f80'])(
    'refuses %j',
    (text) => {
      expect(() => parseColor(text)).toThrow(expect.objectContaining({ code: 'PXP_PROBE_OPTION' }));
    },
  );

  it('is undone by toHex', () => {
    fc.assert(
      fc.property(color, (rgb) => {
        expect(parseColor(toHex(rgb))).toEqual(rgb);
      }),
    );
  });
});

describe('toHex and packRgb', () => {
  it('round fractions and clamp', () => {
    expect(toHex([254.6, -3, 300])).toBe('#ff00ff');
    expect(packRgb([0.4, 15.5, 999])).toBe(0x0010ff);
  });
});

describe('deltaE', () => {
  it.each<[Rgb, Rgb, number]>([
    // L*a*b* of the sRGB primaries under D65, published by Lindbloom: red 53.24 80.09 67.20, green 87.74 -86.18 83.18, blue 32.30 79.19 -107.86.
    [[0, 0, 0], [255, 255, 255], 100],
    [[0, 0, 0], [255, 0, 0], Math.hypot(53.24, 80.09, 67.2)],
    [[0, 0, 0], [0, 255, 0], Math.hypot(87.74, 86.18, 83.18)],
    [[0, 0, 0], [0, 0, 255], Math.hypot(32.3, 79.19, 107.86)],
    [[255, 0, 0], [0, 0, 255], Math.hypot(20.94, 0.9, 175.06)],
    // Grey 119 is L* 50.03, and the toe of the curve: grey 1 is L* 0.274.
    [[0, 0, 0], [119, 119, 119], 50.03],
    [[0, 0, 0], [1, 1, 1], 0.274],
  ])('of %j and %j is %d', (a, b, expected) => {
    expect(Math.abs(deltaE(a, b) - expected)).toBeLessThan(0.03);
  });

  it('is a metric', () => {
    fc.assert(
      fc.property(color, color, color, (a, b, c) => {
        expect(deltaE(a, a)).toBe(0);
        expect(deltaE(a, b)).toBe(deltaE(b, a));
        if (packRgb(a) !== packRgb(b)) expect(deltaE(a, b)).toBeGreaterThan(0);
        expect(deltaE(a, c)).toBeLessThanOrEqual(deltaE(a, b) + deltaE(b, c) + 1e-9);
      }),
    );
  });
});
