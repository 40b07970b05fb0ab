import { PixelproofError } from '../core/errors.js';
import { type Failure, errorAt } from './pending-calls.js';
import type {
  CdpEvent,
  CdpEventParams,
  CdpMethod,
  CdpParams,
  CdpResult,
  CdpSession,
  SendOptions,
} from './session.js';

/** Hands a command of this session to the connection. */
export type Post = (
  command: Readonly<{ sessionId: string; method: string; params?: object; origin: { stack?: string } }>,
  options: SendOptions,
) => Promise<unknown>;

type Listener = (params: unknown) => void;

/** A session of a CdpConnection, which feeds it through `deliver` and `end`. */
export class WireSession implements CdpSession {
  readonly id: string;
  readonly targetId: string;
  readonly #post: Post;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #endListeners = new Set<(reason: PixelproofError) => void>();
  #state: CdpSession['state'] = 'open';
  #failure: ((method: string) => Failure) | undefined;

  constructor({ id, targetId, post }: Readonly<{ id: string; targetId: string; post: Post }>) {
    this.id = id;
    this.targetId = targetId;
    this.#post = post;
  }

  get state(): CdpSession['state'] {
    return this.#state;
  }

  async send<M extends CdpMethod>(
    method: M,
    params?: CdpParams<M>,
    options: SendOptions<CdpResult<M>> = {},
  ): Promise<CdpResult<M>> {
    // Formatting a stack is lazy; capturing one costs microseconds.
    const origin: { stack?: string } = {};
    Error.captureStackTrace(origin);
    if (this.#failure !== undefined) throw errorAt(origin, this.#failure(method));
    const command = { sessionId: this.id, method, params, origin };
    return (await this.#post(command, options as SendOptions)) as CdpResult<M>;
  }

  on<E extends CdpEvent>(event: E, listener: (params: CdpEventParams<E>) => void): () => void {
    // One Set entry per call, so that the same function subscribed twice is two subscriptions.
    const entry: Listener = (params) => listener(params as CdpEventParams<E>);
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(entry));
    return () => void listeners.delete(entry);
  }

  onEnd(listener: (reason: PixelproofError) => void): () => void {
    const entry = (reason: PixelproofError): void => listener(reason);
    if (this.#failure === undefined) this.#endListeners.add(entry);
    else entry(reasonOf(this.#failure));
    return () => void this.#endListeners.delete(entry);
  }

  deliver(event: string, params: unknown): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) guarded(() => listener(params));
  }

  /** Ends the session for good; later calls change nothing. `failure` words the error of a command. */
  end(state: 'crashed' | 'closed', failure: (method: string) => Failure): void {
    if (this.#failure !== undefined) return;
    this.#state = state;
    this.#failure = failure;
    this.#listeners.clear();
    const listeners = [...this.#endListeners];
    this.#endListeners.clear();
    const reason = reasonOf(failure);
    for (const listener of listeners) guarded(() => listener(reason));
  }
}

function reasonOf(failure: (method: string) => Failure): PixelproofError {
  const { code, message, ...facts } = failure('the session');
  return new PixelproofError(code, message, facts);
}

/** A listener that throws is its owner's bug: it surfaces as uncaught, and the other listeners are still called. */
function guarded(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error instanceof Error ? error : new Error(String(error));
    });
  }
}
