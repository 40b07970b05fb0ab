import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImageBuffer, resize } from '../../../src/image/index.js';
import { drawImage, solid } from '../../support/draw.js';

const GREYS = { '0': [0, 0, 0], '4': [40, 40, 40], '8': [80, 80, 80] } as const;
const red = ({ width, data }: ImageBuffer): number[][] =>
  Array.from({ length: data.length / 4 / width }, (_, y) =>
    Array.from({ length: width }, (__, x) => data[4 * (y * width + x)]),
  );

describe('resize', () => {
  it('means what a new pixel covers when it shrinks', () => {
    expect(red(resize(drawImage(['0044', '8844'], GREYS), { width: 2, height: 1 }))).toEqual([[40, 40]]);
    expect(red(resize(drawImage(['048'], GREYS), { width: 2, height: 1 }))).toEqual([[13, 67]]);
  });

  it('goes straight from pixel centre to pixel centre when it grows', () => {
    expect(red(resize(drawImage(['08'], GREYS), { width: 4, height: 1 }))).toEqual([[0, 20, 60, 80]]);
    expect(red(resize(drawImage(['0', '8'], GREYS), { width: 1, height: 4 }))).toEqual([
      [0],
      [20],
      [60],
      [80],
    ]);
  });

  it('keeps a picture of its own size, and one colour whatever the size', () => {
    const image = drawImage(['04', '80'], GREYS);
    expect(resize(image, { width: 2, height: 2 })).toBe(image);
    const side = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(side, side, side, side, (w, h, width, height) => {
        expect(resize(solid(w, h, [7, 90, 255]), { width, height })).toEqual(
          solid(width, height, [7, 90, 255]),
        );
      }),
    );
  });

  it('agrees with the integral of the old pixels over each new one', () => {
    const bytes = fc.uint8Array({ minLength: 4 * 35, maxLength: 4 * 35 });
    fc.assert(
      fc.property(
        bytes,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 5 }),
        (data, width, height) => {
          const image = new ImageBuffer(7, 5, data);
          const got = resize(image, { width, height }).data;
          for (let i = 0; i < got.length; i++) {
            const expected = meanOver(image, { width, height, i });
            expect(Math.abs(got[i] - expected)).toBeLessThan(0.51);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('refuses a size that is none', () => {
    for (const size of [
      { width: 0, height: 1 },
      { width: 1.5, height: 1 },
      { width: 1, height: NaN },
    ]) {
      expect(() => resize(solid(2, 2, [0, 0, 0]), size)).toThrow(
        expect.objectContaining({ code: 'PXP_IMAGE_SIZE' }) as Error,
      );
    }
  });
});

/** The naive way: every old pixel, weighted by the area it has in common with the new one. */
function meanOver(
  image: ImageBuffer,
  { width, height, i }: Readonly<{ width: number; height: number; i: number }>,
): number {
  const [x, y, channel] = [Math.floor(i / 4) % width, Math.floor(i / 4 / width), i % 4];
  const common = (a: number, b: number, c: number, d: number): number =>
    Math.max(0, Math.min(b, d) - Math.max(a, c));
  const [w, h] = [image.width / width, image.height / height];
  let sum = 0;
  for (let v = 0; v < image.height; v++) {
    for (let u = 0; u < image.width; u++) {
      const area = common(x * w, (x + 1) * w, u, u + 1) * common(y * h, (y + 1) * h, v, v + 1);
      sum += area * image.data[4 * (v * image.width + u) + channel];
    }
  }
  return sum / (w * h);
}
