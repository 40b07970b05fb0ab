import { sizeRect } from '../core/index.js';
import { type EngineContext, blockedBy } from './engine-context.js';
import type { Judgement } from './judgement.js';
import type { Look } from './look.js';
import { mayProve } from './may-prove.js';
import { type Observation, lostAsOutcome } from './observe.js';
import type { Reach } from './reach.js';
import type { Judged, Pending } from './transition.js';

/** A proof on a wider look than those of the watch. */
export interface WiderProof {
  readonly wide: Observation;
  readonly reach: Reach;
  readonly judgement: Judgement;
  /** When it first held, the clock's instant. */
  readonly provedAt: number;
}

/**
 * What the calibrated places leave unsure, on all of the screen: the first reach on which the proof holds, and holds still
 * `settleMs` later, with nothing in the way. Null when it holds on none; the outcome where browser or sensor are lost. `judgeAt`
 * judges the proof; `onLook` counts the captures.
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
): Promise<WiderProof | { readonly lost: Judged } | null> {
  const { clock, calibration, observe } = context;
  const [, ...further] = context.reaches;
  const holding = async (
    reach: Reach,
  ): Promise<Omit<WiderProof, 'reach' | 'provedAt'> | { readonly lost: Judged } | null> => {
    const everything = sizeRect(calibration.size);
    const observed = await lostAsOutcome(() => observe.now(everything, signal), pending);
    if ('lost' in observed) return observed;
    onLook();
    const { frame, look } = observed.value;
    if (pending.scope !== null && !mayProve(frame, pending.scope).ok) return null;
    if (
      blockedBy(context, look, {
        recovering,
        stepBlockers: pending.step.blockedBy,
        clear: pending.before,
      }) !== null
    )
      return null;
    const judgement = judgeAt(reach, look);
    return judgement.truth === 'holds' ? { wide: observed.value, judgement } : null;
  };
  for (const reach of further) {
    const first = await holding(reach);
    if (first === null) continue;
    if ('lost' in first) return first;
    await clock.sleep(settleMs, signal);
    const settled = await holding(reach);
    if (settled === null) continue;
    if ('lost' in settled) return settled;
    return { ...settled, reach, provedAt: first.wide.frame.provenance.receivedAtMs };
  }
  return null;
}
