import { type Block, blockColumns, withoutBlocks } from './row-blocks.js';
import { inkClusters } from '../profile/row-clusters.js';
import { body, median, middle } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { type Ink, kindsOf, roomOf } from './row-rooms.js';
import { heightOf, type Cell } from '../row-cell.js';

/** A gap between rows is so many times one between their lines. */
const GAP_JUMP = 1.5;
const GAP_SLACK = 2;
/** Two rows meet where they leave no more than this, or overlap. Pixels. */
const MEET = 4;
/** An end of the list this near to where a row's room ends is the end of the row. Pixels. */
const SNAP = 3;
/** Letters, and a codec, make rows meet no better than this. Pixels. */
const EVEN = 3;

interface Row {
  /** Each from the top of its capitals to its baseline. */
  readonly lines: readonly Cell[];
  readonly blocks: readonly Block[];
}

/** Whether nothing but the end of the region bounds it, above and below. */
type Part = Cell & { readonly openTop: boolean; readonly openBottom: boolean };

interface Paragraphs {
  /** By stretches. */
  readonly cells: readonly (readonly Cell[])[];
  /**
   * Every two rows of a stretch meet, and the outer ones its boundaries, but for what letters make, and there are more gaps than kinds
   * of rows. What rows of one height hold may be as uneven: their tops, their middles or their ends are not.
   */
  readonly isEven: boolean;
}

/**
 * Rows of unequal height between few boundaries, from their lines of text and from the pictures and buttons beside them: what stands
 * beside one of these is one row, and so are lines that are nearer to each other than rows are. Each row keeps the same room around its
 * text, or around the block that is higher than it. Null where there are no two, or no line of text.
 */
export function paragraphRows(profile: RowProfile, stretches: readonly Part[]): Paragraphs | null {
  const columns = blockColumns(profile, stretches);
  const text = columns.length === 0 ? profile : withoutBlocks(profile, columns.flat());
  const parts = stretches.map((stretch) => {
    const lines = inkClusters(text, stretch).map((line) => body(text, line));
    const within = ({ top }: Cell): boolean => top >= stretch.top && top < stretch.bottom;
    return besideBlocks(lines, columns.flat().filter(within));
  });
  const rows = joinedRows(parts, columns);
  const ascents = rows.flat().flatMap(({ lines }) => lines.slice(0, 1).map(heightOf));
  if (rows.flat().length < 2 || ascents.length === 0) return null;
  const ascent = median(ascents);
  const inks = rows.map((own, i) => own.map((row) => inkOf(row, { ascent, end: stretches[i].bottom })));
  const room = roomOf(inks, stretches);
  const cells = inks.map((own) =>
    own.map((ink) => ({ top: ink.top - room(ink.kind).above, bottom: ink.bottom + room(ink.kind).below })),
  );
  const off = cells.flatMap((own, i) => offOf(own, stretches[i]));
  return {
    cells: cells.map((own, i) => fitted(own, stretches[i])),
    isEven: off.every((gap) => gap <= EVEN) && !areRegular(inks, stretches),
  };
}

/**
 * Whether rows of one height may have them, at the top, in the middle or at the bottom, or there are too few to tell. Where rows of one and of
 * two lines take turns their middles are evenly apart, too: then a row between two boundaries tells by its own height.
 */
function areRegular(stretches: readonly (readonly Ink[])[], parts: readonly Part[]): boolean {
  const inks = stretches.flat();
  const bounded = parts.filter(
    ({ openTop, openBottom }, i) => stretches[i].length === 1 && !openTop && !openBottom,
  );
  const measures = [({ top }: Cell) => top, ({ bottom }: Cell) => bottom, middle];
  return (
    inks.length <= kindsOf(inks).length + 1 ||
    measures.some((measure) => {
      const steps = inks.slice(1).map((ink, i) => measure(ink) - measure(inks[i]));
      const [least, most] = [Math.min(...steps), Math.max(...steps)];
      const isStep = (height: number): boolean => height >= least - EVEN && height <= most + EVEN;
      return most - least <= 2 * EVEN && bounded.map(heightOf).every(isStep);
    })
  );
}

/** How far rows are from where the next one, or their stretch, ends. */
function offOf(cells: readonly Cell[], { top, bottom, openTop, openBottom }: Part): number[] {
  const [first, last] = [cells.at(0), cells.at(-1)];
  return [
    ...(openTop || first === undefined ? [] : [first.top - top]),
    ...cells.slice(1).map((cell, i) => cell.top - cells[i].bottom),
    ...(openBottom || last === undefined ? [] : [bottom - last.bottom]),
  ].map(Math.abs);
}

/** Rows that meet, the outer ones at the ends of their stretch where these are near. */
function fitted(cells: readonly Cell[], stretch: Cell): Cell[] {
  const near = (y: number): number => {
    const end = Math.abs(y - stretch.top) <= SNAP ? stretch.top : stretch.bottom;
    return Math.abs(y - end) <= SNAP ? end : Math.round(y);
  };
  const meets = (above: Cell | undefined, below: Cell | undefined): boolean =>
    above !== undefined && below !== undefined && below.top - above.bottom <= MEET;
  const halfway = (above: Cell, below: Cell): number => Math.round((above.bottom + below.top) / 2);
  return cells.map((cell, i) => ({
    top: meets(cells[i - 1], cell) ? halfway(cells[i - 1], cell) : near(cell.top),
    bottom: meets(cell, cells[i + 1]) ? halfway(cell, cells[i + 1]) : near(cell.bottom),
  }));
}

/** Each line by itself, or with the block that it stands beside and all that does. */
function besideBlocks(lines: readonly Cell[], blocks: readonly Block[]): Row[] {
  let rows: Row[] = lines.map((line) => ({ lines: [line], blocks: [] }));
  for (const block of blocks) {
    const own = rows.filter((row) => spanOf(row).top < block.bottom && spanOf(row).bottom > block.top);
    const row = {
      lines: own.flatMap((each) => each.lines).sort((a, b) => a.top - b.top),
      blocks: [...own.flatMap((each) => each.blocks), block],
    };
    rows = [...rows.filter((each) => !own.includes(each)), row];
  }
  return rows.sort((a, b) => spanOf(a).top - spanOf(b).top);
}

/** What is nearer to each other than rows are is one, but no two of the blocks of one column are. */
function joinedRows(stretches: readonly (readonly Row[])[], columns: readonly (readonly Block[])[]): Row[][] {
  const shared = (one: Row, other: Row): boolean =>
    columns.some((column) =>
      [one, other].every(({ blocks }) => blocks.some((block) => column.includes(block))),
    );
  const neighbours = stretches.flatMap((parts) => parts.slice(1).map((part, i) => [parts[i], part] as const));
  const gaps = neighbours.map(([above, below]) => gapBetween(above, below));
  const within = stretches
    .flat()
    .flatMap(({ lines }) => lines.slice(1).map(({ top }, i) => top - lines[i].bottom));
  const between = gaps.filter((_, i) => shared(...neighbours[i]));
  const most = jumpOf([...gaps, ...within], { from: Math.max(0, ...within), to: Math.min(...between) });
  return stretches.map((parts) => {
    const rows: Row[] = [];
    for (const part of parts) {
      const last = rows.at(-1);
      if (last === undefined || gapBetween(last, part) > most || shared(last, part)) rows.push(part);
      else
        rows[rows.length - 1] = {
          lines: [...last.lines, ...part.lines],
          blocks: [...last.blocks, ...part.blocks],
        };
    }
    return rows;
  });
}

/** The widest of the gaps that lie within rows: the next wider one is at least 1.5 times as wide, and more so than any other. */
function jumpOf(gaps: number[], { from, to }: { readonly from: number; readonly to: number }): number {
  gaps.sort((a, b) => a - b);
  let jump = GAP_JUMP;
  let most = from;
  for (const [i, gap] of gaps.slice(1).entries()) {
    const ratio = (gap + GAP_SLACK) / (gaps[i] + GAP_SLACK);
    if (gaps[i] < from || gap > to || ratio <= jump) continue;
    jump = ratio;
    most = gaps[i];
  }
  return most;
}

function gapBetween(above: Row, below: Row): number {
  const [last, next] = [above.lines.at(-1), below.lines.at(0)];
  return last === undefined || next === undefined
    ? spanOf(below).top - spanOf(above).bottom
    : next.top - last.bottom;
}

/** What the row's room is around. Of a line that the end cuts through, the capitals tell where it stands. */
function inkOf(row: Row, { ascent, end }: { readonly ascent: number; readonly end: number }): Ink {
  const { lines, blocks } = row;
  const [first, last] = [lines.at(0), lines.at(-1)];
  if (first === undefined || last === undefined) return { ...spanOf(row), kind: { lines: 0, isBlock: true } };
  const base = ({ top, bottom }: Cell): number => (bottom < end ? bottom : top + ascent);
  const text = { top: base(first) - ascent, bottom: base(last) };
  const block = spanOf({ lines: [], blocks });
  const isBlock = block.top < text.top && block.bottom > text.bottom;
  return { ...(isBlock ? block : text), kind: { lines: lines.length, isBlock } };
}

function spanOf({ lines, blocks }: Row): Cell {
  const all = [...lines, ...blocks];
  return {
    top: Math.min(...all.map(({ top }) => top)),
    bottom: Math.max(...all.map(({ bottom }) => bottom)),
  };
}
