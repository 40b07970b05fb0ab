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
