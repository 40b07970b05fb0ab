import { PixelproofError } from '../core/index.js';
import type { TransitionRecord } from '../visual/index.js';

/** A step that was not proved. Carries everything known of the transition; null when nothing was done. */
export class StepFailure extends PixelproofError {
  readonly step: string;
  readonly record: TransitionRecord | null;

  constructor(
    message: string,
    { step, record, received }: Readonly<{ step: string; record: TransitionRecord | null; received: string }>,
  ) {
    super('PXP_STEP', message, { what: step, expected: 'proved', received });
    this.step = step;
    this.record = record;
  }
}
