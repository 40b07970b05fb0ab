import type { Frame } from './frame.js';
import type { CaptureOptions, FrameSource } from './frame-source.js';

/** A new capture of the frame's region, in its format and quality: how `renew` goes without any knowledge of stillness. */
export function recapture(
  { rect, provenance: { format, quality } }: Frame,
  capture: FrameSource['capture'],
  wait?: Pick<CaptureOptions, 'signal' | 'timeoutMs'>,
): Promise<Frame> {
  return capture({ region: rect, format, quality, ...wait });
}

/**
 * Answers `changedSince` by a new capture of the frame's region, in its format and quality. The new frame comes along, of
 * the same pixels when nothing changed; there is none for a frame of another page.
 */
export async function changedByCapture(
  frame: Frame,
  capture: FrameSource['capture'],
  {
    targetId,
    viewport,
    ...options
  }: Pick<CaptureOptions, 'signal' | 'timeoutMs'> & Pick<Frame['provenance'], 'targetId' | 'viewport'>,
): Promise<{ readonly changed: boolean; readonly now?: Frame }> {
  const { provenance } = frame;
  const isForeign =
    provenance.targetId !== targetId ||
    provenance.viewport.width !== viewport.width ||
    provenance.viewport.height !== viewport.height;
  if (isForeign) return { changed: true };
  const now = await recapture(frame, capture, options);
  return { changed: !frame.hasPixelsOf(now), now };
}
