import { overlaps } from '../../core/index.js';
import type { EngineContext } from '../engine-context.js';
import type { Evidence } from '../evidence.js';
import type { Look } from '../look.js';
import { judgeUnknown, openModal, stillShows } from '../predicates/modal.js';

/**
 * The page as it was last seen clear, when a popup that nobody calibrated lies over it now, or may, and the proof asks about such: no mark tells
 * whether that one has gone, only what was below it does. Null otherwise.
 */
export function pageBelow(
  look: Look,
  proves: Evidence,
  { calibration, clearLook, popupLook }: Pick<EngineContext, 'calibration' | 'clearLook' | 'popupLook'>,
): Look | null {
  const [clear, popup] = [clearLook(), popupLook()];
  if (clear === null || !overlaps(clear.rect, look.rect) || !asksOfUnnamed(proves)) return null;
  if (typeof openModal(look, calibration) === 'object') return null;
  const isKnown = popup !== null && stillShows(look, popup);
  return isKnown || judgeUnknown(clear, look) !== null ? clear : null;
}

function asksOfUnnamed(evidence: Evidence): boolean {
  switch (evidence.kind) {
    case 'modalOpen':
    case 'modalClosed':
      return evidence.modal === null;
    case 'all':
    case 'any':
      return evidence.of.some(asksOfUnnamed);
    case 'not':
      return asksOfUnnamed(evidence.of);
    default:
      return false;
  }
}
