import type { Rect } from '../../core/index.js';

/** A popup's shadow reaches beyond its box. */
const SHADOW = 32;

/** The columns of `rect` that no box, nor its shadow, covers: [from, to) in viewport pixels, left to right. */
export function uncoveredSpans(rect: Rect, boxes: readonly Rect[]): readonly (readonly [number, number])[] {
  let spans: (readonly [number, number])[] = [[rect.x, rect.x + rect.width]];
  for (const box of boxes) {
    const from = Math.floor(box.x - SHADOW);
    const to = Math.ceil(box.x + box.width + SHADOW);
    spans = spans.flatMap(([x0, x1]): (readonly [number, number])[] => [
      ...(from > x0 ? [[x0, Math.min(x1, from)] as const] : []),
      ...(to < x1 ? [[Math.max(x0, to), x1] as const] : []),
    ]);
  }
  return spans;
}
