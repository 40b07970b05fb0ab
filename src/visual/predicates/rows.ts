import type { ResolvedList } from '../../calibration/index.js';
import { intersect } from '../../core/index.js';
import type { Look } from '../look.js';
import { readCounter } from '../read-counter.js';
import { readRows } from '../read-rows.js';
import { rowActions } from '../row-actions.js';
import { isAligned } from '../row-ink.js';
import { type RowBox, type RowShift, rankRowShifts } from '../row-shift.js';
import { isBlurred } from '../blurred.js';
import { judgeListEmpty } from './list-empty.js';
import { judgeUnknown, openModal, openModalBoxes } from './modal.js';
import { uncoveredSpans } from '../uncovered-spans.js';
import type { Finding, Scene } from './scene.js';

/** What stayed has to look the same to this degree. */
const MIN_SCORE = 0.85;
/** No popup covers rows that all look the same to this degree. */
const PLAIN_SCORE = 0.98;
/**
 * The runner-up has to fit worse by this much, in rows that do not fit at all. Explanations may differ in a single row
 * (the first or the second is gone), which a mean over all rows would hide the better the more there are.
 */
const MIN_MARGIN_ROWS = 0.25;
/** Explanations closer than this are equal: rows of the same picture. */
const EQUAL_ROWS = 0.05;
/** A letter of a row that was selected meanwhile is as far from itself as half of this at most. */
const OTHER_ROW = 0.6;
/** Up to here they are alike: text on whole pixels in a layout of fractional heights makes 0.06, one small mark in one of two equal rows 0.09. */
const ALIKE_ROWS = 0.075;
/** An explanation by which a letter stands where it should not is none beside one by which none does, by this much of its ink. */
const OTHER_LETTER = 0.3;
/** A row that was not read is at least this share of the lowest that was. */
const LOWEST_ROW = 0.75;
/** Below this share of the columns nothing is compared. */
const MIN_COLUMNS = 0.15;

/** Which explanations of a list's change are wanted. */
interface Question {
  readonly wanted: (shift: RowShift) => boolean;
  /** Rows that came are rows that go when time runs backwards. */
  readonly isBackwards: boolean;
}

/** Exactly the first row is gone: the rows that followed it stand where it stood. */
export function judgeRowAdvanced(scene: Scene, name: string): Finding {
  const wanted = ({ from, count }: RowShift): boolean => from === 0 && count === 1;
  return judgeBehind(scene, name, { wanted, isBackwards: false });
}

/** Exactly one row is gone, whichever. */
export function judgeRowRemoved(scene: Scene, name: string): Finding {
  return judgeBehind(scene, name, { wanted: isOne, isBackwards: false });
}

/** Exactly one row has come, wherever: those below it moved down. */
export function judgeRowAdded(scene: Scene, name: string): Finding {
  return judgeBehind(scene, name, { wanted: isOne, isBackwards: true });
}

const isOne = ({ count }: RowShift): boolean => count === 1;

/**
 * What a popup covers or blurs is held against the screen it was opened on, unless the picture before shows that rows had gone by then.
 */
function judgeBehind(scene: Scene, name: string, question: Question): Finding {
  const { before, behind } = scene;
  const finding = judgeShift(scene, name, question);
  if (before === null || behind === null || typeof openModal(before, scene.calibration) === 'string') {
    return finding;
  }
  if (!isHidden(finding, { ...scene, before, behind }, name)) return finding;
  const earlier = judgeShift({ ...scene, before: behind, now: before }, name, question);
  if (earlier.truth !== 'unsure' && earlier.reason !== 'list-unchanged') return finding;
  const found = judgeShift({ ...scene, before: behind }, name, question);
  return found.truth === 'unsure' ? finding : { ...found, reason: `${found.reason}-behind` };
}

/** The picture before shows no rows, or only blurred ones. */
function isHidden(
  { truth, reason }: Finding,
  { before, behind, calibration }: Scene & Readonly<{ before: Look; behind: Look }>,
  name: string,
): boolean {
  if (truth !== 'unsure') return false;
  if (reason === 'covered-by-modal' || reason === 'no-rows-before') return true;
  const { rect } = calibration.list(name);
  const spans = uncoveredSpans(rect, openModalBoxes(before, calibration));
  const blurred = (): boolean => isBlurred(before, { sharp: behind, spans, strip: rect });
  return reason === 'no-shift-fits' && before.comparison(behind, `blurred ${name}`, blurred);
}

function judgeShift(scene: Scene, name: string, { wanted, isBackwards }: Question): Finding {
  const { before, now, calibration, reach } = scene;
  const list = calibration.list(name);
  const region = list.rect;
  const identity = list.identity ?? region;
  const regions = [region];
  const unsure = (reason: string): Finding => ({ truth: 'unsure', score: 0, margin: 0, regions, reason });
  if (before === null) return unsure('nothing-before');
  const [from, to] = isBackwards ? [now, before] : [before, now];
  const { rows, endsInside } = readRows(from, calibration, name, reach);
  if (rows.length === 0) return unsure(isBackwards ? 'no-rows-now' : 'no-rows-before');
  const covered = [...openModalBoxes(now, calibration), ...openModalBoxes(before, calibration)];
  const spans = uncoveredSpans(identity, covered);
  if (spans.reduce((sum, [left, right]) => sum + right - left, 0) < MIN_COLUMNS * identity.width) {
    return unsure('covered-by-modal');
  }
  // With its last rows a list may end in an empty state, which shows no row to compare.
  const emptied = endsInside && judgeListEmpty({ ...scene, before: from, now: to }, name).truth === 'holds';
  if (emptied && mayBeFooter(rows, from, list)) return unsure('rows-unclear');
  const ranks = (sideways: boolean, [a, b] = [from, to]): readonly RowShift[] =>
    b.comparison(a, `shift ${name} ${reach} ${sideways} ${spans.join(' ')}`, () => {
      const { rows, endsInside } = readRows(a, calibration, name, reach);
      return rankRowShifts({ before: a, now: b, rows, region, spans, endsInside, sideways });
    });
  const straight = ranks(false);
  // A table may be laid out anew without its widest cell.
  const ranked = !emptied && !fits(straight[0]) ? ranks(true) : straight;
  const aheadOf = (shift: RowShift, other: number): number => (shift.score - other) * rows.length;
  const fitting = emptied
    ? [{ from: 0, count: rows.length, score: 1, isWhole: true, isTold: true, misfit: 0, isRecoloured: false }]
    : ranked;
  const byCounter = (): number | null => counterChange(scene, list);
  const alike = fitting.filter(({ score }) => aheadOf(fitting[0], score) < MIN_MARGIN_ROWS);
  const isContested = alike.some(({ count }) => count !== alike[0].count);
  const exact = Math.min(...alike.map(({ misfit }) => misfit)) + OTHER_LETTER;
  const told = isContested ? byCounter() : null;
  const agrees = ({ count, misfit }: RowShift): boolean => count === Math.abs(told!) && misfit <= exact;
  const shifts = told === null ? fitting : alike.filter(agrees);
  if (shifts.length === 0) return unsure('counter-disagrees');
  const best = shifts[0];
  // Equal-looking rows make neighbouring explanations equal too; the wanted one is taken among equals. Rows that differ by a letter are not equal.
  const near = shifts.filter(({ score }) => aheadOf(best, score) < EQUAL_ROWS);
  const isRival = ({ count }: RowShift): boolean => count === best.count;
  const least = Math.min(...near.filter(isRival).map(({ misfit }) => misfit));
  const equals = near.filter((shift) => !isRival(shift) || shift.misfit <= least + OTHER_LETTER);
  const chosen = equals.find(wanted) ?? equals[0];
  const rivals = shifts.filter((shift) => wanted(shift) !== wanted(chosen) && shift.count !== chosen.count);
  const runnerUp = Math.max(0, ...rivals.map(({ score }) => score));
  const margin = Math.min(1, Math.max(0, aheadOf(chosen, runnerUp)));
  // Which of rows that look nearly alike went does not matter to who wants one of them gone, and is not known to who denies it; nor to
  // either where one of them may have been selected since.
  const isAlike = shifts.some(
    (shift) =>
      wanted(shift) !== wanted(chosen) &&
      (wanted(shift) || shift.isRecoloured || chosen.isRecoloured) &&
      shift.count === chosen.count &&
      shift.misfit <= chosen.misfit + OTHER_LETTER &&
      aheadOf(best, shift.score) < ALIKE_ROWS,
  );
  const answer = { score: chosen.score, margin, regions };
  if (!fits(chosen) || isOther(chosen)) return { ...answer, truth: 'unsure', reason: 'no-shift-fits' };
  // Nothing is left: that it is empty has to show, or it may be loading.
  if (!emptied && chosen.count === rows.length) return { ...answer, truth: 'unsure', reason: 'rows-unclear' };
  // A popup that came over the last row makes its place look different, too, and parts rows into other columns; one that came below
  // the rows may be read as one. Beside a calibrated one, which comes or goes as a popup does, it is not asked.
  const isLast = chosen.count > 0 && chosen.from + chosen.count === rows.length;
  const isSideways = ranked !== straight && chosen.score < PLAIN_SCORE;
  const mayBeOver = isBackwards ? emptied : isLast && !endsInside && chosen.from > 0;
  const isOver = covered.length === 0 && (mayBeOver || isSideways) && judgeUnknown(before, now) !== null;
  const isRow = !isBackwards || !isLast || Math.abs(byCounter() ?? 0) === 1 || isLikeRow(now, rows, list);
  if (isOver || !isRow) return { ...answer, truth: 'unsure', reason: 'unknown-maybe-open' };
  if (!emptied && chosen.count > 0 && mayHideRows(chosen, rows, list.rows)) {
    return { ...answer, truth: 'unsure', reason: 'rows-unclear' };
  }
  const isTold = chosen.isTold || (!isLast && Math.abs(byCounter() ?? 0) === chosen.count);
  if (margin < MIN_MARGIN_ROWS || isAlike || (wanted(chosen) && !isTold)) {
    return { ...answer, truth: 'unsure', reason: 'several-shifts-fit' };
  }
  const isInexact = chosen.misfit > OTHER_LETTER || (1 - chosen.score) * rows.length >= MIN_MARGIN_ROWS;
  if (!emptied && wanted(chosen) && isInexact) {
    // Of rows that look alike, those that came are nearly explained by others that went. What fits better tells.
    const contrary = ranks(ranked !== straight, [to, from]).find(({ count }) => count > 0);
    if (contrary !== undefined && contrary.score > chosen.score) {
      const isSure = fits(contrary) && aheadOf(contrary, chosen.score) >= MIN_MARGIN_ROWS;
      if (!isSure) return { ...answer, truth: 'unsure', reason: 'several-shifts-fit' };
      return { ...answer, score: contrary.score, truth: 'fails', reason: spell(contrary, !isBackwards) };
    }
  }
  // A row may have come out of view.
  const isUnseen = isBackwards && chosen.count === 0 && (byCounter() ?? 0) !== 0;
  if (isUnseen) return { ...answer, truth: 'unsure', reason: 'counter-disagrees' };
  return { ...answer, truth: wanted(chosen) ? 'holds' : 'fails', reason: spell(chosen, isBackwards) };
}

/** Whether the last row shows the rows' action, or goes from side to side as they do: a line below them, or a toast, does not. */
function isLikeRow(look: Look, rows: readonly RowBox[], { rect, action }: ResolvedList): boolean {
  if (action?.kind !== 'component') return isAligned(look, rows, rect);
  const { y, height } = rows[rows.length - 1];
  const { enabled, disabled } = rowActions(look, intersect(action.rect, { ...rect, y, height }), action);
  return enabled.length + disabled.length > 0;
}

function fits({ score, isWhole }: RowShift): boolean {
  return score >= MIN_SCORE && isWhole;
}

/** Of rows that are nearly alike, one that was selected meanwhile shows which one it is by its letters alone. */
function isOther({ isRecoloured, misfit }: RowShift): boolean {
  return isRecoloured && misfit > OTHER_ROW;
}

/**
 * Whether the last of several rows may be a line of text below a list without boundaries, which looks like a row but for its action.
 * A row may lack that, too, or show it in a colour that is not calibrated, and a popup dims them all.
 */
function mayBeFooter(rows: readonly RowBox[], before: Look, list: ResolvedList): boolean {
  return rows.length > 1 && (list.action?.kind !== 'component' || !isLikeRow(before, rows, list));
}

/**
 * Whether there is room for a row that was not read, before one of those that are gone or the one that follows them: what looks like one
 * may be two, and what looks like the first may be another. What is further up was found in its place.
 */
function mayHideRows(
  { from, count }: RowShift,
  rows: readonly RowBox[],
  { first, minHeight }: ResolvedList['rows'],
): boolean {
  const room = Math.max(minHeight, LOWEST_ROW * Math.min(...rows.map(({ height }) => height)));
  const ends = [first, ...rows.map(({ y, height }) => y + height)];
  return rows.some(({ y }, i) => i >= from && i <= from + count && y - ends[i] >= room);
}

/** By how much the list's counter has changed; null where it is not known, before or now. */
function counterChange({ before, now, calibration }: Scene, { counter }: ResolvedList): number | null {
  if (counter === null || before === null) return null;
  const [was, is] = [before, now].map((look) => readCounter(look, calibration, counter.name).value);
  return was === null || is === null ? null : is - was;
}

function spell({ from, count }: RowShift, hasCome: boolean): string {
  if (count === 0) return 'list-unchanged';
  if (hasCome) return count === 1 ? `row-${from + 1}-added` : `added-${count}`;
  return from === 0 ? `advanced-by-${count}` : `row-${from + 1}-removed`;
}
