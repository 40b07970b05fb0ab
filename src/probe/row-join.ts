import { inkClusters } from './row-clusters.js';
import type { Heights } from './row-heights.js';
import type { RowProfile } from './row-profile.js';
import { EDGE_SLACK, type Stretch, heightOf, typicalHeight } from './row-stretches.js';

/** So many rows of one height, and most of all, say that two neighbours that are as high together are one as well. */
const FEWEST_ALIKE = 3;

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
      return isLow(above) !== isLow(stretch) && usual.some((row) => Math.abs(row - height) <= EDGE_SLACK);
    };
    if (last !== undefined && isOne(last)) joined[joined.length - 1] = union(profile, last, stretch);
    else joined.push(stretch);
  }
  return joined;
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

/**
 * Where most rows are of one height, two neighbours that are exactly as high together are one row: the boundary within it is
 * a picture's edge, or letters that cover most of a line.
 */
export function joinHalves(profile: RowProfile, all: readonly Stretch[]): Stretch[] {
  const inner = all.filter((stretch) => isInked(stretch) && !stretch.openTop && !stretch.openBottom);
  const usual = typicalHeight(inner)?.height ?? 0;
  const isUsual = (height: number): boolean => Math.abs(height - usual) <= EDGE_SLACK;
  const alike = inner.filter((stretch) => isUsual(heightOf(stretch))).length;
  if (alike < FEWEST_ALIKE || 2 * alike <= inner.length) return [...all];
  const joined: Stretch[] = [];
  for (const stretch of all) {
    const last = joined.at(-1);
    const isHalf =
      last !== undefined &&
      inner.includes(last) &&
      inner.includes(stretch) &&
      !isUsual(heightOf(last)) &&
      !isUsual(heightOf(stretch)) &&
      isUsual(stretch.bottom - last.top);
    if (isHalf) joined[joined.length - 1] = union(profile, last, stretch);
    else joined.push(stretch);
  }
  return joined;
}
