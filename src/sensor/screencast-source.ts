import type { Page } from '../cdp/open-page.js';
import type { CdpSession } from '../cdp/session.js';
import { PixelproofError } from '../core/errors.js';
import { type Rect, sizeRect } from '../core/geometry.js';
import { decode as decodeImage } from '../image/decode.js';
import { requireInside } from '../image/image-buffer.js';
import { captureLane } from './capture-lane.js';
import { changedByCapture } from './changed-by-capture.js';
import { cropFrame } from './crop-frame.js';
import { watchFirstFrames } from './first-frames.js';
import { type Frame, createFrame } from './frame.js';
import type { CaptureOptions, FrameSource, UntilOptions, UntilResult } from './frame-source.js';
import { requirePicture } from './require-picture.js';
import { ScreencastStream, type StreamSettings } from './screencast-stream.js';
import { DEFAULT_QUALITY, DEFAULT_TIMEOUT_MS, type SourceOptions, provenanceOf } from './source-options.js';

/** From a start to its first picture: 10 ms here (median), of a page that draws at all. */
const START_MS = 500;
/** So long one look of `until` has the page for itself; then others have their turn, and a stream that stalled is found out. */
const TURN_MS = 250;

/**
 * Frames by `Page.startScreencast`: the copy is taken in the draw that carries the damage, where a screenshot draws twice.
 * The page draws just the region (`PageView`). Each look starts a stream on a session of its own, so that nothing it brings
 * was drawn before (`ScreencastStream`); `until` then takes the pictures as they come. For pages that can be seen.
 *
 * The browser's window has to have the page's device scale factor, else no picture has the right size.
 */
export function createScreencastSource({
  page,
  ...rest
}: Omit<SourceOptions, 'page'> & {
  readonly page: SourceOptions['page'] & Pick<Page, 'attach' | 'detach'>;
}): FrameSource {
  const options: SourceOptions = { page, ...rest };
  const { clock, decode = decodeImage, defaults = { format: 'jpeg' } } = options;
  const { session, targetId, size: viewport, view } = page;
  const lane = captureLane(session);
  const firstFrames = watchFirstFrames(session);
  const nextProvenance = provenanceOf('screencast', options);
  /** Attached ahead, since that takes longer than to start a stream. */
  let spare: Promise<CdpSession> | undefined;
  let open = true;

  const nextSession = async (timeoutMs: number): Promise<CdpSession> => {
    const next = spare ?? page.attach({ timeoutMs });
    spare = undefined;
    return next;
  };
  const prepareNext = (): void => {
    if (!open || session.state !== 'open') return;
    spare = page.attach();
    // Whoever takes it is told.
    spare.catch(() => undefined);
  };

  /** Starts a stream of what the page draws for `region`, hands it to `use`, and ends it. */
  const streaming = async <T>(
    { region, settings, timeoutMs, signal }: Look,
    use: (stream: ScreencastStream, drawn: Rect) => Promise<T>,
  ): Promise<T> =>
    lane.run(
      async () => {
        if (!open) throw new PixelproofError('PXP_CAPTURE', 'the frame source is closed');
        if (!view.draws(region)) await firstFrames.drawn({ timeoutMs, signal });
        const drawn = await view.show(region, { timeoutMs, signal });
        const own = await nextSession(timeoutMs);
        const stream = new ScreencastStream(own, { page: session, size: drawn });
        try {
          await stream.start(settings, timeoutMs);
          return await use(stream, drawn);
        } finally {
          stream.stop();
          page.detach(own);
          prepareNext();
        }
      },
      { timeoutMs, signal },
    );

  const frameOf = (bytes: Uint8Array, drawn: Rect, { region, settings }: Look, since: Since): Frame => {
    requirePicture(bytes, { what: 'Page.screencastFrame', format: settings.format, size: drawn });
    const provenance = { ...nextProvenance(settings), ...since, receivedAtMs: clock.nowMs() };
    return cropFrame(createFrame({ bytes, rect: drawn, provenance, decode }), region);
  };

  const lookOf = (wanted: CaptureOptions): Look => {
    const { region = sizeRect(viewport), format = defaults.format, signal } = wanted;
    const { timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS } = wanted;
    requireInside(viewport, region);
    const quality = wanted.quality ?? defaults.quality ?? DEFAULT_QUALITY;
    return { region, settings: format === 'jpeg' ? { format, quality } : { format }, timeoutMs, signal };
  };

  /** Everything of a stream belongs to its start: an input of later may not be in its pictures. */
  const sinceNow = (): Since => ({ inputEpoch: options.epoch.current, requestedAtMs: clock.nowMs() });

  /** Looks at the pictures of one stream; the first has to come. Undefined: none in START_MS. */
  const look = (
    wanted: Look,
    { satisfies, untilMs }: Readonly<{ satisfies: (frame: Frame) => boolean; untilMs: number }>,
  ): Promise<UntilResult | undefined> => {
    const since = sinceNow();
    return streaming(wanted, async (stream, drawn) => {
      let result: UntilResult | undefined;
      for (;;) {
        const timeoutMs =
          result === undefined ? Math.min(START_MS, wanted.timeoutMs) : untilMs - clock.nowMs();
        const bytes =
          timeoutMs > 0 ? await stream.next({ clock, timeoutMs, signal: wanted.signal }) : undefined;
        if (bytes === undefined) return result;
        const frame = frameOf(bytes, drawn, wanted, since);
        result = { frame, satisfied: satisfies(frame) };
        if (result.satisfied) return result;
      }
    });
  };

  const first = async (wanted: Look): Promise<Frame> => {
    const deadlineMs = clock.nowMs() + wanted.timeoutMs;
    for (;;) {
      const leftMs = deadlineMs - clock.nowMs();
      if (leftMs <= 0) throw stalled(wanted.timeoutMs);
      const result = await look(
        { ...wanted, timeoutMs: leftMs },
        { satisfies: () => true, untilMs: deadlineMs },
      );
      if (result !== undefined) return result.frame;
    }
  };
  const capture: FrameSource['capture'] = (wanted = {}) => first(lookOf(wanted));

  const until = async ({ satisfies, timeoutMs, ...wanted }: UntilOptions): Promise<UntilResult> => {
    const deadlineMs = clock.nowMs() + timeoutMs;
    const each = lookOf(wanted);
    let silentMs = 0;
    for (;;) {
      const startedAtMs = clock.nowMs();
      const untilMs = Math.min(startedAtMs + TURN_MS, deadlineMs);
      const result = await look(each, { satisfies, untilMs });
      silentMs = result === undefined ? silentMs + clock.nowMs() - startedAtMs : 0;
      if (silentMs >= each.timeoutMs) throw stalled(silentMs);
      if (result !== undefined && (result.satisfied || clock.nowMs() >= deadlineMs)) return result;
    }
  };

  return {
    name: 'screencast',
    viewport,
    capture,
    changedSince: async (frame, wait) =>
      (await changedByCapture(frame, capture, { targetId, viewport, ...wait })).changed,
    until,
    async close() {
      open = false;
      firstFrames.stop();
      const unused = await spare?.catch(() => undefined);
      if (unused !== undefined) page.detach(unused);
    },
  };
}

interface Look {
  readonly region: Rect;
  readonly settings: StreamSettings;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

type Since = Readonly<{ inputEpoch: number; requestedAtMs: number }>;

function stalled(timeoutMs: number): PixelproofError {
  return new PixelproofError('PXP_CAPTURE', 'the screencast brings no picture', {
    expected: `one within ${Math.round(timeoutMs)} ms`,
    received: 'none',
    hint: 'a hidden page sends none; bring it to the front, or take another sensor',
  });
}
