import type { RowShift } from '../list/row-shift.js';
import type { ListChange } from './list-change.js';

/**
 * The runner-up has to fit worse by this much, in rows that do not fit at all. Explanations may differ in a single row
 * (the first or the second is gone), which a mean over all rows would hide the better the more there are.
 */
export const MIN_MARGIN_ROWS = 0.25;
/** An explanation by which a letter stands where it should not is none beside one by which none does, by this much of its ink. */
export const OTHER_LETTER = 0.3;
/** Explanations closer than this are equal: rows of the same picture. */
const EQUAL_ROWS = 0.05;
/** Up to here they are alike: text on whole pixels in a layout of fractional heights makes 0.06, one small mark in one of two equal rows 0.09. */
const ALIKE_ROWS = 0.075;

/** Which explanations of a list's change are wanted. */
export type Wanted = (shift: RowShift) => boolean;

/** The explanation that a list's change is taken for. */
export interface Choice {
  readonly chosen: RowShift;
  /** Its lead over the best one that would decide otherwise, in rows that do not fit at all, 0..1. */
  readonly margin: number;
  /** Another one that would decide otherwise is of rows that look nearly alike. */
  readonly isAlike: boolean;
}

/** The explanation that fits best, a wanted one among equals; null where the counter agrees with none. */
export function chooseShift(change: ListChange, wanted: Wanted): Choice | null {
  const shifts = agreeingShifts(change);
  if (shifts.length === 0) return null;
  const ahead = (shift: RowShift, other: number): number => (shift.score - other) * change.rows.length;
  const [best] = shifts;
  // Equal-looking rows make neighbouring explanations equal too; the wanted one is taken among equals. Rows that differ by a letter are not equal.
  const near = shifts.filter(({ score }) => ahead(best, score) < EQUAL_ROWS);
  const isRival = ({ count }: RowShift): boolean => count === best.count;
  const least = Math.min(...near.filter(isRival).map(({ misfit }) => misfit));
  const equals = near.filter((shift) => !isRival(shift) || shift.misfit <= least + OTHER_LETTER);
  const chosen = equals.find(wanted) ?? equals[0];
  const rivals = shifts.filter((shift) => wanted(shift) !== wanted(chosen) && shift.count !== chosen.count);
  const runnerUp = Math.max(0, ...rivals.map(({ score }) => score));
  // Which of rows that look nearly alike went does not matter to who wants one of them gone, and is not known to who denies it; nor to
  // either where one of them may have been selected since.
  const isAlike = shifts.some(
    (shift) =>
      wanted(shift) !== wanted(chosen) &&
      (wanted(shift) || shift.isRecoloured || chosen.isRecoloured) &&
      shift.count === chosen.count &&
      shift.misfit <= chosen.misfit + OTHER_LETTER &&
      ahead(best, shift.score) < ALIKE_ROWS,
  );
  return { chosen, margin: Math.min(1, Math.max(0, ahead(chosen, runnerUp))), isAlike };
}

/** Where explanations of different numbers of rows fit alike, those that the counter agrees with. */
function agreeingShifts({ shifts, rows, counted }: ListChange): readonly RowShift[] {
  const alike = shifts.filter(({ score }) => (shifts[0].score - score) * rows.length < MIN_MARGIN_ROWS);
  const told = alike.some(({ count }) => count !== alike[0].count) ? counted() : null;
  if (told === null) return shifts;
  const exact = Math.min(...alike.map(({ misfit }) => misfit)) + OTHER_LETTER;
  return alike.filter(({ count, misfit }) => count === Math.abs(told) && misfit <= exact);
}
