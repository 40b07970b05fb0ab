import { type Ink, type InkRun, columnsOf } from '../ink-columns.js';

/** A bar is at most so wide, in pixels and by its height. */
const BAR = { width: 6, share: 0.25 };
/** A block is at most so wide by its height, and an underline at least so wide by its. */
const BLOCK_ASPECT = 1.1;
const UNDERLINE_ASPECT = 3;
/** How much of each of its columns is ink: those of a bar may be blurred; what is wider would be a selected letter, or a letter. */
const FILL = { bar: 0.85, wide: 0.95 };
/** A hollow block is at most so much ink. */
const HOLLOW = 0.6;
/** Letters stand on a line and a caret goes below it, by at least this much. */
const BELOW = 2;
/** Letters that are lower than this share of the highest (dashes, dots, quotation marks) need not stand on the line. */
const ON_LINE = 0.5;
/** An underline lies at most so far above the line, by the height of the letters: they may all go below it. */
const ABOVE = 0.3;

/** The columns of a run as a caret, or null where they are none of its shapes: a bar, a block, an underline, all solid, or a hollow block. */
export function caretShape(ink: Ink, columns: Pick<InkRun, 'from' | 'to'>): InkRun | null {
  const run = columnsOf(ink, columns);
  const [width, height] = [run.to - run.from, run.bottom - run.top];
  if (isThin(run)) return hasColumns(ink, run, FILL.bar) ? run : null;
  if (isUnderline(run)) return hasColumns(ink, run, FILL.wide) ? run : null;
  const isBlock = width <= BLOCK_ASPECT * height && height > BAR.width;
  return isBlock && (hasColumns(ink, run, FILL.wide) || isHollow(ink, run)) ? run : null;
}

/** The columns with those beside them that are of the same rows: what is next to other ink was not told from it. */
export function wholeCaret(ink: Ink, columns: Pick<InkRun, 'from' | 'to'>): Pick<InkRun, 'from' | 'to'> {
  const { top, bottom } = columnsOf(ink, columns);
  const isSame = (x: number): boolean => {
    const column = columnsOf(ink, { from: x, to: x + 1 });
    return column.top === top && column.bottom === bottom;
  };
  let { from, to } = columns;
  while (from > 0 && isSame(from - 1)) from--;
  while (to < ink.width && isSame(to)) to++;
  return { from, to };
}

/** As thin as a caret between letters, or an l. */
export function isThin({ from, to, top, bottom }: InkRun): boolean {
  const [width, height] = [to - from, bottom - top];
  return width <= Math.min(BAR.width, Math.max(2, BAR.share * height)) && height >= 3 * width;
}

/** Each column is ink by that share of the run's height. */
function hasColumns(ink: Ink, { from, to, top, bottom }: InkRun, share: number): boolean {
  for (let x = from; x < to; x++) {
    const { fill, ...column } = columnsOf(ink, { from: x, to: x + 1 });
    if (fill * (column.bottom - column.top) < share * (bottom - top)) return false;
  }
  return true;
}

/** A thin frame, with ink on all of its four sides. */
function isHollow({ mask, width }: Ink, { from, to, top, bottom, fill }: InkRun): boolean {
  if (fill > HOLLOW) return false;
  const isInk = (x: number, y: number): boolean => mask[y * width + x] !== 0;
  for (let x = from; x < to; x++) if (!isInk(x, top) || !isInk(x, bottom - 1)) return false;
  for (let y = top; y < bottom; y++) if (!isInk(from, y) || !isInk(to - 1, y)) return false;
  return true;
}

function isUnderline({ from, to, top, bottom }: InkRun): boolean {
  return to - from >= UNDERLINE_ASPECT * (bottom - top);
}

/**
 * Whether what has a caret's shape is one, by the letters: a caret is as high as they are and reaches below the line they
 * stand on, as low as any of them. A block may be higher instead. An underline is as good as an underscore: `unclear`, as is all where there are no letters.
 */
export function caretKind(run: InkRun, letters: readonly InkRun[]): 'caret' | 'glyph' | 'unclear' {
  if (letters.length === 0) return 'unclear';
  const highest = Math.max(...letters.map(({ top, bottom }) => bottom - top));
  const bottoms = letters
    .filter(({ top, bottom }) => bottom - top >= ON_LINE * highest)
    .map(({ bottom }) => bottom);
  const [line, lowest] = [Math.min(...bottoms), Math.max(...bottoms)];
  if (isUnderline(run)) return run.top >= lowest - Math.max(1, ABOVE * highest) ? 'unclear' : 'glyph';
  const highestTop = Math.min(...letters.map(({ top }) => top));
  if (run.top > highestTop + 1 || (isThin(run) && run.bottom <= line)) return 'glyph';
  const isBeyond = run.bottom >= line + BELOW || (!isThin(run) && run.top <= highestTop - BELOW);
  if (isBeyond && run.bottom >= lowest - 1) return 'caret';
  return isThin(run) ? 'unclear' : 'glyph';
}

/** The caret as it is now, by how it was: of the same rows and width at the end of the ink, or else among the new ink. It may be hollow by now. */
export function sameCaret(
  caret: InkRun,
  {
    now,
    runs,
    gained,
  }: { readonly now: Ink; readonly runs: readonly InkRun[]; readonly gained: readonly InkRun[] },
): InkRun | null {
  const width = caret.to - caret.from;
  const isSame = ({ from, to, top, bottom }: InkRun): boolean =>
    Math.abs(top - caret.top) < BELOW &&
    Math.abs(bottom - caret.bottom) < BELOW &&
    Math.abs(to - from - width) < BELOW;
  const to = runs.at(-1)?.to ?? width;
  const last = columnsOf(now, { from: Math.max(0, to - width), to });
  return isSame(last) ? last : (gained.map((run) => columnsOf(now, run)).findLast(isSame) ?? null);
}
