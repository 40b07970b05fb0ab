import type { ResolvedList } from '../../calibration/index.js';
import { type Rect, intersect, overlaps } from '../../core/index.js';
import { type Emptiness, emptiness, mostFrequentColor, swatch } from '../../probe/index.js';
import type { Look } from '../look.js';
import { readCounter } from '../read-counter.js';
import { readRows } from '../read-rows.js';
import { rowActions } from '../row-actions.js';
import { type RowBox, type RowShift, rankRowShifts } from '../row-shift.js';
import { isBlurred } from '../blurred.js';
import { judgeAnchor } from './mark.js';
import { judgeUnknown, openModal, openModalBoxes } from './modal.js';
import { uncoveredSpans } from '../uncovered-spans.js';
import type { Finding, Scene } from './scene.js';

const UNCHANGED = 'list-unchanged';
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
/** The ground of an empty list makes up this share of the earlier look, too, within this ΔE. */
const MIN_GROUND = 0.02;
const GROUND_TOLERANCE = 4;
/** Below this share of the columns nothing is compared. */
const MIN_COLUMNS = 0.15;

/** The list shows no rows and is not loading, and no other ground than before: what has come over it may hide them. */
export function judgeListEmpty(
  scene: Pick<Scene, 'now' | 'calibration'> & Partial<Pick<Scene, 'before' | 'behind' | 'clear'>>,
  name: string,
): Finding {
  const { rect: region, empty } = scene.calibration.list(name);
  const regions = [region];
  if (openModalBoxes(scene.now, scene.calibration).some((box) => overlaps(box, region))) {
    return { truth: 'unsure', score: 0, margin: 0, regions, reason: 'covered-by-modal' };
  }
  if (empty !== null) {
    const anchor = judgeAnchor(scene.now, empty);
    if (anchor.truth === 'holds') return anchor;
  }
  const { state, margin } = emptinessOf(scene.now, name, region);
  if (state === 'empty' && !hasItsGround(scene, name, region)) {
    return { truth: 'unsure', score: 0, margin: 0, regions, reason: 'other-ground' };
  }
  const truth = state === 'empty' ? 'holds' : state === 'populated' ? 'fails' : 'unsure';
  return { truth, score: truth === 'holds' ? 1 : 0, margin, regions, reason: state };
}

function emptinessOf(look: Look, name: string, region: Rect): Emptiness {
  return look.reading(`emptiness ${name}`, () => emptiness(look.image, { region: look.toImage(region) }));
}

/** Whether the ground of the region shows on the latest earlier look that no popup dims, too; true where that shows no rows. */
function hasItsGround(
  { before, behind, clear, now, calibration }: Parameters<typeof judgeListEmpty>[0],
  name: string,
  region: Rect,
): boolean {
  const earlier = [before, behind, clear]
    .flatMap((look) => look ?? [])
    .find((look) => look.shows(region) && openModal(look, calibration) === 'none');
  if (earlier === undefined) return true;
  if (emptinessOf(earlier, name, region).state !== 'populated') return true;
  // Rows from edge to edge leave the page's ground, which shows beside them.
  const ground = mostFrequentColor(now.image, now.toImage(region));
  const colors = { ground };
  const { ranked } = swatch(earlier.image, { colors, tolerance: GROUND_TOLERANCE });
  return ranked[0].share >= MIN_GROUND;
}

/** Exactly the first row is gone: the rows that followed it stand where it stood. */
export function judgeRowAdvanced(scene: Scene, name: string): Finding {
  return judgeBehind(scene, name, (shift) => shift.from === 0 && shift.count === 1);
}

/** Exactly one row is gone, whichever. */
export function judgeRowRemoved(scene: Scene, name: string): Finding {
  return judgeBehind(scene, name, (shift) => shift.count === 1);
}

/**
 * What a popup covers or blurs is held against the screen it was opened on, unless the picture before shows that rows had gone by then.
 */
function judgeBehind(scene: Scene, name: string, wanted: (shift: RowShift) => boolean): Finding {
  const { before, behind } = scene;
  const finding = judgeShift(scene, name, wanted);
  if (before === null || behind === null || typeof openModal(before, scene.calibration) === 'string') {
    return finding;
  }
  if (!isHidden(finding, { ...scene, before, behind }, name)) return finding;
  const earlier = judgeShift({ ...scene, before: behind, now: before }, name, wanted);
  if (earlier.truth !== 'unsure' && earlier.reason !== UNCHANGED) return finding;
  const found = judgeShift({ ...scene, before: behind }, name, wanted);
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

function judgeShift(scene: Scene, name: string, wanted: (shift: RowShift) => boolean): Finding {
  const { before, now, calibration, reach } = scene;
  const list = calibration.list(name);
  const region = list.rect;
  const identity = list.identity ?? region;
  const regions = [region];
  const unsure = (reason: string): Finding => ({ truth: 'unsure', score: 0, margin: 0, regions, reason });
  if (before === null) return unsure('nothing-before');
  const { rows, endsInside } = readRows(before, calibration, name, reach);
  if (rows.length === 0) return unsure('no-rows-before');
  const covered = [...openModalBoxes(now, calibration), ...openModalBoxes(before, calibration)];
  const spans = uncoveredSpans(identity, covered);
  if (spans.reduce((sum, [from, to]) => sum + to - from, 0) < MIN_COLUMNS * identity.width) {
    return unsure('covered-by-modal');
  }
  // With its last rows a list may end in an empty state, which shows no row to compare.
  const emptied = endsInside && judgeListEmpty(scene, name).truth === 'holds';
  if (emptied && mayBeFooter(rows, before, list)) return unsure('rows-unclear');
  const ranks = (sideways: boolean): readonly RowShift[] =>
    now.comparison(before, `shift ${name} ${reach} ${sideways} ${spans.join(' ')}`, () =>
      rankRowShifts({ before, now, rows, region, spans, endsInside, sideways }),
    );
  const straight = ranks(false);
  // A table may be laid out anew without its widest cell.
  const ranked = !emptied && !fits(straight[0]) ? ranks(true) : straight;
  const aheadOf = (shift: RowShift, other: number): number => (shift.score - other) * rows.length;
  const fitting = emptied
    ? [{ from: 0, count: rows.length, score: 1, isWhole: true, misfit: 0, isRecoloured: false }]
    : ranked;
  const alike = fitting.filter(({ score }) => aheadOf(fitting[0], score) < MIN_MARGIN_ROWS);
  const shifts = agreeing(alike, scene, list) ?? fitting;
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
  if (!emptied) {
    // A popup that came over the last row makes its place look different, too, and parts rows into other columns. Beside a calibrated
    // one, which comes or goes as a popup does, it is not asked.
    const isLast = !endsInside && chosen.from > 0 && chosen.from + chosen.count === rows.length;
    const isSideways = ranked !== straight && chosen.score < PLAIN_SCORE;
    const isDoubtful = covered.length === 0 && (isLast || isSideways);
    if (isDoubtful && judgeUnknown(before, now) !== null) {
      return { ...answer, truth: 'unsure', reason: 'unknown-maybe-open' };
    }
    if (chosen.count > 0 && mayHideRows(chosen, rows, list.rows)) {
      return { ...answer, truth: 'unsure', reason: 'rows-unclear' };
    }
  }
  if (margin < MIN_MARGIN_ROWS || isAlike) {
    return { ...answer, truth: 'unsure', reason: 'several-shifts-fit' };
  }
  return { ...answer, truth: wanted(chosen) ? 'holds' : 'fails', reason: spell(chosen) };
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
function mayBeFooter(rows: readonly RowBox[], before: Look, { rect, action }: ResolvedList): boolean {
  if (action?.kind !== 'component' || rows.length < 2) return false;
  const { y, height } = rows[rows.length - 1];
  const { enabled, disabled } = rowActions(before, intersect(action.rect, { ...rect, y, height }), action);
  return enabled.length + disabled.length === 0;
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

/**
 * Where explanations that fit alike say different numbers of rows: those that agree with the list's counter. Null where it is not
 * asked, or cannot be read before and after.
 */
function agreeing(
  alike: readonly RowShift[],
  { before, now, calibration }: Scene,
  { counter }: ResolvedList,
): readonly RowShift[] | null {
  if (counter === null || before === null || alike.every(({ count }) => count === alike[0].count))
    return null;
  const [was, is] = [before, now].map((look) => readCounter(look, calibration, counter.name));
  return was === null || is === null ? null : alike.filter(({ count }) => count === Math.abs(was - is));
}

function spell({ from, count }: RowShift): string {
  if (count === 0) return UNCHANGED;
  return from === 0 ? `advanced-by-${count}` : `row-${from + 1}-removed`;
}
