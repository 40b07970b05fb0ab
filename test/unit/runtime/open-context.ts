import { createHash } from 'node:crypto';
import type { ArtifactStore, RunMetrics, StoredEvent, TimelineEvent } from '../../../src/runtime/index.js';
import type { RunContext } from '../../../src/runtime/run-context.js';
import { timelineEventSchema } from '../../../src/runtime/timeline.js';
import { PixelproofError } from '../../../src/core/index.js';
import { JumpingClock } from './jumping-clock.js';
import { ScriptedEngine } from './scripted-engine.js';
import { testFlow } from './test-flow.js';

/** What one run's parts share, with everything recorded. */
export function openContext(changes: Partial<RunContext> = {}) {
  const log: string[] = [];
  const events: StoredEvent[] = [];
  const engine = new ScriptedEngine(log);
  const clock = new JumpingClock();
  const session = scriptedSession(log);
  const context: RunContext = {
    runId: 'run',
    flow: testFlow(),
    ...{ engine, clock, session },
    artifacts: memoryArtifacts(log),
    metrics: recordingMetrics(log),
    random: () => 0.5,
    signal: new AbortController().signal,
    append: async (event: TimelineEvent) => {
      const checked = timelineEventSchema.parse(event);
      log.push(event.type);
      const stored = { ...checked, runId: 'run', seq: events.length + 1, at: clock.date().toISOString() };
      events.push(stored);
      return stored;
    },
    ...changes,
  };
  let count = 0;
  const intents = { next: () => `run:${++count}` };
  const ofType = <T extends StoredEvent['type']>(type: T) =>
    events.filter((event): event is Extract<StoredEvent, { type: T }> => event.type === type);
  return { context, engine, clock, session, log, events, ofType, intents };
}

/** A session that is ready at once, unless an error is in `failures`. */
export function scriptedSession(log: string[]) {
  const failures: Error[] = [];
  return {
    failures,
    async prepare() {
      log.push('prepare');
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
    },
  };
}

export function memoryArtifacts(log: string[]): ArtifactStore & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    async put(bytes, about) {
      log.push(`put ${about.kind}`);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      files.set(sha256, bytes);
      return { ...about, sha256, sizeBytes: bytes.length };
    },
    async get({ sha256 }) {
      const bytes = files.get(sha256);
      if (bytes === undefined) throw new PixelproofError('PXP_ARTIFACT', 'missing', { what: sha256 });
      return bytes;
    },
  };
}

export function recordingMetrics(log: string[]): RunMetrics {
  return {
    transition: (_, record) => log.push(`metric ${record.verdict}`),
    retry: () => log.push('metric retry'),
    fallback: (_, kind) => log.push(`metric fallback ${kind}`),
    runEnded: (_, outcome) => log.push(`metric ${outcome}`),
    capture() {},
    artifact() {},
    unitRate() {},
    sessionState() {},
    cdpTimeout() {},
  };
}
