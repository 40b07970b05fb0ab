import { PixelproofError } from '../core/errors.js';
import { type Rect, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import { type Rgb, packRgb, squaredDeltaE, writeLab } from './color/color.js';

export interface SwatchOptions {
  /** The patch, default the whole image. */
  readonly region?: Rect;
  /** The states by name: at least one, each a colour or a colour with a tolerance of its own. */
  readonly colors: Readonly<Record<string, Rgb | { readonly rgb: Rgb; readonly tolerance: number }>>;
  /** ΔE (CIELAB 1976) up to which a pixel counts as a colour. Default 14: above JPEG noise on a flat fill. */
  readonly tolerance?: number;
}

export interface SwatchRank {
  readonly name: string;
  /** Share of the patch's pixels within tolerance of this colour, 0..1. Shares of near colours overlap. */
  readonly share: number;
  /** ΔE between this colour and the mean of the patch. */
  readonly distance: number;
  /** How decidedly the pixels are this colour and no other named one, 0..`share`. */
  readonly score: number;
}

export interface SwatchResult {
  /** Mean of each channel, not rounded. */
  readonly mean: Rgb;
  /** Standard deviation (population) of each channel. */
  readonly spread: Rgb;
  /** Best score first; ties by distance, then by name. */
  readonly ranked: readonly SwatchRank[];
  /** The state, or null: the first of `ranked` covers less than half of the patch or leads by less than {@link MIN_MARGIN}. */
  readonly best: string | null;
  /** Score of the first minus score of the second (0 when there is one colour: minus nothing), 0..1. */
  readonly margin: number;
}

/**
 * Which named state a small patch shows. Every pixel votes for the nearest named colour if it is within its tolerance;
 * the vote weighs 1 - d1/d2, with d1 and d2 the ΔE to the nearest and to the second nearest colour: a pixel half way between two
 * states says nothing. (The ratio test of Lowe, "Distinctive image features", IJCV 60(2), 2004, section 7.1.) `score` is the sum
 * of votes over all pixels; a label on the patch lowers share and score but not the order.
 *
 * Cost: one Lab conversion per change of colour, times the colours. Alpha is ignored.
 * Errors: PXP_RECT for a region outside of the image; PXP_PROBE_OPTION for no colours or a value out of range.
 *
 * @example
 * swatch(image, { region, colors: { enabled: parseColor('#2db83d'), disabled: parseColor('#cccccc') } }).best;
 */
export function swatch(image: ImageBuffer, options: Readonly<SwatchOptions>): SwatchResult {
  const region = options.region ?? sizeRect(image);
  requireInside(image, region);
  const states = resolveStates(options);
  const { sums, squares, within, votes } = countVotes(image, { region, states });
  const pixels = region.width * region.height;
  const mean = meanOf(sums, pixels);
  const meanLab = new Float64Array(3);
  writeLab(packRgb(mean), meanLab, 0);
  const ranked = states
    .map(({ name, lab }, i) => ({
      name,
      share: within[i] / pixels,
      distance: Math.sqrt(squaredDeltaE(lab, meanLab)),
      score: votes[i] / pixels,
    }))
    .sort((a, b) => b.score - a.score || a.distance - b.distance || (a.name < b.name ? -1 : 1));
  const margin = ranked[0].score - (ranked.length > 1 ? ranked[1].score : 0);
  const sure = ranked[0].share >= MIN_SHARE && margin >= MIN_MARGIN;
  return {
    mean,
    spread: spreadOf({ sums, squares, pixels }),
    ranked,
    best: sure ? ranked[0].name : null,
    margin,
  };
}

/** A state that covers less than half of its patch is not what the patch shows. */
const MIN_SHARE = 0.5;
/**
 * Measured on cheetah-grid's labelled buttons against four states (two buttons, grey, a pale shade): at least 0.57 as JPEG quality 60
 * and 0.53 as quality 40. A quarter is reached only where states are mixed or the pixels do not tell them apart.
 */
const MIN_MARGIN = 0.25;
/** What lossy JPEG does to a flat fill; the same measurement as for the default of `near` in components. */
const DEFAULT_TOLERANCE = 14;

interface State {
  readonly name: string;
  readonly lab: Float64Array;
  readonly tolerance: number;
}

function resolveStates({ colors, tolerance = DEFAULT_TOLERANCE }: Readonly<SwatchOptions>): State[] {
  const states = Object.entries(colors).map(([name, color]) => {
    const state = 'rgb' in color ? color : { rgb: color, tolerance };
    requireRange(`colors.${name}.tolerance`, state.tolerance, 200);
    for (const channel of state.rgb) requireRange(`colors.${name}`, channel, 255);
    const lab = new Float64Array(3);
    writeLab(packRgb(state.rgb), lab, 0);
    return { name, lab, tolerance: state.tolerance };
  });
  if (states.length > 0) return states;
  throw new PixelproofError('PXP_PROBE_OPTION', 'a swatch needs a colour to compare with', {
    what: 'colors',
    expected: 'at least one',
    received: 'none',
  });
}

function requireRange(what: string, value: number, most: number): void {
  if (value >= 0 && value <= most) return;
  throw new PixelproofError('PXP_PROBE_OPTION', 'out of range', {
    what,
    expected: `0..${most}`,
    received: String(value),
  });
}

interface Votes {
  readonly sums: Float64Array;
  readonly squares: Float64Array;
  /** Pixels within tolerance, by state. */
  readonly within: Float64Array;
  readonly votes: Float64Array;
}

function countVotes(
  image: ImageBuffer,
  { region, states }: { region: Rect; states: readonly State[] },
): Votes {
  const words = image.words();
  const counted: Votes = {
    sums: new Float64Array(3),
    squares: new Float64Array(3),
    within: new Float64Array(states.length),
    votes: new Float64Array(states.length),
  };
  for (let y = region.y; y < region.y + region.height; y++) {
    const end = y * image.width + region.x + region.width;
    let i = y * image.width + region.x;
    while (i < end) {
      const start = i;
      do i++;
      while (i < end && words[i] === words[start]);
      addPixels(counted, { data: image.data, at: 4 * start, pixels: i - start, states });
    }
  }
  return counted;
}

/** Adds a run of `pixels` equal pixels, the first of which starts at byte `at`. */
function addPixels(
  { sums, squares, within, votes }: Votes,
  { data, at, pixels, states }: { data: Uint8Array; at: number; pixels: number; states: readonly State[] },
): void {
  for (let channel = 0; channel < 3; channel++) {
    sums[channel] += pixels * data[at + channel];
    squares[channel] += pixels * data[at + channel] ** 2;
  }
  writeLab((data[at] << 16) | (data[at + 1] << 8) | data[at + 2], pixelLab, 0);
  let nearest = -1;
  let d1 = Infinity;
  let d2 = Infinity;
  for (let i = 0; i < states.length; i++) {
    const d = Math.sqrt(squaredDeltaE(states[i].lab, pixelLab));
    if (d <= states[i].tolerance) within[i] += pixels;
    if (d < d1) {
      d2 = d1;
      d1 = d;
      nearest = i;
    } else if (d < d2) d2 = d;
  }
  if (d1 > states[nearest].tolerance) return;
  // Two states of one colour: d1 = d2 = 0, and no pixel can tell them apart.
  votes[nearest] += d2 === 0 ? 0 : pixels * (1 - d1 / d2);
}

const pixelLab = new Float64Array(3);

function meanOf(sums: Float64Array, pixels: number): Rgb {
  return [sums[0] / pixels, sums[1] / pixels, sums[2] / pixels];
}

function spreadOf({
  sums,
  squares,
  pixels,
}: {
  sums: Float64Array;
  squares: Float64Array;
  pixels: number;
}): Rgb {
  // Sums of whole numbers are exact; only a constant patch could come out a hair below 0.
  const spread = (channel: number): number =>
    Math.sqrt(Math.max(0, squares[channel] / pixels - (sums[channel] / pixels) ** 2));
  return [spread(0), spread(1), spread(2)];
}
