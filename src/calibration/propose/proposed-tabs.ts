import type { Rect } from '../../core/geometry.js';
import type { Rgb } from '../../probe/color/color.js';

/** One tab: where to click, and the patch that is of one colour when it is active and of another when not. */
export interface ProposedTab {
  readonly at: Rect;
  readonly mark: Rect;
  readonly active: boolean;
}

export interface ProposedTabs {
  readonly tabs: readonly ProposedTab[];
  readonly colors: { readonly active: Rgb; readonly inactive: Rgb };
}

/** Where no label is: the middle of a strip, the upper part of a box. */
export function patchIn({ x, y, width, height }: Rect, isBox: boolean): Rect {
  const inset = isBox ? 3 : height >= 4 ? 1 : 0;
  return {
    x: x + Math.floor(width / 4),
    y: y + inset,
    width: Math.max(1, Math.floor(width / 2)),
    height: isBox ? 3 : height - 2 * inset,
  };
}
