import { inkClusters } from './row-clusters.js';
import type { RowProfile } from './row-profile.js';
import type { Stretch } from './row-stretches.js';

export interface Heights {
  /** What to expect, in pixels: nothing is looked for that repeats at less, or at more. */
  readonly minHeight: number;
  readonly maxHeight: number;
  /** What the caller knows: no whole row is lower or higher, whatever is drawn. 0 and Infinity where nothing is known. */
  readonly least: number;
  readonly most: number;
}

/** Between lines a row may be this many times higher than expected; between gaps a card, of a screen twice as dense. */
const LINED = 1.5;
const CARD = 2;
/** Edges may be this far off. Pixels. */
const SLACK = 2;

export function isTooHigh({ top, bottom, lined, isCard }: Stretch, { maxHeight, most }: Heights): boolean {
  return bottom - top > Math.min(most, (isCard ? CARD : lined ? LINED : 1) * maxHeight);
}

/**
 * Changes of the background within a row, as of a wide field or a picture, leave stretches that are too low. Neighbours among
 * these are one row if it is not too high, and one with a neighbour that is high enough if together they are as high as another
 * row. Any other is a heading; a line parts rows for certain.
 */
export function joinLow(
  profile: RowProfile,
  all: readonly Stretch[],
  { least, maxHeight }: Heights,
): Stretch[] {
  const isLow = (stretch: Stretch): boolean => !stretch.openBottom && heightOf(stretch) < least;
  const usual = all.filter((stretch) => isInked(stretch) && !isLow(stretch)).map(heightOf);
  const joined: Stretch[] = [];
  for (const stretch of all) {
    const last = joined.at(-1);
    const isOne = (above: Stretch): boolean => {
      if (stretch.belowLine || !isInked(above) || !isInked(stretch)) return false;
      const height = stretch.bottom - above.top;
      if (isLow(above) && isLow(stretch)) return height <= maxHeight;
      return isLow(above) !== isLow(stretch) && usual.some((row) => Math.abs(row - height) <= SLACK);
    };
    if (last !== undefined && isOne(last)) joined[joined.length - 1] = union(profile, last, stretch);
    else joined.push(stretch);
  }
  return joined;
}

function heightOf({ top, bottom }: Stretch): number {
  return bottom - top;
}

function isInked({ clusters }: Stretch): boolean {
  return clusters.length > 0;
}

function union(profile: RowProfile, above: Stretch, below: Stretch): Stretch {
  const { top, openTop } = above;
  const { bottom, openBottom } = below;
  return {
    top,
    bottom,
    openTop,
    openBottom,
    byLine: above.byLine || below.byLine,
    belowLine: above.belowLine,
    lined: above.lined && below.lined,
    isCard: false,
    strength: Math.min(above.strength, below.strength),
    clusters: inkClusters(profile, { top, bottom }),
  };
}
