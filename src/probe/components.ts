import { PixelproofError } from '../core/errors.js';
import { type Point, type Rect, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import type { Rgb } from './color/color.js';
import type { ColorClasses } from './color/color-classes.js';
import { type ColorSelector, DEFAULT_TOLERANCE, TOLERANCES, selectColors } from './color/color-selector.js';
import { dominantColors } from './color/dominant-colors.js';
import { type LabelledRuns, labelRuns } from './color/label-runs.js';
import { type Blob, type Limits, blobsWithin, sortBlobs, withoutIslands } from './components/blobs.js';
import { stableBlobs } from './components/stable-blobs.js';

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
 * 1280x720 frame of a data grid takes 1.6 ms by `near` with a tolerance and 2.4 ms by default; as a lossy JPEG, where hardly two
 * neighbours are equal, 2.9 and 6.5 ms. `near` without a tolerance takes some 3 times as long as with one, and 10 times where most of
 * a picture is nearly of the colour. Source of that: see {@link stableBlobs}.
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
  const classes = color === 'saturated' ? dominantColors(image, region) : selectColors(color);
  const runs = labelRuns(image, { region, classes, connectivity });
  if (color !== 'saturated' && 'near' in color && color.tolerance === undefined) {
    const { blobs, ofRun } = stableBlobs(runs, { region, connectivity, limits, ...NEAR });
    return addColors(withoutIslands(sortBlobs(blobs)), { runs, ofRun, image });
  }
  const blobs = sortBlobs(blobsWithin(runs, limits));
  const found = color === 'saturated' ? blobs.filter((blob) => !isBackground(blob, region)) : blobs;
  return addColors(withoutIslands(found), { runs, ofRun: runs.label, image });
}

/** ΔE. The last is where the range of what is still there at the one before ends. */
const NEAR = { tolerances: [...TOLERANCES, 1.2 * TOLERANCES.at(-1)!], most: DEFAULT_TOLERANCE };

/** The boxes of the components of any class, sorted as {@link components} sorts them. */
export function blobsOf(
  image: ImageBuffer,
  { region, classes, ...limits }: Partial<Limits> & { readonly region: Rect; readonly classes: ColorClasses },
): readonly Rect[] {
  const runs = labelRuns(image, { region, classes, connectivity: 8 });
  return withoutIslands(sortBlobs(blobsWithin(runs, resolveLimits(limits))));
}

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

function isBackground(blob: Rect, region: Rect): boolean {
  return blob.width === region.width && blob.height === region.height;
}

/** Only now are pixels read again, and only those of the blobs that are returned. */
function addColors(
  blobs: readonly Blob[],
  { runs, ofRun, image }: { runs: LabelledRuns; ofRun: Int32Array; image: ImageBuffer },
): Component[] {
  const slot = new Int32Array(runs.components).fill(-1);
  for (const [i, blob] of blobs.entries()) slot[blob.label] = i;
  const sums = new Float64Array(3 * blobs.length);
  for (let run = 0; run < runs.count; run++) {
    const at = 3 * slot[ofRun[run]];
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
