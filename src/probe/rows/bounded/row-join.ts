import { inkClusters } from '../profile/row-clusters.js';
import type { Heights } from '../row-heights.js';
import type { RowProfile } from '../profile/row-profile.js';
import { EDGE_SLACK, heightOf } from '../row-cell.js';
import { BORDER, type Stretch, isInked, isOpen, typicalHeight } from './row-stretches.js';

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

export function union(profile: RowProfile, above: Stretch, below: Stretch): Stretch {
  const { top, openTop } = above;
  const { bottom, openBottom } = below;
  return {
    top,
    bottom,
    openTop,
    openBottom,
    byLine: above.byLine || below.byLine,
    belowLine: above.belowLine,
    ruled: below.ruled,
    lined: above.lined && below.lined,
    isCard: false,
    strength: Math.min(above.strength, below.strength),
    clusters: inkClusters(profile, { top, bottom }),
  };
}

/**
 * In a regular list two neighbours that are twice as high together have their boundary halfway, where a selection
 * covers the line above or below it or a JPEG blurred its edge: so near to it that each is but a few pixels higher or lower than a row.
 */
export function evenPairs(all: readonly Stretch[]): Stretch[] {
  const inner = all.filter((stretch) => isInked(stretch) && !isOpen(stretch));
  const even = [...all];
  for (let i = 0; i + 1 < even.length; i++) {
    // What is left between a selection and the next row is neither's.
    const rest = even.at(i + 2);
    const hasRest = rest !== undefined && !isInked(rest) && heightOf(rest) < BORDER;
    const pair = even.slice(i, i + (hasRest ? 3 : 2));
    const [above, below] = pair;
    const bottom = pair[pair.length - 1].bottom;
    const usual = usualBeside(inner, pair);
    if (usual === null) continue;
    const isOff = [above, below].every((stretch) => {
      const off = Math.abs(heightOf(stretch) - usual);
      return isInked(stretch) && !isOpen(stretch) && off > EDGE_SLACK / 2 && off < BORDER;
    });
    const isPair = Math.abs(bottom - above.top - 2 * usual) <= EDGE_SLACK;
    if (!isOff || below.belowLine || !isPair) continue;
    const middle = above.top + usual;
    even.splice(i, pair.length, { ...above, bottom: middle }, { ...below, top: middle, bottom });
  }
  return even;
}

/** The height of most of many rows, or of all but the pair of fewer; null where they are not alike. */
function usualBeside(inner: readonly Stretch[], pair: readonly Stretch[]): number | null {
  const typical = typicalHeight(inner);
  if (typical?.regular === true && typical.count >= 2 * FEWEST_ALIKE) return typical.height;
  const others = inner.filter((stretch) => !pair.includes(stretch));
  const usual = typicalHeight(others)?.height ?? 0;
  const areAlike = others.every((stretch) => Math.abs(heightOf(stretch) - usual) <= EDGE_SLACK / 2);
  return others.length > FEWEST_ALIKE && areAlike ? usual : null;
}

/** The height of most of the rows that are closed on both sides, or null. */
function usualHeight(all: readonly Stretch[]): number | null {
  const inner = all.filter((stretch) => isInked(stretch) && !isOpen(stretch));
  const usual = typicalHeight(inner)?.height ?? 0;
  const alike = inner.filter((stretch) => Math.abs(heightOf(stretch) - usual) <= EDGE_SLACK).length;
  return alike >= FEWEST_ALIKE && 2 * alike > inner.length ? usual : null;
}

/**
 * Where most rows are of one height, two neighbours that are exactly as high together are one row: the boundary within it is
 * a picture's edge, or letters that cover most of a line.
 */
export function joinHalves(profile: RowProfile, all: readonly Stretch[]): Stretch[] {
  const usual = usualHeight(all);
  if (usual === null) return [...all];
  const isUsual = (height: number): boolean => Math.abs(height - usual) <= EDGE_SLACK;
  // Without a JPEG's noise two rows that are nearly as high together are two rows.
  const off = profile.noise > 1 ? EDGE_SLACK : 1;
  const isExact = (height: number): boolean => Math.abs(height - usual) <= off;
  const isPart = (stretch: Stretch): boolean =>
    isInked(stretch) && !isOpen(stretch) && !isUsual(heightOf(stretch));
  const joined: Stretch[] = [];
  for (const stretch of all) {
    const last = joined.at(-1);
    const isHalf =
      last !== undefined && isPart(last) && isPart(stretch) && isExact(stretch.bottom - last.top);
    if (isHalf) joined[joined.length - 1] = union(profile, last, stretch);
    else joined.push(stretch);
  }
  return joined;
}

/**
 * Where most rows are of one height, a lower one is as high together with the blank strips beside it, or the upper one: its frame,
 * of a card at the region's top or of the keyboard's focus, parts them.
 */
export function joinFrames(profile: RowProfile, all: readonly Stretch[]): Stretch[] {
  const usual = usualHeight(all);
  if (usual === null) return [...all];
  const joined: Stretch[] = [];
  const isStrip = (stretch: Stretch): boolean => !isInked(stretch) && heightOf(stretch) < BORDER / 2;
  const isWhole = (from: Stretch, to: Stretch): boolean => Math.abs(to.bottom - from.top - usual) <= 1;
  for (let i = 0; i < all.length; i++) {
    const [strip, row, rest] = [all[i], all.at(i + 1), all.at(i + 2)];
    const isFramed = isStrip(strip) && row !== undefined && isInked(row);
    if (isFramed && isWhole(strip, row)) {
      joined.push(union(profile, strip, row));
      i += 1;
    } else if (isFramed && rest !== undefined && isStrip(rest) && isWhole(strip, rest)) {
      joined.push(union(profile, union(profile, strip, row), rest));
      i += 2;
    } else joined.push(strip);
  }
  return joined;
}
