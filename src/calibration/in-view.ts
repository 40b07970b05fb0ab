import { PixelproofError } from '../core/errors.js';
import { type Rect, containsRect, intersect, sizeRect } from '../core/geometry.js';
import { showValue } from './file/show-value.js';
import type { Placement } from './placement.js';

/** What is resolved, for its errors: the calibration, the entry of its file, and where that goes. */
export type Place = Readonly<{ calibration: string; where: string; placement: Placement }>;

/** What of a rectangle is in view; perhaps nothing. */
export function inside({ size }: Placement, rect: Rect): Rect {
  return intersect(sizeRect(size), rect);
}

/** What of an entry's rectangle is in view. Errors: PXP_CALIBRATION when nothing is. */
export function cut(place: Place, rect: Rect): Rect {
  const part = inside(place.placement, rect);
  if (part.width === 0 || part.height === 0) throw outOfView(place, rect);
  return part;
}

/** An entry's rectangle, all of it in view. Errors: PXP_CALIBRATION when a part is not. */
export function whole(place: Place, rect: Rect): Rect {
  const all = rect.width > 0 && rect.height > 0 && containsRect(sizeRect(place.placement.size), rect);
  if (!all) throw outOfView(place, rect);
  return rect;
}

export function outOfView({ calibration, where, placement }: Place, rect: Rect): PixelproofError {
  const { width, height } = placement.size;
  return new PixelproofError('PXP_CALIBRATION', `\`${where}\` is not in view at this viewport`, {
    what: calibration,
    where,
    expected: `pixels within ${width}x${height}`,
    received: showValue([rect.x, rect.y, rect.width, rect.height]),
    hint: 'use a larger viewport or another `pin`',
  });
}
