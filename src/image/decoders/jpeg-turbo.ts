import type { ImageHeader } from '../header.js';
import { ImageBuffer } from '../image-buffer.js';
import type { JpegTurboModule } from '../jpeg-turbo-addon.js';

/**
 * Decodes a JPEG by libjpeg-turbo straight into the pixels that are returned: no canvas, no copy. It interpolates chroma
 * as the canvas does, and uses the fast inverse DCT (the addon knows no other), which is less exact at high qualities: on
 * 24 frames of two applications the two differ by 1 level on average and by at most 5 at quality 80, 9 at 90, 19 at 95.
 * A 1280x720 frame takes 1.4 ms.
 *
 * Returns undefined when libjpeg errs or warns (data that end early, damaged codes): what other decoders draw without a
 * word is not taken for a picture here. The portable decoder has the error then, or the answer.
 */
export function decodeByJpegTurbo(
  turbo: JpegTurboModule,
  bytes: Uint8Array,
  { width, height }: ImageHeader,
): ImageBuffer | undefined {
  // Memory of its own, neither zeroed nor from Node's pool: every byte is written, or none of them is used.
  const pixels = Buffer.allocUnsafeSlow(4 * width * height);
  try {
    const jpeg = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const decoded = turbo.decompressSync(jpeg, pixels, { format: turbo.FORMAT_RGBA });
    if (decoded.width !== width || decoded.height !== height) return undefined;
  } catch {
    return undefined;
  }
  return new ImageBuffer(width, height, new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength));
}
