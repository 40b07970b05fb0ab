import type { Rect } from '../../core/index.js';

/** A caret is on for 530 ms on most systems, and as long off. */
export const BLINK_MS = 650;
/** Both, and on again. */
export const BLINKS_MS = 1300;
/** No larger than a caret, CSS pixels. */
const CARET = { width: 16, height: 48 };

/** Whether all that changed may be a caret, or a lamp as small. `scale`: device pixels of a CSS pixel. */
export function mayBlink({ width, height }: Rect, scale: number): boolean {
  return width <= CARET.width * scale && height <= CARET.height * scale;
}
