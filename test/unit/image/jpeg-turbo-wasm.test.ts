import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PixelproofError } from '../../../src/core/errors.js';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { jpegTurboWasm } from '../../../src/image/jpeg-turbo-wasm.js';
import { paint, solid } from '../../support/draw.js';
import { findSegment, patched } from './build-images.js';

const PICTURE = paint(solid(96, 80, [240, 240, 240]), { x: 5, y: 4, width: 50, height: 39 }, [200, 30, 30]);
const GOOD = Buffer.from(encodeJpeg(PICTURE, 80));
const SCAN = findSegment(GOOD, 0xda);
const EOI = Buffer.from([0xff, 0xd9]);
const CUT = Buffer.concat([GOOD.subarray(0, (SCAN + GOOD.length) >> 1), EOI]);
/** A scan that asks for a Huffman table nobody has defined: an error of libjpeg, not a warning. */
const NO_TABLE = patched(GOOD, SCAN + 6, [0x33]);
const wasm = (bytes: Uint8Array): ReturnType<typeof decode> => decode(bytes, { decoder: 'wasm' });
const memoryBytes = (): number => jpegTurboWasm()!.memory.buffer.byteLength;
const corrupt = expect.objectContaining({ code: 'PXP_IMAGE_CORRUPT' }) as Error;

test('a picture after a refused one is right', () => {
  const { data } = wasm(GOOD).image;
  for (const bad of [CUT, NO_TABLE]) {
    expect(() => wasm(bad)).toThrow(corrupt);
    expect(wasm(GOOD)).toMatchObject({ decoder: 'jpeg-turbo-wasm', image: { data } });
  }
});

test('an instance that libjpeg has left in the middle is not used again', () => {
  wasm(GOOD);
  const before = jpegTurboWasm();
  expect(() => wasm(CUT)).toThrow(corrupt);
  expect(jpegTurboWasm()).toBe(before);
  expect(() => wasm(NO_TABLE)).toThrow(corrupt);
  expect(jpegTurboWasm()).not.toBe(before);
});

test('a thousand pictures, good and cut short, take no more memory than ten', () => {
  const both = (): void => {
    expect(wasm(GOOD).decoder).toBe('jpeg-turbo-wasm');
    expect(() => wasm(CUT)).toThrow(corrupt);
  };
  for (let i = 0; i < 10; i++) both();
  const bytes = memoryBytes();
  for (let i = 0; i < 1000; i++) both();
  expect(memoryBytes()).toBe(bytes);
});

test('the memory that a large picture took is let go', () => {
  const large = encodeJpeg(solid(4400, 4400, [7, 80, 160]), 80);
  expect(wasm(large)).toMatchObject({ decoder: 'jpeg-turbo-wasm', image: { width: 4400, height: 4400 } });
  expect(memoryBytes()).toBeLessThan(2 ** 20);
});

test('a frame cut short anywhere is refused, never drawn with a grey rest', () => {
  const frame = readFileSync(new URL('../../golden/cheetah-grid/light.q80.jpg', import.meta.url));
  const scan = findSegment(frame, 0xda);
  fc.assert(
    fc.property(fc.integer({ min: scan + 14, max: frame.length - 3 }), (cut) => {
      expect(outcome(Buffer.concat([frame.subarray(0, cut), EOI]))).toBe('PXP_IMAGE_CORRUPT');
    }),
    { numRuns: 40 },
  );
});

test('damaged bytes end in a typed error or in a whole picture, and the next picture is right', () => {
  const { data } = wasm(GOOD).image;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat({ max: GOOD.length - 1 }), fc.nat({ max: 255 })), {
        minLength: 1,
        maxLength: 4,
      }),
      (damage) => {
        const copy = Buffer.from(GOOD);
        for (const [at, value] of damage) copy[at] = value;
        outcome(copy);
        expect(Buffer.compare(wasm(GOOD).image.data, data)).toBe(0);
      },
    ),
    { numRuns: 500 },
  );
});

/** Who decoded, or the error's code. */
function outcome(bytes: Uint8Array): string {
  try {
    return wasm(bytes).decoder;
  } catch (error) {
    if (error instanceof PixelproofError) return error.code;
    throw error;
  }
}
