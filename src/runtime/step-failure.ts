import { PixelproofError } from '../core/index.js';
import type { Evidence, TransitionRecord } from '../visual/index.js';

/** A step that was not proved. Carries everything known of the transition; null when nothing was done. */
export class StepFailure extends PixelproofError {
  readonly step: string;
  readonly record: TransitionRecord | null;

  /** What was looked for, where no step but a look failed. */
  readonly looked: Evidence | null;

  constructor(
    message: string,
    {
      step,
      record,
      received,
      looked = null,
    }: Readonly<{
      step: string;
      record: TransitionRecord | null;
      received: string;
      looked?: Evidence | null;
    }>,
  ) {
    super('PXP_STEP', message, { what: step, expected: 'proved', received });
    this.step = step;
    this.record = record;
    this.looked = looked;
  }
}
