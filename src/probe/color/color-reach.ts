import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { ColorClasses } from './color-classes.js';
import { type Rgb, packRgb, squaredDeltaE, writeLab } from './color.js';

/** About so many pixels tell what fills the region. */
const SAMPLES = 4000;
/** Of so many of them: what the edges of letters add up to stays below. */
const FILL = 64;
/** Of so many that are of the very colour: a small button in a large list. */
const SMALL = 8;
/** Of so many the row is told from the fill that is meant. */
const ROW = 400;
/** Another fill has at least this share of the pixels of the one that is meant: its border and shadow mostly have less. */
const SHARE = 1 / 8;
/** What has more than so many times its pixels is another fill whatever lies between: the row around a small button. */
const FULLER = 3;
/** Somewhere between two fills are less than this share of the pixels of the lesser; in a gradient it is about 1. */
const VALLEY = 0.3;
/** ΔE: the steps of a gradient are less apart. */
const APART = 3;
/** Multiples of it, less their whole part, lie evenly wherever one stops: a low-discrepancy sequence. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** ΔE that a codec moves a fill by. */
const MOVED = 2;

/**
 * The ΔE up to which pixels of a region may count as `near`: `most`, but no further than halfway from the fill that is meant to
 * the next one, as the row is around the pale fill of a disabled button, or the button of another shade beside it. The fill that
 * is meant is the nearest: a screen may show it brighter; but the very colour if that fills a little, far from the nearest. What is
 * along a third of the left side and not of the very colour is the row. Where there is a gradient in place of fills, as far as it
 * goes, up to twice `most`.
 */
export function colorReach(
  near: Rgb,
  { image, region, most }: { readonly image: ImageBuffer; readonly region: Rect; readonly most: number },
): number {
  const { counts, left } = byDistance(near, { image, region, most: 2 * most + 1 });
  const peaks = [...counts.keys()].filter(
    (d) =>
      d <= 2 * most &&
      counts[d] >= FILL &&
      counts[d] >= (counts[d - 1] ?? 0) &&
      counts[d] > (counts[d + 1] ?? 0),
  );
  const nearest = peaks.at(0);
  if (nearest === undefined) return gradientReach(counts, most);
  const isRow = nearest > MOVED && counts[nearest] >= ROW && 3 * left[nearest] > sum(left);
  const own = isRow || nearest > most || isThere(counts, nearest) ? 0 : nearest;
  const next = peaks.find((d) => d - own >= APART && isOther(counts, own, d));
  return next === undefined ? most : Math.min(most, (own + next) / 2);
}

/**
 * Whether the very colour fills a little: far from another fill, and more than next to it, where edges of letters leave as much,
 * or parted from the other fill: what a codec moved from a small fill lies next to it too.
 */
function isThere(counts: Int32Array, nearest: number): boolean {
  if (nearest <= 2 * APART) return false;
  const [here, moved, beside] = [0, MOVED, APART].map((d) => sum(counts.subarray(d, d + APART)));
  if (here >= SMALL && here >= beside) return true;
  return moved >= SMALL && isParted(counts.subarray(MOVED + APART, nearest), moved / APART);
}

/** The end of a gradient that starts at the colour: about as many pixels at each distance, and then none. */
function gradientReach(counts: Int32Array, most: number): number {
  const typical = sum(counts.subarray(0, most + 1)) / (most + 1);
  const around = (d: number): number => (counts[d - 1] + counts[d] + counts[d + 1]) / (3 * typical);
  if (typical * (most + 1) < FILL) return most;
  for (let d = 1; d < 2 * most; d++) {
    if (around(d) > 1 / VALLEY) return most;
    if (around(d) < VALLEY) return Math.max(most, d);
  }
  return most;
}

/** What fills more, or is parted by a valley. */
function isOther(counts: Int32Array, own: number, next: number): boolean {
  if (counts[next] > FULLER * counts[own]) return true;
  if (counts[next] < SHARE * counts[own]) return false;
  return isParted(counts.subarray(own + 1, next), Math.min(counts[own], counts[next]));
}

/** Whether somewhere between two fills there are, over {@link APART}, less than {@link VALLEY} of the lesser. */
function isParted(between: Int32Array, lesser: number): boolean {
  const wide = Math.min(APART, between.length);
  for (let d = 0; d + wide <= between.length; d++)
    if (sum(between.subarray(d, d + wide)) < VALLEY * lesser * wide) return true;
  return false;
}

function sum(counts: Int32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

/** How many pixels are how far from `near`, in whole ΔE, the last for all beyond; `left`: of those on the left side. */
function byDistance(
  near: Rgb,
  { image, region, most }: { readonly image: ImageBuffer; readonly region: Rect; readonly most: number },
): { readonly counts: Int32Array; readonly left: Int32Array } {
  const words = image.signedWords();
  const step = Math.max(1, Math.round(Math.sqrt((region.width * region.height) / SAMPLES)));
  const [center, lab] = [new Float64Array(3), new Float64Array(3)];
  writeLab(packRgb(near), center, 0);
  const distances = new ColorClasses((packed) => {
    writeLab(packed, lab, 0);
    return Math.min(most, Math.round(Math.sqrt(squaredDeltaE(center, lab))));
  });
  const [counts, left] = [new Int32Array(most + 1), new Int32Array(most + 1)];
  // Each row, at another column each: a gradient has a colour a row, and every sixth row of it looks like so many fills.
  const stride = step * step;
  for (let y = 0; y < region.height; y++) {
    const row = (region.y + y) * image.width + region.x;
    for (let x = Math.floor(stride * ((y * GOLDEN) % 1)); x < region.width; x += stride)
      counts[distances.of(words[row + x])]++;
    if (y % step === 0) left[distances.of(words[row])]++;
  }
  return { counts, left };
}
