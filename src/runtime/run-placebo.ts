import type { Outcome, TransitionJournal } from '../visual/index.js';
import { type IntentCounter, close, recover } from './perform-step.js';
import type { RunContext } from './run-context.js';
import { storeEvidence } from './transition-journal.js';

/** So many turns in a row without a window end it: what interrupts them does not go. */
const MAX_IDLE = 8;

export interface PlaceboResult {
  /** Windows in which a proof was waited for: fewer than asked for when no step was left to act. */
  readonly windows: number;
  /** Of these, how many were called proved. */
  readonly confirmed: number;
  /** Steps that were passed over, each by why. */
  readonly skipped: Readonly<Record<string, string>>;
}

/**
 * The flow's steps in turn, each from the look before to the verdict and for as long as it would wait for its own input, with
 * an actuator that sends nothing: whatever is proved is a false proof. Steps that find nothing to act on, or whose proof holds
 * already, are passed over: without input the screen stays as it is.
 *
 * Errors: those of a step.
 */
export async function runPlacebo(
  windows: number,
  context: RunContext,
  options: Readonly<{ intents: IntentCounter }>,
): Promise<PlaceboResult> {
  const { flow, engine, signal } = context;
  const steps = Object.entries(flow.steps);
  const skipped = new Map<string, string>();
  // Without an intent nothing is left for another run to decide, whatever ends this one.
  const journal: TransitionJournal = { intend: (intent) => storeEvidence(intent, context) };
  let counted = 0;
  let confirmed = 0;
  for (let idle = 0; counted < windows && steps.length > 0 && idle < MAX_IDLE;) {
    const [[stepName, step]] = steps;
    const outcome = await engine.transition({
      ...{ intentId: options.intents.next(), stepName, step, attempt: 1, signal },
      journal,
    });
    steps.shift();
    idle++;
    if (outcome.kind === 'already' || outcome.kind === 'refused') {
      skipped.set(stepName, whyNot(outcome));
      idle = 0;
      continue;
    }
    steps.push([stepName, step]);
    if (outcome.kind === 'interrupted') {
      skipped.set(stepName, `${outcome.interruption.kind} by ${outcome.interruption.by}`);
      if (outcome.interruption.kind === 'lost') await recover(outcome.interruption, context, options);
    } else if (outcome.kind === 'stale') {
      skipped.set(stepName, outcome.reason);
    } else {
      const { verdict } = await close(outcome, context);
      skipped.delete(stepName);
      idle = 0;
      counted++;
      if (verdict === 'proved') confirmed++;
    }
  }
  return { windows: counted, confirmed, skipped: Object.fromEntries(skipped) };
}

function whyNot(outcome: Extract<Outcome, { kind: 'already' | 'refused' }>): string {
  return outcome.kind === 'refused' ? outcome.reason : `holds already: ${outcome.judgement.reason}`;
}
