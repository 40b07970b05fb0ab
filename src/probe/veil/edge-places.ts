import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** A green step this high over two pixels is a part of a letter or of a rule. */
const EDGE = 24;
const GREEN = 1;

/** Where every second line of `rect` has such steps, as places in the picture's bytes, line by line; no further line once there are `enough`. */
export function edgePlaces({ data, width }: ImageBuffer, rect: Rect, enough = Infinity): number[] {
  const places: number[] = [];
  for (let y = rect.y; y < rect.y + rect.height && places.length < enough; y += 2) {
    const line = 4 * y * width + GREEN;
    for (let x = rect.x; x < rect.x + rect.width - 2; x += 2) {
      const at = line + 4 * x;
      if (Math.abs(stepAt(data, at)) >= EDGE) places.push(at);
    }
  }
  return places;
}

export function stepAt(data: Uint8Array, at: number): number {
  return data[at + 8] - data[at];
}

/** Whether a step is between half and twice as high as another, in the same direction. */
export function isLikeStep(step: number, other: number): boolean {
  const ratio = step / other;
  return ratio > 0.5 && ratio < 2;
}
