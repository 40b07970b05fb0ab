import { aborted } from '../core/clock.js';
import { PixelproofError } from '../core/errors.js';
import { type Failure, PendingCalls } from './pending-calls.js';
import type { CdpSession, SendOptions } from './session.js';
import { type Post, WireSession } from './wire-session.js';
import type { Wire } from './wire.js';

/** Five seconds: a hundred times the slowest capture measured, and still short enough that a person waits for it. */
const DEFAULT_CDP_TIMEOUT_MS = 5000;
/** What Chromium answers, on its own session, to a command for a session it no longer has (seen from version 156). */
const SESSION_NOT_FOUND = -32001;

/**
 * A browser's CDP in flat mode over one wire: numbers the commands, brings answers and events to their sessions, and
 * settles every pending command when its deadline passes, its target crashes or detaches, or the wire closes. Answers
 * nobody waits for are dropped; a message that is no CDP message ends the connection.
 *
 * @example
 * const connection = new CdpConnection(await openWebSocketWire({ url, timeoutMs: 5000 }));
 * const session = await connection.attach(targetId);
 */
export class CdpConnection {
  /** The browser's own session. */
  readonly browser: CdpSession;
  readonly #wire: Wire;
  readonly #timeoutMs: number;
  readonly #root: WireSession;
  readonly #calls = new PendingCalls();
  readonly #sessions = new Map<string, WireSession>();
  readonly #timeoutListeners = new Set<(method: string) => void>();
  #lastId = 0;
  #open = true;

  constructor(
    wire: Wire,
    { cdpTimeoutMs = DEFAULT_CDP_TIMEOUT_MS }: Readonly<{ cdpTimeoutMs?: number }> = {},
  ) {
    this.#wire = wire;
    this.#timeoutMs = cdpTimeoutMs;
    this.#root = new WireSession({ id: '', targetId: '', post: this.#post });
    this.#sessions.set('', this.#root);
    this.browser = this.#root;
    wire.listen({
      message: (message) => this.#receive(message),
      closed: (reason) => this.#shut(reason),
    });
  }

  get closed(): boolean {
    return !this.#open;
  }

  /** Commands that wait for an answer. */
  get pending(): number {
    return this.#calls.size;
  }

  /** A new session of its own for the target. Errors: those of `send`. A session that comes too late is detached. */
  async attach(targetId: string, options: Omit<SendOptions, 'onLate'> = {}): Promise<CdpSession> {
    const { sessionId } = await this.browser.send(
      'Target.attachToTarget',
      { targetId, flatten: true },
      {
        ...options,
        onLate: (late) => {
          if (late !== undefined) this.detach(late.sessionId);
        },
      },
    );
    // Chromium announces the session before it answers; a target that ended since has taken it away again.
    const session = this.#sessions.get(sessionId);
    if (session !== undefined) return session;
    throw new PixelproofError('PXP_CDP_CLOSED', 'the target closed while we attached to it', {
      what: targetId,
    });
  }

  /** Ends a session. Best effort: its target may be gone by now, and the session with it. */
  detach(sessionId: string): void {
    this.browser.send('Target.detachFromTarget', { sessionId }).catch(() => undefined);
  }

  /** Calls `listener` with the method of each command that was not answered in time; returns the way to stop. */
  onTimeout(listener: (method: string) => void): () => void {
    const entry = (method: string): void => listener(method);
    this.#timeoutListeners.add(entry);
    return () => void this.#timeoutListeners.delete(entry);
  }

  /** Calls `listener` once when the connection ends (at once when it has); returns the way to stop. */
  onEnd(listener: (reason: PixelproofError) => void): () => void {
    return this.#root.onEnd(listener);
  }

  /** Settles what is pending with PXP_CDP_CLOSED and closes the wire; the browser goes on. */
  async close(): Promise<void> {
    this.#shut(new PixelproofError('PXP_CDP_CLOSED', 'the connection was closed on our side'));
    await this.#wire.close();
  }

  readonly #post: Post = ({ sessionId, method, params, origin }, options) => {
    const { timeoutMs = this.#timeoutMs, signal, onLate } = options;
    if (signal?.aborted) return Promise.reject(aborted(signal));
    const id = ++this.#lastId;
    const command = { id, method, params, ...(sessionId === '' ? {} : { sessionId }) };
    const answer = this.#calls.add(id, {
      method,
      sessionId,
      timeoutMs,
      signal,
      origin,
      onLate,
      onTimeout: () => {
        for (const listener of this.#timeoutListeners) queueMicrotask(() => listener(method));
        return {
          code: 'PXP_CDP_TIMEOUT',
          message: `${method} timed out after ${timeoutMs} ms (${nameOf(sessionId)})`,
          hint: 'raise cdpTimeoutMs',
        };
      },
    });
    this.#wire.send(command);
    return answer;
  };

  #receive(message: unknown): void {
    if (!this.#open) return;
    if (!isMessage(message)) {
      this.#shut(
        new PixelproofError('PXP_CDP_PROTOCOL', 'the peer sent something that is not a CDP message', {
          expected: 'an object with an id or a method',
          received: JSON.stringify(message).slice(0, 80),
        }),
      );
      // The reason is already told to everyone who waited.
      this.#wire.close().catch(() => undefined);
    } else if (message.id === undefined) this.#event(message);
    else this.#answer(message.id, message);
  }

  #answer(id: number, { error, result }: Message): void {
    if (error === undefined) {
      this.#calls.resolve(id, result ?? {});
      return;
    }
    this.#calls.fail(id, (method, sessionId) => refusal(method, sessionId, error));
  }

  #event({ method = '', params, sessionId = '' }: Message): void {
    const about = (params ?? {}) as {
      sessionId?: string;
      targetId?: string;
      targetInfo?: { targetId: string };
    };
    if (method === 'Target.attachedToTarget' && about.sessionId !== undefined) {
      const session = { id: about.sessionId, targetId: about.targetInfo?.targetId ?? '', post: this.#post };
      this.#sessions.set(session.id, new WireSession(session));
    }
    this.#sessions.get(sessionId)?.deliver(method, params);
    if (method === 'Target.detachedFromTarget' && about.sessionId !== undefined)
      this.#detached(about.sessionId);
    else if (method === 'Inspector.targetCrashed') this.#crashed((session) => session.id === sessionId);
    else if (method === 'Target.targetCrashed')
      this.#crashed((session) => session.targetId === about.targetId);
  }

  #detached(id: string): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    this.#sessions.delete(id);
    this.#end(session, 'closed', (method) => ({
      code: 'PXP_CDP_CLOSED',
      message: `${method}: the target closed or detached (${nameOf(id)})`,
    }));
  }

  #crashed(isHit: (session: WireSession) => boolean): void {
    for (const session of this.#sessions.values()) {
      if (session === this.#root || !isHit(session)) continue;
      this.#end(session, 'crashed', (method) => ({
        code: 'PXP_CDP_CRASHED',
        message: `${method}: the page crashed (${nameOf(session.id)})`,
        hint: 'close the page and open a new one',
      }));
    }
  }

  #end(session: WireSession, state: 'crashed' | 'closed', failure: (method: string) => Failure): void {
    this.#calls.failAll(failure, session.id);
    session.end(state, failure);
  }

  #shut(reason: PixelproofError): void {
    if (!this.#open) return;
    this.#open = false;
    const failure = (method: string): Failure => ({
      code: reason.code,
      message: `${method}: ${reason.message}`,
      cause: reason,
    });
    this.#calls.failAll(failure);
    for (const session of this.#sessions.values()) session.end('closed', failure);
    this.#sessions.clear();
    this.#timeoutListeners.clear();
  }
}

interface RefusalBody {
  readonly code?: number;
  readonly message?: string;
  readonly data?: unknown;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: RefusalBody;
  readonly sessionId?: string;
}

/** Extra fields are left to newer browsers. */
function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const { id, method, error, sessionId } = value as Record<string, unknown>;
  return (
    (typeof id === 'number' || (id === undefined && typeof method === 'string')) &&
    (error === undefined || (typeof error === 'object' && error !== null)) &&
    (sessionId === undefined || typeof sessionId === 'string')
  );
}

function refusal(
  method: string,
  sessionId: string,
  { code, message = 'no reason given', data }: RefusalBody,
): Failure {
  const detail = typeof data === 'string' ? ` (${data})` : '';
  // Chromium answers what was pending when the renderer went with this text, before it sends the event.
  const crashed = message === 'Target crashed';
  return {
    code: crashed ? 'PXP_CDP_CRASHED' : code === SESSION_NOT_FOUND ? 'PXP_CDP_CLOSED' : 'PXP_CDP_COMMAND',
    message: `${method}: ${message}${detail} [${code ?? 'no code'}] (${nameOf(sessionId)})`,
  };
}

function nameOf(sessionId: string): string {
  return sessionId === '' ? 'browser session' : `session ${sessionId.slice(0, 8)}…`;
}
