import { type Rect, area, containsRect, sizeRect, spellRect } from '../../core/index.js';
import { accountChange } from '../motion/account-change.js';
import { BLINKS_MS, mayBlink } from '../motion/blink.js';
import { confirmTransition } from './confirm-transition.js';
import { type EngineContext, blockedBy } from '../engine-context.js';
import { judge } from '../judge.js';
import { firstRow, locateTarget } from './locate-target.js';
import type { Judgement } from '../judgement.js';
import type { Look } from '../look.js';
import { type Observation, lostAsOutcome } from './observe.js';
import { planCheckpoint } from '../plan-checkpoint.js';
import { pageBelow } from './page-below.js';
import { openModal } from '../predicates/modal.js';
import type { Reach } from '../reach.js';
import { sendAction } from './send-action.js';
import type { Outcome, Pending, TransitionRequest } from '../transition.js';
import type { Step } from '../step.js';
import type { SentAction } from '../transition-record.js';

/** How long a step waits for something to act on: a readable frame, an enabled button. */
const READY_MS = 6000;
const POLL_MS = 50;
/** What is not found in its calibrated columns is looked for further after so long: it may just not be drawn yet. */
const REACH_AFTER_MS = 1500;

/** Look until there is something to act on, make the intent durable, act, and confirm. */
export async function beginTransition(request: TransitionRequest, context: EngineContext): Promise<Outcome> {
  const { calibration, clock, observe, pictures } = context;
  const everything = sizeRect(calibration.size);
  let watched = planCheckpoint(request.step, {
    ...{ calibration, screens: context.screens, reach: context.reaches[0] },
    blockers: [...context.blockers.values()],
  });
  const startedAt = clock.nowMs();
  const dueAt = startedAt + READY_MS;
  for (let captures = 1; ; captures++) {
    // What may not be done twice is called no effect only when nothing changed anywhere.
    const region = request.step.effect === 'idempotent' ? watched : everything;
    const lookedAtMs = clock.nowMs();
    const observed = await lostAsOutcome(() => observe.now(region, request.signal), null);
    if ('lost' in observed) return observed.lost;
    // A screen that shows something, but not there, is one to act on.
    if (observed.value.look.part(watched).flat) watched = everything;
    const further = clock.nowMs() - startedAt > REACH_AFTER_MS ? (context.reaches.at(1) ?? null) : null;
    const ready = await readiness(observed.value, request, { ...context, further });
    if (ready.kind === 'outcome') return ready.outcome;
    if (ready.kind === 'ready') {
      return act(
        { observation: observed.value, action: ready.action, region: watched, lookedAtMs, captures },
        request,
        context,
      );
    }
    if (clock.nowMs() > dueAt) {
      return { kind: 'refused', reason: ready.waitingFor, picture: pictures.whole(observed.value) };
    }
    await clock.sleep(POLL_MS, request.signal);
  }
}

type Readiness =
  | { readonly kind: 'ready'; readonly action: SentAction }
  | { readonly kind: 'wait'; readonly waitingFor: string }
  | { readonly kind: 'outcome'; readonly outcome: Outcome };

/** Whether this look is one to act on: readable, not blocked, its proof not fulfilled beforehand, its target enabled. */
async function readiness(
  observation: Observation,
  { step, attempt, previous, recovering, signal }: TransitionRequest,
  context: EngineContext & Readonly<{ further: Reach | null }>,
): Promise<Readiness> {
  const { calibration, ambient, pictures, further } = context;
  const [reach] = context.reaches;
  const { look } = observation;
  if (look.flat) return { kind: 'wait', waitingFor: 'flat-frame' };
  const by = blockedBy(context, look, {
    recovering,
    stepBlockers: step.blockedBy,
    clear: context.clearLook(),
    popup: context.popupLook(),
  });
  if (by !== null) {
    return outcome({ kind: 'interrupted', interruption: { kind: 'blocked', by }, pending: null });
  }
  if (
    previous !== undefined &&
    accountChange({ before: previous.before, after: look, ambient }, []).bbox !== null
  ) {
    // The pre-state of the retry does not hold any more: the earlier input may have taken effect after all.
    const again = await confirmTransition(previous, context, { recovering, signal });
    if (again.kind !== 'verdict' || again.record.verdict !== 'no-effect') {
      return outcome(again.kind === 'verdict' ? { ...again, late: true } : again);
    }
    // Judging took a while, and what differed is gone: this look is too old to act on.
    return { kind: 'wait', waitingFor: 'pre-state' };
  }
  const proof = await lostAsOutcome(() => proofBefore(observation, step, { ...context, signal }), null);
  if ('lost' in proof) return outcome(proof.lost);
  const { judgement: already, seenOn } = proof.value;
  if (already.truth === 'holds') {
    return outcome(
      step.effect === 'idempotent'
        ? { kind: 'already', judgement: already }
        : { kind: 'refused', reason: 'vacuous-proof', picture: pictures.whole(seenOn) },
    );
  }
  let target = locateTarget(step.act, { look, calibration, attempt, reach });
  if (target.state === 'missing' && further !== null) {
    target = locateTarget(step.act, { look, calibration, attempt, reach: further });
  }
  return target.state === 'ready'
    ? { kind: 'ready', action: target.action }
    : { kind: 'wait', waitingFor: target.reason };
}

/**
 * What the proof says before the action, on a look compared with itself, so that a proof of stillness shows that it needs no
 * action. Where the first reach is unsure, all of the screen is looked at by those that could prove it afterwards: what holds
 * there already would prove nothing.
 */
async function proofBefore(
  observation: Observation,
  { proves }: Step,
  { signal, ...context }: EngineContext & Readonly<{ signal?: AbortSignal }>,
): Promise<{ judgement: Judgement; seenOn: Observation }> {
  const { calibration, observe, reaches } = context;
  const by = (reach: Reach, { look }: Observation): Judgement =>
    judge(proves, {
      ...context,
      reach,
      before: look,
      behind: pageBelow(look, proves, context),
      popup: context.popupLook(),
      now: look,
    });
  const [reach, ...further] = reaches;
  const near = { judgement: by(reach, observation), seenOn: observation };
  if (near.judgement.truth !== 'unsure' || further.length === 0) return near;
  const wide = await observe.now(sizeRect(calibration.size), signal);
  const judgement = further.map((each) => by(each, wide)).find(({ truth }) => truth === 'holds');
  return judgement === undefined ? near : { judgement, seenOn: wide };
}

async function act(
  {
    observation,
    action,
    region,
    lookedAtMs,
    captures,
  }: Readonly<{
    observation: Observation;
    action: SentAction;
    region: Rect;
    lookedAtMs: number;
    captures: number;
  }>,
  { intentId, step, stepName, attempt, journal, recovering, signal }: TransitionRequest,
  context: EngineContext,
): Promise<Outcome> {
  const { calibration, pictures } = context;
  const [reach] = context.reaches;
  const { look } = observation;
  const before = pictures.whole(observation);
  const kept = context.behindPopup();
  const behind = kept !== null && kept.modal === openModal(look, calibration) ? kept : null;
  const below = behind?.look ?? pageBelow(look, step.proves, context);
  const evidence = (step.evidence ?? []).map((name) =>
    pictures.cut(look, evidenceRect(name, look, { calibration, reach })),
  );
  const stored = await journal.intend({
    ...{ intentId, step: stepName, attempt, effect: step.effect, action, region, before, evidence },
    behind: behind?.ref ?? (below === null ? null : pictures.cut(below, below.rect)),
  });
  // Writing that down took a while. What was located on an older screen is located again, under another intent.
  const overtaken = await lostAsOutcome(() => changeSince(look, context, signal), null);
  if ('lost' in overtaken) return { kind: 'stale', intentId, reason: 'lost', change: null };
  if (overtaken.value !== null) {
    const { box, seenOn } = overtaken.value;
    const where = spellPlace(box, calibration);
    const change = { where, before: stored.before, after: pictures.whole(seenOn) };
    return { kind: 'stale', intentId, reason: 'screen-changed', change };
  }
  // Until it is known what the input did, nothing is known of what is behind the popup.
  context.onBehindPopup(null);
  const receipt = await sendAction(context.actuator(), {
    act: step.act,
    action,
    park: calibration.park,
    signal,
  });
  const pending: Pending = {
    ...{ intentId, stepName, step, attempt, action, region, before: look, lookedAtMs },
    captures: captures + 1,
    beforeRef: stored.before,
    behind: below,
    behindRef: stored.behind,
    evidenceRefs: stored.evidence,
    sentAtMs: receipt.sentAtMs,
    scope: { ...observation.frame.provenance, inputEpoch: receipt.epoch },
    interruptions: [],
  };
  return confirmTransition(pending, context, { recovering, signal });
}

/** What differs by now; null when nothing does. A caret that has blinked since is waited for: it comes back, and what changed does not. */
async function changeSince(
  before: Look,
  { calibration, clock, observe, ambient }: EngineContext,
  signal?: AbortSignal,
): Promise<Readonly<{ box: Rect; seenOn: Observation }> | null> {
  const dueAt = clock.nowMs() + BLINKS_MS;
  for (;;) {
    const seenOn = await observe.now(before.rect, signal);
    const { bbox: box } = accountChange({ before, after: seenOn.look, ambient }, []);
    if (box === null) return null;
    if (!mayBlink(box, calibration.deviceScaleFactor) || clock.nowMs() > dueAt) return { box, seenOn };
    await clock.sleep(POLL_MS, signal);
  }
}

/** `80x24 at 1180,20 in header`: the box, and the smallest region that holds it. */
function spellPlace(box: Rect, { regions }: EngineContext['calibration']): string {
  const holding = [...regions].filter(([, region]) => containsRect(region, box));
  const [smallest] = holding.sort(([, a], [, b]) => area(a) - area(b));
  return `${spellRect(box)}${holding.length === 0 ? '' : ` in ${smallest[0]}`}`;
}

function evidenceRect(
  name: string,
  look: Look,
  locating: Readonly<{ calibration: EngineContext['calibration']; reach: Reach }>,
): Rect {
  const { calibration } = locating;
  const list = name.endsWith('.row') ? calibration.lists.get(name.slice(0, -'.row'.length)) : undefined;
  if (list === undefined) return calibration.region(name);
  return firstRow(look, locating, list.name) ?? list.rect;
}

function outcome(value: Outcome): Readiness {
  return { kind: 'outcome', outcome: value };
}
