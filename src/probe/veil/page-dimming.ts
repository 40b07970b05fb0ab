import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** How the page that stayed went from one picture to the other: per channel `after = gain * before + offset`. */
export interface PageDimming {
  readonly gain: number;
  readonly offset: readonly [number, number, number];
  /** Share of the strong edges of `before` that follow it; the rest is covered or changed. */
  readonly support: number;
  /** Levels by which nine of ten pixels at those edges miss it at most: codec noise, blur. */
  readonly noise: number;
}

/** A green step this high over two pixels is an edge: above codec noise, below the text of the themes met. */
const EDGE = 32;
/** Ratios are counted in bins of 0.02, from 0 to 1.6; what lies beyond falls in the last bin. */
const BINS = 80;
const BIN = 0.02;
/** A ratio belongs to a peak within two bins. */
const REACH = 2;
/** A page dimmed below a tenth leaves no edges to tell. */
const LOWEST_GAIN = 0.1;
/** Fewer edges say nothing; the page is then taken as unchanged. */
const MIN_EDGES = 60;

/**
 * Fits the affine darkening (or lightening, by a white scrim) that a modal's backdrop lays over a page. The gain is the
 * most frequent ratio of steps across edges, after to before: it needs no offset, and what covers a part of the page
 * spreads its ratios instead of moving the peak (a Hough vote). The offset is then the median residual at those edges.
 * Gains of 0.96 to 1.04 are the unchanged page: gain 1, offset 0. Null when no ratio above a tenth is voted for by `minSupport` of the edges.
 * Cost: a sixth of the pixels, about 1 ms at 1280x720.
 */
export function pageDimming(
  before: ImageBuffer,
  after: ImageBuffer,
  { region, minSupport }: { readonly region: Rect; readonly minSupport: number },
): PageDimming | null {
  const edges = findEdges(before, region);
  if (edges.length < MIN_EDGES) return { gain: 1, offset: [0, 0, 0], support: 1, noise: 0 };
  const ratios = edges.map((edge) => ratioBin(before, after, edge));
  const peak = strongestBin(ratios);
  const page = edges.filter((_, i) => Math.abs(ratios[i] - peak) <= REACH);
  const support = page.length / edges.length;
  if (support < minSupport) return null;
  const fitted = stepSum(after, page) / stepSum(before, page);
  if (fitted < LOWEST_GAIN) return null;
  const unchanged = fitted > 0.96 && fitted < 1.04;
  const gain = unchanged ? 1 : fitted;
  const misses = [0, 1, 2].map((channel) => missCounts(before, after, { page, gain, channel }));
  const offset = misses.map((counts) => (unchanged ? 0 : medianMiss(counts)));
  const noise = spread(misses[GREEN], { around: offset[GREEN], share: 0.9 });
  return { gain, offset: [offset[0], offset[1], offset[2]], support, noise };
}

const GREEN = 1;
/** Two pixels on, in bytes: anti-aliasing and chroma subsampling spread an edge over two. */
const STEP = 8;
/** Text is higher than three rows, so no line of it is missed. */
const ROWS = 3;

/** Byte positions of the green channel where `before` steps by at least EDGE levels to the right, on every ROWS-th row. */
function findEdges({ width, data }: ImageBuffer, region: Rect): Int32Array {
  const edges = new Int32Array(Math.ceil(region.height / ROWS) * Math.ceil(region.width / 2));
  let count = 0;
  for (let y = region.y; y < region.y + region.height; y += ROWS) {
    const line = 4 * (y * width + region.x) + GREEN;
    const end = line + 4 * region.width - STEP;
    for (let at = line; at < end; at += STEP) {
      const step = data[at + STEP] - data[at];
      if (step >= EDGE || step <= -EDGE) edges[count++] = at;
    }
  }
  return edges.subarray(0, count);
}

function ratioBin(before: ImageBuffer, after: ImageBuffer, edge: number): number {
  const ratio = (after.data[edge + STEP] - after.data[edge]) / (before.data[edge + STEP] - before.data[edge]);
  return Math.min(BINS - 1, Math.max(-1, Math.round(ratio / BIN)));
}

function strongestBin(bins: Int32Array): number {
  const votes = new Uint32Array(BINS);
  for (const bin of bins) if (bin >= 0) votes[bin]++;
  let peak = 0;
  let most = -1;
  for (let bin = Math.round(LOWEST_GAIN / BIN); bin < BINS; bin++) {
    let sum = 0;
    for (let near = bin - REACH; near <= Math.min(bin + REACH, BINS - 1); near++) sum += votes[near];
    if (sum > most) {
      most = sum;
      peak = bin;
    }
  }
  return peak;
}

function stepSum({ data }: ImageBuffer, edges: Int32Array): number {
  let sum = 0;
  for (const edge of edges) sum += Math.abs(data[edge + STEP] - data[edge]);
  return sum;
}

/** How often `after` misses `gain * before` by so many levels at the page's edges; index 0 is LOWEST_MISS. */
function missCounts(
  before: ImageBuffer,
  after: ImageBuffer,
  { page, gain, channel }: { readonly page: Int32Array; readonly gain: number; readonly channel: number },
): Uint32Array {
  const counts = new Uint32Array(-LOWEST_MISS + 256);
  for (const edge of page) {
    const at = edge - GREEN + channel;
    counts[Math.round(after.data[at] - gain * before.data[at]) - LOWEST_MISS]++;
  }
  return counts;
}

/** With a gain of 1.6, the highest there is. */
const LOWEST_MISS = -408;

function medianMiss(counts: Uint32Array): number {
  const half = counts.reduce((sum, count) => sum + count, 0) / 2;
  let sum = 0;
  let index = 0;
  while (sum + counts[index] <= half) sum += counts[index++];
  return index + LOWEST_MISS;
}

/** The distance from `around` within which `share` of the misses lie. */
function spread(
  counts: Uint32Array,
  { around, share }: { readonly around: number; readonly share: number },
): number {
  const wanted = share * counts.reduce((sum, count) => sum + count, 0);
  const middle = around - LOWEST_MISS;
  let sum = counts[middle];
  let reach = 0;
  while (sum < wanted) {
    reach++;
    sum += (counts[middle - reach] ?? 0) + (counts[middle + reach] ?? 0);
  }
  return reach;
}
