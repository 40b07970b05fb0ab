import { binaryOf } from '../cdp/binary-of.js';
import type { CdpSession } from '../cdp/session.js';
import type { Clock } from '../core/clock.js';
import { type PixelproofError, isPixelproofError } from '../core/errors.js';
import type { Size } from '../core/geometry.js';
import { readHeader } from '../image/header.js';
import type { FrameFormat } from './frame.js';

export interface StreamSettings {
  readonly format: FrameFormat;
  /** JPEG only. */
  readonly quality?: number;
}

/**
 * `Page.startScreencast` of a session that has had no stream before, so that every picture of it was drawn after the start:
 * a session keeps what it was sent for an earlier stream, and hands it on under the number of the new one
 * (content/browser/devtools/protocol/page_handler.cc, ScreencastFrameEncoded; a JPEG in a stream of PNGs has been seen).
 * Each picture is acknowledged before anything else is done with it, and the newest of the size is kept.
 */
export class ScreencastStream {
  readonly #session: CdpSession;
  readonly #page: CdpSession;
  readonly #stopListening: () => void;
  #newest: Uint8Array | undefined;
  #wake: (() => void) | undefined;

  /**
   * `page` is the session that is told of a crash; `size` is what the page draws: a picture of another one is of before it
   * drew that.
   */
  constructor(session: CdpSession, { page, size }: Readonly<{ page: CdpSession; size: Size }>) {
    this.#session = session;
    this.#page = page;
    this.#stopListening = session.on('Page.screencastFrame', ({ data, sessionId }) => {
      // Best effort: a session that is gone sends nothing more.
      session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
      const bytes = binaryOf(data);
      if (!isOfSize(bytes, size)) return;
      this.#newest = bytes;
      this.#wake?.();
    });
  }

  async start(settings: StreamSettings, timeoutMs: number): Promise<void> {
    await this.#session.send(
      'Page.startScreencast',
      // Without the last frame, what a page draws last is dropped when the pictures before it have not been acknowledged.
      { ...settings, everyNthFrame: 1, sendLastFrame: true },
      { timeoutMs },
    );
  }

  /** The newest picture nobody has taken yet, waited for; undefined when none comes in time. Errors: the end of either session. */
  async next({
    clock,
    timeoutMs,
    signal,
  }: Readonly<{ clock: Clock; timeoutMs: number; signal?: AbortSignal }>): Promise<Uint8Array | undefined> {
    const silence = new AbortController();
    const stops: (() => void)[] = [() => silence.abort()];
    try {
      const arrival = new Promise<void>((resolve, reject: (reason: PixelproofError) => void) => {
        this.#wake = resolve;
        stops.push(this.#session.onEnd(reject), this.#page.onEnd(reject));
        if (this.#newest !== undefined) resolve();
      });
      const timeout = clock.sleep(
        timeoutMs,
        AbortSignal.any(signal === undefined ? [silence.signal] : [silence.signal, signal]),
      );
      timeout.catch(() => undefined);
      await Promise.race([arrival, timeout]);
      const picture = this.#newest;
      this.#newest = undefined;
      return picture;
    } finally {
      this.#wake = undefined;
      for (const stop of stops) stop();
    }
  }

  /** Takes no more pictures; the stream itself ends with its session. */
  stop(): void {
    this.#stopListening();
  }
}

/** What is no picture at all is none of that size either: then the stream brings none, which its source tells. */
function isOfSize(bytes: Uint8Array, { width, height }: Size): boolean {
  try {
    const header = readHeader(bytes, 'Page.screencastFrame');
    return header.width === width && header.height === height;
  } catch (error) {
    if (isPixelproofError(error)) return false;
    throw error;
  }
}
