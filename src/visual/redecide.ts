import { intersect } from '../core/index.js';
import { accountChange } from './motion/account-change.js';
import type { AmbientMap } from './motion/ambient-map.js';
import { judge } from './judge.js';
import type { Judgement } from './judgement.js';
import type { Look } from './look.js';
import { takenBeside } from './list/rows-taken.js';
import type { Step } from './step.js';
import type { TransitionRecord, Verdict } from './transition-record.js';
import type { Vocabulary } from './vocabulary.js';

export interface Redecision {
  readonly verdict: Verdict;
  readonly reason: string;
  readonly proof: Judgement;
}

/** What was seen between the pictures. */
const STANDING: readonly string[] = ['changed-back', 'proof-and-block', 'ambient-covers'];

/**
 * The verdict that the pictures before and after give by today's step, calibration and rules. What pictures cannot say is
 * taken from the record: whether the proof held still, and whether the change had settled.
 */
export function redecide(
  {
    instants,
    reason,
    reach,
    region,
    interruptions,
  }: Pick<TransitionRecord, 'instants' | 'reason' | 'reach' | 'region' | 'interruptions'>,
  {
    step,
    before,
    behind,
    after,
    calibration,
    screens,
    ambient,
  }: Vocabulary &
    Readonly<{
      step: Step;
      before: Look;
      behind: Look | null;
      after: Look;
      ambient: AmbientMap;
    }>,
): Redecision {
  // Either look may show all of the screen; what was judged is how that looked before which was watched.
  const watched = (look: Look): Look => look.part(intersect(look.rect, region));
  const seen = { before: watched(before), behind: behind === null ? null : watched(behind), now: after };
  const beside = { takenBeside: takenBeside(interruptions) };
  const proof = judge(step.proves, { ...seen, ...beside, calibration, screens, ambient, reach });
  const decided = (verdict: Verdict, why = proof.reason): Redecision => ({ verdict, reason: why, proof });
  if (proof.truth === 'holds') return decided(instants.settledMs === null ? 'ambiguous' : 'proved');
  if (proof.truth === 'unsure') return decided('ambiguous');
  if (STANDING.includes(reason)) return decided('ambiguous', reason);
  if (accountChange({ before, after, ambient }, []).bbox === null) return decided('no-effect');
  return reason === 'not-settled' ? decided('ambiguous', reason) : decided('wrong-effect');
}
