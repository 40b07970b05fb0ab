import { badImage } from './bad-image.js';

/** One chunk of a PNG. `data` is a view into the file. */
export interface PngChunk {
  readonly type: string;
  /** Of the chunk's length field. */
  readonly offset: number;
  readonly data: Uint8Array;
  /** Type and data, which is what `crc` was computed over. */
  readonly checked: Uint8Array;
  readonly crc: number;
}

export const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * Walks the chunks of a PNG in file order, up to and including IEND, without copying. The signature has been seen
 * already; checksums are left to the caller. Costs O(chunks).
 *
 * Errors: PXP_IMAGE_CORRUPT when a chunk's type is not four letters, or it reaches beyond the end of the bytes, or the
 * bytes end before IEND. Source: PNG (Third Edition), section 5.3, "Chunk layout".
 */
export function* pngChunks(bytes: Uint8Array, what: string): Generator<PngChunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = PNG_SIGNATURE.length;
  for (;;) {
    if (offset + 12 > bytes.length) {
      throw badImage('PXP_IMAGE_CORRUPT', 'the PNG is truncated', {
        what,
        offset: bytes.length,
        expected: 'another chunk, up to IEND',
        received: `${bytes.length - offset} bytes after the last whole chunk`,
      });
    }
    const length = view.getUint32(offset);
    const type = chunkType(bytes, offset + 4, what);
    const end = offset + 12 + length;
    if (end > bytes.length) {
      throw badImage('PXP_IMAGE_CORRUPT', 'the PNG is truncated', {
        what,
        offset,
        part: `chunk ${type}`,
        expected: `${length} bytes of data and a checksum`,
        received: `${bytes.length - offset - 8} bytes`,
      });
    }
    yield {
      type,
      offset,
      data: bytes.subarray(offset + 8, end - 4),
      checked: bytes.subarray(offset + 4, end - 4),
      crc: view.getUint32(end - 4),
    };
    if (type === 'IEND') return;
    offset = end;
  }
}

function chunkType(bytes: Uint8Array, offset: number, what: string): string {
  const type = String.fromCharCode(...bytes.subarray(offset, offset + 4));
  if (/^[A-Za-z]{4}$/.test(type)) return type;
  throw badImage('PXP_IMAGE_CORRUPT', 'a PNG chunk has no valid type', {
    what,
    offset,
    expected: 'four ASCII letters',
    received: hex(bytes.subarray(offset, offset + 4)),
  });
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
