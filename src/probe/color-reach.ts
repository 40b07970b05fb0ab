import type { Rect } from '../core/geometry.js';
import type { ImageBuffer } from '../image/image-buffer.js';
import { cellColor, cellOf } from './color-cells.js';
import { type Rgb, packRgb, squaredDeltaE, writeLab } from './color.js';

/** ΔE up to which a colour may be the same fill: cells of the histogram and a JPEG's noise. */
const SAME = 5;
/** About so many pixels tell what fills the region. */
const SAMPLES = 4000;

/**
 * The ΔE up to which pixels of a region may count as `near`: `most`, but no further than halfway from the fill that is meant to
 * a colour that fills more of the region, as the row does around the pale fill of a disabled button. The fill that is meant is
 * the peak of the histogram that `near` lies on: a screen may show it brighter.
 */
export function colorReach(
  near: Rgb,
  { image, region, most }: { readonly image: ImageBuffer; readonly region: Rect; readonly most: number },
): number {
  const counts = sample(image, region);
  const peak = peakFrom(counts, cellOf(...near));
  const own = counts.get(peak);
  if (own === undefined) return most;
  const [center, fill, lab] = [new Float64Array(3), new Float64Array(3), new Float64Array(3)];
  writeLab(packRgb(near), center, 0);
  writeLab(cellColor(peak), fill, 0);
  const offset = Math.sqrt(squaredDeltaE(center, fill));
  let reach = most;
  for (const [cell, count] of counts) {
    if (count <= own) continue;
    writeLab(cellColor(cell), lab, 0);
    const distance = Math.sqrt(squaredDeltaE(center, lab));
    if (distance > offset + SAME) reach = Math.min(reach, (offset + distance) / 2);
  }
  return reach;
}

/** Uphill from cell to neighbouring cell. */
function peakFrom(counts: ReadonlyMap<number, number>, start: number): number {
  let peak = start;
  for (;;) {
    const best = neighbours(peak).reduce(
      (a, b) => ((counts.get(b) ?? 0) > (counts.get(a) ?? 0) ? b : a),
      peak,
    );
    if (best === peak) return peak;
    peak = best;
  }
}

function neighbours(cell: number): number[] {
  const [r, g, b] = [cell >> 10, (cell >> 5) & 31, cell & 31];
  const near = (at: number): number[] => [at - 1, at, at + 1].filter((value) => value >= 0 && value < 32);
  return near(r).flatMap((i) => near(g).flatMap((j) => near(b).map((k) => (i << 10) | (j << 5) | k)));
}

/** Pixels by colour, five bits per channel. */
function sample({ data, width }: ImageBuffer, region: Rect): Map<number, number> {
  const step = Math.max(1, Math.round(Math.sqrt((region.width * region.height) / SAMPLES)));
  const counts = new Map<number, number>();
  for (let y = region.y; y < region.y + region.height; y += step) {
    for (let x = region.x; x < region.x + region.width; x += step) {
      const p = 4 * (y * width + x);
      const cell = cellOf(data[p], data[p + 1], data[p + 2]);
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
  }
  return counts;
}
