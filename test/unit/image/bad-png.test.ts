import { constants, deflateRawSync, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { PixelproofError } from '../../../src/core/errors.js';
import { requireDecodable } from '../../../src/image/require-decodable.js';
import { verifyImage } from '../../../src/image/verify-image.js';
import { decode } from '../../../src/image/decode.js';
import { RGB_2X2, SIGNATURE, chunk, ihdr, patched, png } from './build-images.js';

const GOOD = png(RGB_2X2);
const IEND = chunk('IEND', []);
const PLTE = chunk('PLTE', [0, 0, 0, 255, 255, 255]);
const IDAT = chunk('IDAT', deflateSync(Uint8Array.from(RGB_2X2.rows)));
const PALETTE_ROWS = { width: 2, height: 1, colorType: 3, rows: [0, 0, 1] } as const;
const idatOf = (rows: Uint8Array | readonly number[]): Buffer =>
  chunk('IDAT', deflateSync(Uint8Array.from(rows)));
const file = (...parts: Buffer[]): Buffer => Buffer.concat([SIGNATURE, ...parts]);

function defectOf(action: () => unknown): PixelproofError {
  try {
    action();
  } catch (error) {
    if (error instanceof PixelproofError) return error;
    throw error;
  }
  throw new Error('accepted');
}

/** Refused by the header guard, so before any decoder runs. */
const BAD_HEADERS: readonly [name: string, bytes: Uint8Array, code: string, where: string][] = [
  ['no bytes', Buffer.alloc(0), 'PXP_IMAGE_EMPTY', 'byte 0'],
  ['text', Buffer.from('hello world'), 'PXP_IMAGE_FORMAT', 'byte 0'],
  ['a GIF', Buffer.from('GIF89a........'), 'PXP_IMAGE_FORMAT', 'byte 0'],
  ['one byte of a signature', SIGNATURE.subarray(0, 1), 'PXP_IMAGE_FORMAT', 'byte 0'],
  ['the signature alone', SIGNATURE, 'PXP_IMAGE_CORRUPT', 'byte 8, chunk IHDR'],
  ['half a header', GOOD.subarray(0, 20), 'PXP_IMAGE_CORRUPT', 'byte 20, chunk IHDR'],
  ['another chunk first', file(PLTE, ihdr(RGB_2X2), IDAT, IEND), 'PXP_IMAGE_CORRUPT', 'byte 8, chunk IHDR'],
  ['width 0', png({ ...RGB_2X2, width: 0 }), 'PXP_IMAGE_EMPTY', 'byte 16, chunk IHDR'],
  ['height 0', png({ ...RGB_2X2, height: 0 }), 'PXP_IMAGE_EMPTY', 'byte 16, chunk IHDR'],
  [
    '60000x60000',
    png({ ...RGB_2X2, width: 60000, height: 60000 }),
    'PXP_IMAGE_TOO_LARGE',
    'byte 16, chunk IHDR',
  ],
  [
    '60000x60000 with a stale checksum',
    patched(GOOD, 16, [0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]),
    'PXP_IMAGE_TOO_LARGE',
    'byte 16, chunk IHDR',
  ],
  ['a wrong header checksum', patched(GOOD, 29, [GOOD[29] ^ 1]), 'PXP_IMAGE_CORRUPT', 'byte 29, chunk IHDR'],
  ['16 bit', png({ ...RGB_2X2, bitDepth: 16 }), 'PXP_IMAGE_UNSUPPORTED', 'byte 24, chunk IHDR'],
  [
    '1 bit grey',
    png({ ...RGB_2X2, bitDepth: 1, colorType: 0 }),
    'PXP_IMAGE_UNSUPPORTED',
    'byte 24, chunk IHDR',
  ],
  ['4 bit palette', png({ ...PALETTE_ROWS, bitDepth: 4 }), 'PXP_IMAGE_UNSUPPORTED', 'byte 24, chunk IHDR'],
  [
    '4 bit RGB, which does not exist',
    png({ ...RGB_2X2, bitDepth: 4 }),
    'PXP_IMAGE_CORRUPT',
    'byte 24, chunk IHDR',
  ],
  [
    'colour type 5, which does not exist',
    png({ ...RGB_2X2, colorType: 5 }),
    'PXP_IMAGE_CORRUPT',
    'byte 24, chunk IHDR',
  ],
  ['interlaced', png({ ...RGB_2X2, interlace: 1 }), 'PXP_IMAGE_UNSUPPORTED', 'byte 28, chunk IHDR'],
  ['unknown filter method', png({ ...RGB_2X2, filter: 1 }), 'PXP_IMAGE_UNSUPPORTED', 'byte 26, chunk IHDR'],
  ['no IEND', GOOD.subarray(0, -12), 'PXP_IMAGE_CORRUPT', `byte ${GOOD.length - 24}`],
  ['trailing data', Buffer.concat([GOOD, Buffer.from('x')]), 'PXP_IMAGE_CORRUPT', `byte ${GOOD.length - 11}`],
];

const BODY = 33;
/** Passed by the header guard, refused by the full check. */
const BAD_BODIES: readonly [name: string, bytes: Uint8Array, code: string, where: string][] = [
  [
    'a wrong data checksum',
    patched(GOOD, GOOD.length - 13, [GOOD[GOOD.length - 13] ^ 1]),
    'PXP_IMAGE_CORRUPT',
    `byte ${GOOD.length - 16}, chunk IDAT`,
  ],
  [
    'a second image after the first',
    Buffer.concat([GOOD, GOOD]),
    'PXP_IMAGE_CORRUPT',
    `byte ${GOOD.length}, after chunk IEND`,
  ],
  [
    'a chunk longer than the file',
    file(ihdr(RGB_2X2), patched(IDAT, 0, [0, 1, 0, 0]), IEND),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY}, chunk IDAT`,
  ],
  [
    'a chunk without a type',
    file(ihdr(RGB_2X2), patched(IDAT, 4, [0, 1, 2, 3]), IEND),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY + 4}`,
  ],
  ['no image data', file(ihdr(RGB_2X2), IEND), 'PXP_IMAGE_CORRUPT', `byte ${BODY + 12}, chunk IEND`],
  [
    'split image data',
    file(ihdr(RGB_2X2), IDAT, chunk('tEXt', [65, 0, 66]), IDAT, IEND),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY + IDAT.length + 15}, chunk IDAT`,
  ],
  [
    'two headers',
    file(ihdr(RGB_2X2), ihdr(RGB_2X2), IDAT, IEND),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY}, chunk IHDR`,
  ],
  [
    'an unknown critical chunk',
    png({ ...RGB_2X2, before: [chunk('ABCD', [])] }),
    'PXP_IMAGE_UNSUPPORTED',
    `byte ${BODY}, chunk ABCD`,
  ],
  [
    'an animation',
    png({ ...RGB_2X2, before: [chunk('acTL', [0, 0, 0, 1, 0, 0, 0, 0])] }),
    'PXP_IMAGE_UNSUPPORTED',
    `byte ${BODY}, chunk acTL`,
  ],
  [
    'an end chunk with content',
    file(ihdr(RGB_2X2), IDAT, chunk('IEND', [1]), IEND),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY + IDAT.length}, chunk IEND`,
  ],
  [
    'image data that are not zlib',
    file(ihdr(RGB_2X2), chunk('IDAT', [1, 2, 3, 4]), IEND),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY}, chunk IDAT`,
  ],
  [
    'cut zlib data',
    file(ihdr(RGB_2X2), chunk('IDAT', IDAT.subarray(8, -8)), IEND),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY}, chunk IDAT`,
  ],
  [
    'one byte too few',
    png({ ...RGB_2X2, rows: RGB_2X2.rows.slice(0, -1) }),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY}, chunk IDAT`,
  ],
  [
    'one byte too many',
    png({ ...RGB_2X2, rows: [...RGB_2X2.rows, 0] }),
    'PXP_IMAGE_TOO_LARGE',
    `byte ${BODY}, chunk IDAT`,
  ],
  [
    'bytes after the zlib stream',
    file(ihdr(RGB_2X2), chunk('IDAT', [...IDAT.subarray(8, -4), 7, 7]), IEND),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY}, chunk IDAT`,
  ],
  [
    'row filter 5',
    file(ihdr(RGB_2X2), idatOf([5, ...RGB_2X2.rows.slice(1)]), IEND),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY}, chunk IDAT`,
  ],
  ['a palette picture without palette', png(PALETTE_ROWS), 'PXP_IMAGE_CORRUPT', ', chunk IEND'],
  [
    'an empty palette',
    png({ ...PALETTE_ROWS, before: [chunk('PLTE', [])] }),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY}, chunk PLTE`,
  ],
  [
    'a palette of 4 bytes',
    png({ ...PALETTE_ROWS, before: [chunk('PLTE', [1, 2, 3, 4])] }),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY}, chunk PLTE`,
  ],
  [
    'a palette of 257 colours',
    png({ ...PALETTE_ROWS, before: [chunk('PLTE', new Uint8Array(771))] }),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY}, chunk PLTE`,
  ],
  [
    'a late palette',
    png({ ...PALETTE_ROWS, before: [PLTE], after: [PLTE] }),
    'PXP_IMAGE_CORRUPT',
    ', chunk PLTE',
  ],
  [
    'a grey picture with a palette',
    png({ width: 2, height: 1, colorType: 0, rows: [0, 1, 2], before: [PLTE] }),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY}, chunk PLTE`,
  ],
  [
    'transparency for more colours than there are',
    png({ ...PALETTE_ROWS, before: [PLTE, chunk('tRNS', [0, 0, 0])] }),
    'PXP_IMAGE_CORRUPT',
    ', chunk tRNS',
  ],
  [
    'transparency before the palette',
    png({ ...PALETTE_ROWS, before: [chunk('tRNS', [0]), PLTE] }),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY}, chunk tRNS`,
  ],
  [
    'a transparent colour of 4 bytes',
    png({ ...RGB_2X2, before: [chunk('tRNS', [0, 0, 0, 0])] }),
    'PXP_IMAGE_CORRUPT',
    `byte ${BODY}, chunk tRNS`,
  ],
];

describe('bad PNG', () => {
  test('the file all the bad ones are made from is good', () => {
    expect(verifyImage(GOOD, { what: 'good.png' })).toMatchObject({ format: 'png', width: 2, height: 2 });
  });

  test.each(BAD_HEADERS)('%s is refused by the header guard', (_name, bytes, code, where) => {
    for (const check of [requireDecodable, verifyImage, decode]) {
      const error = defectOf(() => check(bytes, { what: 'bad.png' }));
      expect(error.code).toBe(code);
      expect(error.facts).toMatchObject({ what: 'bad.png', where });
      expect(error.facts.expected).toBeTruthy();
      expect(error.facts.received).toBeTruthy();
    }
  });

  test.each(BAD_BODIES)('%s is refused by the full check', (_name, bytes, code, where) => {
    expect(requireDecodable(bytes).format).toBe('png');
    const error = defectOf(() => verifyImage(bytes, { what: 'bad.png' }));
    expect(error.code).toBe(code);
    expect(error.facts.what).toBe('bad.png');
    expect(error.facts.where).toContain(where);
    expect(error.facts.expected).toBeTruthy();
    expect(error.facts.received).toBeTruthy();
  });

  test.each(['canvas', 'portable'] as const)(
    'a palette index without a colour is refused (%s)',
    (decoder) => {
      const bytes = png({ ...PALETTE_ROWS, rows: [0, 1, 2], before: [PLTE] });
      const error = defectOf(() => decode(bytes, { decoder }));
      expect(error.code).toBe('PXP_IMAGE_CORRUPT');
      expect(error.facts).toMatchObject({ where: 'byte 0, pixel 1', expected: '0..1', received: '2' });
    },
  );

  test('a PNG under the name of a JPEG', () => {
    expect(defectOf(() => verifyImage(GOOD, { what: 'a.JPG' })).code).toBe('PXP_IMAGE_FORMAT');
  });

  test('maxPixels is a limit that itself is allowed', () => {
    expect(requireDecodable(GOOD, { maxPixels: 4 }).width).toBe(2);
    expect(defectOf(() => requireDecodable(GOOD, { maxPixels: 3 })).code).toBe('PXP_IMAGE_TOO_LARGE');
  });
});

describe('zlib bombs', () => {
  /** 1 GiB of zeros in about 1 MB, made in pieces so that the test does not hold it either. */
  function bomb(): Buffer {
    // A zlib header, then 1024 times the same raw deflate block of 1 MiB zeros, which ends at a byte boundary.
    const block = deflateRawSync(new Uint8Array(1 << 20), { finishFlush: constants.Z_FULL_FLUSH });
    return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array.from({ length: 1024 }, () => block)]);
  }

  test('the bomb is one', () => {
    expect(() => inflateSync(bomb(), { maxOutputLength: 16 << 20 })).toThrow(
      expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }),
    );
  });

  test('image data that inflate to 1 GiB are refused without inflating them', () => {
    const bytes = file(ihdr(RGB_2X2), chunk('IDAT', bomb()), IEND);
    expect(bytes.length).toBeLessThan(4e6);
    const before = process.memoryUsage().rss;
    for (const check of [verifyImage, (b: Uint8Array) => decode(b, { decoder: 'portable' })]) {
      expect(defectOf(() => check(bytes)).code).toBe('PXP_IMAGE_TOO_LARGE');
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  test('a profile that inflates to 1 GiB is never looked at', () => {
    const profile = Buffer.concat([Buffer.from('icc\0\0', 'latin1'), bomb()]);
    const bytes = png({ ...RGB_2X2, before: [chunk('iCCP', profile)] });
    const before = process.memoryUsage().rss;
    expect([...decode(bytes, { decoder: 'portable' }).image.data.subarray(0, 4)]).toEqual([255, 0, 0, 255]);
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });
});
