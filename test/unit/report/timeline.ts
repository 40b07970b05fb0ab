import type { RunSummary } from '../../../src/runtime/run-store.js';
import type { StoredEvent, TimelineEvent } from '../../../src/runtime/timeline.js';

const START_MS = Date.UTC(2026, 0, 1);

export function runOf(changes: Partial<RunSummary> = {}): RunSummary {
  return {
    runId: 'run-1',
    flow: 'collector',
    target: 'http://app.test',
    state: 'done',
    startedAt: new Date(START_MS).toISOString(),
    endedAt: new Date(START_MS + 10_000).toISOString(),
    ...changes,
  };
}

/** Events at their milliseconds since the start of the run, numbered. */
export function timeline(events: readonly (readonly [atMs: number, event: TimelineEvent])[]): StoredEvent[] {
  return events.map(([atMs, event], i) => ({
    ...event,
    runId: 'run-1',
    seq: i + 1,
    at: new Date(START_MS + atMs).toISOString(),
  }));
}
