import { aborted } from '../core/clock.js';
import type { ErrorCode } from '../core/error-catalogue.js';
import { type ErrorFacts, PixelproofError } from '../core/errors.js';

/** How a call ends without a result. */
export interface Failure extends ErrorFacts {
  readonly code: ErrorCode;
  readonly message: string;
}

export interface CallOptions {
  readonly method: string;
  readonly sessionId: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Where the error's stack starts; captured when the command is sent. */
  readonly origin: { readonly stack?: string };
  /** Makes the deadline's failure; called only when it passes. */
  readonly onTimeout: () => Failure;
  /** Gets the result (undefined: a refusal) that comes after the deadline or the abort. */
  readonly onLate?: (result: unknown) => void;
}

interface Call {
  readonly method: string;
  readonly sessionId: string;
  resolve(result: unknown): void;
  fail(failure: Failure): void;
}

/**
 * The commands of one connection that wait for an answer. Each ends exactly once: by its answer, its deadline, its
 * signal or `failAll`; what comes later finds nothing but its `onLate`. Leaves neither timer nor listener behind.
 */
export class PendingCalls {
  readonly #calls = new Map<number, Call>();
  readonly #late = new Map<number, (result: unknown) => void>();

  get size(): number {
    return this.#calls.size;
  }

  add(id: number, options: CallOptions): Promise<unknown> {
    const { method, sessionId, timeoutMs, signal, origin, onTimeout, onLate } = options;
    return new Promise((resolve, reject) => {
      const forget = (): void => {
        this.#calls.delete(id);
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
      };
      const giveUp = (error: Error): void => {
        forget();
        if (onLate !== undefined) this.#late.set(id, onLate);
        reject(error);
      };
      const abort = (): void => giveUp(aborted(signal!));
      const timer = setTimeout(() => giveUp(errorAt(origin, onTimeout())), timeoutMs);
      signal?.addEventListener('abort', abort, { once: true });
      this.#calls.set(id, {
        method,
        sessionId,
        resolve: (result) => {
          forget();
          resolve(result);
        },
        fail: (failure) => {
          forget();
          reject(errorAt(origin, failure));
        },
      });
    });
  }

  resolve(id: number, result: unknown): void {
    this.#tellLate(id, result);
    this.#calls.get(id)?.resolve(result);
  }

  /** `failure` words the error from the call's method and session: an answer need not name its session. */
  fail(id: number, failure: (method: string, sessionId: string) => Failure): void {
    this.#tellLate(id, undefined);
    const call = this.#calls.get(id);
    call?.fail(failure(call.method, call.sessionId));
  }

  /** Fails the calls of one session; of all of them when no session is named. */
  failAll(failure: (method: string) => Failure, sessionId?: string): void {
    if (sessionId === undefined) this.#late.clear();
    for (const call of [...this.#calls.values()]) {
      if (sessionId === undefined || call.sessionId === sessionId) call.fail(failure(call.method));
    }
  }

  #tellLate(id: number, result: unknown): void {
    const late = this.#late.get(id);
    if (late === undefined) return;
    this.#late.delete(id);
    // Not from within the reader: what it throws is its owner's.
    queueMicrotask(() => late(result));
  }
}

/** The failure as an error that carries the stack captured in `origin`. */
export function errorAt(
  origin: { readonly stack?: string },
  { code, message, ...facts }: Failure,
): PixelproofError {
  const error = new PixelproofError(code, message, facts);
  const stack = origin.stack ?? '';
  const frames = stack.search(/^\s+at /m);
  error.stack = `${error.name}: ${error.message}${frames < 0 ? '' : `\n${stack.slice(frames)}`}`;
  return error;
}
