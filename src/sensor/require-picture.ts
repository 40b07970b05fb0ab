import { PixelproofError, isPixelproofError } from '../core/errors.js';
import type { Size } from '../core/geometry.js';
import { readHeader } from '../image/header.js';
import type { FrameFormat } from './frame.js';

/** Errors: PXP_CAPTURE unless the header of `bytes` is of a picture of that format and size. Reads no further. */
export function requirePicture(
  bytes: Uint8Array,
  { what, format, size }: Readonly<{ what: string; format: FrameFormat; size: Size }>,
): void {
  const expected = `a ${format} of ${size.width}x${size.height}`;
  let received: string;
  try {
    const header = readHeader(bytes, what);
    received = `a ${header.format} of ${header.width}x${header.height}`;
  } catch (cause) {
    if (!isPixelproofError(cause)) throw cause;
    throw new PixelproofError('PXP_CAPTURE', 'the browser sent no picture', {
      expected,
      received: cause.code,
      cause,
    });
  }
  if (received === expected) return;
  throw new PixelproofError('PXP_CAPTURE', 'the browser sent another picture than asked for', {
    expected,
    received,
  });
}
