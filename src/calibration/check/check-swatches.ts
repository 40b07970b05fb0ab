import { type Rect, inflate, intersect, sizeRect, translate } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type Rgb, packRgb, squaredDeltaE, toHex, writeLab } from '../../probe/color/color.js';
import { swatch as readSwatch } from '../../probe/swatch.js';
import type { Assumption } from './assumption.js';
import type { ResolvedSwatch } from '../resolved-calibration.js';

/** Where a swatch is looked for, this share of its pixels has to be of one state. */
const MIN_COVER = 0.9;
/** What is not covered of it weighs as much as this distance, pixels for the whole patch. */
const UNCOVERED_PX = 100;

/**
 * A swatch has to show one of its states; `state` in `found` says which. Elsewhere nearby it has `drifted`, with a colour
 * that is none of them it is `broken`; where `optional` (one popup's colour, the page behind a popup) both are `not-visible`.
 */
export function checkSwatch(
  image: ImageBuffer,
  { swatch, optional, reach }: Readonly<{ swatch: ResolvedSwatch; optional: boolean; reach: number }>,
): Assumption {
  const { name, rect, states, tolerance } = swatch;
  const { best, ranked, mean } = readSwatch(image, { region: rect, colors: states, tolerance });
  const expected = Object.entries(states)
    .map(([state, color]) => `${state} ${toHex(color)}`)
    .join(' or ');
  const base = { name: `swatches.${name}`, kind: 'swatch', rect, expected } as const;
  if (best !== null) {
    const { share, distance } = ranked[0];
    const margin = Math.max(0, Math.min(2 * share - 1, 1 - distance / tolerance));
    return { ...base, state: 'held', found: `${best} ${toHex(mean)}`, margin };
  }
  if (optional) return { ...base, state: 'not-visible', found: toHex(mean), margin: 0 };
  const near = findSwatch(image, swatch, reach);
  if (near === null) return { ...base, state: 'broken', found: toHex(mean), margin: 0 };
  return {
    ...base,
    state: 'drifted',
    found: `${near.state} at ${near.rect.x}, ${near.rect.y}`,
    offset: { x: near.rect.x - rect.x, y: near.rect.y - rect.y },
    margin: 0,
    foundRect: near.rect,
  };
}

/** The place within `reach` pixels where the patch is of one state: the nearest, a ΔE of 1 weighing as much as a pixel. */
function findSwatch(
  image: ImageBuffer,
  { rect, states, tolerance }: ResolvedSwatch,
  reach: number,
): { readonly rect: Rect; readonly state: string } | null {
  const field = intersect(inflate(rect, reach), sizeRect(image));
  let best: { rect: Rect; state: string } | null = null;
  let bestCost = Infinity;
  for (const [state, color] of Object.entries(states)) {
    const { count, distance } = integrals(image, { field, color, tolerance });
    const pixels = rect.width * rect.height;
    for (let y = field.y; y + rect.height <= field.y + field.height; y++) {
      for (let x = field.x; x + rect.width <= field.x + field.width; x++) {
        const patch = translate({ ...rect, x, y }, { x: -field.x, y: -field.y });
        const covered = sumOver(count, field.width + 1, patch);
        if (covered < MIN_COVER * pixels) continue;
        const away = Math.hypot(x - rect.x, y - rect.y);
        const uncovered = 1 - covered / pixels;
        const cost = away + UNCOVERED_PX * uncovered + sumOver(distance, field.width + 1, patch) / covered;
        if (cost >= bestCost) continue;
        bestCost = cost;
        best = { rect: { ...rect, x, y }, state };
      }
    }
  }
  return best;
}

/** Summed-area tables (Crow, 1984) of the pixels within tolerance and of their ΔE; one row and column of zeros first. */
function integrals(
  image: ImageBuffer,
  { field, color, tolerance }: Readonly<{ field: Rect; color: Rgb; tolerance: number }>,
): { readonly count: Float64Array; readonly distance: Float64Array } {
  const stride = field.width + 1;
  const count = new Float64Array(stride * (field.height + 1));
  const distance = new Float64Array(count.length);
  const [wanted, pixel] = [new Float64Array(3), new Float64Array(3)];
  writeLab(packRgb(color), wanted, 0);
  let [word, apart] = [-1, Infinity];
  for (let y = 0; y < field.height; y++) {
    let [hits, sum] = [0, 0];
    for (let x = 0; x < field.width; x++) {
      const i = 4 * ((field.y + y) * image.width + field.x + x);
      const packed = (image.data[i] << 16) | (image.data[i + 1] << 8) | image.data[i + 2];
      if (packed !== word) {
        writeLab(packed, pixel, 0);
        word = packed;
        apart = Math.sqrt(squaredDeltaE(wanted, pixel));
      }
      if (apart <= tolerance) {
        hits++;
        sum += apart;
      }
      const at = (y + 1) * stride + x + 1;
      count[at] = count[at - stride] + hits;
      distance[at] = distance[at - stride] + sum;
    }
  }
  return { count, distance };
}

function sumOver(table: Float64Array, stride: number, { x, y, width, height }: Rect): number {
  const [top, bottom] = [y * stride, (y + height) * stride];
  return table[bottom + x + width] - table[bottom + x] - table[top + x + width] + table[top + x];
}
