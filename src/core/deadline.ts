import { aborted } from './clock.js';
import { PixelproofError } from './errors.js';

/**
 * Waits for `work`, but not longer than `timeoutMs` and not after `signal` aborted. `work` itself goes on; what it
 * brings later is handed to `onLate`, so that whoever gave up can undo it.
 *
 * Errors: PXP_TIMEOUT naming `what` (or the error `onTimeout` makes), PXP_ABORTED, or what `work` rejects with.
 */
export function withDeadline<T>(
  work: Promise<T>,
  options: Readonly<{
    what: string;
    timeoutMs: number;
    signal?: AbortSignal;
    onTimeout?: () => Error;
    onLate?: (value: T) => void;
  }>,
): Promise<T> {
  const { what, timeoutMs, signal, onLate } = options;
  return new Promise<T>((resolve, reject) => {
    let settled = false;
    const timer = setTimeout(() => {
      settle(() => {
        reject(
          options.onTimeout?.() ??
            new PixelproofError('PXP_TIMEOUT', `${what} took longer than ${timeoutMs} ms`),
        );
      });
    }, timeoutMs);
    const cancel = (): void => {
      settle(() => {
        reject(aborted(signal!));
      });
    };
    const settle = (finish: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      finish();
    };
    if (signal?.aborted) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
    work.then(
      (value) => {
        if (settled) onLate?.(value);
        settle(() => {
          resolve(value);
        });
      },
      (error: unknown) => {
        settle(() => {
          reject(error instanceof Error ? error : new Error(String(error)));
        });
      },
    );
  });
}
