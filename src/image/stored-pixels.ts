import type { ImageHeader } from './header.js';
import { JPEG_MARKER, jpegSegment } from './jpeg-segments.js';
import { PNG_SIGNATURE, pngChunks } from './png-chunks.js';

const PIXEL_CHUNKS = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
const APP0 = 0xe0;
const APP14 = 0xee;
const APP15 = 0xef;
const COM = 0xfe;

/**
 * The same image without colour profiles, gamma, EXIF, comments and the like, so that every decoder answers the samples
 * as they are stored: the canvas would apply a profile or a gAMA chunk, fast-png would inflate a profile without bounds.
 * Returns `bytes` itself when there is nothing to drop; else a copy of what stays (JPEG from Chrome carries a profile:
 * about 0.05 ms for a 720p frame).
 *
 * Errors: PXP_IMAGE_CORRUPT when chunks or segments cannot be walked.
 */
export function storedPixels(bytes: Uint8Array, header: ImageHeader, what: string): Uint8Array {
  return header.format === 'png' ? pixelChunks(bytes, what) : pixelSegments(bytes, what);
}

function pixelChunks(bytes: Uint8Array, what: string): Uint8Array {
  const kept: Uint8Array[] = [bytes.subarray(0, PNG_SIGNATURE.length)];
  let dropped = false;
  for (const { type, offset, data } of pngChunks(bytes, what)) {
    if (PIXEL_CHUNKS.has(type)) kept.push(bytes.subarray(offset, offset + 12 + data.length));
    else dropped = true;
  }
  return dropped ? Buffer.concat(kept) : bytes;
}

/** JFIF (APP0) and Adobe (APP14) stay: they say how the components are to be read. */
function pixelSegments(bytes: Uint8Array, what: string): Uint8Array {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  let dropped = false;
  for (let offset = 2; ;) {
    const { marker, end } = jpegSegment(bytes, offset, what);
    if (marker === JPEG_MARKER.SOS || marker === JPEG_MARKER.EOI) {
      kept.push(bytes.subarray(offset));
      return dropped ? Buffer.concat(kept) : bytes;
    }
    const metadata = (marker > APP0 && marker <= APP15 && marker !== APP14) || marker === COM;
    if (metadata) dropped = true;
    else kept.push(bytes.subarray(offset, end));
    offset = end;
  }
}
