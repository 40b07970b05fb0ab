import { PixelproofError, isPixelproofError } from '../core/index.js';
import type { Pending } from '../visual/index.js';
import { type IntentCounter, close, closeAs, fail, judgeInterrupted } from './perform-step.js';
import type { RunContext } from './run-context.js';
import type { IntentEvent } from './timeline.js';

/**
 * Decides what became of inputs whose process died between intent and verdict, by looking, never by clicking: the effect is
 * seen (proved), the pre-state is proved again after the late-effect window (no-effect, so the flow may do it anew), or a
 * person has to say.
 */
export async function resolveOpenIntents(
  open: readonly IntentEvent[],
  context: RunContext,
  options: Readonly<{ intents: IntentCounter }>,
): Promise<void> {
  const { engine, signal } = context;
  for (const { step, intentId } of open) requireStep(step, intentId, context);
  // What a recovery of one of them has done counts from here on.
  for (const { step, intentId } of open)
    await context.append({ type: 'step.interrupted', intentId, step, kind: 'lost', by: 'process' });
  for (const intent of open) {
    const known = knownOf(intent, context);
    let pending: Pending;
    try {
      pending = await recall(known, intent, context);
    } catch (error) {
      if (!isPixelproofError(error, 'PXP_ARTIFACT')) throw error;
      // Without the picture before there is nothing to judge by, now or ever.
      return fail(await closeAs('unknown', known, { kind: 'lost', by: error.code }, context), context);
    }
    const [interruption] = pending.interruptions;
    if (intent.effect === 'idempotent') {
      // Doing it again is harmless, so nobody needs to know; the flow looks by itself.
      await closeAs('unknown', { ...pending, interruptions: [] }, interruption, context);
      continue;
    }
    const outcome = await judgeInterrupted(await engine.resume(pending, { signal }), context, options);
    if (outcome.kind !== 'verdict') {
      const by = outcome.interruption;
      return fail(await closeAs('unknown', pending, by, context), context);
    }
    const record = await close(outcome, context);
    if (record.verdict !== 'proved' && record.verdict !== 'no-effect') return fail(record, context);
  }
}

function requireStep(stepName: string, intentId: string, { flow }: RunContext): void {
  if (Object.hasOwn(flow.steps, stepName)) return;
  throw new PixelproofError(
    'PXP_FLOW',
    'an input of an earlier run is not judged yet, and its step is gone',
    {
      what: stepName,
      expected: Object.keys(flow.steps).join(', '),
      received: `intent ${intentId}`,
    },
  );
}

/** What the timeline alone says of the intent. */
function knownOf(
  intent: IntentEvent,
  { flow, clock }: RunContext,
): Omit<Pending, 'before' | 'behind' | 'scope'> {
  const { intentId, step: stepName, attempt, action, region, before, behind, evidence } = intent;
  const sentAtMs = clock.nowMs() - Math.max(0, clock.date().getTime() - Date.parse(intent.at));
  return {
    ...{ intentId, stepName, attempt, action, region, sentAtMs },
    step: flow.steps[stepName],
    beforeRef: before,
    behindRef: behind,
    evidenceRefs: evidence,
    lookedAtMs: sentAtMs,
    interruptions: [],
    captures: 0,
  };
}

async function recall(
  known: ReturnType<typeof knownOf>,
  { before, behind }: IntentEvent,
  { engine, artifacts }: RunContext,
): Promise<Pending> {
  return engine.recall({
    ...known,
    before: await artifacts.get(before),
    behind: behind === null ? null : await artifacts.get(behind),
  });
}
