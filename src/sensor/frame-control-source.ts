import type { FrameClock } from '../cdp/frame-clock.js';
import type { Page } from '../cdp/open-page.js';
import { withDeadline } from '../core/deadline.js';
import { PixelproofError, isPixelproofError } from '../core/errors.js';
import { changedByCapture } from './changed-by-capture.js';
import type { Frame } from './frame.js';
import type { CaptureOptions, FrameSource, UntilOptions, UntilResult } from './frame-source.js';
import { lookUntil } from './look-until.js';
import { screenshotSource } from './screenshot-source.js';
import { DEFAULT_TIMEOUT_MS, type SourceOptions } from './source-options.js';

/**
 * Settles within a frame the page itself takes part in. What the page did before is drawn by that frame. Just to begin
 * frames does not tell: one that begins before the page has told the compositor of its change brings no damage, and on a
 * loaded machine two in a row have been seen.
 */
const TAKE_PART = 'new Promise((resolve) => requestAnimationFrame(() => resolve()))';
/** A frame that took nearly its interval may have been drawn without the page. */
const PAGE_MISSED_MS = 15;
/** Between frames that bring no damage while we wait for one; the page needs the processor to bring it. */
const MAX_PAUSE_MS = 4;
/** After this long without damage `until` looks at the pixels all the same, later and later. */
const FIRST_LOOK_MS = 8;
const MAX_LOOK_MS = 64;
/** How often a capture that the browser refuses is asked for. */
const ATTEMPTS = 4;
/** How far beyond the caller's time a frame may take that waits for the page's own work. */
const GRACE_MS = 1000;

/**
 * Frames of a page under begin-frame control: `Page.captureScreenshot` of the region, with frames begun back to back
 * until it is answered (2..3 of them). The fastest sensor there is, and the one that knows without a picture that nothing
 * changed: every frame says whether it brought damage. Damage elsewhere, such as a spinner's, costs a capture to tell.
 *
 * A capture damages two frames by itself: the one its copy is taken in (viz: Display::DrawAndSwap), and one more in which
 * the page is put back from the clip (page_handler.cc: ScreenshotCaptured restores the emulation), 1..3 ms later. `capture`
 * and `changedSince` answer behind the second, so that all that is drawn after their answer is told apart. `until` answers
 * before it, to be quick: what the page then draws by itself, without an input, in exactly that frame, `changedSince`
 * notices with the next damage only. Where an input was sent since the frame, pixels are compared.
 *
 * Errors: PXP_USAGE when the page has no frame clock.
 */
export function createFrameControlSource({
  page,
  ...rest
}: Omit<SourceOptions, 'page'> & {
  readonly page: SourceOptions['page'] & Pick<Page, 'frames'>;
}): FrameSource {
  const options: SourceOptions = { page, ...rest };
  const { clock, epoch, timeoutMs: defaultTimeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const { targetId, size: viewport } = page;
  const frames = requireClock(page);
  /** The damage a frame shows: its copy's and that of putting the page back. Settles right after the frame. */
  const shown = new WeakMap<Frame, Promise<number>>();

  const takeOnce = async (take: () => Promise<Frame>): Promise<Frame> => {
    const before = frames.damage;
    const frame = await frames.during(take());
    shown.set(frame, settle(frames, before));
    return frame;
  };
  const plain = screenshotSource('frame-control', options, async (take) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await takeOnce(take);
      } catch (error) {
        if (!isPixelproofError(error, 'PXP_CDP_COMMAND') || attempt === ATTEMPTS) throw error;
        // Now and then the surface that was to be copied is replaced before it was drawn; then the next one is there.
        await frames.frame();
      }
    }
  });
  const capture: FrameSource['capture'] = async (wanted) => {
    const frame = await plain.capture(wanted);
    await shown.get(frame);
    return frame;
  };

  /** The page's own work may keep a frame. */
  const inTime = <T>(work: Promise<T>, timeoutMs: number, signal?: AbortSignal): Promise<T> =>
    withDeadline(work, {
      what: 'a frame',
      timeoutMs,
      signal,
      onTimeout: () =>
        new PixelproofError('PXP_CAPTURE', 'the page does not finish its frame', {
          expected: `one within ${Math.round(timeoutMs)} ms`,
          received: 'none',
        }),
    });

  /** Until all is drawn that the page has done before the call. */
  const drawn = async (timeoutMs: number, signal?: AbortSignal): Promise<void> => {
    let state: 'waiting' | 'took-part' | 'failed' = 'waiting';
    const taking = page.session
      .send('Runtime.evaluate', { expression: TAKE_PART, awaitPromise: true }, { timeoutMs, signal })
      .then(
        () => (state = 'took-part'),
        (error: unknown) => {
          state = 'failed';
          throw error;
        },
      );
    const drawing = async (): Promise<void> => {
      for (let still = 0; ; still++) {
        const startedAtMs = clock.nowMs();
        const before = state;
        await frames.frame();
        const isWhole = clock.nowMs() - startedAtMs < PAGE_MISSED_MS;
        if (before !== 'waiting' || (state !== 'waiting' && isWhole)) return;
        // Usually the second or third frame is it; a page that hangs is not to be helped by more of them.
        if (still > 2) await clock.sleep(Math.min(still, MAX_PAUSE_MS));
      }
    };
    await Promise.all([taking, drawing()]);
  };

  const changedSince = async (
    frame: Frame,
    { signal, timeoutMs = defaultTimeoutMs }: Pick<CaptureOptions, 'signal' | 'timeoutMs'> = {},
  ): Promise<boolean> => {
    const deadlineMs = clock.nowMs() + timeoutMs;
    const leftMs = (): number => Math.max(1, deadlineMs - clock.nowMs());
    const known = epoch.current === frame.provenance.inputEpoch ? shown.get(frame) : undefined;
    if (known !== undefined) {
      const damage = await inTime(known, leftMs(), signal);
      if (frames.damage <= damage) await inTime(drawn(leftMs(), signal), leftMs(), signal);
      if (frames.damage <= damage) return false;
    }
    const wait = { signal, timeoutMs: leftMs() };
    const { changed, now } = await changedByCapture(frame, capture, { targetId, viewport, ...wait });
    // Of the same pixels, so the earlier frame shows this damage as well.
    if (!changed && now !== undefined) shown.set(frame, shown.get(now)!);
    return changed;
  };

  const until = (wanted: UntilOptions): Promise<UntilResult> => {
    let lookMs = FIRST_LOOK_MS;
    const mayDiffer = async (frame: Frame, deadlineMs: number): Promise<boolean> => {
      const lookAtMs = clock.nowMs() + lookMs;
      lookMs = Math.min(2 * lookMs, MAX_LOOK_MS);
      const leftMs = (): number => deadlineMs - clock.nowMs();
      const damage = await inTime(shown.get(frame)!, leftMs() + GRACE_MS, wanted.signal);
      for (let still = 0; frames.damage <= damage && clock.nowMs() < lookAtMs; still++) {
        if (leftMs() <= 0) return false;
        if (still > 0) await clock.sleep(Math.min(still, MAX_PAUSE_MS, leftMs()), wanted.signal);
        await inTime(frames.frame(), leftMs() + GRACE_MS, wanted.signal);
      }
      return true;
    };
    // A proof does not wait for the page to be put back.
    return lookUntil(wanted, { capture: (options) => plain.capture(options), clock, mayDiffer });
  };

  return {
    ...plain,
    capture,
    changedSince,
    until,
  };
}

/** The copy's frame, and that in which the page is put back. */
const CAPTURE_DAMAGE = 2;

/** The damage after a capture's own: up to the first frame without any, and no more than a capture makes. */
async function settle(frames: FrameClock, before: number): Promise<number> {
  try {
    for (let frame = 0; frame < CAPTURE_DAMAGE; frame++) if (!(await frames.frame())) break;
  } catch {
    // The page is gone, which whoever asks for its next frame is told.
  }
  return Math.min(frames.damage, before + CAPTURE_DAMAGE);
}

function requireClock({ frames }: Pick<Page, 'frames'>): FrameClock {
  if (frames !== undefined) return frames;
  throw new PixelproofError('PXP_USAGE', 'this page is not under begin-frame control', {
    what: 'page',
    expected: 'a page of a browser launched with frameControl',
    received: 'another',
  });
}
