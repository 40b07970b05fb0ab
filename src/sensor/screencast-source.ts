import { PixelproofError } from '../core/errors.js';
import { type Rect, sizeRect } from '../core/geometry.js';
import { decode as decodeImage } from '../image/decode.js';
import { requireInside } from '../image/image-buffer.js';
import { changedByCapture } from './changed-by-capture.js';
import { cropFrame } from './crop-frame.js';
import { type Frame, createFrame } from './frame.js';
import type { CaptureOptions, FrameSource, UntilOptions, UntilResult } from './frame-source.js';
import { requirePicture } from './require-picture.js';
import { ScreencastStream, type StreamedPicture } from './screencast-stream.js';
import { DEFAULT_QUALITY, DEFAULT_TIMEOUT_MS, type SourceOptions, provenanceOf } from './source-options.js';

/**
 * Frames by `Page.startScreencast`: the copy is taken in the draw that carries the damage, where a screenshot draws twice.
 * Every picture is of the whole viewport; a region is cut from it after decoding, and its bytes are then PNG (see
 * `cropFrame`). For pages that can be seen, at a device scale factor of 1, of a browser on this machine.
 *
 * `until` restarts the stream once and then takes pictures as they come; after silence it looks once more, so that a
 * stream that stalls is PXP_CAPTURE and not an unsatisfied look.
 *
 * Errors: PXP_USAGE at another device scale factor, where pictures come scaled.
 */
export function createScreencastSource(options: SourceOptions): FrameSource {
  const { page, clock, decode = decodeImage, defaults = { format: 'jpeg' } } = options;
  const { session, targetId, size: viewport, deviceScaleFactor } = page;
  if (deviceScaleFactor !== 1) {
    throw new PixelproofError('PXP_USAGE', 'a screencast comes in CSS pixels', {
      what: 'deviceScaleFactor',
      expected: '1',
      received: `${deviceScaleFactor}`,
      hint: 'take another sensor',
    });
  }
  const stream = new ScreencastStream(session, clock);
  const nextProvenance = provenanceOf('screencast', options);
  let open = true;

  const settingsOf = ({
    format = defaults.format,
    quality = defaults.quality ?? DEFAULT_QUALITY,
  }: CaptureOptions) => (format === 'jpeg' ? { format, quality } : { format });

  const frameOf = (
    { bytes, format }: StreamedPicture,
    provenance: ReturnType<typeof nextProvenance>,
    rect: Rect,
  ): Frame => {
    requirePicture(bytes, { what: 'Page.screencastFrame', format, size: viewport });
    const whole = createFrame({
      bytes,
      rect: sizeRect(viewport),
      provenance: { ...provenance, receivedAtMs: clock.nowMs() },
      decode,
    });
    return cropFrame(whole, rect);
  };

  const look = async (wanted: CaptureOptions): Promise<{ frame: Frame; number: number }> => {
    const {
      region = sizeRect(viewport),
      signal,
      timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    } = wanted;
    requireInside(viewport, region);
    if (!open) throw new PixelproofError('PXP_CAPTURE', 'the frame source is closed');
    const settings = settingsOf(wanted);
    const provenance = nextProvenance(settings);
    const picture = await stream.fresh(settings, { timeoutMs, signal });
    return { frame: frameOf(picture, provenance, region), number: picture.number };
  };

  const until = async ({ satisfies, timeoutMs, ...wanted }: UntilOptions): Promise<UntilResult> => {
    const { region = sizeRect(viewport), signal } = wanted;
    const settings = settingsOf(wanted);
    const deadlineMs = clock.nowMs() + timeoutMs;
    let { frame, number } = await look(wanted);
    for (;;) {
      if (satisfies(frame)) return { frame, satisfied: true };
      const leftMs = deadlineMs - clock.nowMs();
      if (leftMs <= 0) return { frame, satisfied: false };
      const picture = await stream.next(settings, { after: number, timeoutMs: leftMs, signal });
      if (picture === undefined) {
        ({ frame } = await look(wanted));
        return { frame, satisfied: satisfies(frame) };
      }
      // Of the stream that was started after the call, and of no later input for sure.
      const { inputEpoch, requestedAtMs } = frame.provenance;
      frame = frameOf(picture, { ...nextProvenance(settings), inputEpoch, requestedAtMs }, region);
      number = picture.number;
    }
  };

  const capture: FrameSource['capture'] = async (wanted = {}) => (await look(wanted)).frame;

  return {
    name: 'screencast',
    viewport,
    capture,
    changedSince: async (frame, wait) =>
      (await changedByCapture(frame, capture, { targetId, viewport, ...wait })).changed,
    until,
    async close() {
      open = false;
      await stream.close();
    },
  };
}
