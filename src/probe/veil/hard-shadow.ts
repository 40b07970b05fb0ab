import { type Rect, inflate } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { newEdge } from './new-frame.js';
import { type Candidate, pairOf } from './veil-candidate.js';

/** Pixels: a shadow is so deep at most (two columns of a terminal, on a screen of double density), and no border. */
const DEEPEST = 40;
const SHALLOWEST = 6;
/** Of the side of what throws the shadow, that is new along the whole outline: all but the shadow's own corner. */
const SIDE = 0.75;
/** Of the pixels of a corner, those that are as they were, and of a shadow, those that are not brighter; a codec takes some. */
const MOSTLY = 0.85;
/** Of the pixels of a shadow, those that are darker: it falls on letters, too. */
const DARKENED = 0.5;
/** Levels by which a codec moves what lies beside a strong edge, and how far. */
const RINGING = 32;
const NEAR = 2;

/**
 * The box without the even shadow that it throws to its lower right: beyond a side at the right and one below the page is darker, and
 * the two corners that this shadow leaves free show the page as it was.
 * Cost: 72 lines along two sides of what has opened.
 */
export function withoutHardShadow(candidate: Candidate, box: Rect): Rect {
  const right = sideWithin(candidate, box, 'x');
  const bottom = sideWithin(candidate, box, 'y');
  const [deep, low] = [box.x + box.width - right, box.y + box.height - bottom];
  if (Math.min(deep, low) < SHALLOWEST) return box;
  const corners = [
    { x: right, y: box.y, width: deep, height: low },
    { x: box.x, y: bottom, width: deep, height: low },
  ];
  const shadows = [
    { x: right, y: box.y + low, width: deep, height: box.height - low },
    { x: box.x + deep, y: bottom, width: box.width - deep, height: low },
  ];
  const isThrown =
    corners.every((rect) => shareOf(candidate, rect, (by) => Math.abs(by) <= RINGING) >= MOSTLY) &&
    shadows.every(
      (rect) =>
        shareOf(candidate, rect, (by) => by <= RINGING) >= MOSTLY &&
        shareOf(candidate, rect, (by) => by < -candidate.tolerance) >= DARKENED,
    );
  return isThrown ? { ...box, width: box.width - deep, height: box.height - low } : box;
}

/** The outermost clear line that is new along the right or the lower side, within; that side where there is none. */
function sideWithin(candidate: Candidate, box: Rect, axis: 'x' | 'y'): number {
  const end = axis === 'x' ? box.x + box.width : box.y + box.height;
  const lines = Array.from({ length: DEEPEST - SHALLOWEST }, (_, i) =>
    newEdge(pairOf(candidate), { rect: box, axis, at: end - SHALLOWEST - i }),
  ).filter(({ share }) => share >= SIDE);
  const clear = 0.5 * Math.max(...lines.map(({ strength }) => strength));
  return lines.find(({ strength }) => strength >= clear)?.at ?? end;
}

/** Of the pixels of `rect`, those whose brightness changed by a number of levels that `holds`. */
function shareOf({ before, after }: Candidate, rect: Rect, holds: (by: number) => boolean): number {
  const { x, y, width, height } = inflate(rect, -NEAR);
  const brightness = ({ data }: ImageBuffer, at: number): number =>
    (data[at] + data[at + 1] + data[at + 2]) / 3;
  let [pixels, held] = [0, 0];
  for (let py = y; py < y + height; py++) {
    for (let at = 4 * (py * before.width + x); at < 4 * (py * before.width + x + width); at += 4) {
      pixels++;
      if (holds(brightness(after, at) - brightness(before, at))) held++;
    }
  }
  return held / Math.max(1, pixels);
}
