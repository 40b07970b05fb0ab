import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { cellColor, cellOf } from './color-cells.js';
import { ColorClasses } from './color-classes.js';
import { MIN_SPREAD, cellSolidity } from './cell-solidity.js';
import { squaredDeltaE, writeLab } from './color.js';

/**
 * The colourful fills of a region as pixel classes. Colours are counted in 15 bits (five per channel); a seed is a
 * cell whose 3x3x3 neighbourhood holds at least {@link MIN_PIXELS} pixels and that no fuller seed covers. Seeds between
 * which the histogram has no valley are one fill (a gradient, a lossy fill); seeds with a valley between
 * them are two (a button on a darker panel of the same hue). A pixel belongs to the nearest seed within {@link REACH} ΔE.
 * The valley test is that of mode seeking in colour histograms (Comaniciu and Meer, PAMI 24(5), 2002), made
 * a single look at the cells between two modes. Cost: one pass over the region and one over its distinct cells.
 */
export function dominantColors(image: ImageBuffer, region: Rect): ColorClasses {
  const histogram = countColorful(image, region);
  const seeds = findSeeds(histogram);
  const fills = linkSeeds(seeds, histogram, cellSolidity(image, region));
  const lab = new Float64Array(3);
  return new ColorClasses((packed) => {
    if (!isColorful(packed)) return 0;
    writeLab(packed, lab, 0);
    const nearest = nearestSeed(seeds, lab);
    return nearest === -1 ? 0 : fills[nearest];
  });
}

/** Half of an 8x12 button: fewer pixels of a colour are not a fill. */
const MIN_PIXELS = 48;
/** ΔE that a seed covers: less than its reach, so that the seeds of a gradient overlap. */
const COVERED = 10;
/** ΔE up to which a pixel counts to a seed: the default tolerance of `near`, for the same reason. */
const REACH = 14;
/**
 * A valley is a cell between two seeds with less than this share of the lesser seed's pixels. In an even gradient the share is
 * about 1; at 0.1 the edge pixels of JPEG quality 80 filled the valley between two blues 20 ΔE apart.
 */
const VALLEY = 0.35;
/**
 * A seed without a valley to one more than this many times fuller is the halo of its edges and letters, not a gradient.
 * At 16 the halos of cheetah-grid's buttons as JPEG quality 60 shift their mean colour, without a limit also their boxes.
 */
const HALO = 8;
/** More fills than this is a photograph; classes have to fit a byte. */
const MAX_SEEDS = 96;

interface Seed {
  readonly cell: number;
  readonly pixels: number;
  readonly lab: Float64Array;
}

function isColorful(packed: number): boolean {
  const r = packed >> 16;
  const g = (packed >> 8) & 255;
  const b = packed & 255;
  return Math.max(r, g, b) - Math.min(r, g, b) >= MIN_SPREAD;
}

function countColorful(image: ImageBuffer, region: Rect): Int32Array {
  const { data, width } = image;
  const words = image.words();
  const histogram = new Int32Array(1 << 15);
  for (let y = region.y; y < region.y + region.height; y++) {
    const end = y * width + region.x + region.width;
    let i = y * width + region.x;
    while (i < end) {
      const start = i;
      const word = words[i];
      do i++;
      while (i < end && words[i] === word);
      const p = 4 * start;
      const r = data[p];
      const g = data[p + 1];
      const b = data[p + 2];
      const most = r > g ? (r > b ? r : b) : g > b ? g : b;
      const least = r < g ? (r < b ? r : b) : g < b ? g : b;
      if (most - least >= MIN_SPREAD) histogram[cellOf(r, g, b)] += i - start;
    }
  }
  return histogram;
}

/** Fullest cells first, equal ones by number, each unless an earlier seed covers it. */
function findSeeds(histogram: Int32Array): Seed[] {
  const cells: { cell: number; count: number }[] = [];
  for (let cell = 0; cell < histogram.length; cell++) {
    if (histogram[cell] > 0) cells.push({ cell, count: histogram[cell] });
  }
  cells.sort((a, b) => b.count - a.count || a.cell - b.cell);
  const seeds: Seed[] = [];
  const lab = new Float64Array(3);
  for (const { cell } of cells) {
    if (seeds.length === MAX_SEEDS) break;
    writeLab(cellColor(cell), lab, 0);
    if (seeds.some((seed) => squaredDeltaE(seed.lab, lab) < COVERED * COVERED)) continue;
    const pixels = pixelsAround(histogram, cell);
    if (pixels >= MIN_PIXELS) seeds.push({ cell, pixels, lab: lab.slice() });
  }
  return seeds;
}

/** The fill (1..) of every seed. Linking goes over any chain of seeds: a long gradient is a chain. */
function linkSeeds(
  seeds: readonly Seed[],
  histogram: Int32Array,
  isSolid: ReturnType<typeof cellSolidity>,
): Uint8Array {
  const fills = Uint8Array.from(seeds, (_, i) => i + 1);
  for (let i = 1; i < seeds.length; i++) {
    for (let j = 0; j < i; j++) {
      if (fills[i] === fills[j] || fills[j] === 0 || !isOneFill(seeds[i], seeds[j], histogram)) continue;
      const gone = fills[i];
      if (
        seeds[j].pixels > HALO * seeds[i].pixels &&
        !isSolid({ cell: seeds[i].cell, fill: seeds[j].cell })
      ) {
        fills[i] = 0;
        break;
      }
      for (let k = 0; k < fills.length; k++) if (fills[k] === gone) fills[k] = fills[j];
    }
  }
  return fills;
}

function isOneFill(a: Seed, b: Seed, histogram: Int32Array): boolean {
  const least = VALLEY * Math.min(a.pixels, b.pixels);
  for (const share of [0.25, 0.5, 0.75]) {
    if (pixelsAround(histogram, between(a.cell, b.cell, share)) < least) return false;
  }
  return true;
}

function between(a: number, b: number, share: number): number {
  const mix = (shift: number): number =>
    Math.round(((a >> shift) & 31) * (1 - share) + ((b >> shift) & 31) * share) << shift;
  return mix(10) | mix(5) | mix(0);
}

/** Index of the nearest seed within {@link REACH}, or -1. */
function nearestSeed(seeds: readonly Seed[], lab: Float64Array): number {
  let least = REACH * REACH;
  let nearest = -1;
  for (let i = 0; i < seeds.length; i++) {
    const d = squaredDeltaE(lab, seeds[i].lab);
    if (d >= least) continue;
    least = d;
    nearest = i;
  }
  return nearest;
}

/** Pixels in the cell and the 26 around it. */
function pixelsAround(histogram: Int32Array, cell: number): number {
  const r = cell >> 10;
  const g = (cell >> 5) & 31;
  const b = cell & 31;
  let sum = 0;
  for (let i = Math.max(0, r - 1); i <= Math.min(31, r + 1); i++) {
    for (let j = Math.max(0, g - 1); j <= Math.min(31, g + 1); j++) {
      for (let k = Math.max(0, b - 1); k <= Math.min(31, b + 1); k++)
        sum += histogram[(i << 10) | (j << 5) | k];
    }
  }
  return sum;
}
