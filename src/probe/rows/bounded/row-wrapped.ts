import { type Heights, isTooHigh } from '../row-heights.js';
import type { RowProfile } from '../profile/row-profile.js';
import { heightOf, type Cell } from '../row-cell.js';
import { stripesOf } from './row-drawn.js';
import { middleOf } from '../profile/row-ink.js';
import { type Stretch } from './row-stretches.js';

/** So many stretches are a list, and so many lines that all reach far no accident. */
const FEWEST = 4;
/** Wrapped lines reach this share of the furthest one: the next word had no room. */
const FULL = 0.7;
/** This share of the last lines do not: all do in a table, to its last column. */
const SHORT_SHARE = 0.25;
/** Lines that a JPEG runs together are so many times as high as one. */
const JOINED = 1.5;
/** Where it does that a boundary between them may be gone, or where its other end is. */
const DOUBTFUL = 0.75;

/**
 * Rows of wrapped text with a background of their own: each stretch is one, although their lines are all as far apart, and so as many
 * rows of one line would be, of which neighbours are selected together. Null where it does not hold one paragraph each.
 */
export function wrappedRows(
  profile: RowProfile,
  inked: readonly Stretch[],
  heights: Heights,
): { readonly rows: ReadonlySet<Stretch>; readonly trust: number } | null {
  if (inked.length < FEWEST || inked.some((stretch) => stretch.byLine || isTooHigh(stretch, heights)))
    return null;
  if (!areWrapped(profile, inked)) return null;
  const inks = inked.flatMap(({ clusters }) => clusters.map(heightOf));
  const areClear = Math.max(...inks) < JOINED * middleOf(inks) && stripesOf(profile, inked).length > 0;
  return { rows: new Set(inked), trust: profile.noise <= 1 || areClear ? 1 : DOUBTFUL };
}

/** Whether all lines but the last of each stretch reach nearly as far as any, and some of the last do not. */
function areWrapped({ left, right }: RowProfile, inked: readonly Stretch[]): boolean {
  const endOf = ({ top, bottom }: Cell): number => Math.max(...right.subarray(top, bottom));
  const startOf = ({ top, bottom }: Cell): number => Math.min(...left.subarray(top, bottom));
  const ends = inked.map(({ clusters }) => clusters.map(endOf));
  const start = Math.min(...inked.flatMap(({ clusters }) => clusters.map(startOf)));
  const least = start + FULL * (Math.max(...ends.flat()) - start);
  const full = ends.flatMap((own) => own.slice(0, -1));
  // What the region's end cuts may go on; a short one that is alone wraps nothing.
  const last = ends
    .filter((own, i) => own.length > 1 && !inked[i].openBottom)
    .flatMap((own) => own.slice(-1));
  return (
    full.length >= FEWEST &&
    full.every((end) => end >= least) &&
    last.filter((end) => end < least).length >= SHORT_SHARE * last.length
  );
}
