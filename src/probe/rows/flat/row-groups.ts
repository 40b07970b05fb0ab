import type { RowProfile } from '../profile/row-profile.js';
import { type InkCluster, inkLines } from '../profile/row-clusters.js';
import { LINE_HEIGHT, bodyMiddle, footOf, median, middle } from '../profile/row-ink.js';
import { heightOf } from '../row-cell.js';
import { LETTERS } from './row-uneven.js';

/** A row's ink, and where it lies from the first one, in heights of a row: not a whole number of them below a heading. */
export interface Member {
  readonly index: number;
  readonly ink: InkCluster;
}

/** Rows of one height, in groups, and the lower headings between these. */
export interface RowGroups {
  /** The height of a row, in pixels. */
  readonly pitch: number;
  readonly rows: readonly Member[];
  readonly headings: readonly InkCluster[];
}

interface Measured extends RowGroups {
  /** How far the distances of rows are from the pitch, in the mean. Pixels. */
  readonly off: number;
}

/** Ink by its place in a list, of one group. */
type Part = readonly number[];

/** Distances of rows are alike but for rounding, and what a codec moves an edge by. Pixels. */
const EVEN = 1;
/** A distance is not that of rows where it is off by more than letters without descenders explain. Pixels. */
const UNUSUAL = 2.5;
/** So many distances alike tell how high rows are; where that is known, one is enough. */
const FEWEST_ALIKE = 3;
/** A heading that has rows on one side only is a line so short, as a share of every row's. */
const SHORT = 0.5;

/**
 * The groups of rows of one height that lower headings part, with nothing drawn between them: within a group the ink is exactly as far
 * apart, and an ink by itself is nearer to the rows above and below it, which moves all that is below. Null where it is not so.
 * Relative to the region from top to bottom; `hint` is the height of a row where one is drawn. Cost: few operations for each ink.
 */
export function rowGroups(
  profile: RowProfile,
  inks: readonly InkCluster[],
  hint: number | undefined,
): RowGroups | null {
  const measures = [
    (ink: InkCluster) => footOf(profile, inkLines(profile, ink)[0] ?? ink),
    ({ top }: InkCluster) => top,
    (ink: InkCluster) => bodyMiddle(profile, ink),
    middle,
  ];
  const all = measures.map((measure) => groupsBy(inks, inks.map(measure), hint));
  const found = all.filter((groups) => groups !== null);
  if (found.length === 0) return null;
  // Whichever letters move least, and where there are as few headings.
  const best = found.reduce((a, b) =>
    b.off < a.off || (b.off === a.off && b.headings.length < a.headings.length) ? b : a,
  );
  const isTold =
    all.every((groups) => groups !== null && groups.headings.length > 0) ||
    isBetween(best) ||
    areShort(profile, best);
  return best.headings.length > 0 && areLines(best) && isTold ? best : null;
}

/** The groups by where each ink is, whatever that is measured at. */
function groupsBy(
  inks: readonly InkCluster[],
  places: readonly number[],
  hint: number | undefined,
): Measured | null {
  const steps = places.slice(1).map((place, i) => place - places[i]);
  const usual = hint ?? usualStep(steps);
  const isRow = (step: number): boolean => Math.abs(step - usual) <= UNUSUAL;
  const even = steps.filter((step) => Math.abs(step - usual) <= EVEN);
  if (even.length < (hint === undefined ? FEWEST_ALIKE : 1)) return null;
  if (!steps.every((step) => isRow(step) || step < usual)) return null;
  const parts: number[][] = [[0]];
  for (const [i, step] of steps.entries()) {
    if (isRow(step)) parts[parts.length - 1].push(i + 1);
    else parts.push([i + 1]);
  }
  const isHeading = headingsAmong(parts);
  const groups = parts.filter((_, i) => !isHeading[i]);
  const headings = parts.filter((_, i) => isHeading[i]);
  // In the middle of its room, as rows are in theirs, a heading leaves this for its ink.
  const hasRoom = ([at, ...more]: Part): boolean =>
    more.length === 0 &&
    steps.slice(Math.max(0, at - 1), at + 1).every((step) => 2 * step - usual >= heightOf(inks[at]));
  if (!headings.every(hasRoom)) return null;
  const within = steps.filter(isRow);
  const pitch = within.reduce((sum, step) => sum + step, 0) / within.length;
  const homes = groups.map((part) => median(part.map((at, i) => places[at] - i * pitch)));
  return {
    pitch,
    rows: groups.flatMap((part, group) =>
      part.map((at, i) => ({ index: (homes[group] - homes[0]) / pitch + i, ink: inks[at] })),
    ),
    headings: headings.map(([at]) => inks[at]),
    off: within.reduce((sum, step) => sum + Math.abs(step - pitch), 0) / within.length,
  };
}

/** That which most are alike; of as many the largest: rows are no nearer to each other than to a heading. */
function usualStep(steps: readonly number[]): number {
  const alike = (step: number): number[] => steps.filter((other) => Math.abs(other - step) <= EVEN);
  const sorted = [...steps].sort((a, b) => b - a);
  return median(
    sorted.map(alike).reduce<number[]>((most, some) => (some.length > most.length ? some : most), []),
  );
}

/** Beside what is several rows is a heading, and beside that the next group, if only of one row. */
function headingsAmong(parts: readonly Part[]): readonly boolean[] {
  const first = parts.findIndex(({ length }) => length > 1);
  return parts.map((_, i) => (i - first) % 2 !== 0);
}

/** The ink of rows is as high, but for what letters make, and a heading is a line that is no higher. */
function areLines({ rows, headings }: RowGroups): boolean {
  const heights = rows.map(({ ink }) => heightOf(ink));
  const highest = Math.max(...heights);
  const isLine = (ink: InkCluster): boolean => heightOf(ink) <= Math.min(highest, LINE_HEIGHT);
  return highest - Math.min(...heights) <= LETTERS && headings.every(isLine);
}

/** Whether a heading has rows both above and below it. */
function isBetween({ rows, headings }: RowGroups): boolean {
  const [first, last] = [rows[0].ink, rows[rows.length - 1].ink];
  return headings.some(({ top }) => top > first.top && top < last.top);
}

/** Whether each heading ends before the middle of what every row has. */
function areShort({ left, right }: RowProfile, { rows, headings }: RowGroups): boolean {
  const startOf = ({ top, bottom }: InkCluster): number =>
    left.subarray(top, bottom).reduce((a, b) => Math.min(a, b));
  const endOf = ({ top, bottom }: InkCluster): number =>
    right.subarray(top, bottom).reduce((a, b) => Math.max(a, b));
  const start = Math.min(...rows.map(({ ink }) => startOf(ink)));
  const end = Math.min(...rows.map(({ ink }) => endOf(ink)));
  return headings.every((ink) => endOf(ink) - start <= SHORT * (end - start));
}
