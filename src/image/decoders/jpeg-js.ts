import { createRequire } from 'node:module';
import type * as JpegJs from 'jpeg-js';
import { badImage } from '../bad-image.js';
import type { ImageHeader } from '../header.js';
import { ImageBuffer } from '../image-buffer.js';

const require = createRequire(import.meta.url);

/**
 * jpeg-js keeps 32-bit coefficients, sample lines and the result: at most 12 + 3 + 4 bytes per pixel (4:4:4), plus
 * overhead. A generous bound, since the header guard has limited the pixels already.
 */
const BYTES_PER_PIXEL = 40;

/**
 * Decodes a JPEG by jpeg-js, in strict mode: pure JavaScript, five to eight times slower than the canvas, no
 * interpolation of chroma, so its colours differ from libjpeg's at coloured edges.
 *
 * Errors: PXP_IMAGE_CORRUPT when the library refuses the data.
 */
export function decodeByJpegJs(bytes: Uint8Array, { width, height }: ImageHeader, what: string): ImageBuffer {
  const { decode } = require('jpeg-js') as typeof JpegJs;
  try {
    const { data } = decode(bytes, {
      useTArray: true,
      formatAsRGBA: true,
      tolerantDecoding: false,
      maxResolutionInMP: Math.ceil((width * height) / 1e6),
      maxMemoryUsageInMB: 64 + Math.ceil((width * height * BYTES_PER_PIXEL) / 2 ** 20),
    });
    return new ImageBuffer(width, height, data);
  } catch (cause) {
    throw badImage('PXP_IMAGE_CORRUPT', 'the JPEG image data do not decode', {
      what,
      offset: 0,
      expected: `${width}x${height} pixels`,
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
