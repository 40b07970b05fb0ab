import type { CdpSession } from '../cdp/session.js';
import { throwIfAborted } from '../core/clock.js';
import { withDeadline } from '../core/deadline.js';
import { PixelproofError, isPixelproofError } from '../core/errors.js';

/** Calls `hold` for what goes on in the browser when the capture gives up, and its result when that has ended. */
type Capture<T> = (hold: () => () => void) => Promise<T>;

/**
 * Lets the captures of one session run one after the other: Chromium can answer two at once with each other's picture.
 * A capture we gave up on (deadline, abort) may still run in the browser, so it can hold the lane until its answer comes or
 * the session ends.
 */
export interface CaptureLane {
  /** Runs `capture` in its turn. Errors: its own; PXP_CAPTURE when its turn does not come in time; PXP_ABORTED. */
  run<T>(capture: Capture<T>, wait: Readonly<{ timeoutMs: number; signal?: AbortSignal }>): Promise<T>;
}

/** The lane of a session, the same one for all who ask. It is forgotten with the session. */
export function captureLane(session: CdpSession): CaptureLane {
  const lane = lanes.get(session) ?? newLane(session);
  lanes.set(session, lane);
  return lane;
}

const lanes = new WeakMap<CdpSession, CaptureLane>();

function newLane(session: CdpSession): CaptureLane {
  let free = Promise.resolve();
  return {
    async run(capture, { timeoutMs, signal }) {
      const turn = free;
      let release!: () => void;
      const done = new Promise<void>((resolve) => (release = resolve));
      free = turn.then(() => done);
      try {
        await withDeadline(turn, {
          what: 'capture',
          timeoutMs,
          signal,
          onTimeout: () =>
            new PixelproofError('PXP_CAPTURE', 'an earlier capture of this page has not been answered', {
              hint: 'attach to the page again',
            }),
        });
      } catch (error) {
        release();
        throw error;
      }
      const stop = session.onEnd(release);
      const leave = (): void => {
        stop();
        release();
      };
      let leaveGivenUp = leave;
      try {
        const result = await capture(() => {
          // A command that is refused as aborted from here on has been sent.
          throwIfAborted(signal);
          leaveGivenUp = () => undefined;
          return leave;
        });
        leave();
        return result;
      } catch (error) {
        const gaveUp = isPixelproofError(error, 'PXP_CDP_TIMEOUT') || isPixelproofError(error, 'PXP_ABORTED');
        (gaveUp ? leaveGivenUp : leave)();
        throw error;
      }
    },
  };
}
