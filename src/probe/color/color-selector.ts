import { PixelproofError } from '../../core/errors.js';
import { ColorClasses } from './color-classes.js';
import { type Rgb, packRgb, squaredDeltaE, writeLab } from './color.js';

/**
 * Which pixels are of interest.
 * - `near`: within `tolerance` (ΔE of CIELAB 1976) of one colour; by default each component at the tolerance that suits it: up to
 *   {@link DEFAULT_TOLERANCE}, twice that in a gradient;
 * - `hue`: hue in degrees from the first to the second value going up (so [340, 20] are the reds), with at least the given
 *   HSV saturation and value (0..1, defaults 0.35 and 0.25);
 * - `'saturated'`: the colourful among the colours that fill areas of this picture; each is a class of its own, so that a
 *   button on a panel of another colour, or of another shade of the same one, stays apart.
 */
export type ColorSelector =
  | { readonly near: Rgb; readonly tolerance?: number }
  | {
      readonly hue: readonly [number, number];
      readonly minSaturation?: number;
      readonly minValue?: number;
    }
  | 'saturated';

/**
 * A selector that does not depend on the picture as pixel classes: 1 is what it selects, but `near` without a tolerance has a class
 * for each of {@link TOLERANCES}, the least that selects the pixel. The classes of the last {@link KEPT} selectors are kept, 128 KiB
 * each: a loop that looks for one colour pays for each distinct colour once.
 * Errors: PXP_PROBE_OPTION for a value out of range.
 */
export function selectColors(selector: Exclude<ColorSelector, 'saturated'>): ColorClasses {
  const key = JSON.stringify(selector);
  const kept = recent.get(key);
  const classes = kept ?? new ColorClasses('near' in selector ? nearTest(selector) : hueTest(selector));
  recent.delete(key);
  recent.set(key, classes);
  if (recent.size > KEPT) recent.delete(recent.keys().next().value!);
  return classes;
}

/**
 * The unlabelled part of cheetah-grid's buttons (test/golden/cheetah-grid), edges included, as JPEG quality 60: 95 % of the
 * pixels are within 13 ΔE of the configured colour in the light theme, 15 in the dark one, half of them within 2.4.
 */
export const DEFAULT_TOLERANCE = 14;

const KEPT = 16;
/** Insertion order is age: a colour that is asked for again moves to the end. */
const recent = new Map<string, ColorClasses>();

/** ΔE: each is a tenth to a third more than the one before, up to twice {@link DEFAULT_TOLERANCE}. */
export const TOLERANCES = [1.5, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 10, 12, DEFAULT_TOLERANCE, 17, 20, 24, 28];

function nearTest({ near, tolerance }: { near: Rgb; tolerance?: number }): (packed: number) => number {
  for (const channel of near) requireRange('color.near', channel, [0, 255]);
  if (tolerance !== undefined) requireRange('color.tolerance', tolerance, [0, 200]);
  const center = new Float64Array(3);
  const lab = new Float64Array(3);
  writeLab(packRgb(near), center, 0);
  const squares = (tolerance === undefined ? TOLERANCES : [tolerance]).map((limit) => limit * limit);
  return (packed) => {
    writeLab(packed, lab, 0);
    const distance = squaredDeltaE(center, lab);
    return 1 + squares.findIndex((limit) => distance <= limit);
  };
}

/** Hue, saturation and value of Smith, "Color gamut transform pairs", SIGGRAPH 1978. Greys have no hue and never match. */
function hueTest({
  hue,
  minSaturation = 0.35,
  minValue = 0.25,
}: {
  hue: readonly [number, number];
  minSaturation?: number;
  minValue?: number;
}): (packed: number) => number {
  for (const degrees of hue) requireRange('color.hue', degrees, [0, 360]);
  requireRange('color.minSaturation', minSaturation, [0, 1]);
  requireRange('color.minValue', minValue, [0, 1]);
  const [from, to] = hue;
  return (packed) => {
    const r = packed >> 16;
    const g = (packed >> 8) & 255;
    const b = packed & 255;
    const value = Math.max(r, g, b);
    const chroma = value - Math.min(r, g, b);
    if (chroma === 0 || chroma < minSaturation * value || value < 255 * minValue) return 0;
    const sector = value === r ? (g - b) / chroma : value === g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma;
    const degrees = (60 * sector + 360) % 360;
    const inside = from <= to ? degrees >= from && degrees <= to : degrees >= from || degrees <= to;
    return inside ? 1 : 0;
  };
}

function requireRange(what: string, value: number, [low, high]: readonly [number, number]): void {
  if (value >= low && value <= high) return;
  throw new PixelproofError('PXP_PROBE_OPTION', 'out of range', {
    what,
    expected: `${low}..${high}`,
    received: String(value),
  });
}
