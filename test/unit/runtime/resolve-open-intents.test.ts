import { describe, expect, it } from 'vitest';
import { resolveOpenIntents } from '../../../src/runtime/resolve-open-intents.js';
import type { IntentEvent } from '../../../src/runtime/index.js';
import type { Judged, Pending } from '../../../src/visual/index.js';
import { openContext } from './open-context.js';
import { outcomeOf } from './scripted-engine.js';

async function openWithIntent(changes: Partial<IntentEvent> = {}) {
  const opened = openContext();
  const { context, clock } = opened;
  const before = await context.artifacts.put(new Uint8Array([1]), {
    kind: 'before',
    mediaType: 'image/png',
    rect: null,
  });
  const intent: IntentEvent = {
    type: 'step.intent',
    intentId: 'old:7',
    step: 'collectRow',
    attempt: 1,
    effect: 'advance',
    action: { kind: 'click', target: 'list.action', point: { x: 1, y: 1 }, foundBy: 'point', box: null },
    region: { x: 0, y: 0, width: 8, height: 8 },
    before,
    behind: null,
    evidence: [],
    runId: 'old',
    seq: 9,
    at: new Date(clock.date().getTime() - 4000).toISOString(),
    ...changes,
  };
  opened.log.length = 0;
  const resolve = (open: readonly IntentEvent[] = [intent]) =>
    resolveOpenIntents(open, context, { intents: opened.intents });
  return { ...opened, intent, resolve };
}

type Opened = Awaited<ReturnType<typeof openWithIntent>>;

function expectNoClick({ engine }: Opened): void {
  expect(engine.clicked).toEqual([]);
  expect(engine.requests).toEqual([]);
}

describe('an input whose process died before its verdict', () => {
  it('counts its unit when the screen shows its effect', async () => {
    const opened = await openWithIntent();
    await opened.resolve();
    expect(opened.engine.resumed).toMatchObject([
      {
        intentId: 'old:7',
        sentAtMs: opened.clock.nowMs() - 4000,
        scope: null,
        interruptions: [{ kind: 'lost', by: 'process' }],
      },
    ]);
    expect(opened.ofType('step.verdict')).toMatchObject([
      { intentId: 'old:7', record: { verdict: 'proved', units: 1 } },
    ]);
    expectNoClick(opened);
  });

  it('is for a person when its picture before is gone', async () => {
    const opened = await openWithIntent({
      before: { sha256: 'f'.repeat(64), kind: 'before', mediaType: 'image/png', sizeBytes: 1, rect: null },
    });
    await expect(opened.resolve()).rejects.toMatchObject({
      code: 'PXP_STEP',
      record: { verdict: 'unknown' },
    });
    expect(opened.ofType('step.verdict')).toMatchObject([
      { intentId: 'old:7', record: { reason: 'PXP_ARTIFACT' } },
    ]);
    expectNoClick(opened);
  });

  it('is left to the flow when it had no effect', async () => {
    const opened = await openWithIntent();
    opened.engine.resumes.push((pending) => outcomeOf(pending, 'no-effect'));
    await opened.resolve();
    expect(opened.ofType('step.verdict')).toMatchObject([{ record: { verdict: 'no-effect', units: 0 } }]);
    expect(opened.ofType('review.opened')).toEqual([]);
    expectNoClick(opened);
  });

  it.each(['ambiguous', 'wrong-effect', 'blocked', 'unknown'] as const)(
    'goes to a person when it is %s',
    async (value) => {
      const opened = await openWithIntent();
      opened.engine.resumes.push((pending) => outcomeOf(pending, value));
      await expect(opened.resolve()).rejects.toMatchObject({ code: 'PXP_STEP', record: { verdict: value } });
      expect(opened.ofType('review.opened')).toMatchObject([{ intentId: 'old:7', verdict: value }]);
      expectNoClick(opened);
    },
  );

  it('is closed as unknown without looking when doing it again is harmless', async () => {
    const opened = await openWithIntent({ step: 'openInbox', effect: 'idempotent' });
    await opened.resolve();
    expect(opened.engine.resumed).toEqual([]);
    const [{ record }] = opened.ofType('step.verdict');
    expect(record).toMatchObject({ verdict: 'unknown', interruptions: [{ kind: 'lost', by: 'process' }] });
    expect(opened.ofType('review.opened')).toEqual([]);
  });

  it('is judged after what is in the way was removed', async () => {
    const opened = await openWithIntent();
    const interruption = { kind: 'blocked', by: 'expired' } as const;
    opened.engine.resumes.push((pending) => ({ kind: 'interrupted', interruption, pending }));
    await opened.resolve();
    expect(opened.ofType('step.verdict')).toMatchObject([{ record: { units: 1 } }]);
    expect(opened.log.filter((line) => line === 'prepare')).toHaveLength(1);
    expectNoClick(opened);
  });

  it('is unknown, for a person, when what is in the way stays', async () => {
    const opened = await openWithIntent();
    const blocked = (pending: Pending): Judged => ({
      kind: 'interrupted',
      interruption: { kind: 'blocked', by: 'stranger' },
      pending,
    });
    opened.engine.resumes.push(blocked);
    await expect(opened.resolve()).rejects.toMatchObject({
      record: { verdict: 'unknown', reason: 'stranger' },
    });
    expect(opened.ofType('step.verdict')).toHaveLength(1);
    expectNoClick(opened);
  });

  it('is PXP_FLOW when its step is gone, and stays open', async () => {
    const opened = await openWithIntent({ step: 'renamed' });
    await expect(opened.resolve()).rejects.toMatchObject({ code: 'PXP_FLOW', facts: { what: 'renamed' } });
    expect(opened.events).toEqual([]);
  });

  it('does not wait for a future that a clock set back has made', async () => {
    const opened = await openWithIntent({ at: '2999-01-01T00:00:00.000Z' });
    await opened.resolve();
    expect(opened.engine.resumed[0].sentAtMs).toBe(opened.clock.nowMs());
  });

  it('is judged oldest first, and the first unclear one ends it', async () => {
    const opened = await openWithIntent();
    const later = { ...opened.intent, intentId: 'old:8' };
    opened.engine.resumes.push(
      (pending) => outcomeOf(pending, 'proved'),
      (pending) => outcomeOf(pending, 'ambiguous'),
    );
    await expect(opened.resolve([opened.intent, later, { ...later, intentId: 'old:9' }])).rejects.toThrow();
    expect(opened.engine.resumed.map(({ intentId }) => intentId)).toEqual(['old:7', 'old:8']);
  });
});
