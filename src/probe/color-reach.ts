import type { Rect } from '../core/geometry.js';
import type { ImageBuffer } from '../image/image-buffer.js';
import { ColorClasses } from './color-classes.js';
import { type Rgb, packRgb, squaredDeltaE, writeLab } from './color.js';

/** About so many pixels tell what fills the region. */
const SAMPLES = 4000;
/** Of so many of them: what the edges of letters add up to stays below. */
const FILL = 64;
/** Of so many the row is told from the fill that is meant. */
const ROW = 400;
/** Another fill has at least this share of the pixels of the one that is meant: its border and shadow mostly have less. */
const SHARE = 1 / 8;
/** What has more than so many times its pixels is another fill whatever lies between: the row around a small button. */
const FULLER = 3;
/** Between two fills are less than this share of the pixels of the lesser; in a gradient it is about 1. */
const VALLEY = 0.3;
/** ΔE: the steps of a gradient are less apart. */
const APART = 3;
/** ΔE that a codec moves a fill by. */
const MOVED = 2;

/**
 * The ΔE up to which pixels of a region may count as `near`: `most`, but no further than halfway from the fill that is meant to
 * the next one, as the row is around the pale fill of a disabled button, or the button of another shade beside it. The fill that
 * is meant is the nearest: a screen may show it brighter. What is along a third of the left side and not of the very colour is the row.
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
  if (nearest === undefined) return most;
  const isRow =
    nearest > MOVED &&
    counts[nearest] >= ROW &&
    3 * left[nearest] > left.reduce((sum, count) => sum + count, 0);
  const own = isRow || nearest > most ? 0 : nearest;
  const next = peaks.find((d) => d - own >= APART && isOther(counts, own, d));
  return next === undefined ? most : Math.min(most, (own + next) / 2);
}

/** What fills more, or is parted by a valley: on average less than {@link VALLEY} of the lesser. */
function isOther(counts: Int32Array, own: number, next: number): boolean {
  if (counts[next] > FULLER * counts[own]) return true;
  if (counts[next] < SHARE * counts[own]) return false;
  const between = counts.subarray(own + 1, next);
  const least = Math.min(counts[own], counts[next]);
  return between.reduce((sum, count) => sum + count, 0) < VALLEY * least * between.length;
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
  for (let y = region.y; y < region.y + region.height; y += step) {
    for (let x = region.x; x < region.x + region.width; x += step) {
      const distance = distances.of(words[y * image.width + x]);
      counts[distance]++;
      if (x === region.x) left[distance]++;
    }
  }
  return { counts, left };
}
