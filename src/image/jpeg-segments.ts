import { badImage } from './bad-image.js';

/** One marker segment of a JPEG. `data` is a view into the file, without marker and length. */
export interface JpegSegment {
  /** The marker's second byte: 0xc0 for SOF0. */
  readonly marker: number;
  /** Of the marker's 0xff. */
  readonly offset: number;
  readonly data: Uint8Array;
  /** Offset of the first byte after the segment; after SOS that is entropy-coded data. */
  readonly end: number;
}

export const JPEG_MARKER = {
  SOF0: 0xc0,
  SOF1: 0xc1,
  DHT: 0xc4,
  DAC: 0xcc,
  RST0: 0xd0,
  RST7: 0xd7,
  SOI: 0xd8,
  EOI: 0xd9,
  SOS: 0xda,
  DQT: 0xdb,
  DNL: 0xdc,
  DRI: 0xdd,
  APP1: 0xe1,
} as const;

/** True for the markers that start a frame (SOF0..SOF15 without DHT, JPG and DAC, which lie among them). */
export function isFrameMarker(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** `marker ffc0`, as people look it up. */
export function markerName(marker: number): string {
  return `marker ff${marker.toString(16).padStart(2, '0')}`;
}

/**
 * The segment at `offset`, with any fill bytes before its marker skipped. SOI, EOI and the restart markers have no data.
 *
 * Errors: PXP_IMAGE_CORRUPT when there is no marker, or the segment reaches beyond the end of the bytes.
 * Source: ITU-T T.81 (JPEG), section B.1.1.
 */
export function jpegSegment(bytes: Uint8Array, offset: number, what: string): JpegSegment {
  if (offset < bytes.length && bytes[offset] !== 0xff) {
    throw badImage('PXP_IMAGE_CORRUPT', 'a JPEG segment does not start with a marker', {
      what,
      offset,
      expected: 'byte ff',
      received: bytes[offset].toString(16).padStart(2, '0'),
    });
  }
  let at = offset;
  while (at + 1 < bytes.length && bytes[at + 1] === 0xff) at++;
  if (at + 1 >= bytes.length) {
    throw badImage('PXP_IMAGE_CORRUPT', 'the JPEG is truncated', {
      what,
      offset: bytes.length,
      expected: 'a marker',
      received: 'the end of the bytes',
    });
  }
  const marker = bytes[at + 1];
  if (standsAlone(marker)) return { marker, offset: at, data: bytes.subarray(at, at), end: at + 2 };
  const length = at + 3 < bytes.length ? (bytes[at + 2] << 8) | bytes[at + 3] : 0;
  const end = at + 2 + length;
  if (length < 2 || end > bytes.length) {
    throw badImage('PXP_IMAGE_CORRUPT', 'a JPEG segment does not fit into the file', {
      what,
      offset: at,
      part: markerName(marker),
      expected: `a length of 2..${bytes.length - at - 2}`,
      received: `${length}`,
    });
  }
  return { marker, offset: at, data: bytes.subarray(at + 4, end), end };
}

function standsAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= JPEG_MARKER.RST0 && marker <= JPEG_MARKER.EOI);
}
