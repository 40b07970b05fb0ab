import { crc32 } from 'node:zlib';
import { badImage } from './bad-image.js';
import { exifOrientation } from './exif-orientation.js';
import { JPEG_MARKER, isFrameMarker, jpegSegment, markerName } from './jpeg-segments.js';
import { PNG_SIGNATURE } from './png-chunks.js';

/** What a PNG's IHDR says. Nothing of it has been judged yet. */
export interface PngHeader {
  readonly format: 'png';
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA. */
  readonly colorType: number;
  readonly compressionMethod: number;
  readonly filterMethod: number;
  readonly interlaceMethod: number;
}

/** What a JPEG's frame header (SOF) and EXIF data say. Nothing of it has been judged yet. */
export interface JpegHeader {
  readonly format: 'jpeg';
  readonly width: number;
  readonly height: number;
  /** Bits per sample. */
  readonly precision: number;
  readonly components: number;
  /** The frame marker's second byte: 0xc0 baseline, 0xc1 extended sequential, 0xc2 progressive, … */
  readonly frameMarker: number;
  /** Offset of the frame marker. */
  readonly frameOffset: number;
  /** EXIF orientation 1..8; 1 when there is none. */
  readonly orientation: number;
}

export type ImageHeader = PngHeader | JpegHeader;

/**
 * Reads format and size from the first bytes of a PNG or JPEG without decoding anything: PNG IHDR, or the JPEG segments
 * up to SOF. `what` names the bytes in errors. Costs some microseconds whatever the image's size.
 *
 * Errors: PXP_IMAGE_EMPTY (no bytes), PXP_IMAGE_FORMAT (neither PNG nor JPEG), PXP_IMAGE_CORRUPT (the header itself is
 * cut off or malformed). Source: PNG (Third Edition) section 11.2.1; ITU-T T.81 section B.2.2.
 */
export function readHeader(bytes: Uint8Array, what = 'image'): ImageHeader {
  if (bytes.length === 0) {
    throw badImage('PXP_IMAGE_EMPTY', 'the image has no bytes', {
      what,
      offset: 0,
      expected: 'a PNG or JPEG',
      received: '0 bytes',
    });
  }
  if (PNG_SIGNATURE.every((byte, i) => bytes[i] === byte)) return readPngHeader(bytes, what);
  if (bytes[0] === 0xff && bytes[1] === JPEG_MARKER.SOI) return readJpegHeader(bytes, what);
  throw badImage('PXP_IMAGE_FORMAT', 'the bytes are neither PNG nor JPEG', {
    what,
    offset: 0,
    expected: 'a PNG or JPEG signature',
    received: nameSignature(bytes),
  });
}

const IHDR_END = 33;

function readPngHeader(bytes: Uint8Array, what: string): PngHeader {
  const part = 'chunk IHDR';
  if (bytes.length < IHDR_END) {
    throw badImage('PXP_IMAGE_CORRUPT', 'the PNG is truncated', {
      what,
      offset: bytes.length,
      part,
      expected: `${IHDR_END} bytes of signature and IHDR`,
      received: `${bytes.length}`,
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(8);
  const type = String.fromCharCode(...bytes.subarray(12, 16));
  if (type !== 'IHDR' || length !== 13) {
    throw badImage('PXP_IMAGE_CORRUPT', 'the PNG does not start with its header', {
      what,
      offset: 8,
      part,
      expected: 'IHDR of 13 bytes',
      received: `${JSON.stringify(type)} of ${length} bytes`,
    });
  }
  return {
    format: 'png',
    width: view.getUint32(16),
    height: view.getUint32(20),
    bitDepth: bytes[24],
    colorType: bytes[25],
    compressionMethod: bytes[26],
    filterMethod: bytes[27],
    interlaceMethod: bytes[28],
  };
}

/** Errors: PXP_IMAGE_CORRUPT when IHDR's checksum is wrong. Apart from `readHeader`, so that size is judged first. */
export function requireIhdrChecksum(bytes: Uint8Array, what: string): void {
  const stored = new DataView(bytes.buffer, bytes.byteOffset).getUint32(29);
  const computed = crc32(bytes.subarray(12, 29));
  if (stored === computed) return;
  throw badImage('PXP_IMAGE_CORRUPT', 'a PNG chunk has a wrong checksum', {
    what,
    offset: 29,
    part: 'chunk IHDR',
    expected: computed.toString(16).padStart(8, '0'),
    received: stored.toString(16).padStart(8, '0'),
  });
}

function readJpegHeader(bytes: Uint8Array, what: string): JpegHeader {
  let orientation = 1;
  for (let offset = 2; ;) {
    const { marker, offset: at, data, end } = jpegSegment(bytes, offset, what);
    if (marker === JPEG_MARKER.APP1) orientation = exifOrientation(data) ?? orientation;
    if (marker === JPEG_MARKER.SOS || marker === JPEG_MARKER.EOI) {
      throw badImage('PXP_IMAGE_CORRUPT', 'the JPEG has no frame header', {
        what,
        offset: at,
        part: markerName(marker),
        expected: 'SOF before any scan',
        received: markerName(marker),
      });
    }
    if (isFrameMarker(marker)) {
      if (data.length < 6 || data.length !== 6 + 3 * data[5]) {
        throw badImage('PXP_IMAGE_CORRUPT', 'the JPEG frame header is malformed', {
          what,
          offset: at,
          part: markerName(marker),
          expected: '6 bytes and 3 per component',
          received: `${data.length} bytes`,
        });
      }
      return {
        format: 'jpeg',
        width: (data[3] << 8) | data[4],
        height: (data[1] << 8) | data[2],
        precision: data[0],
        components: data[5],
        frameMarker: marker,
        frameOffset: at,
        orientation,
      };
    }
    offset = end;
  }
}

function nameSignature(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes.subarray(0, 12));
  if (text.startsWith('GIF8')) return 'a GIF';
  if (text.startsWith('RIFF') && text.endsWith('WEBP')) return 'a WebP';
  if (text.startsWith('BM')) return 'a BMP';
  if (text.slice(4, 8) === 'ftyp') return 'an ISO media file (AVIF, HEIC, MP4)';
  if (/^\s*</.test(text)) return 'markup (SVG, HTML)';
  return `bytes ${Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ')}`;
}
