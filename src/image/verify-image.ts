import { badImage } from './bad-image.js';
import type { ImageHeader } from './header.js';
import { requireDecodable } from './require-decodable.js';
import { verifyJpeg } from './verify-jpeg.js';
import { verifyPng } from './verify-png.js';

/**
 * The full check for image files that come from outside (calibration references, `probe` arguments): `requireDecodable`,
 * then the whole structure of the file, see `verifyPng` and `verifyJpeg`. When `what` ends in .png, .jpg or .jpeg the
 * bytes have to be of that format. Returns the header. Some milliseconds for a 720p frame; the loop's own frames, which
 * come from the browser over a checked transport, pass `requireDecodable` only.
 *
 * Errors: one PXP_IMAGE_* error per bad input, with `what`, `where`, `expected` and `received`.
 */
export function verifyImage(
  bytes: Uint8Array,
  options: Readonly<{ what?: string; maxPixels?: number }> = {},
): ImageHeader {
  const { what = 'image' } = options;
  const header = requireDecodable(bytes, options);
  const promised = promisedFormat(what);
  if (promised !== undefined && promised !== header.format) {
    throw badImage('PXP_IMAGE_FORMAT', 'the image is not of the format its name promises', {
      what,
      offset: 0,
      expected: promised.toUpperCase(),
      received: header.format.toUpperCase(),
      hint: 'rename the file',
    });
  }
  if (header.format === 'png') verifyPng(bytes, header, what);
  else verifyJpeg(bytes, header, what);
  return header;
}

function promisedFormat(name: string): ImageHeader['format'] | undefined {
  if (/\.png$/i.test(name)) return 'png';
  return /\.jpe?g$/i.test(name) ? 'jpeg' : undefined;
}
