import type { RecordedClick } from '../../calibrations/ledger/app/world.mjs';
import type { TransitionRecord } from '../../src/visual/index.js';

/** How a verdict compares with what the application did. */
export type Grade =
  /** The verdict says what happened. */
  | 'right'
  /** `proved`, and it did not happen, or not just once. */
  | 'false-proof'
  /** `no-effect`, and something happened. */
  | 'missed-effect'
  /** `wrong-effect`, and exactly the right thing happened, or nothing. */
  | 'false-alarm'
  /** Left to a person. */
  | 'undecided';

/** What the click of each step of the ledger's flow is to do. */
const WANTED: Readonly<Record<string, readonly RecordedClick['effect'][]>> = {
  collectRow: ['collected', 'opened'],
  confirmRow: ['collected'],
  closeAnnouncement: ['dismissed'],
};
const TAB: readonly RecordedClick['effect'][] = ['tab'];

/** Grades the final verdict on one intent by the application's own record of its click; null where none arrived. */
export function gradeRecord(
  { verdict, step }: Pick<TransitionRecord, 'verdict' | 'step'>,
  click: RecordedClick | null,
): Grade {
  const effect = click?.effect ?? 'none';
  const isRight = (WANTED[step] ?? TAB).includes(effect) && click?.doubledOnto === undefined;
  switch (verdict) {
    case 'proved':
      return isRight ? 'right' : 'false-proof';
    case 'no-effect':
      return effect === 'none' ? 'right' : 'missed-effect';
    case 'wrong-effect':
      return isRight || effect === 'none' ? 'false-alarm' : 'right';
    case 'blocked':
    case 'ambiguous':
    case 'unknown':
      return 'undecided';
  }
}
