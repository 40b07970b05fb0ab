import { PixelproofError, isLost, isPixelproofError, spellRect } from '../core/index.js';
import type {
  ArtifactRef,
  Evidence,
  Interruption,
  Judged,
  Outcome,
  Pending,
  Picture,
  ScreenChange,
  Step,
  TransitionRecord,
} from '../visual/index.js';
import { backoffMs } from './backoff.js';
import { driftedBy, rememberDrift } from './drift.js';
import type { RunContext } from './run-context.js';
import { StepFailure } from './step-failure.js';
import { storePicture } from './store-picture.js';
import { journalOf } from './transition-journal.js';

const MAX_ATTEMPTS = 4;
/** Interruptions of one step, or one look, that are recovered from before it is given up. */
export const MAX_RECOVERIES = 6;
/** A screen that changes between every look and its input gives nothing to act on. */
const MAX_STALE = 8;
/** A recovery's step may itself be interrupted, by something else. */
const MAX_DEPTH = 3;
const SESSION_ATTEMPTS = 3;
const WAIT_MS = 30_000;

/** Counts the intents of a run, so that each has a name of its own. */
export interface IntentCounter {
  next(): string;
}

type Verdict = Extract<Outcome, { kind: 'verdict' }>;

/** Performs one step to its end: attempts, recoveries, verdicts. Resolves when proved; null when there was nothing to do, or to scroll. */
export async function performStep(
  name: string,
  context: RunContext,
  options: Readonly<{ intents: IntentCounter; recovering?: string; depth?: number }>,
): Promise<TransitionRecord | null> {
  const { flow, engine, clock, metrics, signal, append } = context;
  const step = stepOf(flow.steps, name);
  const { recovering } = options;
  const beganAt = clock.nowMs();
  let previous: Pending | undefined;
  let recoveries = 0;
  let stale = 0;
  for (let attempt = 1; ;) {
    const intentId = options.intents.next();
    const request = {
      intentId,
      stepName: name,
      step,
      attempt,
      journal: journalOf(context),
      previous,
      recovering,
      signal,
    };
    const begun = await engine.transition(request);
    if (begun.kind === 'stale') {
      await withdraw(name, begun, context);
      if (++stale > MAX_STALE) return refuse(name, begun, context);
      continue;
    }
    if (begun.kind === 'interrupted' && begun.pending === null) {
      const { interruption } = begun;
      if (++recoveries > MAX_RECOVERIES || (await recover(interruption, context, options)) === null) {
        return refuse(name, { reason: `${interruption.kind} by ${interruption.by}` }, context);
      }
      // Nothing was done yet: look anew. Of an earlier attempt, the page that is gone was the scope.
      if (previous !== undefined && interruption.kind === 'lost') previous = { ...previous, scope: null };
      continue;
    }
    const outcome = await judgeInterrupted(begun, context, options);
    switch (outcome.kind) {
      case 'already':
        await append({ type: 'step.skipped', step: name, reason: outcome.judgement.reason });
        return null;
      case 'refused':
        return refuse(name, outcome, context);
      case 'interrupted':
        return fail(
          await closeAs(
            outcome.interruption.kind === 'lost' ? 'unknown' : 'blocked',
            outcome.pending!,
            outcome.interruption,
            context,
          ),
          context,
        );
      case 'verdict':
    }
    const record = await close(outcome, context);
    metrics.transition(flow.name, record, clock.nowMs() - beganAt);
    for (const kind of fallbacksOf(record)) metrics.fallback(flow.name, kind);
    const drifted = driftedBy(record);
    if (drifted.length > 0) await rememberDrift(drifted, context);
    if (record.verdict === 'proved') return record;
    if (record.verdict !== 'no-effect' || attempt === MAX_ATTEMPTS) {
      if (!isEndOfList(record)) return fail(record, context);
      await append({ type: 'step.skipped', step: name, reason: record.reason });
      return null;
    }
    metrics.retry(flow.name, name, record.verdict);
    previous = outcome.pending;
    await clock.sleep(backoffMs(attempt, { baseMs: 100, maxMs: 2000, random: context.random }), signal);
    attempt += 1;
  }
}

/**
 * An outcome that was cut off from its verdict after the input had left is judged by looking again from the same picture
 * before, as often as something gets in the way and is removed. Never clicks. Other outcomes come back as they are.
 */
export async function judgeInterrupted<T extends Exclude<Outcome, { kind: 'stale' }>>(
  begun: T,
  context: RunContext,
  options: Readonly<{ intents: IntentCounter; recovering?: string; depth?: number }>,
): Promise<T | Judged> {
  let outcome: T | Judged = begun;
  for (let n = 0; n < MAX_RECOVERIES; n++) {
    if (outcome.kind !== 'interrupted' || outcome.pending === null) break;
    const { interruption, pending } = outcome;
    const { intentId, stepName } = pending;
    await context.append({ type: 'step.interrupted', intentId, step: stepName, ...interruption });
    const recovered = await recoverOrFail(interruption, context, options);
    if (recovered === null) break;
    const scope = interruption.kind === 'lost' ? null : pending.scope;
    const interruptions = [...pending.interruptions, { ...interruption, ...recovered }];
    const again = { ...pending, scope, interruptions };
    outcome = await context.engine.resume(again, { recovering: options.recovering, signal: context.signal });
  }
  return outcome;
}

/** The same for a step whose input has left: a recovery that fails, and has its own review, leaves it to be closed. */
async function recoverOrFail(...args: Parameters<typeof recover>): Promise<Recovered | null> {
  try {
    return await recover(...args);
  } catch (failure) {
    if (failure instanceof StepFailure) return null;
    throw failure;
  }
}

/** What a recovery was proved to do beside removing what was in the way. */
type Recovered = Pick<Interruption, 'took' | 'units'>;

/** Removes what is in the way. Null when nothing is known that does. */
export async function recover(
  { kind, by }: Interruption,
  context: RunContext,
  { intents, depth = 0 }: Readonly<{ intents: IntentCounter; depth?: number }>,
): Promise<Recovered | null> {
  const blocker = kind === 'blocked' ? context.flow.session.blockers?.[by] : undefined;
  if (depth >= MAX_DEPTH || (kind === 'blocked' && blocker === undefined)) {
    await context.append({ type: 'recovery', by, how: 'none', ok: false });
    return null;
  }
  const how = blocker?.recover ?? 'relogin';
  let ok = true;
  let recovered: Recovered = {};
  if (how === 'relogin') await prepareSession(context);
  else if (how === 'wait') ok = await waitUntilGone(blocker!.when, context, { intents, depth: depth + 1 });
  else {
    const record = await performStep(how.step, context, { intents, recovering: by, depth: depth + 1 });
    if (record?.took !== undefined) recovered = { took: record.took, units: record.units };
  }
  await context.append({ type: 'recovery', by, how: typeof how === 'string' ? how : `step ${how.step}`, ok });
  return ok ? recovered : null;
}

/** A look that needs no state from before: when the browser is lost during it, the session is prepared and it begins anew. */
export async function keepLooking<T>(
  look: () => Promise<T>,
  context: RunContext,
  options: Readonly<{ intents: IntentCounter; depth?: number }>,
): Promise<T> {
  for (let recoveries = 0; ; recoveries++) {
    try {
      return await look();
    } catch (error) {
      if (!isLost(error) || recoveries === MAX_RECOVERIES) throw error;
      if ((await recover({ kind: 'lost', by: error.code }, context, options)) === null) throw error;
    }
  }
}

/** Prepares the session, again with backoff when what failed may pass. */
export async function prepareSession({ session, clock, signal, random, append }: RunContext): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await session.prepare({ signal });
      return;
    } catch (error) {
      if (!isPixelproofError(error) || !error.retryable || attempt === SESSION_ATTEMPTS) throw error;
      await append({ type: 'warning', code: error.code, detail: error.message });
      await clock.sleep(backoffMs(attempt, { baseMs: 1000, maxMs: 8000, random }), signal);
    }
  }
}

/** Stores the picture after, commits the verdict, and answers the whole record. */
export async function close(outcome: Verdict, context: RunContext): Promise<TransitionRecord> {
  const after = outcome.after === null ? null : await storePicture(outcome.after, 'after', context);
  const record: TransitionRecord = { ...outcome.record, after };
  const { intentId, step, instants } = record;
  if (outcome.late) {
    const afterMs = (instants.firstProvedMs ?? instants.decidedMs) - (instants.inputSentMs ?? 0);
    await context.append({ type: 'step.late-effect', intentId, step, afterMs });
  }
  await context.append({ type: 'step.verdict', intentId, record });
  return record;
}

/** Closes an intent for which nothing was sent. */
async function withdraw(
  step: string,
  { intentId, reason, change }: Extract<Outcome, { kind: 'stale' }>,
  { append }: RunContext,
): Promise<void> {
  await append({ type: 'step.withdrawn', intentId, step, reason, where: change?.where });
}

/** A list that no attempt could scroll, and that surely stands where it stood, has nothing more to show: that is no failure. */
function isEndOfList({ verdict, reason }: TransitionRecord): boolean {
  return verdict === 'no-effect' && reason === 'end-of-list';
}

/** Opens a review item with all pictures and rejects: whatever it was, it is not done again blindly. */
export async function fail(record: TransitionRecord, { append }: RunContext): Promise<never> {
  const { intentId, step, verdict, reason, before, behind, after, evidence } = record;
  const pictures = [behind, before, after].filter((each) => each !== null).concat(evidence);
  await append({ type: 'review.opened', intentId, step, verdict, reason, pictures });
  const { bbox } = record.change;
  const elsewhere = reason === 'changed-elsewhere' && bbox !== null ? `, ${spellRect(bbox)}` : '';
  throw new StepFailure(`the step was not proved (${reason}${elsewhere})`, {
    step,
    record,
    received: verdict,
  });
}

/** Ends an intent without having judged it. Of what blocks it a picture is kept; a browser that is lost shows none. */
export async function closeAs(
  verdict: 'blocked' | 'unknown',
  pending: Omit<Pending, 'before' | 'behind' | 'scope'>,
  interruption: Interruption,
  context: RunContext,
): Promise<TransitionRecord> {
  const { append, clock } = context;
  const after = verdict === 'blocked' ? await pictureOfNow(context) : null;
  const record: TransitionRecord = {
    intentId: pending.intentId,
    step: pending.stepName,
    attempt: pending.attempt,
    effect: pending.step.effect,
    verdict,
    reason: interruption.by,
    region: pending.region,
    action: pending.action,
    instants: {
      inputSentMs: pending.sentAtMs - pending.lookedAtMs,
      firstChangeMs: null,
      firstProvedMs: null,
      settledMs: null,
      decidedMs: clock.nowMs() - pending.lookedAtMs,
    },
    proof: null,
    interruptions: [...pending.interruptions, interruption],
    change: { score: 0, bbox: null, tiles: [], unexplained: 0 },
    before: pending.beforeRef,
    behind: pending.behindRef,
    after,
    evidence: pending.evidenceRefs,
    reach: 'near',
    degraded: false,
    captures: pending.captures,
    units: 0,
  };
  await append({ type: 'step.verdict', intentId: record.intentId, record });
  return record;
}

/** The whole screen; null where it cannot be looked at any more, which takes nothing away from the verdict. */
export async function pictureOfNow(context: RunContext): Promise<ArtifactRef | null> {
  try {
    return await storePicture(await context.engine.picture({ signal: context.signal }), 'after', context);
  } catch (error) {
    if (!isPixelproofError(error)) throw error;
    return null;
  }
}

async function refuse(
  step: string,
  {
    reason,
    change = null,
    picture = change?.after ?? null,
  }: Readonly<{ reason: string; change?: ScreenChange | null; picture?: Picture | null }>,
  context: RunContext,
): Promise<never> {
  const before = change === null ? [] : [change.before];
  const pictures = picture === null ? before : [...before, await storePicture(picture, 'after', context)];
  const where = change?.where;
  const detail =
    where === undefined
      ? 'nothing was clicked'
      : `nothing was clicked: the screen goes on changing, last ${where}`;
  await context.append({ type: 'step.refused', step, reason, detail });
  await context.append({
    type: 'review.opened',
    intentId: null,
    step,
    verdict: 'ambiguous',
    reason,
    pictures,
  });
  throw new StepFailure(`${detail} (${reason})`, { step, record: null, received: 'ambiguous' });
}

async function waitUntilGone(
  when: Evidence,
  context: RunContext,
  options: Readonly<{ intents: IntentCounter; depth: number }>,
): Promise<boolean> {
  const { engine, clock, signal } = context;
  const dueAt = clock.nowMs() + WAIT_MS;
  while (clock.nowMs() < dueAt) {
    const look = () => engine.see(when, { watchBlockers: false, signal });
    const sight = await keepLooking(look, context, options);
    if (sight.kind === 'seen' && sight.seen.truth === 'fails') return true;
    await clock.sleep(200, signal);
  }
  return false;
}

/** What a proof was owed to beyond the calibrated places. */
function fallbacksOf({
  degraded,
  action,
  reach,
}: TransitionRecord): ('click_point' | 'region' | 'wide_scan')[] {
  if (!degraded) return [];
  const found = 'foundBy' in action ? action.foundBy : null;
  return [
    ...(found === 'fallback' ? ['click_point' as const] : []),
    ...(found === 'region' || reach === 'region' ? ['region' as const] : []),
    ...(reach === 'wide' ? ['wide_scan' as const] : []),
  ];
}

function stepOf(steps: Readonly<Record<string, Step>>, name: string): Step {
  if (Object.hasOwn(steps, name)) return steps[name];
  throw new PixelproofError('PXP_FLOW', 'the flow has no such step', {
    what: name,
    expected: Object.keys(steps).join(', '),
    received: name,
  });
}
