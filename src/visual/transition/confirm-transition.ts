import { intersect, sameRect, sizeRect } from '../../core/index.js';
import { changeScore } from '../../probe/index.js';
import { accountChange } from '../motion/account-change.js';
import { type AmbientMap, ROUNDING } from '../motion/ambient-map.js';
import { BLINKS_MS, BLINK_MS, mayBlink } from '../motion/blink.js';
import { type Behind, type EngineContext, blockedBy } from '../engine-context.js';
import { judge } from '../judge.js';
import type { Evidence } from '../evidence.js';
import type { Judgement } from '../judgement.js';
import type { Look } from '../look.js';
import { lookFurther } from './look-further.js';
import { type MayProve, mayProve } from './may-prove.js';
import { type Observation, blockedAsOutcome, lostAsOutcome } from './observe.js';
import { type Reach, reachesRegion } from '../reach.js';
import { evidenceRegions } from '../plan-checkpoint.js';
import { openModal } from '../predicates/modal.js';
import { listsTold, recoveriesSince, rowsTaken, takenBeside } from '../list/rows-taken.js';
import type { Step } from '../step.js';
import type { Judged, Pending } from '../transition.js';
import type { ChangeAccount, TransitionRecord, Verdict } from '../transition-record.js';
import { Watch } from './watch.js';

/**
 * A proof has to hold still this long, and longer where the answer took long: what comes double is as late again. What may be
 * done twice without harm is believed sooner.
 */
const SETTLE_MS = 160;
const SETTLE_BASE_MS = 180;
const SETTLE_IDEMPOTENT_BASE_MS = 100;
const SETTLE_PER_LATENCY = 2;
const SETTLE_CEILING_MS = 600;
/**
 * After the deadline the watch for a late effect goes on this long before anything but an idempotent step is done again, and at
 * least until that long after the input, however short a deadline was learned.
 */
const LATE_MS = 1500;
const WATCH_MS = 4000;
/** Judging an old input takes at least this long, however long ago it left; and a screen that is black at the end is waited for. */
const RESUME_MS = 600;
/** Of what may not be done twice, all of the screen is looked at this often, as long as nothing changes where it is watched. */
const ELSEWHERE_MS = 250;
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
): Promise<Judged> {
  const { clock, calibration, ambient, observe, deadlines } = context;
  const { step, stepName, region } = pending;
  const before = pending.before.part(region);
  const behind = pending.behind?.part(intersect(pending.behind.rect, region)) ?? null;
  const [reach] = context.reaches;
  const beside = takenBeside(pending.interruptions);
  const settleMs = (): number => {
    if (step.settleMs !== undefined) return step.settleMs;
    const usual = watch.provedAt === null ? SETTLE_MS : settleFor(step, watch.provedAt - pending.sentAtMs);
    // What began to blink after ambient motion was learned holds still as long as it is on.
    return watch.mayBlink && restsOnChange(step.proves) ? Math.max(usual, BLINK_MS) : usual;
  };
  const timeoutMs = deadlines.of(stepName, step);
  const watchMs = step.effect === 'idempotent' ? timeoutMs : Math.max(timeoutMs + LATE_MS, WATCH_MS);
  const watchUntil = Math.max(pending.sentAtMs + watchMs, clock.nowMs() + RESUME_MS);
  const watch = new Watch(pending);
  let elsewhereAt = pending.sentAtMs + ELSEWHERE_MS;

  for (;;) {
    const looksElsewhere = mayChangeElsewhere();
    if (looksElsewhere && clock.nowMs() >= elsewhereAt) {
      elsewhereAt = clock.nowMs() + ELSEWHERE_MS;
      const observed = await lookEverywhere();
      if ('lost' in observed) return observed.lost;
      watch.elsewhere ||= observed.value.differs;
    }
    const eagerUntil = Math.min(pending.sentAtMs + EAGER_MS, looksElsewhere ? elsewhereAt : Infinity);
    const eagerMs = eagerUntil - clock.nowMs();
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
      const by = blockedBy(context, look, { recovering, stepBlockers: step.blockedBy, clear: before });
      const judgement = judgeAt(reach, look);
      const { bbox } = accountChange({ before, after: look, ambient }, []);
      const moved = watch.last === null || differs(watch.last.look, look, ambient);
      context.onProbed(clock.nowMs() - probedAt);
      const { requestedAtMs, receivedAtMs } = frame.provenance;
      watch.see({
        ...{ observation: observed.value, judgement, moved, at: receivedAtMs },
        changed: bbox !== null,
        mayBlink: bbox !== null && mayBlink(bbox, calibration.deviceScaleFactor),
      });
      if (by !== null) {
        return blockedAsOutcome(by, judgement, watch.interruptible());
      }
      if (watch.provedAt !== null && requestedAtMs - watch.provedAt >= settleMs()) {
        // After an interruption the time it took says nothing about the effect.
        const late = pending.interruptions.length === 0 && watch.provedAt > pending.sentAtMs + timeoutMs;
        if (pending.interruptions.length === 0) {
          deadlines.learn(stepName, watch.provedAt - pending.sentAtMs, { late });
        }
        context.onProved(look, judgement);
        return verdict('proved', judgement.reason, { settledAt: receivedAtMs, late });
      }
    }
    const now = clock.nowMs();
    // A proof that was seen and can be looked at no more, as on a screen gone black, is not waited for without end.
    const seenUntil = watch.provedAt === null ? 0 : watch.provedAt + settleMs() + RESUME_MS;
    if (now >= Math.max(watchUntil, seenUntil)) break;
    await clock.sleep(pause(now), signal);
  }

  if (watch.last === null || watch.judgement === null || watch.provedAt !== null) {
    return verdict('ambiguous', watch.unread);
  }
  if (watch.judgement.truth === 'unsure') {
    const onLook = (): void => {
      watch.captures += 1;
    };
    const proof = await lookFurther(watch.interruptible(), context, {
      settleMs: settleMs(),
      judgeAt,
      onLook,
      recovering,
      signal,
    });
    if (proof === null) return verdict('ambiguous', watch.judgement.reason);
    if ('kind' in proof) return proof;
    watch.judgement = proof.judgement;
    watch.provedAt = proof.provedAt;
    const settledAt = proof.wide.frame.provenance.receivedAtMs;
    context.onProved(proof.wide.look, proof.judgement);
    return verdict('proved', proof.judgement.reason, { ...proof, settledAt });
  }
  if (!watch.changed) return nothingChanged(watch.judgement.reason);
  const still = clock.nowMs() - watch.lastChangeAt >= settleMs();
  return still ? verdict('wrong-effect', watch.judgement.reason) : verdict('ambiguous', 'not-settled');

  /** Nothing differs where it was watched. Of what may not be done twice, nothing may have changed anywhere, at any time. */
  async function nothingChanged(reason: string): Promise<Judged> {
    if (step.effect === 'idempotent') return verdict('no-effect', reason);
    if (pending.interruptions.some(({ proofHeld }) => proofHeld === true)) {
      return verdict('ambiguous', 'proof-and-block');
    }
    if (watch.firstChangeAt !== null) return verdict('ambiguous', 'changed-back');
    const until = clock.nowMs() + RESUME_MS;
    let observed = await lookEverywhere();
    // A black frame says nothing, and the next one may.
    while ('value' in observed && observed.value.wide.look.flat && clock.nowMs() < until) {
      await clock.sleep(PAUSE_MS, signal);
      observed = await lookEverywhere();
    }
    if ('lost' in observed) return observed.lost;
    const { wide, differs } = observed.value;
    if (wide.look.flat) return verdict('ambiguous', 'flat-frame');
    if (differs) return verdict('wrong-effect', 'changed-elsewhere', { wide });
    if (await hasStopped(wide.look)) return verdict('ambiguous', 'ambient-covers', { wide });
    return watch.elsewhere ? verdict('ambiguous', 'changed-back') : verdict('no-effect', reason, { wide });
  }

  /** Whether what moved by itself where the proof looks is another one by now and stands still: the effect may have come there. */
  async function hasStopped(last: Look): Promise<boolean> {
    const places = evidenceRegions(step.proves, { ...context, reach }).filter(
      (place) => last.shows(place) && ambient.share(place) > 0,
    );
    const differ = (a: Look, b: Look): boolean =>
      places.some(
        (place) =>
          changeScore(a.part(place).image, b.part(place).image, { rounding: ROUNDING }).bbox !== null,
      );
    const until = clock.nowMs() + BLINKS_MS;
    if (!differ(pending.before, last)) return false;
    while (clock.nowMs() < until) {
      await clock.sleep(PAUSE_MS, signal);
      const observed = await lostAsOutcome(() => observe.now(last.rect, signal), null);
      // Of a page that is lost now, nothing more is known.
      if ('lost' in observed) return true;
      if (differs(pending.before, observed.value.look, ambient)) return true;
      if (differ(last, observed.value.look)) return false;
      watch.captures += 1;
    }
    return true;
  }

  /** After an interruption, too, what removed the blocker would be seen. */
  function mayChangeElsewhere(): boolean {
    const isFree = step.effect !== 'idempotent' && pending.interruptions.length === 0;
    return isFree && watch.firstChangeAt === null && !sameRect(region, pending.before.rect);
  }

  /** All that the look before showed, and whether anything of it differs now. */
  async function lookEverywhere(): Promise<
    { readonly value: Readonly<{ wide: Observation; differs: boolean }> } | { readonly lost: Judged }
  > {
    const observed = await lostAsOutcome(
      () => observe.now(pending.before.rect, signal),
      watch.interruptible(),
    );
    if ('lost' in observed) return observed;
    watch.captures += 1;
    const { look } = observed.value;
    return {
      value: { wide: observed.value, differs: !look.flat && differs(pending.before, look, ambient) },
    };
  }

  function judgeAt(reach: Reach, now: Look): Judgement {
    return judge(step.proves, { ...context, reach, before, behind, now, takenBeside: beside });
  }

  function pause(now: number): number {
    if (watch.provedAt !== null) return Math.max(0, watch.provedAt + settleMs() - now);
    return now - pending.sentAtMs < EAGER_MS ? 0 : PAUSE_MS;
  }

  function verdict(
    value: Verdict,
    reason: string,
    {
      settledAt = null,
      late = false,
      wide = watch.last,
      reach: reached = reach,
    }: Readonly<{ settledAt?: number | null; late?: boolean; wide?: Observation | null; reach?: Reach }> = {},
  ): Judged {
    const since = (at: number | null): number | null => (at === null ? null : round(at - pending.lookedAtMs));
    const units = value === 'proved' ? unitsOf(pending, wide!.look, { ...context, reach: reached }) : 0;
    const told = { verdict: value, proof: watch.judgement, units };
    context.onBehindPopup(behindNow(pending, told, { look: wide?.look ?? null, calibration }));
    const regions = evidenceRegions(step.proves, { ...context, reach });
    const nothing: ChangeAccount = { score: 0, bbox: null, tiles: [], unexplained: 0 };
    return {
      kind: 'verdict',
      late: false,
      pending: watch.interruptible(),
      after: wide === null ? null : context.pictures.whole(wide),
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
          wide === null
            ? nothing
            : accountChange({ before: pending.before, after: wide.look, ambient }, regions),
        before: pending.beforeRef,
        behind: pending.behindRef,
        evidence: pending.evidenceRefs,
        reach: reached,
        degraded: value === 'proved' && (late || reached !== reach || isBesidePlace(pending, reach)),
        captures: watch.captures,
        units,
        ...(value === 'proved' && rowsTaken(pending.interruptions, watch.judgement)),
      },
    };
  }
}

/** Whether the proof is of any change, not of a certain one. */
function restsOnChange(evidence: Evidence): boolean {
  if (evidence.kind === 'all' || evidence.kind === 'any') return evidence.of.some(restsOnChange);
  if (evidence.kind === 'not') return evidence.of.kind === 'unchanged' || restsOnChange(evidence.of);
  return evidence.kind === 'changed';
}

/** By how long after the input the proof came. */
function settleFor({ effect }: Step, latencyMs: number): number {
  const base = effect === 'idempotent' ? SETTLE_IDEMPOTENT_BASE_MS : SETTLE_BASE_MS;
  const wanted = base + SETTLE_PER_LATENCY * latencyMs;
  return Math.min(SETTLE_CEILING_MS, Math.max(SETTLE_MS, wanted));
}

/** Clicked at a fallback point, or further from the calibrated place than looks reach to begin with. */
function isBesidePlace({ action }: Pending, reach: Reach): boolean {
  if (!('foundBy' in action)) return false;
  return action.foundBy === 'fallback' || (action.foundBy === 'region' && !reachesRegion(reach));
}

function differs(earlier: Look, later: Look, ambient: AmbientMap): boolean {
  return later !== earlier && accountChange({ before: earlier, after: later, ambient }, []).bbox !== null;
}

/** Of a proof that has held: its own unit, and those of recoveries without which it would not hold. */
function unitsOf(
  { step, before, behind, interruptions }: Pending,
  now: Look,
  context: EngineContext & Readonly<{ reach: Reach }>,
): number {
  const holds = (evidence: Evidence, beside: readonly string[]): boolean =>
    judge(evidence, { ...context, before, behind, now, takenBeside: beside }).truth === 'holds';
  const beside = takenBeside(interruptions);
  const { unit = false } = step;
  if (unit === false || (unit !== true && !holds(unit, beside))) return 0;
  if (beside.length === 0 || holds(step.proves, [])) return 1;
  return recoveriesSince(interruptions).reduce((sum, { units = 0 }) => sum + units, 1);
}

/**
 * What is behind the popup that is open after a transition: the screen before the step that opened it, as long as each one since is
 * understood and no row is known to have gone.
 */
function behindNow(
  { before, beforeRef, behind, behindRef }: Pending,
  { verdict, proof, units }: Pick<TransitionRecord, 'verdict' | 'proof' | 'units'>,
  { look, calibration }: Readonly<{ look: Look | null; calibration: EngineContext['calibration'] }>,
): Behind | null {
  const isUnderstood = verdict === 'proved' || verdict === 'no-effect';
  const toldOfRows = proof !== null && listsTold(proof, { orCame: true }).length > 0;
  if (!isUnderstood || units > 0 || toldOfRows || look === null) return null;
  const modal = openModal(look, calibration);
  if (modal === 'none' || modal === 'unclear') return null;
  if (openModal(before, calibration) === 'none') {
    return sameRect(before.rect, sizeRect(calibration.size)) ? { look: before, ref: beforeRef, modal } : null;
  }
  return behind === null || behindRef === null ? null : { look: behind, ref: behindRef, modal };
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
