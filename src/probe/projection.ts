import { PixelproofError } from '../core/errors.js';
import { type Rect, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import { mostFrequentColor } from './color/most-frequent-color.js';

/** What is summed along the lines of an axis: one number per pixel row (`rows`) or per pixel column (`columns`). */
export interface ProjectionOptions {
  readonly axis: 'rows' | 'columns';
  readonly measure: 'gradient' | 'difference';
  /** For `difference`. Default: the most frequent exact colour, from 64 to 127 rows evenly spread over the region. */
  readonly background?: readonly [red: number, green: number, blue: number];
  /** For `difference`: largest channel difference that still is background, 0..255. Default 24. */
  readonly tolerance?: number;
  /** Whole image pixels; default the whole image. */
  readonly region?: Rect;
}

/** Above JPEG quality 80 ringing around text, below the contrast of disabled text. */
const DEFAULT_TOLERANCE = 24;

/**
 * The projection profile of a region: where along an axis something is drawn. Entry i belongs to row `region.y + i`
 * (`rows`) or column `region.x + i` (`columns`).
 *
 * `gradient` sums |L(x+1,y) - L(x,y)| + |L(x,y+1) - L(x,y)| of the luma, forward differences inside the region only, so
 * a constant picture gives zeros. `difference` counts the pixels of which a channel is further than `tolerance` from
 * `background`; alpha is not looked at. One pass; gradient also pays the image's luma plane, once per image.
 * Errors: PXP_RECT for a region outside of the image, PXP_PROBE_OPTION for a tolerance or colour outside 0..255.
 * Source: projection profiles as in O'Gorman & Kasturi, Document Image Analysis (1995), section 4.2.
 *
 * @example
 * const perRow = projection(frame, { axis: 'rows', measure: 'difference', background: [255, 255, 255] });
 */
export function projection(
  image: ImageBuffer,
  options: ProjectionOptions & { readonly measure: 'difference' },
): Uint32Array;
export function projection(
  image: ImageBuffer,
  options: ProjectionOptions & { readonly measure: 'gradient' },
): Float64Array;
export function projection(image: ImageBuffer, options: ProjectionOptions): Float64Array | Uint32Array;
export function projection(image: ImageBuffer, options: ProjectionOptions): Float64Array | Uint32Array {
  const { axis, measure, tolerance = DEFAULT_TOLERANCE, region = sizeRect(image) } = options;
  requireInside(image, region);
  requireByte('tolerance', tolerance);
  const length = axis === 'rows' ? region.height : region.width;
  if (measure === 'gradient') {
    const sums = new Float64Array(length);
    gradients(image, region, axis, sums);
    return sums;
  }
  const background = options.background ?? mostFrequentColor(image, region);
  for (const channel of background) requireByte('background', channel);
  const counts = new Uint32Array(length);
  differences(image, { region, axis, background, tolerance }, counts);
  return counts;
}

function requireByte(what: string, value: number): void {
  if (value >= 0 && value <= 255) return;
  throw new PixelproofError('PXP_PROBE_OPTION', `projection ${what}`, {
    expected: 'a number from 0 to 255',
    received: `${value}`,
  });
}

function gradients(image: ImageBuffer, region: Rect, axis: 'rows' | 'columns', sums: Float64Array): void {
  const luma = image.luma();
  const stride = image.width;
  const byRow = axis === 'rows';
  for (let y = 0; y < region.height; y++) {
    const lastRow = y === region.height - 1;
    let sum = 0;
    for (let x = 0, at = (region.y + y) * stride + region.x; x < region.width; x++, at++) {
      const here = luma[at];
      let gradient = 0;
      if (x < region.width - 1) gradient += Math.abs(luma[at + 1] - here);
      if (!lastRow) gradient += Math.abs(luma[at + stride] - here);
      if (byRow) sum += gradient;
      else sums[x] += gradient;
    }
    if (byRow) sums[y] = sum;
  }
}

function differences(
  { data, width: stride }: ImageBuffer,
  {
    region,
    axis,
    background: [red, green, blue],
    tolerance,
  }: {
    readonly region: Rect;
    readonly axis: 'rows' | 'columns';
    readonly background: readonly [number, number, number];
    readonly tolerance: number;
  },
  counts: Uint32Array,
): void {
  const byRow = axis === 'rows';
  for (let y = 0; y < region.height; y++) {
    for (let x = 0, p = 4 * ((region.y + y) * stride + region.x); x < region.width; x++, p += 4) {
      if (
        Math.abs(data[p] - red) > tolerance ||
        Math.abs(data[p + 1] - green) > tolerance ||
        Math.abs(data[p + 2] - blue) > tolerance
      ) {
        counts[byRow ? y : x]++;
      }
    }
  }
}
