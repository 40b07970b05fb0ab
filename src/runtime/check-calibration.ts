import { isPixelproofError } from '../core/index.js';
import { storePicture } from './perform-step.js';
import type { RunContext } from './run-context.js';
import { StepFailure } from './step-failure.js';

/**
 * After a step has failed, or the session has not become ready, what of the calibration does not hold on the screen as it is now, with the picture and what to write
 * instead. Says nothing when all holds. What fails here, as with a browser that is gone, takes nothing away from the failure.
 */
export async function explainFailure(failure: unknown, context: RunContext): Promise<void> {
  const step = failure instanceof StepFailure ? failure.step : 'session';
  // An application that never shows as ready may be there, and look otherwise than calibrated.
  if (step === 'session' && !isPixelproofError(failure, 'PXP_SESSION')) return;
  const { engine, signal, append } = context;
  try {
    const { broken, picture } = await engine.check({ signal });
    if (broken.length === 0) return;
    await append({
      type: 'calibration.broken',
      step,
      picture: await storePicture(picture, 'after', context),
      assumptions: [...broken],
    });
  } catch (error) {
    if (!isPixelproofError(error)) throw error;
    await append({
      type: 'warning',
      code: error.code,
      detail: `the calibration was not checked: ${error.message}`,
    });
  }
}
