import type { FrameClock } from '../cdp/frame-clock.js';
import { withDeadline } from '../core/deadline.js';
import { PixelproofError, isPixelproofError } from '../core/errors.js';
import { type Rect, sizeRect } from '../core/geometry.js';
import { decode as decodeImage } from '../image/decode.js';
import { requireInside } from '../image/image-buffer.js';
import { captureLane } from './capture-lane.js';
import { changedByCapture } from './changed-by-capture.js';
import { cropFrame } from './crop-frame.js';
import { type Frame, createFrame } from './frame.js';
import type { CaptureOptions, FrameSource, UntilOptions, UntilResult } from './frame-source.js';
import { lookUntil } from './look-until.js';
import { requirePicture } from './require-picture.js';
import { DEFAULT_QUALITY, DEFAULT_TIMEOUT_MS, type SourceOptions, provenanceOf } from './source-options.js';

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
/** How far beyond the caller's time a frame may take that waits for the page's own work. */
const GRACE_MS = 1000;

/**
 * Frames of a page under begin-frame control. The page draws just the region (`PageView`), and one frame is begun that
 * brings its picture (`HeadlessExperimental.beginFrame`). The fastest sensor there is, and the one that knows without a
 * picture that nothing changed: every frame says whether it brought damage. Damage elsewhere in what the page draws costs
 * a picture to tell.
 *
 * `capture` and `changedSince` answer of all that the page did before the call; `until` takes the frames as they come.
 *
 * Errors: PXP_USAGE when the page has no frame clock.
 */
export function createFrameControlSource(options: SourceOptions): FrameSource {
  const { page, clock, decode = decodeImage, defaults = { format: 'png' } } = options;
  const { timeoutMs: defaultTimeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const { session, targetId, size: viewport, view } = page;
  const frames = requireClock(page);
  const lane = captureLane(session);
  const nextProvenance = provenanceOf('frame-control', options);
  /** The damage and the doubts up to each frame, its own included. */
  const shown = new WeakMap<Frame, Pick<FrameClock, 'damage' | 'doubts'>>();
  let open = true;

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
    const taking = session
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

  /** A frame of the region; `settled` when it has to show all that the page did before. */
  const take = async (
    wanted: CaptureOptions,
    { settled }: Readonly<{ settled: boolean }>,
  ): Promise<Frame> => {
    const { region = sizeRect(viewport), format = defaults.format, signal } = wanted;
    const { timeoutMs = defaultTimeoutMs } = wanted;
    requireInside(viewport, region);
    const quality = format === 'jpeg' ? (wanted.quality ?? defaults.quality ?? DEFAULT_QUALITY) : undefined;
    const deadlineMs = clock.nowMs() + timeoutMs;
    const leftMs = (): number => Math.max(1, deadlineMs - clock.nowMs());
    const picture = async (): Promise<Frame> => {
      for (;;) {
        if (!view.draws(region)) await frames.during(view.show(region, { timeoutMs: leftMs(), signal }));
        const { rect } = view;
        if (settled) await drawn(leftMs(), signal);
        const provenance = nextProvenance({ format, quality });
        const bytes = await frames.picture({ format, quality, optimizeForSpeed: format === 'png' });
        try {
          return shownNow({ bytes, rect, provenance });
        } catch (error) {
          // The part it draws has just changed, or the page has nothing to show yet: then the next frame is it.
          if (!isPixelproofError(error, 'PXP_CAPTURE') || clock.nowMs() >= deadlineMs) throw error;
        }
      }
    };
    const shownNow = ({
      bytes = new Uint8Array(0),
      rect,
      provenance,
    }: Readonly<{
      bytes?: Uint8Array;
      rect: Rect;
      provenance: ReturnType<typeof nextProvenance>;
    }>): Frame => {
      requirePicture(bytes, { what: 'HeadlessExperimental.beginFrame', format, size: rect });
      const received = { ...provenance, receivedAtMs: clock.nowMs() };
      const frame = cropFrame(createFrame({ bytes, rect, provenance: received, decode }), region);
      shown.set(frame, { damage: frames.damage, doubts: frames.doubts });
      return frame;
    };
    return lane.run(
      (hold) => {
        if (!open) throw new PixelproofError('PXP_CAPTURE', 'the frame source is closed');
        const work = picture();
        const release = hold();
        // What we give up on has ended when its frame has.
        work.then(release, release);
        return inTime(work, leftMs(), signal);
      },
      { timeoutMs, signal },
    );
  };

  const capture: FrameSource['capture'] = (wanted = {}) => take(wanted, { settled: true });

  type Wait = Pick<CaptureOptions, 'signal' | 'timeoutMs'>;

  /** Whether nothing was drawn since the frame, all that the page has done until now included; false is no proof of change. */
  const isStill = async (frame: Frame, { signal, timeoutMs = defaultTimeoutMs }: Wait): Promise<boolean> => {
    const upTo = shown.get(frame);
    if (upTo === undefined) return false;
    const same = (): boolean => frames.damage === upTo.damage && frames.doubts === upTo.doubts;
    if (!same()) return false;
    await inTime(drawn(timeoutMs, signal), timeoutMs, signal);
    return same();
  };
  const left = ({ timeoutMs = defaultTimeoutMs, ...wait }: Wait, sinceMs: number) => ({
    ...wait,
    timeoutMs: Math.max(1, timeoutMs - (clock.nowMs() - sinceMs)),
  });

  const changedSince: FrameSource['changedSince'] = async (frame, wait = {}) => {
    const startedAtMs = clock.nowMs();
    if (await isStill(frame, wait)) return false;
    const { changed, now } = await changedByCapture(frame, capture, {
      ...{ targetId, viewport },
      ...left(wait, startedAtMs),
    });
    if (changed || now === undefined) return true;
    // Of the same pixels, so the earlier frame shows this damage as well.
    shown.set(frame, shown.get(now)!);
    // Behind the frame that undoes the picture's copy: what changes from now on is told.
    await inTime(frames.frame(), left(wait, startedAtMs).timeoutMs, wait.signal);
    return false;
  };

  const until = async (wanted: UntilOptions): Promise<UntilResult> => {
    let lookMs = FIRST_LOOK_MS;
    /** The first frame brought damage: the page may be one that moves, which each next frame shows further on. */
    let isLively = false;
    const deadlineMs = clock.nowMs() + wanted.timeoutMs;
    /** Until something was drawn, or it is time to look all the same; false at the deadline. */
    const isTime = async (isDrawn: () => boolean): Promise<boolean> => {
      const lookAtMs = clock.nowMs() + lookMs;
      lookMs = Math.min(2 * lookMs, MAX_LOOK_MS);
      const leftMs = (): number => deadlineMs - clock.nowMs();
      let still = 0;
      for (; !isDrawn() && clock.nowMs() < lookAtMs; still++) {
        if (leftMs() <= 0) return false;
        if (still > 0) await clock.sleep(Math.min(still, MAX_PAUSE_MS, leftMs()), wanted.signal);
        await inTime(frames.frame(), leftMs() + GRACE_MS, wanted.signal);
      }
      isLively = still === 1 && isDrawn();
      return true;
    };
    const mayDiffer = async (frame: Frame): Promise<boolean> => {
      if (!isLively) return isTime(() => frames.damage > shown.get(frame)!.damage);
      isLively = false;
      return true;
    };
    // What an input did may have been drawn with the undoing of the picture before it.
    const { draws } = frames;
    await isTime(() => frames.draws > draws);
    return lookUntil(
      { ...wanted, timeoutMs: Math.max(0, deadlineMs - clock.nowMs()) },
      {
        capture: (options = {}) => take(options, { settled: false }),
        clock,
        mayDiffer,
      },
    );
  };

  return {
    name: 'frame-control',
    viewport,
    capture,
    changedSince,
    until,
    close() {
      open = false;
      return Promise.resolve();
    },
  };
}

function requireClock({ frames }: SourceOptions['page']): FrameClock {
  if (frames !== undefined) return frames;
  throw new PixelproofError('PXP_USAGE', 'this page is not under begin-frame control', {
    what: 'page',
    expected: 'a page of a browser launched with frameControl',
    received: 'another',
  });
}
