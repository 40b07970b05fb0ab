import type { ImageBuffer } from '../../image/image-buffer.js';
import type { FlatPart } from './flat-parts.js';
import { type TabRows, labelledTabs } from './labelled-tabs.js';
import type { ProposedTabs } from './proposed-tabs.js';

/** What marks a tab: a box behind its label, a strip or a line below it. CSS pixels. */
const BOX = { minHeight: 18, maxHeight: 64, minWidth: 30, maxWidth: 480 };
const STRIP = { maxHeight: 8, minWidth: 20 };
/** Where above a strip the labels are. CSS pixels. */
const LABEL = { from: 30, to: 4 };
const MIN_FILL = 0.5;

/**
 * The tabs of a picture, null when there are none: of several rows the one whose mark differs most, as many of it as are evenly spaced.
 * Of two nothing tells which is the active one.
 */
export function findTabs(image: ImageBuffer, parts: readonly FlatPart[], scale: number): ProposedTabs | null {
  const rows = new Map(
    parts.flatMap((part) => {
      const by = rowsBy(part, scale);
      return by === null ? [] : [[Object.values(by).join(' '), by]];
    }),
  );
  const found = [...rows.values()].flatMap((each) => labelledTabs(image, each, scale));
  return found.sort((a, b) => b.apart - a.apart || b.tabs.length - a.tabs.length).at(0) ?? null;
}

/** The labels and marks of a row of tabs of which the part is one's mark, or the line below all of them. */
function rowsBy({ y, width, height, fill }: FlatPart, scale: number): TabRows | null {
  if (fill < MIN_FILL) return null;
  if (height <= STRIP.maxHeight * scale && width >= STRIP.minWidth * scale) {
    const inset = height >= 4 ? 1 : 0;
    return {
      top: Math.round(y - LABEL.from * scale),
      bottom: Math.round(y - LABEL.to * scale),
      markY: y + inset,
      markHeight: height - 2 * inset,
    };
  }
  const isBox =
    height >= BOX.minHeight * scale &&
    height <= BOX.maxHeight * scale &&
    width >= BOX.minWidth * scale &&
    width <= BOX.maxWidth * scale;
  return isBox ? { top: y, bottom: y + height, markY: y + 3, markHeight: 3 } : null;
}
