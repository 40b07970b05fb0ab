import { sameRect } from '../core/geometry.js';
import type { Frame } from './frame.js';

/** `Frame.hasPixelsOf`, for every kind of frame. */
export function samePixels(a: Frame, b: Frame): boolean {
  if (!sameRect(a.rect, b.rect)) return false;
  if (a.whole === b.whole) return true;
  if (sameRect(a.whole.rect, b.whole.rect) && Buffer.compare(a.whole.bytes, b.whole.bytes) === 0) return true;
  if (sameRect(a.whole.rect, a.rect) && sameRect(b.whole.rect, b.rect)) return false;
  return Buffer.compare(a.decode().data, b.decode().data) === 0;
}
