import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { encodePng } from '../../../src/image/encode-png.js';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { readHeader } from '../../../src/image/header.js';
import { verifyImage } from '../../../src/image/verify-image.js';
import { drawImage, paint, solid } from '../../support/draw.js';
import { RGB_2X2, chunk, png } from './build-images.js';

const DECODERS = ['canvas', 'portable'] as const;
const pixels = (image: ImageBuffer): number[][] =>
  Array.from({ length: image.width * image.height }, (_, i) => [...image.data.subarray(4 * i, 4 * i + 4)]);

/** Any picture up to 12x9, with or without partial alpha. */
const anyImage = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 9 }), fc.boolean())
  .chain(([width, height, opaque]) =>
    fc.uint8Array({ minLength: 4 * width * height, maxLength: 4 * width * height }).map((data) => {
      if (opaque) for (let i = 3; i < data.length; i += 4) data[i] = 255;
      return new ImageBuffer(width, height, data);
    }),
  );

describe('PNG', () => {
  test('encoding and decoding gives back every byte, whoever decodes', () => {
    fc.assert(
      fc.property(anyImage, fc.constantFrom(...DECODERS), (image, decoder) => {
        const bytes = encodePng(image);
        verifyImage(bytes);
        const decoded = decode(bytes, { decoder }).image;
        expect([decoded.width, decoded.height]).toEqual([image.width, image.height]);
        expect(decoded.data).toEqual(image.data);
      }),
    );
  });

  test('an opaque image is written as RGB, another as RGBA', () => {
    expect(readHeader(encodePng(solid(3, 2, [1, 2, 3])))).toMatchObject({ colorType: 2 });
    expect(readHeader(encodePng(solid(3, 2, [1, 2, 3, 254])))).toMatchObject({ colorType: 6 });
  });

  test('the canvas decodes opaque RGB and RGBA, fast-png what is transparent', () => {
    const rgba = { width: 1, height: 1, colorType: 6 };
    expect(decode(png(RGB_2X2)).decoder).toBe('canvas');
    expect(decode(png(RGB_2X2), { decoder: 'portable' }).decoder).toBe('fast-png');
    expect(decode(png({ ...rgba, rows: [0, 9, 8, 7, 255] })).decoder).toBe('canvas');
    const faint = decode(png({ ...rgba, rows: [0, 9, 8, 7, 3] }), { decoder: 'canvas' });
    expect(faint).toMatchObject({ decoder: 'fast-png', format: 'png' });
    expect(pixels(faint.image)).toEqual([[9, 8, 7, 3]]);
  });

  describe.each(DECODERS)('%s', (decoder) => {
    const decodePixels = (parts: Parameters<typeof png>[0]): number[][] =>
      pixels(decode(png(parts), { decoder }).image);

    test('RGB', () => {
      expect(decodePixels(RGB_2X2)).toEqual([
        [255, 0, 0, 255],
        [0, 255, 0, 255],
        [0, 0, 255, 255],
        [255, 255, 255, 255],
      ]);
    });

    test('RGB with a transparent colour', () => {
      const tRNS = chunk('tRNS', [0, 0, 0, 255, 0, 0]);
      expect(decodePixels({ ...RGB_2X2, before: [tRNS] })[1]).toEqual([0, 255, 0, 0]);
      expect(decodePixels({ ...RGB_2X2, before: [tRNS] })[0]).toEqual([255, 0, 0, 255]);
    });

    test('palette, with alpha for its first colour', () => {
      const before = [chunk('PLTE', [10, 20, 30, 40, 50, 60]), chunk('tRNS', [7])];
      expect(decodePixels({ width: 2, height: 1, colorType: 3, rows: [0, 1, 0], before })).toEqual([
        [40, 50, 60, 255],
        [10, 20, 30, 7],
      ]);
    });

    test('grey, with a transparent level', () => {
      expect(decodePixels({ width: 2, height: 1, colorType: 0, rows: [0, 5, 200] })).toEqual([
        [5, 5, 5, 255],
        [200, 200, 200, 255],
      ]);
      expect(
        decodePixels({
          width: 2,
          height: 1,
          colorType: 0,
          rows: [0, 5, 200],
          before: [chunk('tRNS', [0, 5])],
        })[0],
      ).toEqual([5, 5, 5, 0]);
    });

    test('grey with alpha', () => {
      expect(decodePixels({ width: 2, height: 1, colorType: 4, rows: [0, 5, 9, 200, 255] })).toEqual([
        [5, 5, 5, 9],
        [200, 200, 200, 255],
      ]);
    });

    test('gamma and colour space do not change what is stored', () => {
      const before = [chunk('gAMA', [0, 1, 0x86, 0xa0]), chunk('cICP', [9, 16, 0, 1])];
      expect(decodePixels({ width: 1, height: 1, rows: [0, 64, 128, 200], before })).toEqual([
        [64, 128, 200, 255],
      ]);
    });
  });
});

describe('JPEG', () => {
  const PICTURE = paint(
    paint(solid(64, 48, [245, 245, 245]), { x: 8, y: 6, width: 30, height: 20 }, [40, 120, 60]),
    { x: 30, y: 20, width: 28, height: 22 },
    [60, 70, 150],
  );
  const bytes = encodeJpeg(PICTURE, 90);

  test('both decoders name themselves', () => {
    expect(decode(bytes)).toMatchObject({ decoder: 'canvas', format: 'jpeg' });
    expect(decode(bytes, { decoder: 'portable' })).toMatchObject({ decoder: 'jpeg-js', format: 'jpeg' });
  });

  /** Largest and mean difference per sample, over the pixels that `counts` chooses. */
  function difference(
    a: ImageBuffer,
    b: ImageBuffer,
    counts: (x: number, y: number) => boolean,
  ): { worst: number; mean: number } {
    let [worst, sum, n] = [0, 0, 0];
    for (let i = 0; i < a.data.length; i++) {
      const pixel = i >> 2;
      if (!counts(pixel % a.width, Math.floor(pixel / a.width))) continue;
      const d = Math.abs(a.data[i] - b.data[i]);
      worst = Math.max(worst, d);
      sum += d;
      n++;
    }
    return { worst, mean: sum / n };
  }

  test('decoders agree: within 1 level where 16x16 units are flat, 2 on average, 64 at the worst edge', () => {
    const canvas = decode(bytes, { decoder: 'canvas' }).image;
    const portable = decode(bytes, { decoder: 'portable' }).image;
    const all = difference(canvas, portable, () => true);
    expect(all.worst).toBeLessThanOrEqual(64);
    expect(all.mean).toBeLessThanOrEqual(2);
    // The lower left unit and its neighbours hold one colour, so no chroma is interpolated into it.
    const flat = (x: number, y: number): boolean => x < 14 && y >= 34;
    expect(difference(canvas, portable, flat).worst).toBeLessThanOrEqual(1);
    expect(difference(canvas, PICTURE, flat).worst).toBeLessThanOrEqual(1);
    expect(difference(portable, PICTURE, flat).worst).toBeLessThanOrEqual(1);
  });

  test('a picture from every decoder is opaque', () => {
    for (const decoder of DECODERS) {
      const { image } = decode(bytes, { decoder });
      expect(image.data.filter((_, i) => i % 4 === 3).every((alpha) => alpha === 255)).toBe(true);
    }
  });
});

test('bytes that are a view into a larger buffer decode the same', () => {
  const picture = drawImage(['ab', 'ba'], { a: [1, 2, 3], b: [250, 128, 7] });
  const bytes = encodePng(picture);
  const shifted = new Uint8Array(bytes.length + 7);
  shifted.set(bytes, 3);
  for (const decoder of DECODERS) {
    expect(decode(shifted.subarray(3, 3 + bytes.length), { decoder }).image.data).toEqual(picture.data);
  }
});
