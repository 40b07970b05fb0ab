import { sizeRect } from '../../core/index.js';
import { type EngineContext, blockedBy } from '../engine-context.js';
import type { Judgement } from '../judgement.js';
import type { Look } from '../look.js';
import { mayProve } from './may-prove.js';
import { type Observation, blockedAsOutcome, lostAsOutcome } from './observe.js';
import type { Reach } from '../reach.js';
import type { Judged, Pending } from '../transition.js';

/** A proof on a wider look than those of the watch. */
export interface WiderProof {
  readonly wide: Observation;
  readonly reach: Reach;
  readonly judgement: Judgement;
  /** When it first held, the clock's instant. */
  readonly provedAt: number;
}

type Holding = Omit<WiderProof, 'reach' | 'provedAt'>;

/**
 * What the calibrated places leave unsure, on all of the screen: the first reach on which the proof holds, and holds still
 * `settleMs` later. Null when it holds on none; the interruption where a blocker is in the way by now, or browser or sensor are lost.
 * `judgeAt` judges the proof; `onLook` counts the captures.
 */
export async function lookFurther(
  pending: Pending,
  context: EngineContext,
  {
    settleMs,
    judgeAt,
    onLook,
    recovering,
    signal,
  }: Readonly<{
    settleMs: number;
    judgeAt: (reach: Reach, now: Look) => Judgement;
    onLook: () => void;
    recovering?: string;
    signal?: AbortSignal;
  }>,
): Promise<WiderProof | Judged | null> {
  const { clock, calibration, observe } = context;
  const [, ...further] = context.reaches;
  const holding = async (reach: Reach): Promise<Holding | Judged | null> => {
    const everything = sizeRect(calibration.size);
    const observed = await lostAsOutcome(() => observe.now(everything, signal), pending);
    if ('lost' in observed) return observed.lost;
    onLook();
    const { frame, look } = observed.value;
    if (pending.scope !== null && !mayProve(frame, pending.scope).ok) return null;
    const { step, before } = pending;
    const by = blockedBy(context, look, { recovering, stepBlockers: step.blockedBy, clear: before });
    const judgement = judgeAt(reach, look);
    if (by !== null) return blockedAsOutcome(by, judgement, pending);
    return judgement.truth === 'holds' ? { wide: observed.value, judgement } : null;
  };
  for (const reach of further) {
    const first = await holding(reach);
    if (first === null) continue;
    if ('kind' in first) return first;
    await clock.sleep(settleMs, signal);
    const settled = await holding(reach);
    if (settled === null) continue;
    if ('kind' in settled) return settled;
    return { ...settled, reach, provedAt: first.wide.frame.provenance.receivedAtMs };
  }
  return null;
}
