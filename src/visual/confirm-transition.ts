import { accountChange } from './account-change.js';
import type { AmbientMap } from './ambient-map.js';
import { type EngineContext, blockedBy } from './engine-context.js';
import { judge } from './judge.js';
import type { Judgement } from './judgement.js';
import type { Look } from './look.js';
import { type MayProve, mayProve } from './may-prove.js';
import { type Observation, lostAsOutcome } from './observe.js';
import { evidenceRegions } from './plan-checkpoint.js';
import type { Outcome, Pending } from './transition.js';
import type { ChangeAccount, Verdict } from './transition-record.js';

const TIMEOUT_MS = 2500;
const SETTLE_MS = 160;
/** After the timeout the watch for a late effect goes on this long before anything but an idempotent step is done again. */
const LATE_MS = 1500;
/** A timeout learned from late effects never grows beyond this. */
const TIMEOUT_CEILING_MS = 10_000;
/** Judging an old input takes at least this long, however long ago it left. */
const RESUME_MS = 600;
/** Whatever changes is looked at when it does, at first, when most effects come; then with pauses, to leave the page room. */
const EAGER_MS = 500;
const PAUSE_MS = 40;

const UNREAD: Record<Extract<MayProve, { ok: false }>['reason'], string> = {
  'before-input': 'frame-before-input',
  target: 'frame-of-another-target',
  viewport: 'frame-of-another-viewport',
  'device-scale-factor': 'frame-of-another-device-scale-factor',
};

/**
 * Looks until the transition is decided. `proved` needs the proof to hold on a frame captured after the input, and to
 * hold still `settleMs` later. Blockers and a lost browser interrupt; resuming goes on from the same picture before.
 */
export async function confirmTransition(
  pending: Pending,
  context: EngineContext,
  { recovering, signal }: Readonly<{ recovering?: string; signal?: AbortSignal }>,
): Promise<Outcome> {
  const { clock, calibration, screens, ambient, observe } = context;
  const { step, stepName, before, region } = pending;
  const settleMs = step.settleMs ?? SETTLE_MS;
  const timeoutMs = Math.max(step.timeoutMs ?? TIMEOUT_MS, context.learnedTimeouts.get(stepName) ?? 0);
  const lateMs = step.effect === 'idempotent' ? 0 : LATE_MS;
  const watchUntil = Math.max(pending.sentAtMs + timeoutMs + lateMs, clock.nowMs() + RESUME_MS);
  const watch = new Watch(pending);

  for (;;) {
    const eagerMs = pending.sentAtMs + EAGER_MS - clock.nowMs();
    const next = (): Promise<Observation> =>
      watch.provedAt === null && eagerMs > 0
        ? observe.change(region, { timeoutMs: eagerMs, signal })
        : observe.now(region, signal);
    const observed = await lostAsOutcome(next, watch.interruptible());
    if ('lost' in observed) return observed.lost;
    const { frame, look } = observed.value;
    watch.captures += 1;
    const allowed = pending.scope === null ? ({ ok: true } as const) : mayProve(frame, pending.scope);
    if (!allowed.ok) watch.unread = UNREAD[allowed.reason];
    else if (look.flat) watch.unread = 'flat-frame';
    else {
      const probedAt = clock.nowMs();
      const by = blockedBy(context, look, { recovering, stepBlockers: step.blockedBy });
      const judgement = judge(step.proves, { before, now: look, calibration, screens, ambient });
      const changed = differs(before, look, ambient);
      const moved = watch.last === null || differs(watch.last.look, look, ambient);
      context.onProbed(clock.nowMs() - probedAt);
      const { requestedAtMs, receivedAtMs } = frame.provenance;
      watch.see({ observation: observed.value, judgement, changed, moved, at: receivedAtMs });
      if (by !== null) {
        return { kind: 'interrupted', interruption: { kind: 'blocked', by }, pending: watch.interruptible() };
      }
      if (watch.provedAt !== null && requestedAtMs - watch.provedAt >= settleMs) {
        // After an interruption the time it took says nothing about the effect.
        const late = pending.interruptions.length === 0 && watch.provedAt > pending.sentAtMs + timeoutMs;
        if (late) {
          const seen = (watch.provedAt - pending.sentAtMs) * 1.5;
          context.learnedTimeouts.set(stepName, Math.min(TIMEOUT_CEILING_MS, seen));
        }
        return verdict('proved', judgement.reason, { settledAt: receivedAtMs, late });
      }
    }
    const now = clock.nowMs();
    // A proof that was seen and can be looked at no more, as on a screen gone black, is not waited for without end.
    const seenUntil = watch.provedAt === null ? 0 : watch.provedAt + settleMs + RESUME_MS;
    if (now >= Math.max(watchUntil, seenUntil)) break;
    await clock.sleep(pause(now), signal);
  }

  if (watch.last === null || watch.judgement === null || watch.provedAt !== null) {
    return verdict('ambiguous', watch.unread);
  }
  if (watch.judgement.truth === 'unsure') return verdict('ambiguous', watch.judgement.reason);
  if (!watch.changed) return verdict('no-effect', watch.judgement.reason);
  const still = clock.nowMs() - watch.lastChangeAt >= settleMs;
  return still ? verdict('wrong-effect', watch.judgement.reason) : verdict('ambiguous', 'not-settled');

  function pause(now: number): number {
    if (watch.provedAt !== null) return Math.max(0, watch.provedAt + settleMs - now);
    return now - pending.sentAtMs < EAGER_MS ? 0 : PAUSE_MS;
  }

  function verdict(
    value: Verdict,
    reason: string,
    { settledAt = null, late = false }: Readonly<{ settledAt?: number | null; late?: boolean }> = {},
  ): Outcome {
    const since = (at: number | null): number | null => (at === null ? null : round(at - pending.lookedAtMs));
    const counted = value === 'proved' && countsAsUnit(pending, watch.last!.look, context);
    const regions = evidenceRegions(step.proves, context);
    const nothing: ChangeAccount = { score: 0, bbox: null, tiles: [], unexplained: 0 };
    return {
      kind: 'verdict',
      late: false,
      pending: watch.interruptible(),
      after: watch.last === null ? null : context.pictures.whole(watch.last),
      record: {
        intentId: pending.intentId,
        step: stepName,
        attempt: pending.attempt,
        effect: step.effect,
        verdict: value,
        reason,
        region,
        action: pending.action,
        instants: {
          inputSentMs: since(pending.sentAtMs),
          firstChangeMs: since(watch.firstChangeAt),
          firstProvedMs: since(watch.provedAt),
          settledMs: since(settledAt),
          decidedMs: since(clock.nowMs())!,
        },
        proof: watch.judgement,
        interruptions: pending.interruptions,
        change:
          watch.last === null ? nothing : accountChange({ before, after: watch.last.look, ambient }, regions),
        before: pending.beforeRef,
        evidence: pending.evidenceRefs,
        degraded: value === 'proved' && (late || isFallback(pending)),
        captures: watch.captures,
        units: counted ? 1 : 0,
      },
    };
  }
}

function isFallback({ action }: Pending): boolean {
  return action.kind === 'click' && action.foundBy === 'fallback';
}

function differs(earlier: Look, later: Look, ambient: AmbientMap): boolean {
  return later !== earlier && accountChange({ before: earlier, after: later, ambient }, []).bbox !== null;
}

/** What the watch has seen so far. */
class Watch {
  readonly #pending: Pending;
  captures: number;
  last: Observation | null = null;
  judgement: Judgement | null = null;
  /** Why the last frame that could not be read could not. */
  unread = 'flat-frame';
  changed = false;
  firstChangeAt: number | null = null;
  /** When the picture last moved, ambient motion excluded. */
  lastChangeAt = 0;
  /** Since when the proof has held without a gap. */
  provedAt: number | null = null;

  constructor(pending: Pending) {
    this.#pending = pending;
    this.captures = pending.captures;
  }

  see({
    observation,
    judgement,
    changed,
    moved,
    at,
  }: Readonly<{
    observation: Observation;
    judgement: Judgement;
    /** From before the input. */
    changed: boolean;
    /** From the look before. */
    moved: boolean;
    at: number;
  }>): void {
    if (moved) this.lastChangeAt = at;
    this.last = observation;
    this.judgement = judgement;
    this.changed = changed;
    if (changed) this.firstChangeAt ??= at;
    if (judgement.truth === 'holds') this.provedAt ??= at;
    else this.provedAt = null;
  }

  interruptible(): Pending {
    return { ...this.#pending, captures: this.captures };
  }
}

function countsAsUnit(
  { step, before }: Pending,
  now: Look,
  { calibration, screens, ambient }: EngineContext,
): boolean {
  if (step.unit === undefined || step.unit === true) return step.unit === true;
  return judge(step.unit, { before, now, calibration, screens, ambient }).truth === 'holds';
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
