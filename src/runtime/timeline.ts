import { z } from 'zod';
import type { TransitionRecord } from '../visual/transition-record.js';

const rect = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const point = z.object({ x: z.number(), y: z.number() });
const artifact = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  kind: z.enum(['before', 'after', 'evidence', 'report']),
  mediaType: z.enum(['image/png', 'image/jpeg', 'text/html']),
  sizeBytes: z.number().int().nonnegative(),
  rect: rect.nullable(),
});
const aim = {
  target: z.string(),
  point,
  foundBy: z.enum(['component', 'point', 'fallback', 'region']),
  box: rect.nullable(),
};
const action = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('click'),
    ...aim,
    button: z.enum(['left', 'right', 'middle']).optional(),
    count: z.literal([1, 2]).optional(),
  }),
  z.object({ kind: z.literal('hover'), ...aim }),
  z.object({ kind: z.literal('drag'), ...aim, to: point, toTarget: z.string() }),
  z.object({ kind: z.literal('scroll'), target: z.string(), point, by: z.number(), box: rect }),
  z.object({ kind: z.literal('type'), text: z.string().nullable(), length: z.number().int() }),
  z.object({ kind: z.literal('press'), key: z.string() }),
]);
const effect = z.enum(['idempotent', 'toggle', 'advance', 'destructive']);
const judgement = z.object({
  predicate: z.string(),
  truth: z.enum(['holds', 'fails', 'unsure']),
  score: z.number(),
  margin: z.number(),
  regions: z.array(rect),
  reason: z.string(),
  get parts() {
    return z.array(judgement).optional();
  },
});
const record: z.ZodType<TransitionRecord> = z.object({
  intentId: z.string(),
  step: z.string(),
  attempt: z.number().int().positive(),
  effect,
  verdict: z.enum(['proved', 'no-effect', 'wrong-effect', 'blocked', 'ambiguous', 'unknown']),
  reason: z.string(),
  region: rect,
  action,
  instants: z.object({
    inputSentMs: z.number().nullable(),
    firstChangeMs: z.number().nullable(),
    firstProvedMs: z.number().nullable(),
    settledMs: z.number().nullable(),
    decidedMs: z.number(),
  }),
  proof: judgement.nullable(),
  interruptions: z.array(
    z.object({
      kind: z.enum(['blocked', 'lost']),
      by: z.string(),
      proofHeld: z.boolean().optional(),
      took: z.array(z.string()).optional(),
      units: z.number().int().optional(),
    }),
  ),
  change: z.object({
    score: z.number(),
    bbox: rect.nullable(),
    tiles: z.array(rect),
    unexplained: z.number(),
  }),
  before: artifact,
  /** Not in timelines of before popups were seen behind. */
  behind: artifact.nullable().default(null),
  after: artifact.nullable(),
  evidence: z.array(artifact),
  /** Not in timelines of before there was a choice. */
  reach: z.enum(['place', 'near', 'region', 'wide']).default('near'),
  degraded: z.boolean(),
  captures: z.number().int(),
  units: z.number().int(),
  took: z.array(z.string()).optional(),
});

/** Every event a run's timeline may hold: a closed union, one schema each. What is stored was checked by it. */
export const timelineEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('run.state'),
    state: z.enum(['queued', 'preparing', 'running', 'parked', 'stopping', 'done', 'failed', 'cancelled']),
    reason: z.string(),
  }),
  z.object({
    type: z.literal('session.state'),
    state: z.enum([
      'launching',
      'attaching',
      'navigating',
      'consent',
      'login',
      'challenge',
      'blocked',
      'loading',
      'ready',
      'lost',
    ]),
    detail: z.string(),
    /** How long the state before this one lasted; null for the first. */
    previousMs: z.number().nullable(),
  }),
  /** Which files the run was made of, and in which window, CSS pixels; without it, in the calibration's. */
  z.object({
    type: z.literal('flow.loaded'),
    file: z.string(),
    calibration: z.string(),
    viewport: z.object({ width: z.number(), height: z.number(), deviceScaleFactor: z.number() }).optional(),
  }),
  /** What moves by itself, 0..1 of the viewport, and which tiles (AmbientMap.spell). */
  z.object({ type: z.literal('ambient.learned'), share: z.number(), tiles: z.string() }),
  /** The calibration held against the screen when the run began: paths in its file. `failing` will not hold from then on. */
  z.object({
    type: z.literal('calibration.checked'),
    held: z.number().int(),
    drifted: z.array(z.string()),
    broken: z.array(z.string()),
    failing: z.array(z.object({ name: z.string(), at: z.string() })),
  }),
  /** After a step failed, or the `session` did not become ready: what does not hold on the screen of then, and what to write in the calibration instead. */
  z.object({
    type: z.literal('calibration.broken'),
    step: z.string(),
    picture: artifact,
    assumptions: z.array(
      z.object({
        name: z.string(),
        state: z.enum(['drifted', 'broken']),
        expected: z.string(),
        found: z.string(),
        proposed: z.string().nullable(),
        rect,
        foundRect: rect.nullable(),
      }),
    ),
  }),
  z.object({
    type: z.literal('sensor.chosen'),
    sensor: z.string(),
    format: z.string(),
    reason: z.string(),
    /** What it was chosen by; absent when it was taken as asked. */
    measurements: z
      .array(
        z.object({
          name: z.string(),
          captureMs: z.number().nullable(),
          samples: z.number().int(),
          refused: z.string().optional(),
        }),
      )
      .optional(),
  }),
  /** Committed before the input leaves. Without a step.verdict or step.withdrawn of the same intentId it is open. */
  z.object({
    type: z.literal('step.intent'),
    intentId: z.string(),
    step: z.string(),
    attempt: z.number().int().positive(),
    effect,
    action,
    region: rect,
    before: artifact,
    behind: artifact.nullable().default(null),
    evidence: z.array(artifact),
  }),
  /** Nothing was sent for this intent: the screen changed (`where`: box and region), or was lost, after it was written down. */
  z.object({
    type: z.literal('step.withdrawn'),
    intentId: z.string(),
    step: z.string(),
    reason: z.string(),
    where: z.string().optional(),
  }),
  /** Something got in the way between intent and verdict; the intent is still open. */
  z.object({
    type: z.literal('step.interrupted'),
    intentId: z.string(),
    step: z.string(),
    kind: z.enum(['blocked', 'lost']),
    by: z.string(),
  }),
  z.object({ type: z.literal('step.verdict'), intentId: z.string(), record }),
  /** An idempotent step whose proof held already: nothing was clicked, nothing was proved. */
  z.object({ type: z.literal('step.skipped'), step: z.string(), reason: z.string() }),
  /** A step ended without a click: nothing to click on, or the screen never became readable. */
  z.object({ type: z.literal('step.refused'), step: z.string(), reason: z.string(), detail: z.string() }),
  /** What a flow asked of `where()`: a screen, `unknown` or `unsure`. */
  z.object({
    type: z.literal('screen.seen'),
    screen: z.string(),
    score: z.number(),
    margin: z.number(),
    reason: z.string(),
  }),
  z.object({ type: z.literal('recovery'), by: z.string(), how: z.string(), ok: z.boolean() }),
  /** A click took effect after the watch for it had ended in no-effect; its retry was cancelled. */
  z.object({
    type: z.literal('step.late-effect'),
    intentId: z.string(),
    step: z.string(),
    afterMs: z.number(),
  }),
  z.object({
    type: z.literal('review.opened'),
    intentId: z.string().nullable(),
    step: z.string(),
    verdict: z.string(),
    reason: z.string(),
    pictures: z.array(artifact),
  }),
  z.object({ type: z.literal('stop.requested'), mode: z.enum(['drain', 'abort']), by: z.string() }),
  z.object({ type: z.literal('warning'), code: z.string(), detail: z.string() }),
]);

export type TimelineEvent = z.infer<typeof timelineEventSchema>;

/** An event as it stands in the timeline: numbered without gaps from 1 within its run. */
export type StoredEvent = TimelineEvent & {
  readonly runId: string;
  readonly seq: number;
  /** ISO 8601, wall clock. */
  readonly at: string;
};

/** The intent that was committed and has no verdict yet. */
export type IntentEvent = Extract<StoredEvent, { type: 'step.intent' }>;
export type RunState = Extract<TimelineEvent, { type: 'run.state' }>['state'];
export type SessionState = Extract<TimelineEvent, { type: 'session.state' }>['state'];
