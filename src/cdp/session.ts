import type { ProtocolMapping } from 'devtools-protocol/types/protocol-mapping.js';
import type { PixelproofError } from '../core/errors.js';

export type CdpMethod = keyof ProtocolMapping.Commands;
export type CdpParams<M extends CdpMethod> = ProtocolMapping.Commands[M]['paramsType'][0];
export type CdpResult<M extends CdpMethod> = ProtocolMapping.Commands[M]['returnType'];
export type CdpEvent = keyof ProtocolMapping.Events;
export type CdpEventParams<E extends CdpEvent> = ProtocolMapping.Events[E][0];

export interface SendOptions<Result = unknown> {
  /** Deadline of this command; default: the connection's `cdpTimeoutMs` (5000). */
  readonly timeoutMs?: number;
  /** Gives up waiting. What the browser does with the command meanwhile, it does. */
  readonly signal?: AbortSignal;
  /**
   * Called when the answer comes after the deadline or the abort: the place to undo what nobody waits for any more.
   * `result` is undefined when the browser refused the command. Not called when the session ends without an answer.
   */
  readonly onLate?: (result: Result | undefined) => void;
}

/**
 * One CDP session: the browser's own (`id` is `''`) or one attached to a target. An embedder may hand in its own.
 *
 * @example
 * const { data } = await session.send('Page.captureScreenshot', { format: 'png' }, { timeoutMs: 2000 });
 * const stop = session.on('Page.loadEventFired', ({ timestamp }) => { console.log(timestamp); });
 */
export interface CdpSession {
  readonly id: string;
  /** `crashed` and `closed` are final: every later `send` is refused at once. */
  readonly state: 'open' | 'crashed' | 'closed';
  /**
   * Sends before it returns, so two calls without `await` between them leave in that order. Rejects with an error that
   * carries the caller's stack: PXP_CDP_COMMAND (the browser refused), PXP_CDP_TIMEOUT, PXP_CDP_CRASHED (the renderer
   * crashed), PXP_CDP_CLOSED (session or connection ended), PXP_CDP_PROTOCOL (the peer does not speak CDP); or with
   * PXP_ABORTED. Never pending for ever.
   */
  send<M extends CdpMethod>(
    method: M,
    params?: CdpParams<M>,
    options?: SendOptions<CdpResult<M>>,
  ): Promise<CdpResult<M>>;
  /** Calls `listener` for each such event of this session, in order of arrival; returns the way to stop. */
  on<E extends CdpEvent>(event: E, listener: (params: CdpEventParams<E>) => void): () => void;
  /** Calls `listener` once when the session crashes or closes (at once when it has); returns the way to stop. */
  onEnd(listener: (reason: PixelproofError) => void): () => void;
}
