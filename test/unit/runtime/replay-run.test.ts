import { expect, test } from 'vitest';
import { replayRun } from '../../../src/runtime/index.js';
import type { StoredEvent } from '../../../src/runtime/index.js';
import type { ArtifactRef, TransitionRecord } from '../../../src/visual/index.js';
import { transition } from '../../support/transitions.js';
import { ScriptedEngine } from './scripted-engine.js';
import { testFlow } from './test-flow.js';

const picture = (sha256: string): ArtifactRef => ({
  ...{ sha256, kind: 'after', mediaType: 'image/png', sizeBytes: 1, rect: null },
});
const event = (changes: Partial<TransitionRecord>): StoredEvent => {
  const record = transition(changes.intentId ?? 'run:1', { after: picture('a'), ...changes });
  const stamp = { runId: 'run', seq: 1, at: '2026-01-01T00:00:00.000Z' };
  return { type: 'step.verdict', intentId: record.intentId, record, ...stamp };
};
const artifacts = { get: ({ sha256 }: { sha256: string }) => Promise.resolve(Buffer.from(sha256)) };

test('what is decided as before is no difference; what has no picture after stands', async () => {
  const engine = new ScriptedEngine();
  const events = [event({ verdict: 'proved' }), event({ verdict: 'blocked', after: null })];
  expect(await replayRun(events, { flow: testFlow(), engine, artifacts })).toEqual({
    ...{ decided: 1, withoutPicture: 1, differences: [] },
  });
});

test('each other verdict is a difference, with both reasons', async () => {
  const engine = new ScriptedEngine();
  engine.redecided = ({ record, after }) => {
    expect(Buffer.from(after).toString()).toBe('a');
    return { verdict: 'ambiguous', reason: 'several-shifts-fit', proof: record.proof! };
  };
  const events = [event({ intentId: 'run:7', verdict: 'proved', reason: 'advanced-by-1' })];
  const { differences } = await replayRun(events, { flow: testFlow(), engine, artifacts });
  expect(differences).toEqual([
    {
      ...{ intentId: 'run:7', step: 'collectRow' },
      stored: { verdict: 'proved', reason: 'advanced-by-1' },
      now: { verdict: 'ambiguous', reason: 'several-shifts-fit' },
    },
  ]);
});

test('a step the flow no longer has is a difference', async () => {
  const engine = new ScriptedEngine();
  const events = [event({ step: 'gone', verdict: 'proved' })];
  const { decided, differences } = await replayRun(events, { flow: testFlow(), engine, artifacts });
  expect([decided, differences[0].now.verdict]).toEqual([0, 'unknown']);
});
