import { isPixelproofError } from '../core/index.js';
import { rememberDrift } from './drift.js';
import { type IntentCounter, keepLooking } from './perform-step.js';
import type { RunContext } from './run-context.js';
import { StepFailure } from './step-failure.js';
import { storePicture } from './store-picture.js';

/** What a run begins with: how well the calibration fits, and what will not fit for long. */
export async function checkCalibration(
  context: RunContext,
  options: Readonly<{ intents: IntentCounter }>,
): Promise<void> {
  const { flow, engine, signal, append } = context;
  const { assumptions } = await keepLooking(
    () => engine.check(flow.session.ready, { signal }),
    context,
    options,
  );
  const named = (wanted: string): string[] =>
    assumptions.filter(({ state }) => state === wanted).map(({ name }) => name);
  const failing = await rememberDrift(assumptions, context);
  await append({
    type: 'calibration.checked',
    held: named('held').length,
    drifted: named('drifted'),
    broken: named('broken'),
    failing: [...failing],
  });
}

/**
 * After a step has failed, or the session has not become ready: what of the calibration the step goes by does not hold on the screen as it is now,
 * with the picture and what to write instead. Says nothing when all holds. What fails here, as with a browser that is gone, takes nothing away from the failure.
 */
export async function explainFailure(failure: unknown, context: RunContext): Promise<void> {
  const step = failure instanceof StepFailure ? failure.step : 'session';
  // An application that never shows as ready may be there, and look otherwise than calibrated.
  if (step === 'session' && !isPixelproofError(failure, 'PXP_SESSION')) return;
  const { flow, engine, signal, append } = context;
  const about =
    failure instanceof StepFailure ? (failure.looked ?? flow.steps[failure.step]) : flow.session.ready;
  try {
    const { broken, picture } = await engine.check(about, { signal });
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
