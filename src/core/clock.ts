import { PixelproofError } from './errors.js';

/** Time as the engine sees it. Tests hand in a simulated one; nothing else in the product reads a clock. */
export interface Clock {
  /** Monotonic milliseconds from an arbitrary origin, with fractions. */
  nowMs(): number;
  /** Wall-clock time, for records people read. Never used to measure. */
  date(): Date;
  /** Resolves after `ms`; rejects with PXP_ABORTED as soon as the signal aborts. Leaves no timer behind. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  date: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(aborted(signal));
        return;
      }
      const timer = setTimeout(done, ms);
      signal?.addEventListener('abort', cancel, { once: true });
      function done(): void {
        signal?.removeEventListener('abort', cancel);
        resolve();
      }
      function cancel(): void {
        clearTimeout(timer);
        reject(aborted(signal!));
      }
    }),
};

/** The error every aborted wait ends with. The signal's reason is its cause. */
export function aborted(signal: AbortSignal): PixelproofError {
  if (signal.reason instanceof PixelproofError) return signal.reason;
  return new PixelproofError('PXP_ABORTED', 'the operation was aborted', { cause: signal.reason });
}

/** Throws when the signal has aborted already. */
export function throwIfAborted(signal?: AbortSignal): void {
  if (signal?.aborted) throw aborted(signal);
}
