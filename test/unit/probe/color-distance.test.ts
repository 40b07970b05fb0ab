import fc from 'fast-check';
import { expect, it } from 'vitest';
import { colorDistance } from '../../../src/probe/color/color-distance.js';
import { type Rgb, deltaE } from '../../../src/probe/color/color.js';

const wordOf = ([r, g, b]: Rgb, alpha: number): number => (alpha << 24) | (b << 16) | (g << 8) | r;

it('is deltaE of the two colours, whatever was asked before and whatever the alpha', () => {
  const channel = fc.integer({ min: 0, max: 255 });
  const color = fc.tuple(channel, channel, channel);
  fc.assert(
    fc.property(fc.array(fc.tuple(color, color, channel), { minLength: 1, maxLength: 200 }), (pairs) => {
      for (const [a, b, alpha] of pairs) {
        expect(colorDistance(wordOf(a, alpha), wordOf(b, 255))).toBeCloseTo(deltaE(a, b), 9);
      }
    }),
  );
});

it('tells colours that share a slot apart', () => {
  const black = wordOf([0, 0, 0], 255);
  const slots = new Map<number, number>();
  let shared = 0;
  for (let i = 0; i < 3000; i++) {
    const color: Rgb = [(i * 7) & 255, (i * 31) & 255, (i * 101) & 255];
    const word = wordOf(color, 255);
    const slot = Math.imul(word, 0x9e3779b1) >>> 20;
    const other = slots.get(slot);
    slots.set(slot, word);
    if (other === undefined) continue;
    shared++;
    const rgb: Rgb = [other & 255, (other >>> 8) & 255, (other >>> 16) & 255];
    expect(colorDistance(word, other)).toBeCloseTo(deltaE(color, rgb), 9);
    expect(colorDistance(other, black)).toBeCloseTo(deltaE(rgb, [0, 0, 0]), 9);
  }
  expect(shared).toBeGreaterThan(100);
});
