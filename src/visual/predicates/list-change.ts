import type { ResolvedList } from '../../calibration/index.js';
import type { Rect } from '../../core/index.js';
import type { Look } from '../look.js';
import { readCounter } from '../list/read-counter.js';
import { readRows } from '../list/read-rows.js';
import { type RowBox, type RowShift, rankRowShifts } from '../list/row-shift.js';
import { uncoveredSpans } from '../list/uncovered-spans.js';
import { mayBeFooter } from './last-row.js';
import { judgeListEmpty } from './list-empty.js';
import { openModalBoxes } from './modal.js';
import type { Scene } from './scene.js';

/** What stayed has to look the same to this degree. */
const MIN_SCORE = 0.85;
/** Below this share of the columns nothing is compared. */
const MIN_COLUMNS = 0.15;

/** How a list went from one look to another: what was read of it, and every explanation. */
export interface ListChange {
  readonly list: ResolvedList;
  readonly before: Look;
  readonly now: Look;
  /** Of the look the explanations begin from: that before, or when time runs backwards that of now. */
  readonly rows: readonly RowBox[];
  readonly endsInside: boolean;
  /** The list has come to its empty state, where no row can be compared. */
  readonly isEmptied: boolean;
  /** Best first. */
  readonly shifts: readonly RowShift[];
  /** Whether columns had to move by themselves. */
  readonly isSideways: boolean;
  /** The explanations with time the other way round. */
  readonly contrary: () => readonly RowShift[];
  /** By how much the list's counter has changed; null where it is not known, before or now. */
  readonly counted: () => number | null;
  /** Boxes of the popups that are open on one of the looks. */
  readonly covered: readonly Rect[];
}

/** What is to be said of a list's change; a reason where it cannot be read. `isBackwards`: the rows of now are explained by those before. */
export function readListChange(scene: Scene, name: string, isBackwards: boolean): ListChange | string {
  const { before, now, calibration, reach } = scene;
  const list = calibration.list(name);
  const { rect: region } = list;
  if (before === null) return 'nothing-before';
  const [from, to] = isBackwards ? [now, before] : [before, now];
  const { rows, endsInside } = readRows(from, calibration, name, reach);
  if (rows.length === 0) return isBackwards ? 'no-rows-now' : 'no-rows-before';
  const covered = [...openModalBoxes(now, calibration), ...openModalBoxes(before, calibration)];
  const identity = list.identity ?? region;
  const spans = uncoveredSpans(identity, covered);
  if (spans.reduce((sum, [left, right]) => sum + right - left, 0) < MIN_COLUMNS * identity.width) {
    return 'covered-by-modal';
  }
  // With its last rows a list may end in an empty state, which shows no row to compare.
  const isEmptied = endsInside && judgeListEmpty({ ...scene, before: from, now: to }, name).truth === 'holds';
  if (isEmptied && mayBeFooter(rows, from, list)) return 'rows-unclear';
  const rank = (sideways: boolean, [a, b]: readonly [Look, Look]): readonly RowShift[] =>
    b.comparison(a, `shift ${name} ${reach} ${sideways} ${spans.join(' ')}`, () => {
      const { rows, endsInside } = readRows(a, calibration, name, reach);
      return rankRowShifts({ before: a, now: b, rows, region, spans, endsInside, sideways });
    });
  const straight = rank(false, [from, to]);
  // A table may be laid out anew without its widest cell.
  const isSideways = !isEmptied && !fits(straight[0]);
  const ranked = isSideways ? rank(true, [from, to]) : straight;
  return {
    ...{ list, before, now, rows, endsInside, isEmptied, isSideways, covered },
    shifts: isEmptied ? [allGone(rows)] : ranked,
    contrary: () => rank(isSideways, [to, from]),
    counted: () => counterChange(scene, list),
  };
}

/** Whether an explanation is one at all: what stayed is still there. */
export function fits({ score, isWhole }: RowShift): boolean {
  return score >= MIN_SCORE && isWhole;
}

function allGone({ length }: readonly RowBox[]): RowShift {
  return { from: 0, count: length, score: 1, isWhole: true, isTold: true, misfit: 0, isRecoloured: false };
}

function counterChange({ before, now, calibration }: Scene, { counter }: ResolvedList): number | null {
  if (counter === null || before === null) return null;
  const [was, is] = [before, now].map((look) => readCounter(look, calibration, counter.name).value);
  return was === null || is === null ? null : is - was;
}
