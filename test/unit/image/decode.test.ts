import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { encodePng } from '../../../src/image/encode-png.js';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { jpegTurboAddon } from '../../../src/image/jpeg-turbo-addon.js';
import { readHeader } from '../../../src/image/header.js';
import { verifyImage } from '../../../src/image/verify-image.js';
import { drawImage, paint, solid } from '../../support/draw.js';
import { RGB_2X2, chunk, png } from './build-images.js';

const DECODERS = ['canvas', 'portable'] as const;
/** The accelerator is optional: where it is not installed, what is said of it is not tested. */
const accelerated = jpegTurboAddon() !== undefined;
const JPEG_DECODERS = [...DECODERS, 'wasm' as const, ...(accelerated ? ['accelerated' as const] : [])];
const JPEG_TURBOS = accelerated ? (['wasm', 'accelerated'] as const) : (['wasm'] as const);
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

  test('the decoders name themselves', () => {
    const fastest = accelerated ? 'jpeg-turbo' : 'jpeg-turbo-wasm';
    expect(decode(bytes)).toMatchObject({ decoder: fastest, format: 'jpeg' });
    expect(decode(bytes, { decoder: 'wasm' })).toMatchObject({ decoder: 'jpeg-turbo-wasm', format: 'jpeg' });
    expect(decode(bytes, { decoder: 'canvas' })).toMatchObject({ decoder: 'canvas', format: 'jpeg' });
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

  test.runIf(accelerated)('jpeg-turbo-wasm gives the pixels of jpeg-turbo, whatever quality and size', () => {
    fc.assert(
      fc.property(anyImage, fc.integer({ min: 1, max: 100 }), (image, quality) => {
        const jpeg = encodeJpeg(image, quality);
        const [turbo, wasm] = (['accelerated', 'wasm'] as const).map((decoder) => decode(jpeg, { decoder }));
        expect(wasm.decoder).toBe('jpeg-turbo-wasm');
        expect(wasm.image).toEqual(turbo.image);
      }),
    );
    const frame = readFileSync(new URL('../../golden/cheetah-grid/light.q80.jpg', import.meta.url));
    const turbo = decode(frame, { decoder: 'accelerated' }).image.data;
    expect(Buffer.compare(decode(frame, { decoder: 'wasm' }).image.data, turbo)).toBe(0);
  });

  test('jpeg-turbo-wasm stays within 8 levels of the canvas, 1 where units are flat', () => {
    const turbo = decode(bytes, { decoder: 'wasm' }).image;
    const canvas = decode(bytes, { decoder: 'canvas' }).image;
    const all = difference(turbo, canvas, () => true);
    expect(all.worst).toBeLessThanOrEqual(8);
    expect(all.mean).toBeLessThanOrEqual(1);
    const flat = (x: number, y: number): boolean => x < 14 && y >= 34;
    expect(difference(turbo, PICTURE, flat).worst).toBeLessThanOrEqual(1);
  });

  test('a real frame at quality 80: 6 levels from the canvas, 61 from jpeg-js', () => {
    const frame = readFileSync(new URL('../../golden/cheetah-grid/light.q80.jpg', import.meta.url));
    const turbo = decode(frame, { decoder: 'wasm' }).image;
    const toCanvas = difference(turbo, decode(frame, { decoder: 'canvas' }).image, () => true);
    expect(toCanvas.worst).toBeLessThanOrEqual(6);
    expect(toCanvas.mean).toBeLessThanOrEqual(1);
    const toJpegJs = difference(turbo, decode(frame, { decoder: 'portable' }).image, () => true);
    expect(toJpegJs.worst).toBeLessThanOrEqual(61);
    expect(toJpegJs.mean).toBeLessThanOrEqual(2);
  });

  test('a picture keeps its pixels when the next one is decoded', () => {
    for (const decoder of JPEG_DECODERS) {
      const { data } = decode(bytes, { decoder }).image;
      const copy = Uint8Array.from(data);
      decode(encodeJpeg(solid(64, 48, [9, 9, 9]), 80), { decoder });
      expect(Buffer.compare(data, copy)).toBe(0);
    }
  });

  test.each(JPEG_TURBOS)(
    'what is cut short gets the answer of jpeg-js from %s, never a grey rest',
    (turbo) => {
      const scan = bytes.lastIndexOf(0xda);
      fc.assert(
        fc.property(fc.integer({ min: scan + 12, max: bytes.length - 3 }), (cut) => {
          const short = Buffer.concat([bytes.subarray(0, cut), Buffer.from([0xff, 0xd9])]);
          expect(answerOf(short, turbo)).toBe(answerOf(short, 'portable'));
        }),
      );
    },
  );

  /** The pixels, or the error's code. */
  function answerOf(jpeg: Uint8Array, decoder: (typeof JPEG_DECODERS)[number]): string | undefined {
    try {
      const decoded = decode(jpeg, { decoder });
      return decoded.decoder === 'jpeg-js' ? Buffer.from(decoded.image.data).toString('hex') : 'drawn';
    } catch (error) {
      return (error as { code?: string }).code;
    }
  }

  test('insisting on a JPEG decoder changes nothing for PNG', () => {
    for (const decoder of JPEG_TURBOS) expect(decode(png(RGB_2X2), { decoder }).decoder).toBe('canvas');
  });

  test('a picture from every decoder is opaque', () => {
    for (const decoder of JPEG_DECODERS) {
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
  const jpeg = encodeJpeg(picture, 80);
  const odd = new Uint8Array(jpeg.length + 7);
  odd.set(jpeg, 3);
  for (const decoder of JPEG_DECODERS) {
    const view = decode(odd.subarray(3, 3 + jpeg.length), { decoder }).image;
    expect(view.data).toEqual(decode(jpeg, { decoder }).image.data);
  }
});
