import { type Clock, aborted } from '../../src/core/clock.js';

/** Where simulated time begins, so that no test mistakes an instant for a length. */
const ORIGIN_MS = 1_000;

interface Timer {
  readonly dueAtMs: number;
  readonly run: () => void;
  /** Somebody waits for it; what only happens by itself does not make time pass. */
  readonly awaited: boolean;
}

/**
 * Time that passes only when told to. Timers run in the order they fall due, those set on the way included, and whatever
 * is waiting for promises gets its turn between two of them.
 *
 * With `autoAdvance` time jumps to the next timer whenever somebody sleeps, so that loops which wait run to their end
 * without real time: the code under test is simply awaited.
 *
 * @example
 * const clock = new SimulatedClock({ autoAdvance: true });
 * clock.after(400, () => { screen.app.modal = 'notice'; });
 * await engine.transition(request);
 */
export class SimulatedClock implements Clock {
  readonly #autoAdvance: boolean;
  readonly #timers = new Set<Timer>();
  #nowMs = ORIGIN_MS;
  #going = false;

  constructor({ autoAdvance = false }: Readonly<{ autoAdvance?: boolean }> = {}) {
    this.#autoAdvance = autoAdvance;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  date(): Date {
    return new Date(Date.UTC(2026, 0, 1) + this.#nowMs);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(aborted(signal));
        return;
      }
      const timer = this.#add(ms, true, () => {
        signal?.removeEventListener('abort', cancel);
        resolve();
      });
      const cancel = (): void => {
        this.#timers.delete(timer);
        reject(aborted(signal!));
      };
      signal?.addEventListener('abort', cancel, { once: true });
      if (this.#autoAdvance) this.#keepGoing();
    });
  }

  /** Something that happens by itself, `ms` from now. */
  after(ms: number, run: () => void): void {
    this.#add(ms, false, run);
  }

  /** Lets `ms` pass. */
  async advance(ms: number): Promise<void> {
    const end = this.#nowMs + ms;
    await turn();
    for (let next = this.#next(); next !== undefined && next.dueAtMs <= end; next = this.#next()) {
      this.#run(next);
      await turn();
    }
    this.#nowMs = end;
  }

  #add(ms: number, awaited: boolean, run: () => void): Timer {
    const timer = { dueAtMs: this.#nowMs + Math.max(0, ms), awaited, run };
    this.#timers.add(timer);
    return timer;
  }

  /** The timer due first; of equals the one set first. */
  #next(): Timer | undefined {
    return [...this.#timers].reduce<Timer | undefined>(
      (first, timer) => (first === undefined || timer.dueAtMs < first.dueAtMs ? timer : first),
      undefined,
    );
  }

  #run(timer: Timer): void {
    this.#timers.delete(timer);
    this.#nowMs = Math.max(this.#nowMs, timer.dueAtMs);
    timer.run();
  }

  #keepGoing(): void {
    if (this.#going) return;
    this.#going = true;
    void (async () => {
      for (;;) {
        await turn();
        const next = this.#next();
        if (next === undefined || ![...this.#timers].some(({ awaited }) => awaited)) break;
        this.#run(next);
      }
      this.#going = false;
    })();
  }
}

/** Until every promise that can settle has settled. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
