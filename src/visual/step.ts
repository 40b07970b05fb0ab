import type { Evidence } from './evidence.js';

/** What may be done again: only a proved no-effect, and for all but `idempotent` only on a proved pre-state. */
export type EffectClass = 'idempotent' | 'toggle' | 'advance' | 'destructive';

/** A click on `target`: the name of a calibrated point, or `<list>.action` for the first row's action. */
export interface Action {
  readonly kind: 'click';
  readonly target: string;
}

export const click = (target: string): Action => ({ kind: 'click', target });

/** One step as data: what is done, what proves it, what blocks it, what is kept when it went wrong. */
export interface Step {
  readonly act: Action;
  readonly proves: Evidence;
  /** Beyond the flow's blockers, which are watched in every step. */
  readonly blockedBy: readonly Evidence[];
  /** Crops kept before the action in full fidelity: region names, or `<list>.row` for the first row. */
  readonly evidence?: readonly string[];
  /** Regions that the before and after pictures have to show besides those the proof looks at. */
  readonly keep: readonly string[];
  readonly effect: EffectClass;
  /** True when each proved step is one unit of work; a predicate when only that part of the proof is. */
  readonly unit?: true | Evidence;
  /** How long after the input the proof may take; late effects raise it. Default 2500. */
  readonly timeoutMs?: number;
  /** How long a proof has to stay true before it counts: what comes double comes within this. Default 160. */
  readonly settleMs?: number;
}
