import type { Clock } from '../../calibrations/ledger/app/world.mjs';

export interface SimulatedTime extends Clock {
  /** Runs every timer that falls due within the next `ms`, in order, those included that are set on the way. */
  advance(ms: number): void;
  /** How many timers are still to come. */
  pending(): number;
}

/** Time that stands still between calls of `advance`. */
export function simulatedTime(): SimulatedTime {
  const timers = new Map<number, { at: number; run: () => void }>();
  let now = 0;
  let lastId = 0;

  return {
    now: () => now,
    setTimeout(run, ms) {
      lastId += 1;
      timers.set(lastId, { at: now + ms, run });
      return lastId;
    },
    clearTimeout: (timer) => void timers.delete(timer as number),
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = [...timers].sort(([idA, a], [idB, b]) => a.at - b.at || idA - idB).at(0);
        if (next === undefined || next[1].at > end) break;
        timers.delete(next[0]);
        now = next[1].at;
        next[1].run();
      }
      now = end;
    },
    pending: () => timers.size,
  };
}
