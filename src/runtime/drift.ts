import type { VisualEngine } from '../visual/index.js';

type CheckedAssumption = Awaited<ReturnType<VisualEngine['check']>>['assumptions'][number];

/** How one assumption of the calibration fared at one instant; `margin` is how far it was from failing, 0..1. */
export type Observed = Pick<CheckedAssumption, 'name' | 'state' | 'margin'>;

/** The memory of a calibration across runs. */
export interface DriftPort {
  /** Adds observations, and answers which assumptions will not hold from when on (ISO 8601), if it goes on so. Errors: PXP_IO. */
  observe(observed: readonly Observed[]): Promise<readonly Readonly<{ name: string; at: string }>[]>;
}
