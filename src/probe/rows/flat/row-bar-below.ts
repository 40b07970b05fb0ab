import type { InkCluster } from '../profile/row-clusters.js';
import { median, middle, mostInk } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';

/** A bar below a text, as of progress, is so high and at least so many times as wide. Pixels. */
const LOWEST = 3;
const HIGHEST = 12;
const WIDE = 5;
/** A row of it has at least this share of the ink of the others. */
const FULL = 0.5;
/** Its upper edge is blurred over so many rows; a JPEG leaves something of so many below it. Pixels. */
const EDGE = 2;
const FRINGE_ROWS = 4;
/** Of its columns, this share is ink in the bar, and at most that share above it. */
const SOLID = 0.9;
const BLANK = 0.4;
/** Of the rows, this share has one. */
const MOST = 0.6;
/** What is beside the text and its bar is this far from them, and so high. Pixels. */
const APART = 3;
const LOWEST_BESIDE = 5;
/** The middles of what stands at both sides differ by less. Pixels. */
const SAME = 2;
/** They are off the middle of all the ink by no more than this share of it: those of a first line are beside that. */
const LEAN = 0.15;

interface Member {
  readonly index: number;
  readonly ink: InkCluster;
}

/**
 * Where the middle of the first of some rows is that have a text with a bar below it, which is not in their middle, between an icon and a
 * label that are at one height. Null where it is not so.
 */
export function middleBesideBars(
  profile: RowProfile,
  chain: readonly Member[],
  pitch: number,
): number | null {
  const barred: (Member & { bar: number })[] = [];
  for (const [i, { index, ink }] of chain.entries()) {
    const bar = barOf(profile, ink);
    if (bar !== null) barred.push({ index, ink, bar });
    // Most lists have none, and a few rows tell.
    if (i + 1 - barred.length > (1 - MOST) * chain.length) return null;
  }
  const { left, right } = profile;
  const first = median(barred.map(({ bar }) => left[bar]));
  const end = median(barred.map(({ ink }) => Math.max(...right.subarray(ink.top, ink.bottom))));
  const sides = [
    (y: number): boolean => left[y] < first - APART,
    (y: number, { top, bottom }: InkCluster): boolean => right[y] > end - (bottom - top),
  ].map((isBeside) => {
    const middles = barred.flatMap(({ index, ink, bar }) => {
      if (isBeside(bar, ink)) return [];
      const beside = rowsWhere(ink, (y) => isBeside(y, ink));
      return beside === null ? [] : [middle(beside) - index * pitch];
    });
    return middles.length < MOST * barred.length ? null : median(middles);
  });
  const [icon, label] = sides;
  if (icon === null || label === null || Math.abs(icon - label) > SAME) return null;
  const rough = median(barred.map(({ index, ink }) => middle(ink) - index * pitch));
  const height = median(barred.map(({ ink }) => ink.bottom - ink.top));
  return Math.abs(icon - rough) <= LEAN * height ? icon : null;
}

/** The clearest row of the bar that is the lowest ink, below nearly none. */
function barOf(profile: RowProfile, { top, bottom }: InkCluster): number | null {
  const { ink, left, right } = profile;
  const share = (y: number): number => ink[y] / Math.max(1, right[y] - left[y] + 1);
  if (bottom - top <= HIGHEST) return null;
  const least = FULL * mostInk(profile, { top: bottom - HIGHEST, bottom });
  let last = bottom - 1;
  while (last > bottom - 1 - FRINGE_ROWS && ink[last] < least) last--;
  let above = last;
  while (above >= top && ink[above] >= least) above--;
  const height = last - above;
  if (height < LOWEST || height > HIGHEST || above - EDGE <= top) return null;
  let best = last;
  for (let y = above + 1; y < last; y++) if (share(y) > share(best)) best = y;
  const width = right[best] - left[best] + 1;
  const isBar = share(best) >= SOLID && width >= WIDE * height;
  return isBar && ink[above - EDGE] <= BLANK * width ? best : null;
}

/** From the first to the last row of some ink of which something holds; null where these are too few. */
function rowsWhere({ top, bottom }: InkCluster, holds: (y: number) => boolean): InkCluster | null {
  const rows = Array.from({ length: bottom - top }, (_, i) => top + i).filter(holds);
  const [first, last] = [rows[0], rows[rows.length - 1]];
  return rows.length >= LOWEST_BESIDE ? { top: first, bottom: last + 1 } : null;
}
