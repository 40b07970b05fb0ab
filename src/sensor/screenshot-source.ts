import { PixelproofError, isPixelproofError } from '../core/errors.js';
import { sizeRect } from '../core/geometry.js';
import { decode as decodeImage } from '../image/decode.js';
import { requireInside } from '../image/image-buffer.js';
import { captureLane } from './capture-lane.js';
import { changedByCapture } from './changed-by-capture.js';
import { createFrame } from './frame.js';
import type { FrameSource } from './frame-source.js';
import { lookUntil } from './look-until.js';
import { DEFAULT_QUALITY, DEFAULT_TIMEOUT_MS, type SourceOptions, provenanceOf } from './source-options.js';
import { takeScreenshot } from './take-screenshot.js';
import { unlessLost } from './unless-lost.js';

/** From the refusal of a copy to the event of the crash that caused it; 10 ms here. */
const CRASH_MS = 50;

/** Copies asked for before a new document's first frame are refused, one in five here; the second only while a dialog is open. */
const MAX_TAKES = 3;

/**
 * Frames by `Page.captureScreenshot` with a clip at scale 1 inside the viewport, of which the page notices nothing.
 * Works on every browser. Captures of a session run one after the other, over all its sources. PNG is encoded for speed.
 * `changedSince` costs a capture, and `until` captures without a pause.
 *
 * At a fractional device scale factor a region's edges may not fall on CSS pixels; the received picture is measured, and
 * one that is not the region's size is PXP_CAPTURE.
 */
export function createScreenshotSource(options: SourceOptions): FrameSource {
  const { page, clock, decode = decodeImage, defaults = { format: 'png' } } = options;
  const { session, targetId, size: viewport, deviceScaleFactor, view, frames } = page;
  const lane = captureLane(session);
  const nextProvenance = provenanceOf('screenshot', options);
  let open = true;

  /** Throws what ended a take, unless it was a refusal that another take may not meet. */
  const requireAnotherTake = async (error: unknown, take: number): Promise<void> => {
    if (!isPixelproofError(error, 'PXP_CDP_COMMAND')) throw error;
    // A page that crashes while it is copied is refused a little before its crash is told.
    await clock.sleep(CRASH_MS);
    // Of a session that has ended, every command is refused with the reason.
    if (session.state !== 'open') await session.send('Page.enable');
    if (take === MAX_TAKES) throw error;
  };

  const capture: FrameSource['capture'] = async ({
    region: rect = sizeRect(viewport),
    format = defaults.format,
    quality: wanted = defaults.quality ?? DEFAULT_QUALITY,
    signal,
    timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
  } = {}) => {
    requireInside(viewport, rect);
    const quality = format === 'jpeg' ? wanted : undefined;
    const deadlineMs = clock.nowMs() + timeoutMs;
    return lane.run(
      async (hold) => {
        if (!open) throw new PixelproofError('PXP_CAPTURE', 'the frame source is closed');
        const leftMs = (): number => Math.max(1, deadlineMs - clock.nowMs());
        // The clip is told in the coordinates of a page that draws all of its viewport.
        await view.show(sizeRect(viewport), { timeoutMs: leftMs(), signal });
        let take = 1;
        /** Taken for lost, and come after all: the copy asked for in its place may have its picture. */
        const late: Uint8Array[] = [];
        for (;;) {
          const provenance = nextProvenance({ format, quality });
          const taking = takeScreenshot(
            session,
            { rect, format, quality, deviceScaleFactor },
            { timeoutMs: leftMs(), signal, onLate: hold() },
          );
          try {
            // Under begin-frame control it is answered after some frames, whoever begins them.
            const bytes = await unlessLost(frames?.during(taking) ?? taking, { session, clock });
            if (bytes === undefined) {
              taking.then(
                (picture) => late.push(picture),
                () => undefined,
              );
              continue;
            }
            if (late.splice(0).length > 0) continue;
            const receivedAtMs = clock.nowMs();
            return createFrame({ bytes, rect, provenance: { ...provenance, receivedAtMs }, decode });
          } catch (error) {
            await requireAnotherTake(error, take++);
          }
        }
      },
      { timeoutMs, signal },
    );
  };

  return {
    name: 'screenshot',
    viewport,
    capture,
    changedSince: async (frame, wait) =>
      (await changedByCapture(frame, capture, { targetId, viewport, ...wait })).changed,
    until: (wanted) => lookUntil(wanted, { capture, clock }),
    close() {
      open = false;
      return Promise.resolve();
    },
  };
}
