import { type Defect, badImage } from './bad-image.js';
import {
  type ImageHeader,
  type JpegHeader,
  type PngHeader,
  readHeader,
  requireIhdrChecksum,
} from './header.js';
import { JPEG_MARKER, markerName } from './jpeg-segments.js';

/**
 * 64 megapixels decode to 256 MB of RGBA. An 8K screen has 33; what is larger is no screenshot but a mistake or an
 * attack, and no decoder in use refuses it by itself.
 */
export const DEFAULT_MAX_PIXELS = 64_000_000;

/**
 * The guard in front of every decoder: reads the header and refuses what screenshots never are. Looks at the header and
 * at the last bytes only (truncation), so it costs microseconds; `verifyImage` looks at the rest.
 *
 * Accepted: PNG of 8 bits per sample, not interlaced, any colour type (docs/adr/0002-palette-png.md); JPEG of 8 bits,
 * sequential Huffman coding (SOF0, SOF1), grey or three components, upright.
 *
 * Errors: PXP_IMAGE_EMPTY, PXP_IMAGE_FORMAT, PXP_IMAGE_UNSUPPORTED, PXP_IMAGE_TOO_LARGE (more than `maxPixels`),
 * PXP_IMAGE_CORRUPT, with `what`, `where`, `expected` and `received`.
 */
export function requireDecodable(
  bytes: Uint8Array,
  options: Readonly<{ what?: string; maxPixels?: number }> = {},
): ImageHeader {
  const { what = 'image', maxPixels = DEFAULT_MAX_PIXELS } = options;
  const header = readHeader(bytes, what);
  const size = sizeDefect(header, what);
  if (header.width === 0 || header.height === 0) {
    throw badImage('PXP_IMAGE_EMPTY', 'the image has no pixels', {
      ...size,
      expected: 'width and height of at least 1',
    });
  }
  if (header.format === 'png') requireSupportedPng(header, what);
  else requireSupportedJpeg(header, what);
  if (header.width * header.height > maxPixels) {
    throw badImage('PXP_IMAGE_TOO_LARGE', 'the image is larger than the limit', {
      ...size,
      expected: `at most ${maxPixels} pixels`,
      hint: 'raise maxPixels if it is really meant',
    });
  }
  if (header.format === 'png') requireIhdrChecksum(bytes, what);
  requireEnd(bytes, header.format, what);
  return header;
}

function sizeDefect(header: ImageHeader, what: string): Omit<Defect, 'expected'> {
  const received = `${header.width}x${header.height}`;
  return header.format === 'png'
    ? { what, offset: 16, part: 'chunk IHDR', received }
    : { what, offset: header.frameOffset, part: markerName(header.frameMarker), received };
}

/** The bit depths PNG allows per colour type: PNG (Third Edition), table 8. */
const LEGAL_DEPTHS: Readonly<Partial<Record<number, readonly number[]>>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

function requireSupportedPng(header: PngHeader, what: string): void {
  const { bitDepth, colorType, compressionMethod, filterMethod, interlaceMethod } = header;
  const at = (offset: number): Pick<Defect, 'what' | 'offset' | 'part'> => ({
    what,
    offset,
    part: 'chunk IHDR',
  });
  if (LEGAL_DEPTHS[colorType]?.includes(bitDepth) !== true) {
    throw badImage(
      'PXP_IMAGE_CORRUPT',
      'the PNG header has an illegal combination of colour type and bit depth',
      {
        ...at(24),
        expected: 'one of PNG table 8',
        received: `colour type ${colorType} at ${bitDepth} bits`,
      },
    );
  }
  if (bitDepth !== 8) {
    throw badImage('PXP_IMAGE_UNSUPPORTED', `${bitDepth} bit PNG`, {
      ...at(24),
      expected: 'bit depth 8',
      received: `${bitDepth} (colour type ${colorType})`,
      hint: 'convert it to 8 bits per sample',
    });
  }
  if (compressionMethod !== 0 || filterMethod !== 0) {
    throw badImage('PXP_IMAGE_UNSUPPORTED', 'PNG with an unknown compression or filter method', {
      ...at(26),
      expected: 'compression 0, filter 0',
      received: `compression ${compressionMethod}, filter ${filterMethod}`,
    });
  }
  if (interlaceMethod !== 0) {
    throw badImage('PXP_IMAGE_UNSUPPORTED', 'interlaced PNG', {
      ...at(28),
      expected: 'interlace method 0',
      received: `${interlaceMethod}`,
      hint: 'save it without interlacing',
    });
  }
}

function requireSupportedJpeg(header: JpegHeader, what: string): void {
  const { frameMarker, frameOffset, precision, components, orientation } = header;
  const frame = { what, offset: frameOffset, part: markerName(frameMarker) };
  if (frameMarker !== JPEG_MARKER.SOF0 && frameMarker !== JPEG_MARKER.SOF1) {
    const process = codingProcess(frameMarker);
    throw badImage('PXP_IMAGE_UNSUPPORTED', `${process} JPEG`, {
      ...frame,
      expected: 'sequential Huffman coding (SOF0 or SOF1)',
      received: `${process} (SOF${frameMarker - JPEG_MARKER.SOF0})`,
    });
  }
  if (precision !== 8) {
    throw badImage('PXP_IMAGE_UNSUPPORTED', `${precision} bit JPEG`, {
      ...frame,
      expected: '8 bits per sample',
      received: `${precision}`,
    });
  }
  if (components !== 1 && components !== 3) {
    throw badImage('PXP_IMAGE_UNSUPPORTED', components === 4 ? 'CMYK JPEG' : 'JPEG of unknown colour space', {
      ...frame,
      expected: '1 (grey) or 3 (YCbCr or RGB) components',
      received: `${components}`,
    });
  }
  if (orientation !== 1) {
    throw badImage('PXP_IMAGE_UNSUPPORTED', 'rotated JPEG', {
      what,
      offset: 2,
      part: 'EXIF orientation',
      expected: 'orientation 1 (upright)',
      received: `${orientation}`,
      hint: 'rotate the pixels and drop the tag',
    });
  }
}

/** ITU-T T.81, table B.1. Bit 3 of the marker chooses arithmetic coding, the low bits the process. */
function codingProcess(frameMarker: number): string {
  if (frameMarker > 0xc8) return 'arithmetic coded';
  if (frameMarker === 0xc2) return 'progressive';
  return frameMarker === 0xc3 ? 'lossless' : 'hierarchical';
}

const ENDS = {
  png: { name: 'an IEND chunk', bytes: [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82] },
  jpeg: { name: 'an EOI marker', bytes: [0xff, JPEG_MARKER.EOI] },
} as const;

function requireEnd(bytes: Uint8Array, format: ImageHeader['format'], what: string): void {
  const end = ENDS[format];
  const start = bytes.length - end.bytes.length;
  if (end.bytes.every((byte, i) => bytes[start + i] === byte)) return;
  throw badImage('PXP_IMAGE_CORRUPT', 'the image is truncated or has data after its end', {
    what,
    offset: start,
    expected: `${end.name} as the last bytes`,
    received: Array.from(bytes.subarray(start), (byte) => byte.toString(16).padStart(2, '0')).join(' '),
  });
}
