import { type ResolvedCalibration, type ResolvedModal } from '../calibration/index.js';
import { sameRect, sizeRect } from '../core/index.js';
import type { Judgement } from './judgement.js';
import type { Look } from './look.js';
import { judgeUnknown, openModal } from './predicates/modal.js';
import type { Pending } from './transition.js';
import type { ArtifactRef, TransitionRecord } from './transition-record.js';

/** A look at all of the screen, its stored picture, and the popup that a step has opened on it: a calibrated one, or one that nobody calibrated. */
export interface Behind {
  readonly look: Look;
  readonly ref: ArtifactRef;
  readonly modal: ResolvedModal | 'unknown';
}

/** Whether the popup is open still. Of one nobody calibrated, less than all of the screen says nothing: it is, until it is seen closed. */
export function isStillOpen(
  { look: behind, modal }: Behind,
  now: Look,
  calibration: ResolvedCalibration,
): boolean {
  if (modal !== 'unknown') return openModal(now, calibration) === modal;
  return !sameRect(now.rect, behind.rect) || judgeUnknown(behind, now)?.truth === 'holds';
}

/**
 * What is behind the popup that is open after a transition: the screen before the step that opened it, as long as each one since is
 * understood and no row is known to have gone. One that nobody calibrated was opened by a step whose proof says so.
 */
export function behindNow(
  { before, beforeRef, behind, behindRef }: Pending,
  { verdict, proof, units }: Pick<TransitionRecord, 'verdict' | 'proof' | 'units'>,
  { look, calibration }: Readonly<{ look: Look | null; calibration: ResolvedCalibration }>,
): Behind | null {
  const isUnderstood = verdict === 'proved' || verdict === 'no-effect';
  if (!isUnderstood || units > 0 || tells(proof, ROW_GONE) || look === null) return null;
  const kept = behind === null || behindRef === null ? null : { look: behind, ref: behindRef };
  const isWhole = sameRect(before.rect, sizeRect(calibration.size));
  const opened = isWhole ? { look: before, ref: beforeRef } : null;
  const [was, is] = [openModal(before, calibration), openModal(look, calibration)];
  if (typeof is !== 'string') {
    const known = was === 'none' ? opened : kept;
    return known === null ? null : { ...known, modal: is };
  }
  const found = typeof was === 'string' && kept !== null ? kept : tells(proof, UNKNOWN_OPEN) ? opened : null;
  if (found === null) return null;
  const unknown = { ...found, modal: 'unknown' } as const;
  return isStillOpen(unknown, look, calibration) ? unknown : null;
}

type Tells = (judgement: Judgement) => boolean;

const ROW_GONE: Tells = ({ predicate, truth }) =>
  truth === 'holds' && /^row(Advanced|Removed)\(/.test(predicate);

const UNKNOWN_OPEN: Tells = ({ predicate, reason }) =>
  reason === 'open-unknown' && /^modal(Open|Closed)\(\)$/.test(predicate);

/** The judgement, or a part of it. */
function tells(judgement: Judgement | null, what: Tells): boolean {
  return judgement !== null && (what(judgement) || (judgement.parts ?? []).some((part) => tells(part, what)));
}
