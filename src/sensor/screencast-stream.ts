import { binaryOf } from '../cdp/binary-of.js';
import type { CdpSession } from '../cdp/session.js';
import type { Clock } from '../core/clock.js';
import { withDeadline } from '../core/deadline.js';
import { PixelproofError } from '../core/errors.js';
import type { FrameFormat } from './frame.js';

export interface StreamSettings {
  readonly format: FrameFormat;
  /** JPEG only. */
  readonly quality?: number;
}

/** A picture of the whole viewport, as it came. */
export interface StreamedPicture extends StreamSettings {
  readonly bytes: Uint8Array;
  /** Counts the pictures of the stream from 1. */
  readonly number: number;
}

type Wait = Readonly<{ timeoutMs: number; signal?: AbortSignal }>;

/** From a restart to its picture: 25 ms here (median on a loaded machine), of a page that draws at all. */
const REARM_MS = 500;

/**
 * `Page.startScreencast` of one session: each picture is acknowledged before anything else is done with it, and the newest
 * is kept. A picture tells only when the browser received it (metadata.timestamp), up to 57 ms after the page drew it, as
 * measured with pictures that show their own time; and one of before may be on its way still, under the number of the new
 * stream (content/browser/devtools/protocol/page_handler.cc, ScreencastFrameEncoded). So for whoever needs a picture of
 * after now the stream is stopped and, once the browser has answered that, started; one counts that the browser received
 * after the stop. This compares the browser's clock with ours: both have to be on one machine.
 */
export class ScreencastStream {
  readonly #session: CdpSession;
  readonly #clock: Clock;
  readonly #stopListening: () => void;
  readonly #waiting = new Set<() => void>();
  #settings: StreamSettings | undefined;
  #newest: StreamedPicture | undefined;
  #count = 0;
  /** What the browser received before this wall-clock instant is of before the last restart. */
  #armedAtMs = Infinity;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(session: CdpSession, clock: Clock) {
    this.#session = session;
    this.#clock = clock;
    this.#stopListening = session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
      // Best effort: a session that is gone sends nothing more.
      session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
      const receivedAtMs = (metadata.timestamp ?? 0) * 1000;
      if (this.#settings === undefined || receivedAtMs < this.#armedAtMs) return;
      this.#newest = { ...this.#settings, bytes: binaryOf(data), number: ++this.#count };
      for (const wake of [...this.#waiting]) wake();
    });
  }

  /**
   * A picture of after the call, by a restart of the stream, which brings one of a page that is still, too. Calls take
   * turns: a restart would take another's picture away. Errors: PXP_CAPTURE (none came), PXP_ABORTED, those of `send`.
   */
  async fresh(settings: StreamSettings, { timeoutMs, signal }: Wait): Promise<StreamedPicture> {
    const deadlineMs = this.#clock.nowMs() + timeoutMs;
    const work = this.#turn.then(async () => {
      for (;;) {
        const leftMs = deadlineMs - this.#clock.nowMs();
        if (leftMs <= 0 || signal?.aborted === true) throw stalled(timeoutMs);
        const seen = await this.#restart(settings, leftMs);
        const picture = await this.next(settings, {
          after: seen,
          timeoutMs: Math.min(REARM_MS, leftMs),
          signal,
        });
        if (picture !== undefined) return picture;
      }
    });
    this.#turn = work.catch(() => undefined);
    return withDeadline(work, { what: 'a picture', timeoutMs, signal, onTimeout: () => stalled(timeoutMs) });
  }

  /** The newest picture beyond the number `after`, of these settings, waited for; undefined when none comes in time. */
  async next(
    { format, quality }: StreamSettings,
    { after, timeoutMs, signal }: Wait & { readonly after: number },
  ): Promise<StreamedPicture | undefined> {
    const found = (): StreamedPicture | undefined => {
      const newest = this.#newest;
      if (newest?.format !== format || newest.quality !== quality) return undefined;
      return newest.number > after ? newest : undefined;
    };
    const picture = found();
    if (picture !== undefined || timeoutMs <= 0) return picture;
    let wake = (): void => undefined;
    let stop = (): void => undefined;
    try {
      const arrival = new Promise<StreamedPicture | undefined>((resolve, reject) => {
        wake = () => {
          const arrived = found();
          if (arrived !== undefined) resolve(arrived);
        };
        this.#waiting.add(wake);
        stop = this.#session.onEnd(reject);
      });
      const silence = new AbortController();
      const timeout = this.#clock.sleep(
        timeoutMs,
        AbortSignal.any(signal === undefined ? [silence.signal] : [silence.signal, signal]),
      );
      try {
        return await Promise.race([arrival, timeout.then(() => undefined)]);
      } finally {
        timeout.catch(() => undefined);
        silence.abort();
      }
    } finally {
      this.#waiting.delete(wake);
      stop();
    }
  }

  async close(): Promise<void> {
    this.#stopListening();
    if (this.#settings === undefined || this.#session.state !== 'open') return;
    this.#settings = undefined;
    // Best effort: the stream ends with its session, too.
    await this.#session.send('Page.stopScreencast').catch(() => undefined);
  }

  /** Answers the number of the last picture of before. */
  async #restart({ format, quality }: StreamSettings, timeoutMs: number): Promise<number> {
    this.#armedAtMs = Infinity;
    await this.#session.send('Page.stopScreencast', undefined, { timeoutMs });
    // A date has whole milliseconds: what the browser received until now, it received before the next one.
    const armedAtMs = this.#clock.date().getTime() + 1;
    while (this.#clock.date().getTime() < armedAtMs) await this.#clock.sleep(1);
    this.#settings = { format, quality };
    this.#armedAtMs = armedAtMs;
    const seen = this.#count;
    await this.#session.send(
      'Page.startScreencast',
      // Without the last frame, what a page draws last is dropped when the pictures before it have not been acknowledged.
      { format, quality, everyNthFrame: 1, sendLastFrame: true },
      { timeoutMs },
    );
    return seen;
  }
}

function stalled(timeoutMs: number): PixelproofError {
  return new PixelproofError('PXP_CAPTURE', 'the screencast brings no picture', {
    expected: `one within ${Math.round(timeoutMs)} ms`,
    received: 'none',
    hint: 'a hidden page sends none; bring it to the front, or take another sensor',
  });
}
