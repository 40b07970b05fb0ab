import { middle, middleOf } from '../profile/row-ink.js';
import type { Heights } from '../row-heights.js';
import type { RowProfile } from '../profile/row-profile.js';
import { EDGE_SLACK, heightOf, type Cell } from '../row-cell.js';
import { LINE_SHARE, SAME_ROOM, type Stretch, touching } from './row-stretches.js';

/** So many lines are a list. */
const FEWEST_LINES = 4;
/** The first or the last row, which is selected, and what lies beside it. */
const BESIDE_ONE = 2;
/** Those are as high as it is, in pixels. */
const SAME_HEIGHT = 1;
/** Of a short menu with one separator. More of which each has a multiple of so many lines are rows of several. */
const SECTIONS = 2;
/** Lines are as far apart across a boundary as within what it bounds, but for this share of that in the mean, and each but for letters. */
const EVEN = 0.08;

/**
 * Rows of one line each between separators that not each of them has, as in a short menu, or of which a JPEG swallowed some, or beside
 * the first or the last one, which is selected: every line of the list is as far from the one above it, across the separators and within
 * what they leave, and that is as many times as high as it has lines. Null where it is not so: the lines of a row of several tend to
 * be nearer to each other than to the next row's, and each row has as many.
 */
export function griddedRows(
  { height }: RowProfile,
  all: readonly Stretch[],
  { least }: Heights,
): Cell[] | null {
  const inked = touching(all);
  if (inked === null) return null;
  const single = inked.filter(({ clusters }) => clusters.length === 1);
  const isRuled = 2 * inked.filter(({ byLine }) => byLine).length > inked.length;
  const isSelection = single.length === 1 && inked.length === BESIDE_ONE;
  if (inked.length < 2 || single.length === inked.length || !(isRuled || isSelection)) return null;
  const lines = inked
    .flatMap((stretch) => stretch.clusters.map((ink) => ({ ink, stretch })))
    .filter(({ ink }) => ink.top > 0 && ink.bottom < height);
  if (lines.length < FEWEST_LINES) return null;
  const steps = lines.slice(1).map(({ ink, stretch }, i) => ({
    step: middle(ink) - middle(lines[i].ink),
    isWithin: stretch === lines[i].stretch,
  }));
  const pitch = meanOf(steps.map(({ step }) => step));
  const slack = Math.max(EDGE_SLACK, EVEN * pitch);
  const [within, across] = [true, false].map((isWithin) =>
    meanOf(steps.filter((each) => each.isWithin === isWithin).map(({ step }) => step)),
  );
  const isEven =
    steps.every(({ step }) => Math.abs(step - pitch) <= Math.max(SAME_ROOM, slack)) &&
    [within, across].every((step) => Math.abs(step - pitch) <= slack);
  if (!isEven || LINE_SHARE * middleOf(lines.map(({ ink }) => heightOf(ink))) > pitch) return null;
  const each = inked.map((stretch) => heightOf(stretch) / stretch.clusters.length);
  // The region's end may leave a piece of the next row beside the others.
  if (!isRuled && Math.abs(each[0] - each[1]) > SAME_HEIGHT) return null;
  const isWhole = (stretch: Stretch): boolean =>
    Math.abs(heightOf(stretch) - stretch.clusters.length * pitch) <= slack;
  const inEach = inked.filter(isWhole).map(({ clusters }) => clusters.length);
  if (inked.length > SECTIONS && inEach.reduce(greatestDivisor, 0) > 1) return null;
  // What the region's ends may cut, or have room beside, is as high as its lines say.
  if (pitch < least || !inked.slice(1, -1).every(isWhole) || !inked.some(isWhole)) return null;
  if (inked.length <= SECTIONS && !inked.every(isWhole)) return null;
  return inked.flatMap((stretch, i) => {
    const { top, bottom, clusters } = stretch;
    const step = isWhole(stretch) ? (bottom - top) / clusters.length : pitch;
    const from = i === 0 ? bottom - clusters.length * step : top;
    return clusters.map((_, line) => ({
      top: Math.round(from + line * step),
      bottom: Math.round(from + (line + 1) * step),
    }));
  });
}

function greatestDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestDivisor(other, one % other);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
