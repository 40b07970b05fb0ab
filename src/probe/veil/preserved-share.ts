import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** A green step over two pixels that counts as content; lower than for dimming, since faint text may be covered too. */
const EDGE = 24;
/** Fewer edges say nothing. */
const MIN_EDGES = 16;
/** White text on a selection has less contrast than the black text that it was: at least this share of it. */
const INVERTED = 0.4;

/**
 * Of the edges that `before` has inside `rect`, across and down: the share that `after` still has in place, between half and twice
 * as strong as `gain` lets expect and in the same direction, or most of them in the other. A selection or a tint keeps them,
 * whatever the colour of their text becomes; a thing laid over them does not. Null when `before` is too plain there to tell.
 * Cost: a quarter of the rectangle's pixels.
 */
export function preservedShare(
  before: ImageBuffer,
  after: ImageBuffer,
  { rect, gain }: { readonly rect: Rect; readonly gain: number },
): number | null {
  const stride = 4 * before.width;
  let edges = 0;
  let kept = 0;
  let inverted = 0;
  for (let y = rect.y; y < rect.y + rect.height - 2; y += 2) {
    for (let x = rect.x; x < rect.x + rect.width - 2; x += 2) {
      const at = y * stride + 4 * x + 1;
      for (let to = at + 8; to <= at + 2 * stride; to += 2 * stride - 8) {
        const was = gain * (before.data[to] - before.data[at]);
        if (was < EDGE * gain && was > -EDGE * gain) continue;
        edges++;
        const ratio = (after.data[to] - after.data[at]) / was;
        if (ratio > 0.5 && ratio < 2) kept++;
        else if (ratio < -INVERTED && ratio > -1 / INVERTED) inverted++;
      }
    }
  }
  return edges < MIN_EDGES ? null : Math.max(kept, inverted) / edges;
}
