import { type Rect, containsRect, sizeRect, translate } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { hammingDistance, signature, steadyHash } from '../../probe/signature.js';
import type { Assumption } from './assumption.js';
import type { ResolvedAnchor } from '../resolved-calibration.js';

/** A difference hash hardly changes within this many pixels: the search looks at every such step, then in between. */
const COARSE_PX = 4;

/**
 * An anchor's hash at its place, and when it is too far, at the places within `reach` pixels. Hashes see a shift of a few pixels
 * late: it is `held` where the runtime would take it, and with no margin where the runtime is unsure because of the picture's
 * noise. Where another anchor of that place is nearer, it is that one that shows. Cost: when it is not held, 300 hashes of its size.
 */
export function checkAnchor(
  image: ImageBuffer,
  { anchor, optional, reach }: Readonly<{ anchor: ResolvedAnchor; optional: boolean; reach: number }>,
): Assumption {
  const { name, rect, dhash, maxDistance, rivals } = anchor;
  const hashAt = (region: Rect): string => signature(image, { region }).dhash;
  const at = (x: number, y: number): number => {
    const place = translate(rect, { x, y });
    if (!containsRect(sizeRect(image), place)) return 64;
    return hammingDistance(hashAt(place), dhash);
  };
  const distance = at(0, 0);
  const expected = `at most ${maxDistance} bits from ${dhash}`;
  const base = { name: `anchors.${name}`, kind: 'anchor', rect, expected } as const;
  if (distance <= maxDistance) {
    const nearer = rivals.find((other) => hammingDistance(hashAt(rect), other.dhash) < distance);
    if (nearer !== undefined) {
      const found = `${distance} bits, nearer to anchors.${nearer.name}`;
      return { ...base, state: 'not-visible', found, margin: 0 };
    }
    const margin = 1 - distance / (maxDistance + 1);
    return { ...base, state: 'held', found: `${distance} bits`, margin };
  }
  const isInside = containsRect(sizeRect(image), rect);
  const steady = isInside ? hammingDistance(steadyHash(image, { region: rect }), dhash) : 64;
  if (steady <= maxDistance) {
    const found = `${distance} bits, ${steady} without the picture's noise: a run is unsure of it`;
    return { ...base, state: 'held', found, margin: 0 };
  }
  if (optional) return { ...base, state: 'not-visible', found: `${distance} bits`, margin: 0 };
  const near = nearest(at, reach);
  if (near.distance > maxDistance) {
    const found = `${near.distance} bits at best, within ${reach} px`;
    return { ...base, state: 'broken', found, margin: 0 };
  }
  const offset = { x: near.x, y: near.y };
  const foundRect = translate(rect, offset);
  const found = `${near.distance} bits at ${foundRect.x}, ${foundRect.y}`;
  return { ...base, state: 'drifted', found, offset, margin: 0, foundRect };
}

interface Hit {
  readonly x: number;
  readonly y: number;
  readonly distance: number;
}

function nearest(at: (x: number, y: number) => number, reach: number): Hit {
  const coarse = bestOf(at, { x: 0, y: 0, reach, step: COARSE_PX });
  return bestOf(at, { ...coarse, reach: Math.min(reach, COARSE_PX - 1), step: 1 });
}

function bestOf(
  at: (x: number, y: number) => number,
  { x, y, reach, step }: Readonly<{ x: number; y: number; reach: number; step: number }>,
): Hit {
  let best: Hit = { x, y, distance: at(x, y) };
  for (let dy = -reach; dy <= reach; dy += step) {
    for (let dx = -reach; dx <= reach; dx += step) {
      const distance = at(x + dx, y + dy);
      const nearer = Math.hypot(x + dx, y + dy) < Math.hypot(best.x, best.y);
      if (distance > best.distance || (distance === best.distance && !nearer)) continue;
      best = { x: x + dx, y: y + dy, distance };
    }
  }
  return best;
}
