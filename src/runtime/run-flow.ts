import { type Clock, PixelproofError, UnitCount, isPixelproofError } from '../core/index.js';
import type { Evidence, Sight, TransitionRecord, Verdict, VisualEngine } from '../visual/index.js';
import type { ArtifactStore } from './artifact-store.js';
import type { FlowDefinition, Ui } from './flow.js';
import {
  type IntentCounter,
  MAX_RECOVERIES,
  keepLooking,
  performStep,
  pictureOfNow,
  prepareSession,
  recover,
} from './perform-step.js';
import { type PlaceboResult, runPlacebo } from './run-placebo.js';
import { resolveOpenIntents } from './resolve-open-intents.js';
import { checkCalibration, explainFailure } from './check-calibration.js';
import type { DriftPort } from './drift.js';
import type { RunContext, SessionPort } from './run-context.js';
import type { RunMetrics } from './run-metrics.js';
import type { Lease, LeaseHolder, RunStore } from './run-store.js';
import { StepFailure } from './step-failure.js';
import type { RunState, StoredEvent, TimelineEvent } from './timeline.js';

const LEASE_TTL_MS = 30_000;
const HEARTBEAT_MS = 5000;

export interface RunOptions {
  readonly runId: string;
  readonly flow: FlowDefinition;
  /** What no two runs may work on at once. */
  readonly target: string;
  readonly holder: Omit<LeaseHolder, 'runId'>;
  readonly isAlive: (holder: LeaseHolder) => boolean;
  readonly store: RunStore;
  readonly artifacts: ArtifactStore;
  readonly metrics: RunMetrics;
  readonly clock: Clock;
  readonly random?: () => number;
  /** Layers 1 and 2, made when the run may write: both put events on its timeline. */
  readonly open: (append: (event: TimelineEvent) => void) => Promise<{
    readonly session: SessionPort;
    readonly engine: VisualEngine;
    readonly close: () => Promise<void>;
  }>;
  /** Default: nothing is remembered. */
  readonly drift?: DriftPort;
  /** In place of the flow: so many windows in which its proofs are waited for; the actuator has to send nothing. */
  readonly placebo?: number;
  /** Aborts to ask for a drain: the unit under way is finished. */
  readonly drain?: AbortSignal;
  /** Aborts to stop at once. */
  readonly abort?: AbortSignal;
  readonly onEvent?: (event: StoredEvent) => void;
}

export interface RunResult {
  readonly runId: string;
  readonly outcome: Extract<RunState, 'done' | 'parked' | 'failed' | 'cancelled'>;
  /** Why it did not end in done. */
  readonly error: unknown;
  readonly units: number;
  /** Review items it opened; a flow that catches a StepFailure may end in done and leave some. */
  readonly reviews: number;
  /** Final verdicts, one per intent. */
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>;
  /** Per proved transition, in order. */
  readonly cycleMs: readonly number[];
  readonly confirmMs: readonly number[];
  /** Of a run with `placebo`. */
  readonly placebo: PlaceboResult | null;
}

/**
 * One run of a flow from lease to end. Takes the lease, prepares the session, learns ambient motion, decides by looking
 * what an earlier run left undecided, and then lets the flow run. Always ends in done, parked (a person has to look), failed or
 * cancelled; the timeline says which, and why.
 *
 * Errors: PXP_LEASE when another run holds the target; PXP_STORE. Everything later is in the result.
 */
export async function runFlow(options: RunOptions): Promise<RunResult> {
  const { runId, flow, target, store, clock } = options;
  const lease = await store.acquireLease({
    target,
    holder: { runId, ...options.holder },
    ttlMs: LEASE_TTL_MS,
    isAlive: options.isAlive,
  });
  const stopNow = new AbortController();
  const passOn = (): void => stopNow.abort(options.abort?.reason);
  options.abort?.addEventListener('abort', passOn, { once: true });
  if (options.abort?.aborted === true) passOn();
  const heartbeat = keepLease({ store, lease, clock, onLost: (error) => stopNow.abort(error) });
  try {
    await store.createRun({ runId, flow: flow.name, lease });
    return await new Run(options, lease, stopNow.signal).toItsEnd();
  } finally {
    options.abort?.removeEventListener('abort', passOn);
    await heartbeat.stop();
    // Best effort: a lease that cannot be given back runs out by itself, and how the run ended is worth more.
    await store.releaseLease(lease).catch(() => undefined);
  }
}

function keepLease({
  store,
  lease,
  clock,
  onLost,
}: Readonly<{ store: RunStore; lease: Lease; clock: Clock; onLost: (error: unknown) => void }>): {
  stop: () => Promise<void>;
} {
  const stopping = new AbortController();
  const beat = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await clock.sleep(HEARTBEAT_MS, stopping.signal);
      await store.renewLease(lease, { ttlMs: LEASE_TTL_MS });
    }
  };
  const beating = beat().catch((error: unknown) => {
    if (!stopping.signal.aborted) onLost(error);
  });
  return {
    async stop() {
      stopping.abort();
      await beating;
    },
  };
}

/** One run's state while it lasts. */
class Run {
  readonly #options: RunOptions;
  readonly #lease: Lease;
  readonly #signal: AbortSignal;
  /** By intent: a late effect replaces the verdict that was given too early. */
  readonly #verdicts = new Map<string, Verdict>();
  readonly #cycleMs: number[] = [];
  readonly #confirmMs: number[] = [];
  readonly #count = new UnitCount();
  #reviews = 0;
  #placebo: PlaceboResult | null = null;
  #startedAt: number;
  #intents = 0;
  /** A unit has been begun and not been counted: draining waits for it. */
  #unitOpen = false;
  /** Events are appended one after the other, also those nobody waits for. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(options: RunOptions, lease: Lease, signal: AbortSignal) {
    this.#options = options;
    this.#lease = lease;
    this.#signal = signal;
    this.#startedAt = options.clock.nowMs();
  }

  async toItsEnd(): Promise<RunResult> {
    const { runId, flow, metrics } = this.#options;
    let error: unknown = null;
    let close = (): Promise<void> => Promise.resolve();
    const stopListening = this.#recordStops();
    try {
      await this.#append({ type: 'run.state', state: 'preparing', reason: 'lease granted' });
      const opened = await this.#options.open((event) => void this.#append(event).catch(() => undefined));
      close = opened.close;
      const context = this.#context(opened);
      await this.#work(context).catch(async (failure: unknown) => {
        await explainFailure(failure, context);
        throw failure;
      });
    } catch (caught) {
      error = caught;
    }
    const end = (): RunResult['outcome'] =>
      outcomeOf(error, this.#options.drain?.aborted === true || this.#options.abort?.aborted === true);
    const reason = error === null ? 'the flow ended' : reasonOf(error);
    try {
      await this.#append({ type: 'run.state', state: end(), reason });
    } catch (caught) {
      // A run is done when its timeline says so. Without the lease, whoever has it now has marked this run.
      error ??= caught;
    }
    const outcome = end();
    stopListening();
    // Best effort: what does not close does not change how the run ended.
    await close().catch(() => undefined);
    metrics.runEnded(flow.name, outcome);
    const verdicts: Partial<Record<Verdict, number>> = {};
    for (const verdict of this.#verdicts.values()) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    return {
      ...{ runId, outcome, error, units: this.#count.units, reviews: this.#reviews, verdicts },
      ...{ cycleMs: this.#cycleMs, confirmMs: this.#confirmMs, placebo: this.#placebo },
    };
  }

  /** Puts requests to stop on the timeline; answers the way to end that. */
  #recordStops(): () => void {
    const { drain, abort } = this.#options;
    const stops = (
      [
        ['drain', drain],
        ['abort', abort],
      ] as const
    ).map(([mode, signal]) => {
      const record = (): void => {
        // Best effort: the run stops whether or not that could be written down.
        this.#append({ type: 'stop.requested', mode, by: reasonOf(signal?.reason) }).catch(() => undefined);
      };
      if (signal?.aborted === true) record();
      else signal?.addEventListener('abort', record, { once: true });
      return () => signal?.removeEventListener('abort', record);
    });
    return () => {
      for (const stop of stops) stop();
    };
  }

  async #work(context: RunContext): Promise<void> {
    const { flow, engine, signal, append } = context;
    const intents: IntentCounter = { next: () => `${context.runId}:${++this.#intents}` };
    await prepareSession(context);
    const { share, tiles } = await keepLooking(() => engine.learnAmbient({ signal }), context, { intents });
    await append({ type: 'ambient.learned', share, tiles });
    await append({
      type: 'run.state',
      state: 'running',
      reason: `ambient motion in ${(100 * share).toFixed(1)} % of the viewport`,
    });
    await checkCalibration(context, { intents });
    await resolveOpenIntents(await this.#options.store.openIntents(this.#options.target), context, {
      intents,
    });
    const { placebo } = this.#options;
    if (placebo === undefined) await flow.run(this.#ui(context, intents));
    else this.#placebo = await runPlacebo(placebo, context, { intents });
  }

  #ui(context: RunContext, intents: IntentCounter): Ui {
    const { flow, engine, clock, signal, append } = context;
    const stopIfAsked = (): void => {
      if (this.#options.drain?.aborted === true && !this.#unitOpen) {
        throw new PixelproofError('PXP_STOPPED', 'the run was asked to stop');
      }
    };
    const unclear = async (reason: string, looked: Evidence): Promise<StepFailure> => {
      const step = 'look';
      const picture = await pictureOfNow(context);
      await append({
        type: 'review.opened',
        intentId: null,
        step,
        verdict: 'ambiguous',
        reason,
        pictures: picture === null ? [] : [picture],
      });
      return new StepFailure('the screen does not say', { step, record: null, received: reason, looked });
    };
    /** What a look answers, once blockers are out of the way. */
    const unblocked = async <T>(look: () => Promise<Sight<T>>): Promise<T> => {
      stopIfAsked();
      for (let recoveries = 0; ; recoveries++) {
        const sight = await keepLooking(look, context, { intents });
        if (sight.kind === 'seen') return sight.seen;
        const interruption = { kind: 'blocked', by: sight.by } as const;
        const mayRecover = recoveries < MAX_RECOVERIES;
        if (mayRecover && (await recover(interruption, context, { intents })) !== null) continue;
        throw await unclear(`blocked by ${sight.by}`, flow.session.blockers![sight.by].when);
      }
    };
    const sees = async (evidence: Evidence): Promise<boolean> => {
      const { truth, predicate, reason } = await unblocked(() => engine.see(evidence, { signal }));
      if (truth === 'unsure') throw await unclear(`${predicate} is unsure: ${reason}`, evidence);
      return truth === 'holds';
    };
    return {
      sees,
      where: async () => {
        const where = await unblocked(() => engine.where({ signal }));
        const { screen, score, margin, reason } = where;
        await append({ type: 'screen.seen', screen, score, margin, reason });
        return where;
      },
      isEmpty: (list) => sees({ kind: 'listEmpty', list }),
      step: async (name) => {
        stopIfAsked();
        const beganAt = clock.nowMs();
        const record = await performStep(name, context, { intents });
        if (record !== null) this.#time(record, clock.nowMs() - beganAt);
        return record;
      },
    };
  }

  /** A step that is a unit begins one when it is proved and none has been counted since; one that is none neither begins nor ends any. */
  #keepUnitOpen({ intentId, step, verdict }: TransitionRecord): void {
    if (this.#count.since(intentId) > 0) this.#unitOpen = false;
    else if (verdict === 'proved' && this.#options.flow.steps[step].unit !== undefined) this.#unitOpen = true;
  }

  #time({ instants }: TransitionRecord, cycleMs: number): void {
    this.#cycleMs.push(cycleMs);
    if (instants.firstProvedMs !== null && instants.inputSentMs !== null) {
      this.#confirmMs.push(instants.firstProvedMs - instants.inputSentMs);
    }
    const seconds = (this.#options.clock.nowMs() - this.#startedAt) / 1000;
    this.#options.metrics.unitRate(this.#options.flow.name, this.#count.units / seconds);
  }

  #context({ session, engine }: Readonly<{ session: SessionPort; engine: VisualEngine }>): RunContext {
    const { runId, flow, artifacts, metrics, clock, random = Math.random, drift } = this.#options;
    return {
      ...{ runId, flow, artifacts, metrics, clock, random, drift, session, engine },
      signal: this.#signal,
      append: (event) => this.#append(event),
    };
  }

  #append(event: TimelineEvent): Promise<StoredEvent> {
    const { store, runId, onEvent } = this.#options;
    const appended = this.#tail.then(async () => {
      const stored = await store.append(runId, this.#lease, event);
      if (event.type === 'step.verdict') {
        this.#verdicts.set(event.intentId, event.record.verdict);
      }
      this.#count.add(event);
      if (event.type === 'step.verdict') this.#keepUnitOpen(event.record);
      if (event.type === 'review.opened') this.#reviews++;
      onEvent?.(stored);
      return stored;
    });
    this.#tail = appended.catch(() => undefined);
    return appended;
  }
}

function outcomeOf(error: unknown, stopAsked: boolean): RunResult['outcome'] {
  if (error === null) return 'done';
  if (error instanceof StepFailure || isPixelproofError(error, 'PXP_SESSION_CHALLENGE')) return 'parked';
  if (isPixelproofError(error, 'PXP_STOPPED')) return 'cancelled';
  return stopAsked && isPixelproofError(error, 'PXP_ABORTED') ? 'cancelled' : 'failed';
}

function reasonOf(error: unknown): string {
  return isPixelproofError(error) ? `${error.code}: ${error.message}` : String(error);
}
