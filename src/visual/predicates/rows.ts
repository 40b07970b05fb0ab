import { isBlurred } from '../list/blurred.js';
import type { Look } from '../look.js';
import type { RowShift } from '../list/row-shift.js';
import { uncoveredSpans } from '../list/uncovered-spans.js';
import { type ListChange, fits, readListChange } from './list-change.js';
import { openModal, openModalBoxes } from './modal.js';
import { MIN_MARGIN_ROWS, OTHER_LETTER, type Wanted, chooseShift } from './row-choice.js';
import { doubtOf } from './row-doubt.js';
import type { Finding, Scene } from './scene.js';

/** What is asked of a list's change. */
interface Question {
  readonly wanted: Wanted;
  /** Rows that came are rows that go when time runs backwards. */
  readonly isBackwards: boolean;
}

/** Exactly the first row is gone: the rows that followed it stand where it stood. */
export function judgeRowAdvanced(scene: Scene, name: string): Finding {
  return judgeGone(scene, name, ({ from, count }) => from === 0 && count === 1);
}

/** Exactly one row is gone, whichever. */
export function judgeRowRemoved(scene: Scene, name: string): Finding {
  return judgeGone(scene, name, isOne);
}

/** Exactly one row has come, wherever: those below it moved down. */
export function judgeRowAdded(scene: Scene, name: string): Finding {
  return judgeBehind(scene, name, { wanted: isOne, isBackwards: true });
}

const isOne = ({ count }: RowShift): boolean => count === 1;

/** Where others took rows meanwhile, those may be gone, too, from the top. */
function judgeGone(scene: Scene, name: string, wanted: Wanted): Finding {
  const finding = judgeBehind(scene, name, { wanted, isBackwards: false });
  const others = scene.takenBeside?.filter((list) => list === name).length ?? 0;
  if (finding.truth !== 'fails' || others === 0) return finding;
  const all = ({ from, count }: RowShift): boolean => from === 0 && count === 1 + others;
  const found = judgeBehind(scene, name, { wanted: all, isBackwards: false });
  return found.truth === 'holds' ? { ...found, reason: `${found.reason}-with-recovery` } : finding;
}

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
  const regions = [scene.calibration.list(name).rect];
  const unsure = (reason: string): Finding => ({ truth: 'unsure', score: 0, margin: 0, regions, reason });
  const change = readListChange(scene, name, isBackwards);
  if (typeof change === 'string') return unsure(change);
  const choice = chooseShift(change, wanted);
  if (choice === null) return unsure('counter-disagrees');
  const { chosen, margin } = choice;
  const isWanted = wanted(chosen);
  const answer = { score: chosen.score, margin, regions };
  const doubt = doubtOf(change, choice, { isWanted, isBackwards });
  if (doubt !== null) return { ...answer, truth: 'unsure', reason: doubt };
  const contrary = isWanted ? betterContrary(change, chosen) : null;
  if (contrary === null)
    return { ...answer, truth: isWanted ? 'holds' : 'fails', reason: spell(chosen, isBackwards) };
  const lead = (contrary.score - chosen.score) * change.rows.length;
  if (!fits(contrary) || lead < MIN_MARGIN_ROWS)
    return { ...answer, truth: 'unsure', reason: 'several-shifts-fit' };
  return { ...answer, score: contrary.score, truth: 'fails', reason: spell(contrary, !isBackwards) };
}

/**
 * What fits better with time the other way round; null where nothing does. Of rows that look alike, those that came are nearly
 * explained by others that went.
 */
function betterContrary({ rows, isEmptied, contrary }: ListChange, chosen: RowShift): RowShift | null {
  const isExact = chosen.misfit <= OTHER_LETTER && (1 - chosen.score) * rows.length < MIN_MARGIN_ROWS;
  if (isEmptied || isExact) return null;
  const other = contrary().find(({ count }) => count > 0);
  return other !== undefined && other.score > chosen.score ? other : null;
}

function spell({ from, count }: RowShift, hasCome: boolean): string {
  if (count === 0) return 'list-unchanged';
  if (hasCome) return count === 1 ? `row-${from + 1}-added` : `added-${count}`;
  return from === 0 ? `advanced-by-${count}` : `row-${from + 1}-removed`;
}
