import type { ImageBuffer } from '../../image/image-buffer.js';
import { CHUNK, chunkStep } from './edge-profile.js';

/** How much a picture changes across each boundary of an axis, piece by piece. */
export interface StepGrid {
  /** Boundaries 0..length: 0 and `length` are the picture's ends, where nothing changes. */
  readonly length: number;
  /** Pieces of 8 pixels along each boundary. */
  readonly pieces: number;
  /** Levels; those of boundary `p` are `pieces` from `p * pieces` on. */
  readonly steps: Float32Array;
}

/** Cost: 1280x720 about 20 ms an axis. */
export function stepGrid(image: ImageBuffer, axis: 'x' | 'y'): StepGrid {
  const [length, other] = axis === 'x' ? [image.width, image.height] : [image.height, image.width];
  const pieces = Math.floor(other / CHUNK);
  const steps = new Float32Array((length + 1) * pieces);
  for (let boundary = 1; boundary < length; boundary++) {
    for (let i = 0; i < pieces; i++) {
      steps[boundary * pieces + i] = chunkStep(image, { axis, boundary, start: i * CHUNK });
    }
  }
  return { length, pieces, steps };
}

/**
 * Boundaries with more of a line than those beside them, in order, and where between them it is: fractional where the edge is blurred
 * over two. `strength` has one item per boundary, 0 where there is no line.
 */
export function peaks(strength: Float64Array): readonly { readonly boundary: number; readonly at: number }[] {
  const found: { boundary: number; at: number }[] = [];
  for (let p = 1; p < strength.length - 1; p++) {
    if (strength[p] === 0 || strength[p] < strength[p - 1] || strength[p] <= strength[p + 1]) continue;
    const [before, after] = [strength[p - 1], strength[p + 1]];
    found.push({ boundary: p, at: p + (after - before) / (before + strength[p] + after) });
  }
  return found;
}
