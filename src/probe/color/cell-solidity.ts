import { cellOf } from './color-cells.js';
import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/**
 * Channel spread from which a pixel is called colourful. 40 of 255 keeps tinted greys and the chroma that 4:2:0 JPEG spills
 * around text out, and pastel buttons (a disabled #96db9e spreads 69) in.
 */
export const MIN_SPREAD = 40;
/** Two pixels away in all directions: beyond a halo is what it surrounds, or the letter it belongs to. */
const NEAR = 2;
/** A gradient's line goes on to both sides; around letters on the fill, the fill is back by then. Pixels. */
const ASIDE = 6;
/** Cells between a pixel and a seed that it may belong to. */
const LIKE = 2.5;
/**
 * Share of a gradient's pixels that are amid their like; its label takes the rest. GTK's blue button beside a selected
 * row, as JPEG: 0.38 and more; halos of GTK's icons and of cheetah-grid's labels stay below 0.1.
 */
const SOLID_SHARE = 0.2;

/** Cells of 15 bits (five per channel, red highest): the one asked about, and that of the large fill beside it. */
interface Pair {
  readonly cell: number;
  readonly fill: number;
}

/**
 * Tells whether a cell's pixels lie amid their like: part of a gradient, beside a large fill of nearly the same colour.
 * Every other pixel of every other row is looked at; they are put in order by their cells when the first one is asked for
 * (1 ms at 1280x720), so that a question costs but the pixels of its cell and the 26 around it.
 */
export function cellSolidity({ data, width, height }: ImageBuffer, region: Rect): (pair: Pair) => boolean {
  let samples: Samples | undefined;
  const bounds = {
    left: Math.max(ASIDE, region.x),
    top: Math.max(NEAR, region.y),
    right: Math.min(width - ASIDE, region.x + region.width),
    bottom: Math.min(height - NEAR, region.y + region.height),
  };
  return ({ cell: seed, fill }) => {
    samples ??= samplesByCell({ data, width }, bounds);
    let pixels = 0;
    let amid = 0;
    for (const cell of cellsAround(seed)) {
      for (let at = samples.head[cell]; at !== -1; at = samples.next[at]) {
        const row = Math.floor(at / samples.stride);
        const x = bounds.left + 2 * (at - row * samples.stride);
        const p = 4 * ((bounds.top + 2 * row) * width + x);
        pixels++;
        if (isAmid(data, p, { width, seed, fill })) amid++;
      }
    }
    return amid > SOLID_SHARE * pixels;
  };
}

interface Samples {
  /** Per cell the first sample in it, and per sample the next one in its cell; -1 ends. */
  readonly head: Int32Array;
  readonly next: Int32Array;
  /** Samples in a row. */
  readonly stride: number;
}

function samplesByCell(
  { data, width }: Pick<ImageBuffer, 'data' | 'width'>,
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
): Samples {
  const stride = Math.max(0, Math.ceil((right - left) / 2));
  const head = new Int32Array(1 << 15).fill(-1);
  const next = new Int32Array(stride * Math.max(0, Math.ceil((bottom - top) / 2)));
  let at = 0;
  for (let y = top; y < bottom; y += 2) {
    for (let x = left; x < right; x += 2, at++) {
      const p = 4 * (y * width + x);
      const r = data[p];
      const g = data[p + 1];
      const b = data[p + 2];
      const most = r > g ? (r > b ? r : b) : g > b ? g : b;
      const least = r < g ? (r < b ? r : b) : g < b ? g : b;
      if (most - least < MIN_SPREAD) continue;
      const cell = cellOf(r, g, b);
      next[at] = head[cell];
      head[cell] = at;
    }
  }
  return { head, next, stride };
}

function cellsAround(cell: number): number[] {
  const cells: number[] = [];
  const [r, g, b] = [cell >> 10, (cell >> 5) & 31, cell & 31];
  for (let i = Math.max(0, r - 1); i <= Math.min(31, r + 1); i++) {
    for (let j = Math.max(0, g - 1); j <= Math.min(31, g + 1); j++) {
      for (let k = Math.max(0, b - 1); k <= Math.min(31, b + 1); k++) cells.push((i << 10) | (j << 5) | k);
    }
  }
  return cells;
}

function isAmid(
  data: Uint8Array,
  at: number,
  { width, seed, fill }: { readonly width: number; readonly seed: number; readonly fill: number },
): boolean {
  for (const q of [at - 4 * ASIDE, at + 4 * ASIDE]) {
    if (distance(data, q, seed) >= distance(data, q, fill)) return false;
  }
  for (let dy = -NEAR; dy <= NEAR; dy += NEAR) {
    for (let dx = -NEAR; dx <= NEAR; dx += NEAR) {
      const q = at + 4 * (dy * width + dx);
      if (!isLike(data, q, seed) && !isLike(data, q, fill)) return false;
    }
  }
  return true;
}

function isLike(data: Uint8Array, at: number, cell: number): boolean {
  return distance(data, at, cell) <= LIKE;
}

/** Cells between, in the channel where they are furthest apart; with fractions, so that a seed is told from its fill. */
function distance(data: Uint8Array, at: number, cell: number): number {
  const r = Math.abs(data[at] - 8 * (cell >> 10) - 4);
  const g = Math.abs(data[at + 1] - 8 * ((cell >> 5) & 31) - 4);
  const b = Math.abs(data[at + 2] - 8 * (cell & 31) - 4);
  return Math.max(r, g, b) / 8;
}
