import type { Interruption, Pending, Picture, TransitionRecord, Verdict } from '../../../src/visual/index.js';
import { Look } from '../../../src/visual/index.js';
import type {
  CalibrationCheck,
  Evidence,
  Judged,
  Judgement,
  LearnedAmbient,
  Outcome,
  Redecision,
  Sight,
  Step,
  StoredIntent,
  StoredTransition,
  TransitionRequest,
  VisualEngine,
  Where,
} from '../../../src/visual/index.js';
import { throwIfAborted } from '../../../src/core/index.js';
import { encodePng } from '../../../src/image/index.js';
import { solid } from '../../support/draw.js';
import { transition } from '../../support/transitions.js';

/** What layer 2 answers to one request. `click` makes the intent durable and clicks, as the real one does. */
export type Reaction = (
  request: TransitionRequest,
  click: (request: TransitionRequest) => Promise<Pending>,
) => Promise<Outcome>;

const region = { x: 0, y: 0, width: 8, height: 8 };
export const action = {
  kind: 'click',
  target: 'list.action',
  point: { x: 4, y: 4 },
  foundBy: 'point',
  box: null,
} as const;

/** Layer 2 with its answers written down beforehand; what is not scripted is proved at once. */
export class ScriptedEngine implements VisualEngine {
  /** In order, for every step. */
  readonly reactions: Reaction[] = [];
  readonly resumes: ((pending: Pending) => Judged)[] = [];
  sight: (evidence: Evidence) => Sight<Judgement> = () => judged('fails');
  onClick: (intentId: string) => void = () => undefined;
  readonly requests: TransitionRequest[] = [];
  readonly resumed: Pending[] = [];
  readonly clicked: string[] = [];
  /** What was done, in order; other ports may write to it too. */
  readonly log: string[];

  constructor(log: string[] = []) {
    this.log = log;
  }

  async transition(request: TransitionRequest): Promise<Outcome> {
    throwIfAborted(request.signal);
    this.requests.push(request);
    return (this.reactions.shift() ?? verdict('proved'))(request, (each) => this.#click(each));
  }

  async resume(pending: Pending, { signal }: { signal?: AbortSignal } = {}): Promise<Judged> {
    throwIfAborted(signal);
    this.resumed.push(pending);
    const answer = this.resumes.shift();
    return answer === undefined ? outcomeOf(pending, 'proved') : answer(pending);
  }

  recall(stored: StoredIntent): Pending {
    const before = new Look(solid(8, 8, [9, 9, 9]), region);
    return { ...stored, before, behind: null, scope: null, interruptions: [{ kind: 'lost', by: 'process' }] };
  }

  async see(evidence: Evidence, { signal }: { signal?: AbortSignal } = {}): Promise<Sight<Judgement>> {
    throwIfAborted(signal);
    return this.sight(evidence);
  }

  whereabouts: () => Sight<Where> = () => ({ kind: 'blocked', by: 'not scripted' });

  async where({ signal }: { signal?: AbortSignal } = {}): Promise<Sight<Where>> {
    throwIfAborted(signal);
    return this.whereabouts();
  }

  shown: () => Picture = () => picture('now');

  async picture({ signal }: { signal?: AbortSignal } = {}): Promise<Picture> {
    throwIfAborted(signal);
    return this.shown();
  }

  checked: () => CalibrationCheck = () => ({ assumptions: [], broken: [], picture: picture('checked') });

  /** What each check was about. */
  readonly checks: (Step | Evidence)[] = [];

  async check(about: Step | Evidence, { signal }: { signal?: AbortSignal } = {}): Promise<CalibrationCheck> {
    throwIfAborted(signal);
    this.checks.push(about);
    return this.checked();
  }

  redecided: (stored: StoredTransition) => Redecision = ({ record }) => ({
    verdict: record.verdict,
    reason: record.reason,
    proof: record.proof!,
  });

  redecide(stored: StoredTransition): Redecision {
    return this.redecided(stored);
  }

  async learnAmbient({ signal }: { signal?: AbortSignal } = {}): Promise<LearnedAmbient> {
    throwIfAborted(signal);
    return { share: 0.01, tiles: '' };
  }

  async #click(request: TransitionRequest): Promise<Pending> {
    const { intentId, stepName, step, attempt } = request;
    const stored = await request.journal.intend({
      ...{ intentId, step: stepName, attempt, effect: step.effect, action, region },
      before: picture(`before ${intentId}`),
      behind: null,
      evidence: (step.evidence ?? []).map((name) => picture(`${name} ${intentId}`)),
    });
    throwIfAborted(request.signal);
    this.log.push('click');
    this.clicked.push(intentId);
    this.onClick(intentId);
    return {
      ...{ intentId, stepName, step, attempt, action, region },
      before: new Look(solid(8, 8, [9, 9, 9]), region),
      beforeRef: stored.before,
      ...{ behind: null, behindRef: null },
      evidenceRefs: stored.evidence,
      ...{ lookedAtMs: 0, sentAtMs: 5, interruptions: [], captures: 1 },
      scope: { inputEpoch: 1, targetId: 'T', viewport: { width: 8, height: 8 }, deviceScaleFactor: 1 },
    };
  }
}

/** Clicks, and gives this verdict. */
export function verdict(value: Verdict, changes: Partial<TransitionRecord> = {}): Reaction {
  return async (request, click) => outcomeOf(await click(request), value, changes);
}

/** Does not click: the attempt before has taken effect after all. */
export const lateProof: Reaction = async ({ previous }) => ({
  ...outcomeOf(previous!, 'proved'),
  late: true,
});

export const already: Reaction = async () => ({
  kind: 'already',
  judgement: { predicate: 'p', truth: 'holds', score: 1, margin: 1, regions: [], reason: 'active' },
});

export function refused(reason: string): Reaction {
  return async () => ({ kind: 'refused', reason, picture: picture('refused') });
}

/** Nothing was clicked yet. */
export function interruptedBefore(interruption: Interruption): Reaction {
  return async () => ({ kind: 'interrupted', interruption, pending: null });
}

/** The intent is written down, and then the screen is another one: nothing is clicked. */
export const stale: Reaction = async (request) => {
  const { intentId, stepName, step, attempt } = request;
  const { before } = await request.journal.intend({
    ...{ intentId, step: stepName, attempt, effect: step.effect, action, region },
    ...{ before: picture(`before ${intentId}`), behind: null, evidence: [] },
  });
  const change = { where: '2x2 at 4,4 in list', before, after: picture(`after ${intentId}`) };
  return { kind: 'stale', intentId, reason: 'screen-changed', change };
};

/** The click has left. */
export function interruptedAfter(interruption: Interruption): Reaction {
  return async (request, click) => ({ kind: 'interrupted', interruption, pending: await click(request) });
}

export function outcomeOf(
  pending: Pending,
  value: Verdict,
  changes: Partial<TransitionRecord> = {},
): Extract<Outcome, { kind: 'verdict' }> {
  const { after: _, ...record } = transition(pending.intentId, {
    step: pending.stepName,
    attempt: pending.attempt,
    effect: pending.step.effect,
    verdict: value,
    before: pending.beforeRef,
    evidence: pending.evidenceRefs,
    interruptions: pending.interruptions,
    units: value === 'proved' && pending.step.unit === true ? 1 : 0,
    ...changes,
  });
  return { kind: 'verdict', record, after: picture(`after ${pending.intentId}`), pending, late: false };
}

export function judged(truth: 'holds' | 'fails' | 'unsure'): Sight<Judgement> {
  return {
    kind: 'seen',
    seen: { predicate: 'p', truth, score: 0, margin: 0, regions: [], reason: `it ${truth}` },
  };
}

/** A sound PNG, of a colour its name makes its own. */
export function picture(name: string): Picture {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + letter.charCodeAt(0)) >>> 0;
  const bytes = encodePng(solid(8, 8, [hash & 255, (hash >> 8) & 255, (hash >> 16) & 255]));
  return { bytes, mediaType: 'image/png', rect: region };
}
