import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ImageBuffer, crop } from '../../../src/image/image-buffer.js';
import { drawImage, solid } from '../../support/draw.js';

describe('ImageBuffer', () => {
  test.each([
    [0, 1, 0],
    [1, 0, 0],
    [1.5, 2, 12],
    [-1, -1, 4],
    [2, 2, 15],
    [2, 2, 17],
  ])('%d x %d with %d bytes is refused', (width, height, length) => {
    expect(() => new ImageBuffer(width, height, new Uint8Array(length))).toThrow(
      expect.objectContaining({ code: 'PXP_IMAGE_SIZE' }),
    );
  });

  test('luma is BT.601, within one level of the exact weights, and kept', () => {
    fc.assert(
      fc.property(fc.nat({ max: 255 }), fc.nat({ max: 255 }), fc.nat({ max: 255 }), (r, g, b) => {
        const [luma] = solid(1, 1, [r, g, b]).luma();
        expect(Math.abs(luma - (0.299 * r + 0.587 * g + 0.114 * b))).toBeLessThanOrEqual(1);
      }),
    );
    const image = solid(2, 1, [255, 255, 255]);
    expect([...image.luma()]).toEqual([255, 255]);
    expect(image.luma()).toBe(image.luma());
  });

  test('words are the pixels, whatever the alignment of the data', () => {
    const bytes = Uint8Array.from({ length: 17 }, (_, i) => i);
    const image = new ImageBuffer(2, 2, bytes.subarray(1));
    const words = image.words();
    expect([...new Uint8Array(words.buffer, words.byteOffset, 16)]).toEqual([...image.data]);
  });

  test('signed words are the same bits', () => {
    const image = new ImageBuffer(2, 1, Uint8Array.of(1, 2, 3, 255, 9, 8, 7, 6));
    expect([...image.signedWords()].map((word) => word >>> 0)).toEqual([...image.words()]);
    expect(image.signedWords()[0]).toBeLessThan(0);
  });
});

describe('crop', () => {
  const image = drawImage(['abc', 'def'], {
    a: [1, 0, 0],
    b: [2, 0, 0],
    c: [3, 0, 0],
    d: [4, 0, 0],
    e: [5, 0, 0],
    f: [6, 0, 0],
  });
  const reds = ({ data }: ImageBuffer): number[] => [...data.filter((_, i) => i % 4 === 0)];

  test('takes the pixels inside, the last row and column included', () => {
    expect(reds(crop(image, { x: 1, y: 0, width: 2, height: 2 }))).toEqual([2, 3, 5, 6]);
    expect(reds(crop(image, { x: 2, y: 1, width: 1, height: 1 }))).toEqual([6]);
  });

  test.each([
    { x: -1, y: 0, width: 1, height: 1 },
    { x: 0, y: 0, width: 4, height: 1 },
    { x: 0, y: 1, width: 1, height: 2 },
    { x: 0, y: 0, width: 0, height: 1 },
    { x: 0.5, y: 0, width: 1, height: 1 },
    { x: Number.NaN, y: 0, width: 1, height: 1 },
  ])('refuses $x,$y,$width,$height', (rect) => {
    expect(() => crop(image, rect)).toThrow(expect.objectContaining({ code: 'PXP_RECT' }));
  });
});
