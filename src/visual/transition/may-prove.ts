import type { Size } from '../../core/geometry.js';
import type { Frame } from '../../sensor/index.js';

/** What a frame has to be of, and come after, to say something about an input. */
export interface ProofScope {
  /** The epoch the input got when it was sent. */
  readonly inputEpoch: number;
  readonly targetId: string;
  readonly viewport: Size;
  readonly deviceScaleFactor: number;
}

export type MayProve =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'before-input' | 'target' | 'viewport' | 'device-scale-factor' };

/**
 * The causality gate: only a frame that was requested after the input left, of the same target, viewport and scale, may
 * prove the input's effect. Answers the first reason why not, in the order target, viewport, scale, epoch.
 */
export function mayProve({ provenance }: Pick<Frame, 'provenance'>, scope: ProofScope): MayProve {
  const { targetId, viewport, deviceScaleFactor, inputEpoch } = provenance;
  if (targetId !== scope.targetId) return { ok: false, reason: 'target' };
  if (viewport.width !== scope.viewport.width || viewport.height !== scope.viewport.height) {
    return { ok: false, reason: 'viewport' };
  }
  if (deviceScaleFactor !== scope.deviceScaleFactor) return { ok: false, reason: 'device-scale-factor' };
  if (inputEpoch < scope.inputEpoch) return { ok: false, reason: 'before-input' };
  return { ok: true };
}
