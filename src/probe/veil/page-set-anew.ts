import { type Rect, intersect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { isLikeStep, stepAt } from './edge-places.js';
import { movedCells } from './moved-cells.js';

/** By how much letters that are set anew move: across and down. */
const MOVES = [
  [0, -1],
  [0, 1],
  [-1, 0],
  [1, 0],
];
const GREEN = 1;
/** A green step this high over two pixels is a part of a letter or of a rule. */
const EDGE = 32;
const FEWEST_EDGES = 60;
/** Of these, those that are a pixel further now; what covers the others is no larger. */
const MOVED_SHARE = 0.5;
/** Fewer edges of a tile say nothing, and one that keeps so few of them has lost its letters. */
const TILE = 32;
const FEWEST_IN_TILE = 12;
const LOST_SHARE = 0.4;

export interface PageSetAnew {
  readonly page: ImageBuffer;
  /** Tiles of 32 pixels with letters that have lost most of them. */
  readonly lost: number;
}

/**
 * `before` with the letters where a browser has set them anew, a pixel from where they were, as it does when something opens in a layer
 * of its own; null when more of the page's edges are where they were than a pixel further.
 * Cost: a sixth of the pixels; of such a page all of them, twice.
 */
export function pageSetAnew(before: ImageBuffer, after: ImageBuffer, region: Rect): PageSetAnew | null {
  const { width, height } = before;
  const inner = intersect(region, { x: 1, y: 1, width: width - 2, height: height - 2 });
  const edges = edgesOf(before, inner);
  if (edges.length < FEWEST_EDGES) return null;
  const isAt = (at: number, by: number): boolean =>
    isLikeStep(stepAt(after.data, at + by), stepAt(before.data, at));
  const countAt = (by: number): number => edges.reduce((sum, at) => sum + (isAt(at, by) ? 1 : 0), 0);
  const enough = Math.max(countAt(0) + 1, MOVED_SHARE * edges.length);
  const moves = MOVES.map(([dx, dy]) => 4 * (dy * width + dx));
  const by = moves.find((move) => countAt(move) >= enough);
  if (by === undefined) return null;
  const isKept = (at: number): boolean => isAt(at, 0) || moves.some((move) => isAt(at, move));
  const lost = lostTiles(edges, { inner, width, isKept });
  return { page: movedCells(before, after, { inner, from: -by / 4 }).page, lost };
}

/** Where `before` has edges, every third line, as places in its bytes. */
function edgesOf({ data, width }: ImageBuffer, { x, y, ...size }: Rect): number[] {
  const edges: number[] = [];
  for (let row = y; row < y + size.height; row += 3) {
    const line = 4 * (row * width + x) + GREEN;
    for (let at = line; at < line + 4 * (size.width - 2); at += 8) {
      const step = stepAt(data, at);
      if (step >= EDGE || step <= -EDGE) edges.push(at);
    }
  }
  return edges;
}

function lostTiles(
  edges: readonly number[],
  {
    inner,
    width,
    isKept,
  }: { readonly inner: Rect; readonly width: number; readonly isKept: (at: number) => boolean },
): number {
  const columns = Math.ceil(inner.width / TILE);
  const had = new Uint16Array(columns * Math.ceil(inner.height / TILE));
  const has = had.slice();
  for (const at of edges) {
    const pixel = (at - GREEN) / 4;
    const column = Math.floor(((pixel % width) - inner.x) / TILE);
    const tile = Math.floor((Math.floor(pixel / width) - inner.y) / TILE) * columns + column;
    had[tile]++;
    if (isKept(at)) has[tile]++;
  }
  return had.filter((count, i) => count >= FEWEST_IN_TILE && has[i] < LOST_SHARE * count).length;
}
