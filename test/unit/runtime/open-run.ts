import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ArtifactStore,
  type FlowDefinition,
  type RunOptions,
  type RunStore,
  type StoredEvent,
  runFlow,
  timelineEventSchema,
} from '../../../src/runtime/index.js';
import { openFileArtifactStore, openSqliteRunStore } from '../../../src/store/index.js';
import { JumpingClock } from './jumping-clock.js';
import { recordingMetrics, scriptedSession } from './open-context.js';
import { ScriptedEngine } from './scripted-engine.js';

/** A data folder with the real stores; each `start` is one run on the same target. */
export async function openWorkplace() {
  const folder = await mkdtemp(join(tmpdir(), 'pixelproof-run-'));
  const clock = new JumpingClock();
  const store = await openSqliteRunStore({
    file: join(folder, 'runs.sqlite'),
    clock,
    parse: (value) => timelineEventSchema.parse(value),
  });
  const artifacts = await openFileArtifactStore({ folder: join(folder, 'artifacts') });
  let runs = 0;

  function start(flow: FlowDefinition, changes: Partial<RunOptions> = {}) {
    const log: string[] = [];
    const engine = new ScriptedEngine(log);
    const session = scriptedSession(log);
    const runId = `run-${++runs}`;
    const events: StoredEvent[] = [];
    const result = runFlow({
      ...{ runId, flow, clock, store, artifacts },
      target: 'app',
      holder: { pid: 1, processStart: '' },
      isAlive: () => true,
      metrics: recordingMetrics(log),
      random: () => 0.5,
      onEvent: (event) => events.push(event),
      open: async () => {
        log.push('open');
        const close = async () => void log.push('close');
        return { session, engine, close };
      },
      ...changes,
    });
    // Whoever looks at the engine first is no reason for an unhandled rejection.
    result.catch(() => undefined);
    return { result, engine, session, log, events, runId };
  }

  return {
    ...{ clock, store, artifacts, start },
    /** Throws when a run has kept it. */
    async takeLease(): Promise<void> {
      const holder = { runId: 'asker', pid: 1, processStart: '' };
      const lease = await store.acquireLease({ target: 'app', holder, ttlMs: 1, isAlive: () => true });
      await store.releaseLease(lease);
    },
    async dispose(): Promise<void> {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

export type Workplace = Awaited<ReturnType<typeof openWorkplace>>;

/** The stores of a workplace of which the `n`-th operation (from 1) of a run fails. */
export function failingStores(
  { store, artifacts }: Workplace,
  { n, error }: Readonly<{ n: number; error: Error }>,
): Readonly<{
  store: RunStore;
  artifacts: ArtifactStore;
  failed: () => string | undefined;
  step: (what: string) => void;
}> {
  let count = 0;
  let failed: string | undefined;
  const step = (what: string): void => {
    if (++count !== n) return;
    failed = what;
    throw error;
  };
  const breakable = <T extends object>(object: T, methods: readonly (keyof T & string)[]): T =>
    new Proxy(object, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        const method = value.bind(target) as (...args: unknown[]) => unknown;
        if (!methods.includes(key as keyof T & string)) return method;
        return async (...args: unknown[]) => {
          step(key as string);
          return method(...args);
        };
      },
    });
  return {
    store: breakable(store, ['acquireLease', 'createRun', 'append', 'openIntents', 'releaseLease']),
    artifacts: breakable(artifacts, ['put', 'get']),
    failed: () => failed,
    step,
  };
}
