import { PixelproofError } from '../core/errors.js';
import type { Size } from '../core/geometry.js';
import { ImageBuffer } from './image-buffer.js';

/**
 * The picture at another size, both axes on their own: where it shrinks, each new pixel is the mean of what it covers; where
 * it grows, bilinear between pixel centres. At its own size it is returned as it is. Alpha is treated as a channel.
 *
 * Errors: PXP_IMAGE_SIZE unless both sides are whole and at least 1. Cost: 1280x720 to 1408x792 80 ms, a patch microseconds.
 *
 * @example
 * resize(patch, { width: 132, height: 44 });
 */
export function resize(image: ImageBuffer, { width, height }: Size): ImageBuffer {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new PixelproofError('PXP_IMAGE_SIZE', 'a picture cannot be resized so', {
      expected: 'whole sides of at least 1',
      received: `${width}x${height}`,
    });
  }
  if (width === image.width && height === image.height) return image;
  const across = taps(image.width, width);
  const down = taps(image.height, height);
  const rows = new Float32Array(4 * width * image.height);
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < width; x++) {
      for (const { from, weight } of across[x]) {
        const source = 4 * (y * image.width + from);
        const target = 4 * (y * width + x);
        for (let channel = 0; channel < 4; channel++) {
          rows[target + channel] += weight * image.data[source + channel];
        }
      }
    }
  }
  const data = new Uint8ClampedArray(4 * width * height);
  const line = new Float32Array(4 * width);
  for (let y = 0; y < height; y++) {
    line.fill(0);
    for (const { from, weight } of down[y]) {
      const source = 4 * from * width;
      for (let i = 0; i < line.length; i++) line[i] += weight * rows[source + i];
    }
    data.set(line, 4 * y * width);
  }
  return new ImageBuffer(width, height, new Uint8Array(data.buffer));
}

type Tap = Readonly<{ from: number; weight: number }>;

/** Which old pixels make each new one, with weights that add up to 1. */
function taps(oldLength: number, newLength: number): readonly (readonly Tap[])[] {
  const step = oldLength / newLength;
  return Array.from({ length: newLength }, (_, i) => {
    if (step <= 1) return between((i + 0.5) * step - 0.5, oldLength);
    const [start, end] = [i * step, Math.min((i + 1) * step, oldLength)];
    const covered: Tap[] = [];
    for (let from = Math.floor(start); from < Math.ceil(end - 1e-9); from++) {
      covered.push({ from, weight: (Math.min(end, from + 1) - Math.max(start, from)) / (end - start) });
    }
    return covered;
  });
}

function between(position: number, length: number): readonly Tap[] {
  const at = Math.min(length - 1, Math.max(0, position));
  const from = Math.min(Math.floor(at), Math.max(0, length - 2));
  const weight = at - from;
  return weight === 0
    ? [{ from, weight: 1 }]
    : [
        { from, weight: 1 - weight },
        { from: from + 1, weight },
      ];
}
