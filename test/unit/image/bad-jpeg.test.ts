import fc from 'fast-check';
import jpegJs from 'jpeg-js';
import { describe, expect, test } from 'vitest';
import { PixelproofError } from '../../../src/core/errors.js';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { requireDecodable } from '../../../src/image/require-decodable.js';
import { verifyImage } from '../../../src/image/verify-image.js';
import { paint, solid } from '../../support/draw.js';
import { exif, findSegment, patched, segment } from './build-images.js';

const PICTURE = paint(
  paint(solid(37, 29, [240, 240, 240]), { x: 5, y: 4, width: 20, height: 9 }, [200, 30, 30]),
  { x: 9, y: 15, width: 12, height: 12 },
  [20, 40, 180],
);
/** 4:2:0 from libjpeg-turbo, and 4:4:4 from jpeg-js. */
const GOOD = Buffer.from(encodeJpeg(PICTURE, 80));
const GOOD_444 = Buffer.from(jpegJs.encode({ width: 37, height: 29, data: PICTURE.data }, 80).data);
const SOF = findSegment(GOOD, 0xc0);
const SOS = findSegment(GOOD, 0xda);
const DATA = SOS + 2 + GOOD.readUInt16BE(SOS + 2);
const EOI = Buffer.from([0xff, 0xd9]);
const withSegment = (extra: Buffer): Buffer => Buffer.concat([GOOD.subarray(0, 2), extra, GOOD.subarray(2)]);
/** Four components: the frame header grows by one. */
const CMYK = Buffer.concat([
  GOOD.subarray(0, SOF),
  segment(0xc0, [...GOOD.subarray(SOF + 4, SOF + 9), 4, ...GOOD.subarray(SOF + 10, SOF + 19), 4, 0x11, 0]),
  GOOD.subarray(SOF + 19),
]);

function defectOf(action: () => unknown): PixelproofError {
  try {
    action();
  } catch (error) {
    if (error instanceof PixelproofError) return error;
    throw error;
  }
  throw new Error('accepted');
}

const sof = (name: string): string => `byte ${SOF}, marker ff${name}`;
const BAD_HEADERS: readonly [name: string, bytes: Uint8Array, code: string, where: string][] = [
  ['SOI alone', GOOD.subarray(0, 2), 'PXP_IMAGE_CORRUPT', 'byte 2'],
  ['SOI and EOI', Buffer.concat([GOOD.subarray(0, 2), EOI]), 'PXP_IMAGE_CORRUPT', 'byte 2, marker ffd9'],
  [
    'a scan without a frame',
    Buffer.concat([GOOD.subarray(0, SOF), GOOD.subarray(SOF + 19)]),
    'PXP_IMAGE_CORRUPT',
    'marker ffda',
  ],
  ['cut inside a table', GOOD.subarray(0, 60), 'PXP_IMAGE_CORRUPT', 'marker ff'],
  ['garbage between segments', withSegment(Buffer.from([1, 2])), 'PXP_IMAGE_CORRUPT', 'byte 2'],
  ['width 0', patched(GOOD, SOF + 7, [0, 0]), 'PXP_IMAGE_EMPTY', sof('c0')],
  ['height 0 (given later by DNL)', patched(GOOD, SOF + 5, [0, 0]), 'PXP_IMAGE_EMPTY', sof('c0')],
  ['65535x65535', patched(GOOD, SOF + 5, [255, 255, 255, 255]), 'PXP_IMAGE_TOO_LARGE', sof('c0')],
  ['12 bit', patched(GOOD, SOF + 4, [12]), 'PXP_IMAGE_UNSUPPORTED', sof('c0')],
  ['progressive', patched(GOOD, SOF + 1, [0xc2]), 'PXP_IMAGE_UNSUPPORTED', sof('c2')],
  ['lossless', patched(GOOD, SOF + 1, [0xc3]), 'PXP_IMAGE_UNSUPPORTED', sof('c3')],
  ['hierarchical', patched(GOOD, SOF + 1, [0xc5]), 'PXP_IMAGE_UNSUPPORTED', sof('c5')],
  ['arithmetic coded', patched(GOOD, SOF + 1, [0xc9]), 'PXP_IMAGE_UNSUPPORTED', sof('c9')],
  ['CMYK', CMYK, 'PXP_IMAGE_UNSUPPORTED', sof('c0')],
  ['a frame header of the wrong length', patched(GOOD, SOF + 9, [2]), 'PXP_IMAGE_CORRUPT', sof('c0')],
  ['rotated, little endian', withSegment(exif(6)), 'PXP_IMAGE_UNSUPPORTED', 'EXIF orientation'],
  ['mirrored, big endian', withSegment(exif(2, 'MM')), 'PXP_IMAGE_UNSUPPORTED', 'EXIF orientation'],
  ['no EOI', GOOD.subarray(0, -2), 'PXP_IMAGE_CORRUPT', `byte ${GOOD.length - 4}`],
  ['trailing data', Buffer.concat([GOOD, Buffer.from('x')]), 'PXP_IMAGE_CORRUPT', `byte ${GOOD.length - 1}`],
];

const BAD_BODIES: readonly [name: string, bytes: Uint8Array, code: string, where: string][] = [
  [
    'cut short and closed with EOI',
    Buffer.concat([GOOD.subarray(0, (DATA + GOOD.length) >> 1), EOI]),
    'PXP_IMAGE_CORRUPT',
    `byte ${DATA}, entropy-coded data`,
  ],
  [
    'no image data',
    Buffer.concat([GOOD.subarray(0, DATA), EOI]),
    'PXP_IMAGE_CORRUPT',
    `byte ${DATA}, entropy-coded data`,
  ],
  [
    'bytes after the image data',
    Buffer.concat([GOOD.subarray(0, -2), Buffer.from([1, 2, 3]), EOI]),
    'PXP_IMAGE_CORRUPT',
    `byte ${DATA}, entropy-coded data`,
  ],
  [
    'a second image after the first',
    Buffer.concat([GOOD, GOOD]),
    'PXP_IMAGE_CORRUPT',
    `byte ${GOOD.length}, after marker ffd9`,
  ],
  ['no scan', Buffer.concat([GOOD.subarray(0, SOS), EOI]), 'PXP_IMAGE_CORRUPT', `byte ${SOS}, marker ffd9`],
  [
    'arithmetic conditioning',
    withSegment(segment(0xcc, [0, 0])),
    'PXP_IMAGE_UNSUPPORTED',
    'byte 2, marker ffcc',
  ],
  [
    'two frames',
    Buffer.concat([GOOD.subarray(0, SOF + 19), GOOD.subarray(SOF)]),
    'PXP_IMAGE_UNSUPPORTED',
    'marker ffc0',
  ],
  [
    'a promised restart that does not come',
    withSegment(segment(0xdd, [0, 1])),
    'PXP_IMAGE_CORRUPT',
    'entropy-coded data',
  ],
  [
    'a taller picture than there are data for',
    patched(GOOD, SOF + 5, [1, 0]),
    'PXP_IMAGE_CORRUPT',
    'entropy-coded data',
  ],
  [
    'a lower picture than there are data for',
    patched(GOOD, SOF + 5, [0, 1]),
    'PXP_IMAGE_CORRUPT',
    'entropy-coded data',
  ],
  ['a sampling factor 0', patched(GOOD, SOF + 11, [0]), 'PXP_IMAGE_CORRUPT', 'marker ffc0'],
  ['a missing quantization table', patched(GOOD, SOF + 12, [3]), 'PXP_IMAGE_CORRUPT', 'marker ffda'],
  ['a missing Huffman table', patched(GOOD, SOS + 6, [0x33]), 'PXP_IMAGE_CORRUPT', 'marker ffda'],
  [
    'a Huffman table with too many codes',
    patched(GOOD, findSegment(GOOD, 0xc4) + 5, [3]),
    'PXP_IMAGE_CORRUPT',
    'marker ffc4',
  ],
];

describe('bad JPEG', () => {
  test.each([
    ['4:2:0', GOOD],
    ['4:4:4', GOOD_444],
  ])('the %s file the bad ones are made from is good', (_name, bytes) => {
    expect(verifyImage(bytes, { what: 'a.jpeg' })).toMatchObject({ format: 'jpeg', width: 37, height: 29 });
  });

  test.each(BAD_HEADERS)('%s is refused by the header guard', (_name, bytes, code, where) => {
    const accelerate: typeof decode = (...[input, options]) =>
      decode(input, { ...options, decoder: 'accelerated' });
    for (const check of [requireDecodable, verifyImage, decode, accelerate]) {
      const error = defectOf(() => check(bytes, { what: 'bad.jpg' }));
      expect(error.code).toBe(code);
      expect(error.facts.what).toBe('bad.jpg');
      expect(error.facts.where).toContain(where);
      expect(error.facts.expected).toBeTruthy();
      expect(error.facts.received).toBeTruthy();
    }
  });

  test.each(BAD_BODIES)('%s is refused by the full check', (_name, bytes, code, where) => {
    expect(requireDecodable(bytes).format).toBe('jpeg');
    const error = defectOf(() => verifyImage(bytes, { what: 'bad.jpg' }));
    expect(error.code).toBe(code);
    expect(error.facts.where).toContain(where);
    expect(error.facts.expected).toBeTruthy();
    expect(error.facts.received).toBeTruthy();
  });

  test('upright and malformed EXIF data are no reason to refuse', () => {
    expect(verifyImage(withSegment(exif(1))).width).toBe(37);
    expect(verifyImage(withSegment(exif(9))).width).toBe(37);
    expect(
      verifyImage(withSegment(segment(0xe1, Buffer.from('Exif\0\0II*\0\xff\xff\xff\xff', 'latin1')))).width,
    ).toBe(37);
  });

  test('a JPEG under the name of a PNG', () => {
    expect(defectOf(() => verifyImage(GOOD, { what: 'a.png' })).code).toBe('PXP_IMAGE_FORMAT');
  });

  test('grey pictures and pictures with restart markers pass', () => {
    // The same one-block grey image, alone and as two units with RST0 between them: DC size 0, EOB, padding of ones.
    const table = (header: number): Buffer => segment(0xc4, [header, 1, ...new Array<number>(15).fill(0), 0]);
    const grey = (width: number, restart: Buffer, data: readonly number[]): Buffer =>
      Buffer.concat([
        Buffer.from([0xff, 0xd8]),
        segment(0xdb, [0, ...new Array<number>(64).fill(1)]),
        segment(0xc0, [8, 0, 8, 0, width, 1, 1, 0x11, 0]),
        table(0),
        table(0x10),
        restart,
        segment(0xda, [1, 1, 0, 0, 63, 0]),
        Buffer.from(data),
        EOI,
      ]);
    const one = grey(8, Buffer.alloc(0), [0x3f]);
    const two = grey(16, segment(0xdd, [0, 1]), [0x3f, 0xff, 0xd0, 0x3f]);
    for (const bytes of [one, two]) {
      verifyImage(bytes);
      for (const decoder of ['auto', 'canvas', 'portable'] as const) {
        expect([...decode(bytes, { decoder }).image.data.subarray(0, 4)]).toEqual([128, 128, 128, 255]);
      }
    }
    const wrongOrder = grey(16, segment(0xdd, [0, 1]), [0x3f, 0xff, 0xd1, 0x3f]);
    expect(defectOf(() => verifyImage(wrongOrder)).facts.expected).toContain('RST0');
  });

  test('every cut of the image data, closed with EOI, is noticed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(GOOD, GOOD_444),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (bytes, share) => {
          const start = findSegment(bytes, 0xda) + 14;
          const cut = start + Math.floor(share * (bytes.length - 3 - start));
          expect(defectOf(() => verifyImage(Buffer.concat([bytes.subarray(0, cut), EOI]))).code).toBe(
            'PXP_IMAGE_CORRUPT',
          );
        },
      ),
    );
  });

  test('damaged bytes end in a typed error or in a picture, never in anything else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(GOOD, GOOD_444),
        fc.array(fc.tuple(fc.nat({ max: 5000 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
        (bytes, damage) => {
          const copy = Buffer.from(bytes);
          for (const [at, value] of damage) copy[at % copy.length] = value;
          try {
            verifyImage(copy);
            decode(copy, { decoder: 'portable' });
          } catch (error) {
            expect(error).toBeInstanceOf(PixelproofError);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
