import { PixelproofError } from '../core/errors.js';
import { type Point, type Rect, containsRect, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import type { Rgb } from './color/color.js';
import type { ColorClasses } from './color/color-classes.js';
import { type ColorSelector, selectColors } from './color/color-selector.js';
import { type LabelledRuns, labelRuns } from './color/label-runs.js';

/** One blob. The box is in image pixels, half-open; `area` counts its matching pixels. */
export interface Component extends Rect {
  readonly area: number;
  /** Mean position of the matching pixels, pixel centres at whole numbers. */
  readonly centroid: Point;
  /** `area` as a share of the box, 0..1. A filled rectangle is 1, one with a label about 0.8, a frame much less. */
  readonly fill: number;
  /** Mean colour of the matching pixels, rounded: the label and the rounded corners' background are not part of it. */
  readonly color: Rgb;
}

export interface ComponentsOptions {
  /** Where to look, default the whole image. */
  readonly region?: Rect;
  /** Whether pixels that touch only at a corner connect (8, the default) or not (4). */
  readonly connectivity?: 4 | 8;
  /** Default `'saturated'`: any colourful fill. */
  readonly color?: ColorSelector;
  /** Pixels. Default 80. */
  readonly minArea?: number;
  /** Pixels. Default no limit. */
  readonly maxArea?: number;
  /** Share of the box, default 0.5: keeps frames, underlined text and the letters of large headings out. */
  readonly minFill?: number;
  /** Pixels. Default 10: check boxes pass, coloured letters of running text do not. */
  readonly minWidth?: number;
  /** Pixels. Default 8. */
  readonly minHeight?: number;
  readonly maxWidth?: number;
  readonly maxHeight?: number;
}

/**
 * Coloured blobs that look like buttons: connected components of the pixels that `color` selects, filtered by size and
 * fill, sorted top to bottom, then left to right. Deterministic.
 *
 * A label on the blob does not matter as long as the fill goes around it. The enclosed parts of its letters (the inside
 * of an o) are not reported as blobs of their own: dropped is what lies in the box of a blob of its class that is at least
 * half full, has 8 times the area or more, and 12 times the height or less. With `'saturated'` a blob that
 * covers the region from edge to edge in both directions is the background and dropped too, so a picture of one
 * colour has no components. Adjacent blobs of one colour that touch are one.
 *
 * Cost: one comparison per pixel of the rows that differ from the one above, one table look-up per change of colour. A
 * 1280x720 frame of a data grid takes 1.6 ms by `near` and 2.4 ms by default; as a lossy JPEG, where hardly two neighbours
 * are equal, 2.9 and 6.5 ms.
 * Errors: PXP_RECT for a region outside of the image, PXP_PROBE_OPTION for an option out of range.
 * Source of the labelling: see {@link labelRuns}.
 *
 * @example
 * components(image, { color: { near: parseColor('#2db83d') } })[0]; // { x: 675, y: 65, width: 110, height: 30, … }
 */
export function components(image: ImageBuffer, options: Readonly<ComponentsOptions> = {}): Component[] {
  const { color = 'saturated', connectivity = 8, region = sizeRect(image) } = options;
  requireInside(image, region);
  const limits = resolveLimits(options);
  const classes = selectColors(color, { image, region });
  const runs = labelRuns(image, { region, classes, connectivity });
  const blobs = measure(runs, limits);
  const found = color === 'saturated' ? blobs.filter((blob) => !isBackground(blob, region)) : blobs;
  return addColors(withoutIslands(found), { runs, image });
}

/** The boxes of the components of any class, sorted as {@link components} sorts them. */
export function blobsOf(
  image: ImageBuffer,
  { region, classes, ...limits }: Partial<Limits> & { readonly region: Rect; readonly classes: ColorClasses },
): readonly Rect[] {
  return withoutIslands(
    measure(labelRuns(image, { region, classes, connectivity: 8 }), resolveLimits(limits)),
  );
}

/**
 * A button has at least this many times the area of the inside of one of its letters: it is several letters wide, and the inside of
 * the widest, a capital O, is a quarter of its letter's box.
 */
const ISLAND_AREA = 8;
/** And at most this many times its height. What is smaller than that against its surroundings is a button on a panel. */
const ISLAND_HEIGHT = 12;

interface Blob extends Rect {
  readonly label: number;
  readonly kind: number;
  readonly area: number;
  readonly centroid: Point;
  readonly fill: number;
}

type Limits = Required<
  Pick<
    ComponentsOptions,
    'minArea' | 'maxArea' | 'minFill' | 'minWidth' | 'minHeight' | 'maxWidth' | 'maxHeight'
  >
>;

function resolveLimits({
  minArea = 80,
  maxArea = Infinity,
  minFill = 0.5,
  minWidth = 10,
  minHeight = 8,
  maxWidth = Infinity,
  maxHeight = Infinity,
}: Readonly<ComponentsOptions>): Limits {
  const limits = { minArea, maxArea, minFill, minWidth, minHeight, maxWidth, maxHeight };
  for (const [what, value] of Object.entries(limits)) {
    const most = what === 'minFill' ? 1 : Infinity;
    if (value >= 0 && value <= most) continue;
    throw new PixelproofError('PXP_PROBE_OPTION', 'out of range', {
      what,
      expected: most === 1 ? '0..1' : 'at least 0',
      received: String(value),
    });
  }
  return limits;
}

/** Box, area and centroid of the components within limits, from their runs alone, top to bottom, then left to right. */
function measure(
  { count, from, to, row, kind, label, components: total }: LabelledRuns,
  limits: Limits,
): Blob[] {
  const left = new Int32Array(total).fill(0x7fffffff);
  const right = new Int32Array(total);
  const top = new Int32Array(total);
  const bottom = new Int32Array(total);
  const kinds = new Uint8Array(total);
  const area = new Int32Array(total);
  const sumX = new Float64Array(total);
  const sumY = new Float64Array(total);
  for (let run = 0; run < count; run++) {
    const at = label[run];
    const length = to[run] - from[run];
    if (area[at] === 0) {
      top[at] = row[run];
      kinds[at] = kind[run];
    }
    if (from[run] < left[at]) left[at] = from[run];
    if (to[run] > right[at]) right[at] = to[run];
    bottom[at] = row[run] + 1;
    area[at] += length;
    sumX[at] += (length * (from[run] + to[run] - 1)) / 2;
    sumY[at] += length * row[run];
  }
  const blobs: Blob[] = [];
  for (let i = 0; i < total; i++) {
    const width = right[i] - left[i];
    const height = bottom[i] - top[i];
    const fill = area[i] / (width * height);
    if (!isWithin({ area: area[i], fill, width, height }, limits)) continue;
    const box = { x: left[i], y: top[i], width, height };
    const centroid = { x: sumX[i] / area[i], y: sumY[i] / area[i] };
    blobs.push({ ...box, area: area[i], centroid, fill, label: i, kind: kinds[i] });
  }
  return blobs.sort((a, b) => a.y - b.y || a.x - b.x || b.area - a.area || a.label - b.label);
}

function isWithin(
  { area, fill, width, height }: Pick<Blob, 'area' | 'fill' | 'width' | 'height'>,
  limits: Limits,
): boolean {
  return (
    area >= limits.minArea &&
    area <= limits.maxArea &&
    fill >= limits.minFill &&
    width >= limits.minWidth &&
    width <= limits.maxWidth &&
    height >= limits.minHeight &&
    height <= limits.maxHeight
  );
}

function isBackground(blob: Rect, region: Rect): boolean {
  return blob.width === region.width && blob.height === region.height;
}

/** Goes down the sorted blobs and keeps at hand only those that reach the row: a box never starts after what it contains. */
function withoutIslands(sorted: readonly Blob[]): Blob[] {
  const least = ISLAND_AREA * sorted.reduce((area, blob) => Math.min(area, blob.area), Infinity);
  let reaching: Blob[] = [];
  let y = -1;
  return sorted.filter((blob) => {
    if (blob.y !== y) {
      y = blob.y;
      reaching = reaching.filter((outer) => outer.y + outer.height > blob.y);
    }
    if (reaching.some((outer) => isIsland(blob, outer))) return false;
    if (blob.fill >= 0.5 && blob.area >= least) reaching.push(blob);
    return true;
  });
}

function isIsland(inner: Blob, outer: Blob): boolean {
  return (
    outer.kind === inner.kind &&
    outer.area >= ISLAND_AREA * inner.area &&
    outer.height <= ISLAND_HEIGHT * inner.height &&
    containsRect(outer, inner)
  );
}

/** Only now are pixels read again, and only those of the blobs that are returned. */
function addColors(
  blobs: readonly Blob[],
  { runs, image }: { runs: LabelledRuns; image: ImageBuffer },
): Component[] {
  const slot = new Int32Array(runs.components).fill(-1);
  for (const [i, blob] of blobs.entries()) slot[blob.label] = i;
  const sums = new Float64Array(3 * blobs.length);
  for (let run = 0; run < runs.count; run++) {
    const at = 3 * slot[runs.label[run]];
    if (at >= 0) addRun(sums, at, { image, start: 4 * (runs.row[run] * image.width), runs, run });
  }
  return blobs.map(({ label: _label, kind: _kind, ...rest }, i) => {
    const mean = (channel: number): number => Math.round(sums[3 * i + channel] / rest.area);
    return { ...rest, color: [mean(0), mean(1), mean(2)] };
  });
}

function addRun(
  sums: Float64Array,
  at: number,
  { image, start, runs, run }: { image: ImageBuffer; start: number; runs: LabelledRuns; run: number },
): void {
  const { data } = image;
  const end = start + 4 * runs.to[run];
  let r = 0;
  let g = 0;
  let b = 0;
  for (let p = start + 4 * runs.from[run]; p < end; p += 4) {
    r += data[p];
    g += data[p + 1];
    b += data[p + 2];
  }
  sums[at] += r;
  sums[at + 1] += g;
  sums[at + 2] += b;
}
