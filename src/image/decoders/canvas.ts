import type { CanvasModule } from '../canvas-addon.js';
import type { ImageHeader } from '../header.js';
import { ImageBuffer } from '../image-buffer.js';

/**
 * Decodes by @napi-rs/canvas (Skia: libpng, libjpeg-turbo), synchronously: since 1.1 drawing an image whose source is a
 * byte array decodes it on the spot, whether or not the thread pool has got to it.
 *
 * Returns undefined when the drawn image is not opaque from corner to corner. Either the PNG has transparent pixels,
 * whose colours a canvas cannot give back (it stores them premultiplied); or the data do not decode to the end, which
 * Skia draws as far as they go without a word. In both cases the portable decoder has the answer, or the error.
 */
export function decodeByCanvas(
  { Image, createCanvas }: CanvasModule,
  bytes: Uint8Array,
  { width, height }: ImageHeader,
): ImageBuffer | undefined {
  const source = new Image();
  // The addon reports bytes it cannot decode a tick later; without a handler that would be an uncaught error.
  source.onerror = () => undefined;
  source.src = bytes;
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').drawImage(source, 0, 0);
  const pixels = canvas.data();
  const data = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const image = new ImageBuffer(width, height, data);
  return isOpaque(image.words()) ? image : undefined;
}

/** Alpha is the highest byte of a little-endian word: a quarter of the loads of a walk over the alpha bytes. */
function isOpaque(words: Uint32Array): boolean {
  let all = -1;
  for (let i = 0; i < words.length; i++) all &= words[i];
  return all >>> 24 === 255;
}
