import { type Clock, aborted } from '../../../src/core/index.js';

/** As long as the pause of the lease's heartbeat, which only goes on when the test says so. */
const HELD_MS = 5000;

/** Short sleeps are over at once, and time has passed; a heartbeat waits for `beat`. */
export class JumpingClock implements Clock {
  readonly slept: number[] = [];
  #nowMs = 1000;
  readonly #held = new Set<() => void>();

  nowMs(): number {
    return this.#nowMs;
  }

  date(): Date {
    return new Date(Date.UTC(2026, 0, 1) + this.#nowMs);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(aborted(signal));
    if (ms < HELD_MS) {
      this.slept.push(ms);
      this.#nowMs += ms;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', cancel);
        this.#held.delete(wake);
        resolve();
      };
      const cancel = (): void => {
        this.#held.delete(wake);
        reject(aborted(signal!));
      };
      this.#held.add(wake);
      signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  /** Ends the long sleeps. */
  async beat(): Promise<void> {
    this.#nowMs += HELD_MS;
    for (const wake of [...this.#held]) wake();
    await new Promise((resolve) => setImmediate(resolve));
  }

  get pending(): number {
    return this.#held.size;
  }
}
