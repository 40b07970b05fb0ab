import type { Frame } from './frame.js';
import type { CaptureOptions, FrameSource } from './frame-source.js';

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
  const { rect, provenance } = frame;
  const isForeign =
    provenance.targetId !== targetId ||
    provenance.viewport.width !== viewport.width ||
    provenance.viewport.height !== viewport.height;
  if (isForeign) return { changed: true };
  const { format, quality } = provenance;
  const now = await capture({ region: rect, format, quality, ...options });
  return { changed: !frame.hasPixelsOf(now), now };
}
