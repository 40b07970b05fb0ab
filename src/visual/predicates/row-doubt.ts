import type { RowShift } from '../list/row-shift.js';
import { isLikeRow } from './last-row.js';
import { type ListChange, fits } from './list-change.js';
import { judgeUnknown } from './modal.js';
import { type Choice, MIN_MARGIN_ROWS } from './row-choice.js';

/** No popup covers rows that all look the same to this degree. */
const PLAIN_SCORE = 0.98;
/** A letter of a row that was selected meanwhile is as far from itself as half of this at most. */
const OTHER_ROW = 0.6;
/** A row that was not read is at least this share of the lowest that was. */
const LOWEST_ROW = 0.75;

/** Why the explanation that was chosen may be another one after all; null where nothing says so. */
export function doubtOf(
  change: ListChange,
  { chosen, margin, isAlike }: Choice,
  { isWanted, isBackwards }: Readonly<{ isWanted: boolean; isBackwards: boolean }>,
): string | null {
  const { rows, isEmptied, counted } = change;
  const counter = (): number => counted() ?? 0;
  if (!fits(chosen) || isOther(chosen)) return 'no-shift-fits';
  // Nothing is left: that it is empty has to show, or it may be loading.
  if (!isEmptied && chosen.count === rows.length) return 'rows-unclear';
  const isLast = chosen.count > 0 && chosen.from + chosen.count === rows.length;
  if (mayBeCovered(change, chosen, isBackwards)) return 'unknown-maybe-open';
  if (isBackwards && isLast && Math.abs(counter()) !== 1 && !isLikeRow(change.now, rows, change.list))
    return 'unknown-maybe-open';
  if (!isEmptied && chosen.count > 0 && mayHideRows(chosen, change)) return 'rows-unclear';
  const isTold = chosen.isTold || (!isLast && Math.abs(counter()) === chosen.count);
  if (margin < MIN_MARGIN_ROWS || isAlike || (isWanted && !isTold)) return 'several-shifts-fit';
  // A row may have come out of view.
  return isBackwards && chosen.count === 0 && counter() !== 0 ? 'counter-disagrees' : null;
}

/** Of rows that are nearly alike, one that was selected meanwhile shows which one it is by its letters alone. */
function isOther({ isRecoloured, misfit }: RowShift): boolean {
  return isRecoloured && misfit > OTHER_ROW;
}

/**
 * Whether a popup that nobody calibrated may be what changed. One that came over the last row makes its place look different, too, and
 * parts rows into other columns; one that came below the rows may be read as one. Beside a calibrated one, which comes or goes as a
 * popup does, it is not asked.
 */
function mayBeCovered(
  { before, now, rows, endsInside, isEmptied, isSideways, covered }: ListChange,
  { from, count, score }: RowShift,
  isBackwards: boolean,
): boolean {
  if (covered.length > 0) return false;
  const isLast = count > 0 && from > 0 && from + count === rows.length;
  const mayBeOver = isBackwards ? isEmptied : isLast && !endsInside;
  return (mayBeOver || (isSideways && score < PLAIN_SCORE)) && judgeUnknown(before, now) !== null;
}

/**
 * Whether there is room for a row that was not read, before one of those that are gone or the one that follows them: what looks like one
 * may be two, and what looks like the first may be another. What is further up was found in its place.
 */
function mayHideRows({ from, count }: RowShift, { rows, list }: ListChange): boolean {
  const { first, minHeight } = list.rows;
  const room = Math.max(minHeight, LOWEST_ROW * Math.min(...rows.map(({ height }) => height)));
  const ends = [first, ...rows.map(({ y, height }) => y + height)];
  return rows.some(({ y }, i) => i >= from && i <= from + count && y - ends[i] >= room);
}
