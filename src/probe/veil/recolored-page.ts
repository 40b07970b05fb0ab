import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** A green step this high over two pixels is an edge in one picture, and half of it one in the other. */
const EDGE = 32;
/** Fewer edges say nothing. */
const MIN_EDGES = 60;
/** A title has more. */
const FEWEST_EDGES = 12;
/** Of the edges of either picture, those that the other has in the same place, rising or falling. */
const KEPT_SHARE = 0.8;
/** Of the pixels, those that are of another colour, and by how many levels. */
const CHANGED_SHARE = 0.6;
const CHANGED = 16;
const NOTHING: Rect = { x: 0, y: 0, width: 0, height: 0 };

/**
 * Whether the page shows the same content in the same places in other colours: a dark theme in the place of a light one.
 * Cost: a sixth of the pixels.
 */
export function recoloredPage(before: ImageBuffer, after: ImageBuffer, region: Rect): boolean {
  const { edges, kept, pixels, changed } = edgesOf(before, after, region);
  return edges >= MIN_EDGES && kept >= KEPT_SHARE * edges && changed >= CHANGED_SHARE * pixels;
}

/** Whether what is in `rect`, but not in `box`, is where it was, in whatever colours. Cost: a sixth of its pixels. */
export function keepsEdges(
  before: ImageBuffer,
  after: ImageBuffer,
  { rect, box }: { readonly rect: Rect; readonly box: Rect },
): boolean {
  const { edges, kept } = edgesOf(before, after, rect, box);
  return isMostlyKept(edges, kept);
}

/** Whether so many edges are enough to tell, and most of them are kept. */
export function isMostlyKept(edges: number, kept: number): boolean {
  return edges >= FEWEST_EDGES && kept >= KEPT_SHARE * edges;
}

/** Whether there is an edge at this byte of green in either picture, and whether both have it, rising or falling. */
export function edgeAt(before: Uint8Array, after: Uint8Array, at: number): 'none' | 'lost' | 'kept' {
  const was = Math.abs(before[at + 8] - before[at]);
  const is = Math.abs(after[at + 8] - after[at]);
  if (Math.max(was, is) < EDGE) return 'none';
  return Math.min(was, is) >= EDGE / 2 ? 'kept' : 'lost';
}

function edgesOf(before: ImageBuffer, after: ImageBuffer, region: Rect, box: Rect = NOTHING) {
  let [edges, kept, pixels, changed] = [0, 0, 0, 0];
  for (let y = region.y; y < region.y + region.height; y += 3) {
    const line = 4 * (y * before.width + region.x) + 1;
    const isBeside = y >= box.y && y < box.y + box.height;
    const [left, right] = isBeside ? [box.x - region.x - 2, box.x + box.width - region.x] : [0, 0];
    for (let at = line; at < line + 4 * (region.width - 2); at += 8) {
      const x = (at - line) / 4;
      if (x >= left && x < right) continue;
      pixels++;
      if (Math.abs(after.data[at] - before.data[at]) > CHANGED) changed++;
      const edge = edgeAt(before.data, after.data, at);
      if (edge !== 'none') edges++;
      if (edge === 'kept') kept++;
    }
  }
  return { edges, kept, pixels, changed };
}
