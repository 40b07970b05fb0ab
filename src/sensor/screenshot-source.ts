import type { Page } from '../cdp/open-page.js';
import type { Clock } from '../core/clock.js';
import { PixelproofError, isPixelproofError } from '../core/errors.js';
import { type Rect, sizeRect } from '../core/geometry.js';
import type { InputEpoch } from '../core/input-epoch.js';
import { decode as decodeImage } from '../image/decode.js';
import { readHeader } from '../image/header.js';
import { requireInside } from '../image/image-buffer.js';
import { captureLane } from './capture-lane.js';
import { type DecodeFrame, type Frame, type FrameFormat, createFrame } from './frame.js';
import type { CaptureOptions, FrameSource } from './frame-source.js';

export interface ScreenshotSourceOptions {
  readonly page: Pick<Page, 'session' | 'targetId' | 'size' | 'deviceScaleFactor'>;
  readonly epoch: InputEpoch;
  readonly clock: Clock;
  /** Default: `decode` of the image layer, which picks its decoder itself. */
  readonly decode?: DecodeFrame;
  readonly defaults?: Readonly<{ format: FrameFormat; quality?: number }>;
  /** Default 5000 ms; a capture takes 20..50 ms, and only a hidden or hung page takes longer than a second. */
  readonly timeoutMs?: number;
}

/** What Chromium itself takes when none is given: content/browser/devtools/protocol/page_handler.cc. */
const DEFAULT_QUALITY = 80;

/**
 * Frames by `Page.captureScreenshot` with a clip at scale 1 inside the viewport, of which the page notices nothing.
 * Works on every browser. Captures of a session run one after the other, over all its sources. PNG is encoded for speed.
 *
 * At a fractional device scale factor a region's edges may not fall on CSS pixels; the received picture is measured, and
 * one that is not the region's size is PXP_CAPTURE.
 */
export function createScreenshotSource({
  page,
  epoch,
  clock,
  decode = decodeImage,
  defaults = { format: 'png' },
  timeoutMs: defaultTimeoutMs = 5000,
}: ScreenshotSourceOptions): FrameSource {
  const { session, targetId, size: viewport, deviceScaleFactor } = page;
  const lane = captureLane(session);
  let lastId = 0;
  let open = true;

  const capture = async (
    { region: rect = sizeRect(viewport), format = defaults.format, signal, ...options }: CaptureOptions,
    { timeoutMs, onLate }: Readonly<{ timeoutMs: number; onLate: () => void }>,
  ): Promise<Frame> => {
    const quality = format === 'jpeg' ? (options.quality ?? defaults.quality ?? DEFAULT_QUALITY) : undefined;
    const provenance = {
      sensor: 'screenshot',
      format,
      quality,
      captureId: ++lastId,
      targetId,
      viewport,
      deviceScaleFactor,
      requestedAtMs: clock.nowMs(),
      inputEpoch: epoch.current,
    };
    const answer: { data?: string } = await session.send(
      'Page.captureScreenshot',
      {
        format,
        quality,
        clip: { ...cssRect(rect, deviceScaleFactor), scale: 1 },
        captureBeyondViewport: false,
        optimizeForSpeed: format === 'png',
      },
      { timeoutMs, signal, onLate },
    );
    const receivedAtMs = clock.nowMs();
    const bytes = Buffer.from(answer.data ?? '', 'base64');
    requirePicture(bytes, { format, rect });
    return createFrame({ bytes, rect, provenance: { ...provenance, receivedAtMs }, decode });
  };

  return {
    name: 'screenshot',
    viewport,
    async capture(options = {}) {
      if (options.region !== undefined) requireInside(viewport, options.region);
      const { timeoutMs = defaultTimeoutMs, signal } = options;
      const deadlineMs = clock.nowMs() + timeoutMs;
      return lane.run(
        (onLate) => {
          if (!open) throw new PixelproofError('PXP_CAPTURE', 'the frame source is closed');
          return capture(options, { timeoutMs: Math.max(1, deadlineMs - clock.nowMs()), onLate });
        },
        { timeoutMs, signal },
      );
    },
    close() {
      open = false;
      return Promise.resolve();
    },
  };
}

function cssRect({ x, y, width, height }: Rect, scale: number): Rect {
  return { x: x / scale, y: y / scale, width: width / scale, height: height / scale };
}

function requirePicture(
  bytes: Uint8Array,
  { format, rect }: Readonly<{ format: FrameFormat; rect: Rect }>,
): void {
  const expected = `a ${format} of ${rect.width}x${rect.height}`;
  let received: string;
  try {
    const header = readHeader(bytes, 'Page.captureScreenshot');
    received = `a ${header.format} of ${header.width}x${header.height}`;
  } catch (cause) {
    if (!isPixelproofError(cause)) throw cause;
    throw new PixelproofError('PXP_CAPTURE', 'the browser sent no picture', {
      expected,
      received: cause.code,
      cause,
    });
  }
  if (received === expected) return;
  throw new PixelproofError('PXP_CAPTURE', 'the browser sent another picture than asked for', {
    expected,
    received,
  });
}
