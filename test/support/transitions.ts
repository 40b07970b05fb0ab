import type { TimelineEvent } from '../../src/runtime/timeline.js';
import type {
  ArtifactRef,
  SentAction,
  TransitionRecord,
  Verdict,
} from '../../src/visual/transition-record.js';

const region = { x: 0, y: 0, width: 640, height: 200 };
const picture: ArtifactRef = {
  sha256: 'ab'.repeat(32),
  kind: 'before',
  mediaType: 'image/png',
  sizeBytes: 10,
  rect: region,
};
/** The click of the transitions below. */
export const clicked = {
  kind: 'click',
  target: 'list.action',
  point: { x: 600, y: 40 },
  foundBy: 'component',
  box: { x: 590, y: 30, width: 20, height: 20 },
} as const satisfies SentAction;

const action: SentAction = clicked;

export function intentEvent(intentId: string, before: ArtifactRef = picture): TimelineEvent {
  return {
    type: 'step.intent',
    intentId,
    step: 'collectRow',
    attempt: 1,
    effect: 'advance',
    action,
    region,
    before,
    behind: null,
    evidence: [],
  };
}

export function verdictEvent(intentId: string, verdict: Verdict): TimelineEvent {
  return { type: 'step.verdict', intentId, record: transition(intentId, { verdict }) };
}

export function transition(intentId: string, changes: Partial<TransitionRecord> = {}): TransitionRecord {
  return {
    intentId,
    step: 'collectRow',
    attempt: 1,
    effect: 'advance',
    verdict: 'proved',
    reason: 'advanced-by-1',
    region,
    action,
    instants: { inputSentMs: 10, firstChangeMs: 30, firstProvedMs: 40, settledMs: 210, decidedMs: 215 },
    proof: {
      predicate: 'any(rowAdvanced(list), modalOpen(confirm))',
      truth: 'holds',
      score: 0.98,
      margin: 0.4,
      regions: [{ x: 0, y: 20, width: 640, height: 180 }],
      reason: 'advanced-by-1',
      parts: [
        {
          predicate: 'rowAdvanced(list)',
          truth: 'holds',
          score: 0.98,
          margin: 0.4,
          regions: [{ x: 0, y: 20, width: 640, height: 180 }],
          reason: 'advanced-by-1',
        },
        {
          predicate: 'modalOpen(confirm)',
          truth: 'fails',
          score: 0.1,
          margin: 0.8,
          regions: [],
          reason: 'no-modal',
        },
      ],
    },
    interruptions: [],
    change: {
      score: 0.2,
      bbox: { x: 0, y: 20, width: 640, height: 100 },
      tiles: [{ x: 0, y: 16, width: 16, height: 16 }],
      unexplained: 0,
    },
    before: picture,
    behind: null,
    after: { ...picture, kind: 'after' },
    evidence: [],
    reach: 'near',
    degraded: false,
    captures: 2,
    units: 1,
    ...changes,
  };
}
