import { availableParallelism } from 'node:os';
import { type OurSide, availableSensors, openOurs } from '../ours.js';
import type { PageServer } from '../page.js';
import { type GroupLoad, groupLoad } from '../process-load.js';
import type { Recorder } from '../recorder.js';
import { type RowLoop, startRowLoop } from '../row-loop.js';

/** A slice of time in which proved clicks are counted: one sample of throughput. */
const SLICE_MS = 500;
/** Above this share of all processors in use, they are what limits. */
const SATURATED = 0.85;

/**
 * Several sessions at once, each with the fastest sensor and a browser of its own, clicking and proving as fast as they
 * can in this one Node process. `parallel-throughput:<sessions>` counts proved clicks of all of them,
 * `parallel-latency:<sessions>` is one session's latency, `parallel-memory-per-session:<sessions>` what a browser
 * adds (proportional set size, shared pages counted once). A note names what was the limit.
 */
export async function scalingCases(recorder: Recorder, server: PageServer): Promise<void> {
  const { quick } = recorder.options;
  const counts = (quick ? [1, 2] : [1, 2, 4, 8]).filter((count) =>
    ['throughput', 'latency', 'memory-per-session'].some((what) =>
      recorder.wants(`parallel-${what}:${count}`),
    ),
  );
  const [sensor] = availableSensors();
  const sessions: { side: OurSide; loop: RowLoop }[] = [];
  try {
    for (const count of counts) {
      recorder.progress(`parallel: ${count} sessions`);
      while (sessions.length < count) {
        const side = await openOurs(sensor, server.url('rows'));
        sessions.push({ side, loop: await startRowLoop(side, 'jpeg') });
      }
      await measure(recorder, sessions, quick ? 1000 : 4000);
    }
  } finally {
    await Promise.all(sessions.map(({ side }) => side.close()));
  }
}

async function measure(
  recorder: Recorder,
  sessions: readonly { readonly side: OurSide; readonly loop: RowLoop }[],
  durationMs: number,
): Promise<void> {
  const count = sessions.length;
  for (const { loop } of sessions) await loop.next();
  const latencies: number[] = [];
  const slices = Array.from({ length: Math.floor(durationMs / SLICE_MS) }, () => 0);
  const before = loadOf(sessions);
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  await Promise.all(
    sessions.map(async ({ loop }) => {
      while (performance.now() - startedAt < durationMs) {
        latencies.push(await loop.next());
        const slice = Math.floor((performance.now() - startedAt) / SLICE_MS);
        if (slice < slices.length) slices[slice]++;
      }
    }),
  );
  const elapsedMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  const after = loadOf(sessions);
  recorder.add(
    `parallel-throughput:${count}`,
    '1/s',
    slices.map((proved) => (1000 * proved) / SLICE_MS),
  );
  recorder.add(`parallel-latency:${count}`, 'ms', latencies);
  const memory = after.map(({ memoryMB }) => memoryMB);
  if (memory.every((mb) => mb > 0)) recorder.add(`parallel-memory-per-session:${count}`, 'MB', memory);
  const browserMs = sum(after.map(({ cpuMs }) => cpuMs)) - sum(before.map(({ cpuMs }) => cpuMs));
  recorder.note(limitOf({ count, elapsedMs, browserMs, nodeMs: (user + system) / 1000 }));
}

function loadOf(sessions: readonly { readonly side: OurSide }[]): GroupLoad[] {
  return sessions.map(({ side }) => groupLoad(side.browser.process!.pid));
}

/** What kept it from being faster, from the processor time that browsers and Node took. */
function limitOf({
  count,
  elapsedMs,
  browserMs,
  nodeMs,
}: Readonly<{ count: number; elapsedMs: number; browserMs: number; nodeMs: number }>): string {
  const processors = availableParallelism();
  const [browsers, node] = [browserMs / elapsedMs, nodeMs / elapsedMs];
  const limit =
    node > SATURATED
      ? 'one Node process'
      : browsers + node > SATURATED * processors
        ? 'the processors'
        : 'waiting for frames, or for processors that others use';
  return `${count} in parallel: browsers use ${browsers.toFixed(2)} and Node ${node.toFixed(2)} of ${processors} processors; the limit is ${limit}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
