import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { type Rgb, deltaE } from '../../../src/probe/color/color.js';
import { swatch } from '../../../src/probe/swatch.js';
import { drawImage, paint, solid } from '../../support/draw.js';

const GREEN: Rgb = [45, 184, 61];
const PALE: Rgb = [150, 219, 158];
const GREY: Rgb = [204, 204, 204];
const RED: Rgb = [217, 83, 79];
const WHITE: Rgb = [255, 255, 255];
const states = { enabled: GREEN, disabled: PALE, grey: GREY };

describe('swatch', () => {
  it('of a flat patch is exact: full share, no spread, no distance', () => {
    const result = swatch(solid(5, 3, PALE), { colors: states });
    expect(result).toMatchObject({ mean: PALE, spread: [0, 0, 0], best: 'disabled', margin: 1 });
    expect(result.ranked[0]).toEqual({ name: 'disabled', share: 1, distance: 0, score: 1 });
    expect(result.ranked.map((rank) => rank.name)).toEqual(['disabled', 'enabled', 'grey']);
  });

  it('looks only at the region', () => {
    const image = paint(solid(40, 20, RED), { x: 10, y: 5, width: 4, height: 2 }, GREEN);
    const result = swatch(image, { region: { x: 10, y: 5, width: 4, height: 2 }, colors: states });
    expect(result).toMatchObject({ mean: GREEN, best: 'enabled' });
  });

  it('sees through a label, whose pixels belong to no state', () => {
    const image = paint(solid(30, 10, GREEN), { x: 8, y: 3, width: 14, height: 5 }, WHITE);
    const result = swatch(image, { colors: states });
    expect(result.best).toBe('enabled');
    expect(result.ranked[0].share).toBeCloseTo(230 / 300, 10);
  });

  it('names nothing when no state covers half of the patch', () => {
    const image = drawImage(['gggg', 'rrrr', 'wwww'], { g: [...GREEN], r: [...RED], w: [...WHITE] });
    const result = swatch(image, { colors: { enabled: GREEN } });
    expect(result.ranked[0].share).toBeCloseTo(1 / 3, 10);
    expect(result.best).toBeNull();
  });

  it('names nothing for a colour half way between two states that both reach it', () => {
    const result = swatch(solid(4, 4, [110, 110, 110]), {
      colors: { dark: [100, 100, 100], light: [120, 120, 120] },
    });
    expect(result.ranked.map((rank) => rank.share)).toEqual([1, 1]);
    expect(result.margin).toBeLessThan(0.1);
    expect(result.best).toBeNull();
  });

  it('names nothing when two states are the same colour', () => {
    const result = swatch(solid(2, 2, RED), { colors: { stop: RED, drop: RED } });
    expect(result).toMatchObject({ best: null, margin: 0 });
    expect(result.ranked.map((rank) => rank.name)).toEqual(['drop', 'stop']);
  });

  it('gives a state its own tolerance', () => {
    const near: Rgb = [60, 184, 61];
    const image = solid(3, 3, near);
    const limit = deltaE(near, GREEN);
    const share = (tolerance: number): number =>
      swatch(image, { colors: { on: { rgb: GREEN, tolerance } } }).ranked[0].share;
    expect(share(limit + 1e-6)).toBe(1);
    expect(share(limit - 1e-6)).toBe(0);
    expect(swatch(image, { colors: { on: GREEN }, tolerance: limit - 1e-6 }).best).toBeNull();
  });

  it('equals its definition, pixel by pixel', () => {
    const pool: Rgb[] = [GREEN, PALE, GREY, RED, [60, 190, 70], [160, 215, 165], [190, 204, 195]];
    const picture = fc
      .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
      .chain(([width, height]) =>
        fc.tuple(
          fc.constant(width),
          fc.array(fc.constantFrom(...pool), { minLength: width * height, maxLength: width * height }),
        ),
      );
    fc.assert(
      fc.property(picture, ([width, pixels]) => {
        const image = toImage(width, pixels);
        const { mean, spread, ranked } = swatch(image, { colors: states, tolerance: 20 });
        for (let c = 0; c < 3; c++) {
          const values = pixels.map((pixel) => pixel[c]);
          const average = values.reduce((sum, v) => sum + v, 0) / values.length;
          const variance = values.reduce((sum, v) => sum + (v - average) ** 2, 0) / values.length;
          expect(mean[c]).toBeCloseTo(average, 9);
          expect(spread[c]).toBeCloseTo(Math.sqrt(variance), 4);
        }
        for (const { name, share, score } of ranked) {
          expect(share).toBeCloseTo(naiveShare(pixels, name), 9);
          expect(score).toBeCloseTo(naiveScore(pixels, name), 9);
          expect(score).toBeLessThanOrEqual(share + 1e-9);
        }
        expect(ranked.map((rank) => rank.score)).toEqual(
          ranked.map((r) => r.score).toSorted((a, b) => b - a),
        );
      }),
    );
  });

  it('does not depend on where the pixels are', () => {
    const rows = ['ggp', 'pgx', 'xgg'];
    const palette = { g: [...GREEN], p: [...PALE], x: [...GREY] } as Record<string, [number, number, number]>;
    const plain = swatch(drawImage(rows, palette), { colors: states });
    const flipped = swatch(
      drawImage(
        rows.toReversed().map((row) => Array.from(row).reverse().join('')),
        palette,
      ),
      {
        colors: states,
      },
    );
    expect(flipped.ranked.map((rank) => rank.share)).toEqual(plain.ranked.map((rank) => rank.share));
    expect(flipped.mean).toEqual(plain.mean);
  });

  it.each([
    ['no colours', {}, 'PXP_PROBE_OPTION'],
    ['a channel beyond 255', { colors: { a: [0, 0, 256] } }, 'PXP_PROBE_OPTION'],
    ['a tolerance below 0', { colors: states, tolerance: -1 }, 'PXP_PROBE_OPTION'],
    ['a tolerance that is no number', { colors: { a: { rgb: RED, tolerance: NaN } } }, 'PXP_PROBE_OPTION'],
    ['a region outside', { colors: states, region: { x: 3, y: 0, width: 2, height: 1 } }, 'PXP_RECT'],
  ] as const)('refuses %s', (_, options, code) => {
    expect(() => swatch(solid(4, 4, RED), { colors: {}, ...options })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

function toImage(width: number, pixels: readonly Rgb[]): ImageBuffer {
  return new ImageBuffer(width, pixels.length / width, Uint8Array.from(pixels.flatMap((p) => [...p, 255])));
}

function naiveShare(pixels: readonly Rgb[], name: string): number {
  const color = states[name as keyof typeof states];
  return pixels.filter((pixel) => deltaE(pixel, color) <= 20).length / pixels.length;
}

function naiveScore(pixels: readonly Rgb[], name: string): number {
  let sum = 0;
  for (const pixel of pixels) {
    const [first, second] = Object.entries(states)
      .map(([state, color]) => ({ state, d: deltaE(pixel, color) }))
      .sort((a, b) => a.d - b.d);
    if (first.state === name && first.d <= 20) sum += 1 - first.d / second.d;
  }
  return sum / pixels.length;
}
