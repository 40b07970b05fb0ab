import { PixelproofError } from '../core/index.js';
import type { Step } from '../visual/index.js';
import { type IntentCounter, close, journalOf, recover, withdraw } from './perform-step.js';
import type { RunContext } from './run-context.js';

/** How long each window waits for an effect that nobody caused; most proofs come within it. */
const WINDOW_MS = 500;

export interface PlaceboResult {
  /** Windows in which a proof was waited for. */
  readonly windows: number;
  /** Of these, how many were called proved. */
  readonly confirmed: number;
}

/**
 * The flow's steps in turn, each from the look before to the verdict, with an actuator that sends nothing: whatever is
 * proved is a false proof. Steps that find nothing to act on, or whose proof holds already, are passed over.
 *
 * Errors: PXP_FLOW when no step has anything to act on; those of a step.
 */
export async function runPlacebo(
  windows: number,
  context: RunContext,
  options: Readonly<{ intents: IntentCounter }>,
): Promise<PlaceboResult> {
  const { flow, engine, signal } = context;
  const steps = Object.entries(flow.steps);
  let counted = 0;
  let confirmed = 0;
  for (let turn = 0, idle = 0; counted < windows; turn++) {
    if (idle === steps.length) {
      throw new PixelproofError('PXP_FLOW', 'no step has anything to act on here', {
        what: '--placebo',
        expected: 'a screen on which a step could act',
        received: steps.map(([name]) => name).join(', '),
      });
    }
    const [stepName, step] = steps[turn % steps.length];
    const outcome = await engine.transition({
      ...{ intentId: options.intents.next(), stepName, step: withoutInput(step), attempt: 1, signal },
      journal: journalOf(context),
    });
    idle++;
    if (outcome.kind === 'interrupted' && outcome.interruption.kind === 'lost') {
      await recover(outcome.interruption, context, options);
    }
    if (outcome.kind === 'stale') {
      await withdraw(stepName, outcome, context);
      idle = 0;
    }
    if (outcome.kind !== 'verdict') continue;
    const { verdict } = await close(outcome, context);
    idle = 0;
    counted++;
    if (verdict === 'proved') confirmed++;
  }
  return { windows: counted, confirmed };
}

/** Nothing was sent, so nothing comes late. */
function withoutInput(step: Step): Step {
  return { ...step, effect: 'idempotent', timeoutMs: WINDOW_MS };
}
