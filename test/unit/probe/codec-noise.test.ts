import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { hasCodecNoise } from '../../../src/probe/change/codec-noise.js';

/** Counts runs of 16 on every fourth row: `noise` both ways by at most 16 levels, `content` beyond 32. */
function naive(before: ImageBuffer, after: ImageBuffer): boolean {
  const [a, b] = [before.luma(), after.luma()];
  let noise = 0;
  let content = 0;
  for (let y = 0; y < before.height; y += 4) {
    for (let x = 0; x < before.width; x += 16) {
      const deltas = [0];
      for (let i = x; i < Math.min(x + 16, before.width); i++) {
        deltas.push(b[y * before.width + i] - a[y * before.width + i]);
      }
      const [low, high] = [Math.min(...deltas), Math.max(...deltas)];
      if (low < -32 || high > 32) content++;
      else if (low < 0 && high > 0 && low >= -16 && high <= 16) noise++;
    }
  }
  return noise >= 24 && noise > 0.3 * content;
}

/** Grey rows of a few kinds, so that rows repeat in one picture or both, and about as many runs as decide. */
const pairs = fc
  .record({
    width: fc.integer({ min: 1, max: 70 }),
    height: fc.integer({ min: 1, max: 90 }),
    /** Steps from the picture before, by row kind: none, noise, one way, content. */
    kinds: fc.array(fc.constantFrom([0], [-4, 4], [-4, 4], [3], [-40, 90], [-17, 2]), {
      minLength: 1,
      maxLength: 6,
    }),
    repeat: fc.constantFrom(1, 4, 12),
  })
  .map(({ width, height, kinds, repeat }) => {
    const draw = (shift: (x: number, y: number) => number): ImageBuffer => {
      const data = new Uint8Array(4 * width * height).fill(255);
      for (let i = 0; i < width * height; i++) {
        const [x, y] = [i % width, Math.floor(i / width)];
        data.fill(100 + (x % 7) + shift(x, y), 4 * i, 4 * i + 3);
      }
      return new ImageBuffer(width, height, data);
    };
    const after = draw((x, y) => {
      const steps = kinds[Math.floor(y / repeat) % kinds.length];
      return steps[x % steps.length];
    });
    return { before: draw(() => 0), after };
  });

describe('hasCodecNoise', () => {
  it('equals the naive reference', () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(pairs, ({ before, after }) => {
        const wanted = naive(before, after);
        seen.add(wanted);
        expect(hasCodecNoise(before, after)).toBe(wanted);
      }),
      { numRuns: 400 },
    );
    expect(seen.size).toBe(2);
  });
});
