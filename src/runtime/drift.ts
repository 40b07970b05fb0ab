import { isPixelproofError } from '../core/index.js';
import type { TransitionRecord, VisualEngine } from '../visual/index.js';
import type { RunContext } from './run-context.js';

type CheckedAssumption = Awaited<ReturnType<VisualEngine['check']>>['assumptions'][number];

/** How one assumption of the calibration fared at one instant; `margin` is how far it was from failing, 0..1. */
export type Observed = Pick<CheckedAssumption, 'name' | 'state' | 'margin'>;

/** An assumption that will not hold from then on (ISO 8601), if it goes on so. */
export interface Failing {
  readonly name: string;
  readonly at: string;
}

/** The memory of a calibration across runs. Errors: PXP_IO, PXP_USAGE for a memory that is not sound. */
export interface DriftPort {
  /** Adds observations, and answers which assumptions are about to fail. */
  observe(observed: readonly Observed[]): Promise<readonly Failing[]>;
}

/** What is observed is remembered, and what will fail is answered. A memory that cannot be used is a warning: the run needs none. */
export async function rememberDrift(
  observed: readonly Observed[],
  { drift, append }: Pick<RunContext, 'drift' | 'append'>,
): Promise<readonly Failing[]> {
  try {
    return (await drift?.observe(observed)) ?? [];
  } catch (error) {
    if (!isPixelproofError(error)) throw error;
    await append({ type: 'warning', code: error.code, detail: error.message });
    return [];
  }
}

/** The part of the calibration that a degraded success did without, as observations; none of any other record. */
export function driftedBy({ degraded, action, reach, proof }: TransitionRecord): readonly Observed[] {
  const drifted = (name: string): readonly Observed[] => [{ name, state: 'drifted', margin: 0 }];
  if (!degraded) return [];
  if ('foundBy' in action && action.foundBy === 'fallback') return drifted(`points.${action.target}`);
  if ('foundBy' in action && action.foundBy === 'region') return drifted(`lists.${action.target}`);
  return (reach === 'region' || reach === 'wide') && proof !== null ? drifted(proof.predicate) : [];
}
