import { sameRect } from '../core/geometry.js';
import type { Frame } from './frame.js';

/**
 * Whether two frames show the same pixels of the same place. Equal bytes from the same encoder settings are equal pixels,
 * and then nothing is decoded. Other bytes settle it for frames as they came; for parts of larger ones the pixels are
 * compared, since what differs may lie beside them.
 */
export function samePixels(a: Frame, b: Frame): boolean {
  if (!sameRect(a.rect, b.rect)) return false;
  if (sameRect(a.whole.rect, b.whole.rect) && Buffer.compare(a.whole.bytes, b.whole.bytes) === 0) return true;
  if (a.whole === a && b.whole === b) return false;
  return Buffer.compare(a.decode().data, b.decode().data) === 0;
}
