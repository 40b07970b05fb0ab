import { createRequire } from 'node:module';
import type * as FastPng from 'fast-png';
import type { ImageBuffer } from './image-buffer.js';

const require = createRequire(import.meta.url);

/**
 * The image as a PNG: lossless, alpha included, and the same bytes for the same pixels. RGB when every pixel is opaque,
 * as Chrome writes it, else RGBA. By fast-png, since a canvas would round colours under partial alpha. About 50 ms for a
 * 1280x720 frame: for evidence and references, not for the loop.
 */
export function encodePng(image: ImageBuffer): Uint8Array {
  const { encode } = require('fast-png') as typeof FastPng;
  const { width, height } = image;
  const rgb = opaqueSamples(image);
  return rgb === undefined
    ? encode({ width, height, data: image.data, channels: 4, depth: 8 })
    : encode({ width, height, data: rgb, channels: 3, depth: 8 });
}

/** Three samples per pixel, or undefined as soon as a pixel is not opaque. */
function opaqueSamples({ data }: ImageBuffer): Uint8Array | undefined {
  const rgb = new Uint8Array((data.length / 4) * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    if (data[from + 3] !== 255) return undefined;
    rgb[to] = data[from];
    rgb[to + 1] = data[from + 1];
    rgb[to + 2] = data[from + 2];
  }
  return rgb;
}
