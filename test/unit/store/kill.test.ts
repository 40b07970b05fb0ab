import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isProcessAlive, systemClock } from '../../../src/core/index.js';
import { timelineEventSchema } from '../../../src/runtime/timeline.js';
import { openFileArtifactStore, openSqliteRunStore } from '../../../src/store/index.js';

const WRITER = fileURLToPath(new URL('kill-writer.ts', import.meta.url));
const JITI = pathToFileURL(
  join(import.meta.dirname, '../../../node_modules/jiti/lib/jiti-register.mjs'),
).href;
/** One process per run, each killed after this many acknowledgements and a little more. */
const KILL_AFTER = [0, 1, 2, 7, 19];

describe('a writer killed at any moment', () => {
  let folder: string;
  let child: ChildProcess | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pixelproof-kill-'));
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  it('loses no acknowledged event and no artifact that one refers to', { timeout: 60_000 }, async () => {
    for (const [round, count] of KILL_AFTER.entries()) {
      const runId = `run-${round}`;
      const acknowledged = await writeUntilKilled(runId, count, round * 0.7);
      expect(acknowledged.length).toBeGreaterThanOrEqual(count);

      const store = await openSqliteRunStore({
        file: join(folder, 'runs.sqlite'),
        clock: systemClock,
        parse: (value) => timelineEventSchema.parse(value),
      });
      const artifacts = await openFileArtifactStore({ folder: join(folder, 'artifacts') });
      expect(await readdir(join(folder, 'artifacts', 'tmp'))).toEqual([]);
      const events = await store.events(runId);
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
      // At most the event under way when the signal came is there without its acknowledgement.
      expect(events.length - acknowledged.length).toBeOneOf([0, 1]);
      const intents = events.filter((event) => event.type === 'step.intent');
      expect(intents.map(({ intentId }) => intentId).slice(0, acknowledged.length)).toEqual(acknowledged);
      for (const { before } of intents) expect(await artifacts.get(before)).toHaveLength(before.sizeBytes);

      // The dead writer's lease is free at once, although it has not expired.
      const holder = { runId: 'next', pid: process.pid, processStart: '' };
      const lease = await store.acquireLease({
        target: 'app',
        holder,
        ttlMs: 60_000,
        isAlive: isProcessAlive,
      });
      expect(await store.run(runId)).toMatchObject({ state: 'failed' });
      const open = (await store.openIntents('app')).filter((intent) => intent.runId === runId);
      expect(open).toHaveLength(intents.length);
      await store.releaseLease(lease);
      await store.close();
    }
  });

  /** Resolves with the intents the child printed as acknowledged, once it is dead. */
  async function writeUntilKilled(runId: string, count: number, extraMs: number): Promise<string[]> {
    child = spawn(process.execPath, ['--import', JITI, WRITER, folder, runId], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'exit') as Promise<[number | null, string | null]>;
    const acknowledged: string[] = [];
    for await (const line of createInterface({ input: child.stdout! })) {
      if (line !== 'ready') acknowledged.push(line);
      if (acknowledged.length !== count) continue;
      // Spin rather than wait: the moment has to fall anywhere between two writes, not on a timer's tick.
      for (const end = performance.now() + extraMs; performance.now() < end;);
      child.kill('SIGKILL');
    }
    expect(await exit).toEqual([null, 'SIGKILL']);
    return acknowledged;
  }
});
