import type { InkCluster } from '../profile/row-clusters.js';
import { LINE_HEIGHT, body, median, middle } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { EDGE_SLACK, heightOf, type Cell } from '../row-cell.js';
import { type Stretch, touching } from './row-stretches.js';

/** The other lines of a row begin so far right of its mark. Pixels. */
const INDENT = 16;
/** Marks, and the room above them, are alike but for so many pixels; where a row ends, letters and rounding make some more. */
const ALIKE = 2;
const END = 3;
/** So many rows show that each begins with a mark. */
const FEWEST = 3;
/** Text beside a picture ends at most so many pixels below it. */
const BESIDE = 6;
/** Blank pixel rows within a mark, as in a colon. */
const BLANK = 2;

/** What a row shows: its mark, where its ink ends, and the baseline of its last line; null where that is beside a picture, or a JPEG joins it to the line beside the mark. */
interface Marked {
  readonly mark: Cell;
  readonly bottom: number;
  readonly base: number | null;
}

/**
 * The rows of a list in which each begins with a mark, an icon, a picture or the time, and its other lines are indented. Of some, as of
 * the selected one, the top is drawn: the others begin as far above their marks. Each ends as far below its text or, where that is further
 * down, its mark, as the others do. Null where it is not so, or where the rows are of one height or no further apart than lines.
 */
export function markedRows(profile: RowProfile, parts: readonly Stretch[]): Cell[] | null {
  const inked = touching(parts);
  if (inked === null) return null;
  const indent = indentOf(
    profile,
    inked.flatMap(({ clusters }) => clusters),
  );
  if (indent === null) return null;
  const marked = inked.map((stretch) => rowsOf(profile, stretch, indent));
  const rows = marked.flat();
  const sizes = rows
    .map(({ mark }) => mark)
    .filter(({ top, bottom }) => top > 0 && bottom < profile.height)
    .map(heightOf);
  if (sizes.length < FEWEST || !areAlike(sizes)) return null;
  const size = median(sizes);
  const room = roomAbove(inked, marked);
  if (room === null) return null;
  // A codec moves the ends of marks, and hardly their middle; the first row begins with the region, where it nearly does.
  const startOf = ({ top, bottom }: Cell): number => {
    const start = Math.round((bottom < profile.height ? middle({ top, bottom }) - size / 2 : top) - room);
    return Math.abs(start) <= END ? 0 : start;
  };
  const tops = marked.flatMap((own, i) =>
    own.map(({ mark }, j) => (j === 0 && !inked[i].openTop ? inked[i].top : startOf(mark))),
  );
  const last = inked[inked.length - 1];
  const bottoms = rows.map((_, i) => tops.at(i + 1) ?? (last.openBottom ? null : last.bottom));
  const endOf = usualEnd(rows, bottoms);
  if (endOf === null) return null;
  const cells = rows.map((row, i) => ({ top: tops[i], bottom: bottoms[i] ?? endOf(row) }));
  const heights = cells.filter((_, i) => bottoms[i] !== null).map(heightOf);
  const isUneven = Math.max(...heights) - Math.min(...heights) > 2 * EDGE_SLACK;
  if (!isUneven || !areParted(inked, rows)) return null;
  const isRest = inked[0].clusters[0].bottom <= cells[0].top;
  // Of what is above the first mark the region cuts the mark at least.
  return isRest ? [{ top: -room - size, bottom: cells[0].top }, ...cells] : cells;
}

/** The column between the marks and the other lines; null where all lines begin at one, or some right beside it. */
function indentOf({ left, height }: RowProfile, clusters: readonly InkCluster[]): number | null {
  // Of a picture that the region cuts its left end may be gone.
  const lefts = clusters
    .filter(({ top, bottom }) => top > 0 && bottom < height)
    .map(({ top, bottom }) => Math.min(...left.subarray(top, bottom)));
  const first = Math.min(...lefts);
  const indent = Math.min(...lefts.filter((each) => each > first + ALIKE));
  return indent !== Infinity && indent - first >= INDENT ? (first + indent) / 2 : null;
}

/** The rows that begin in a stretch. */
function rowsOf(profile: RowProfile, { top, bottom, clusters }: Stretch, indent: number): Marked[] {
  const runs: { top: number; bottom: number }[] = [];
  for (let y = Math.max(0, top); y < bottom; y++) {
    if (profile.left[y] >= indent) continue;
    const run = runs.at(-1);
    if (run !== undefined && y - run.bottom <= BLANK) run.bottom = y + 1;
    else runs.push({ top: y, bottom: y + 1 });
  }
  // What is in no line is dirt.
  const marks = runs.filter((run) => clusters.some((ink) => ink.bottom > run.top && ink.top < run.bottom));
  return marks.map((mark, i) => {
    const end = marks.at(i + 1)?.top ?? bottom;
    const lowest = clusters.findLast((ink) => middle(ink) < end) ?? mark;
    const isPicture = lowest.top < mark.bottom && heightOf(lowest) > LINE_HEIGHT;
    return { mark, bottom: lowest.bottom, base: isPicture ? null : body(profile, lowest).bottom };
  });
}

/** How far below a boundary the first marks are; null where one has none or they differ. */
function roomAbove(inked: readonly Stretch[], marked: readonly (readonly Marked[])[]): number | null {
  const rooms = inked.flatMap(({ top, openTop }, i) =>
    openTop ? [] : [(marked[i].at(0)?.mark.top ?? -Infinity) - top],
  );
  if (rooms.length === 0 || Math.min(...rooms) < 0 || !areAlike(rooms)) return null;
  return Math.round(rooms.reduce((sum, room) => sum + room, 0) / rooms.length);
}

/** Where a row ends by its text and its mark, as those do of which it is known; null where they do not. */
function usualEnd(
  rows: readonly Marked[],
  bottoms: readonly (number | null)[],
): ((row: Marked) => number) | null {
  const least = (ink: (row: Marked) => number | null): number =>
    Math.min(
      ...rows.flatMap((row, i) => {
        const [bottom, end] = [bottoms[i], ink(row)];
        return bottom === null || end === null ? [] : [bottom - end];
      }),
    );
  const text = least(({ base }) => base);
  const beside = least(({ mark }) => mark.bottom);
  const endOf = ({ mark }: Marked, line: number | null): number =>
    Math.max(mark.bottom + beside, line === null ? -Infinity : line + text);
  const areUsual = rows.every((row, i) => {
    const more = (bottoms[i] ?? NaN) - endOf(row, row.base);
    return bottoms[i] === null || (more >= -END && (more <= END || row.base === null));
  });
  if (!areUsual || Math.min(text, beside) < 0) return null;
  return (row) => endOf(row, row.base ?? (row.bottom > row.mark.bottom + BESIDE ? row.bottom : null));
}

/** Whether rows are further apart than their lines: of a table whose numbers are aligned right, each line is a row. */
function areParted(inked: readonly Stretch[], rows: readonly Marked[]): boolean {
  const lines = inked.flatMap(({ clusters }) => clusters);
  const gaps = lines.slice(1).map(({ top }, i) => ({ top, height: top - lines[i].bottom }));
  const [outer, inner] = [true, false].map((isOuter) =>
    gaps.filter(({ top }) => rows.some(({ mark }) => Math.abs(mark.top - top) <= ALIKE) === isOuter),
  );
  const usual = (some: typeof gaps): number => median(some.map(({ height }) => height));
  return outer.length > 0 && inner.length > 0 && usual(outer) - usual(inner) > ALIKE;
}

function areAlike(values: readonly number[]): boolean {
  return Math.max(...values) - Math.min(...values) <= ALIKE;
}
