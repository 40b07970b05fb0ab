import { PixelproofError } from '../core/errors.js';
import { type Rect, type Size, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import { type TemplateFit, colorLikeness, correlateAt, templateSamples } from './template/template-fit.js';
import { flatMatches } from './template/template-flat.js';
import { nextPassing, templatePairs } from './template/template-pairs.js';
import { planeOf, requireRoom, templatePlane } from './template/template-plane.js';

export interface MatchTemplateOptions {
  /** Where the whole template has to lie; the whole picture by default. */
  readonly region?: Rect;
  /** The least score that is a match, 0..1. Default 0.8: text re-encoded as JPEG quality 60 scores 0.95 and more. */
  readonly minScore?: number;
  /** By how much the best place has to lead, 0..1. Default 0.1. */
  readonly minMargin?: number;
  /** The weakest contrast, by the template's, above 0 to 1. Default 0.25: a page under a dark backdrop has about half. */
  readonly minGain?: number;
}

export interface TemplateMatch extends Rect {
  /** It is there, and only there: score and margin suffice. */
  readonly found: boolean;
  /** How well the best place fits, 0..1: correlation, times the likeness of colours where that is below 0.7. */
  readonly score: number;
  /** Score minus that of the best place elsewhere: half the template's width or height away, or a quarter straight along. */
  readonly margin: number;
  /** Contrast there by the template's: 1 as it was, about 0.5 under a backdrop, or disabled. 0 for a flat template. */
  readonly gain: number;
  readonly reason: 'matched' | 'several' | 'other-color' | 'weak' | 'nothing-alike';
}

const MIN_COLOR = 0.7;
/** A page gets darker below a backdrop; what has more contrast than the template is something else. */
const MAX_GAIN = 1.5;
/** Pixels of the template that rank the places; all of them decide. */
const SAMPLES = 196;
/** Neighbourhoods, best first, whose best place is fitted with the whole template, and around which it climbs. */
const FITTED = 256;
const CLIMBED = 16;

/**
 * Where a reference patch lies: x, y, width and height in image pixels are the best place also when it is not `found`, and the
 * region's corner with score 0 when no place is alike. Zero-mean normalised cross-correlation of the luma, so dimming
 * (`a * I + b`) does not matter and `gain` tells it; of a channel where the structure is in colour alone; absolute difference for
 * a template of one colour. Grey-equal colours are told apart. Alpha is not looked at; size and rotation have to be
 * the template's.
 *
 * From coarse to fine without a smaller picture, in which thin strokes depend on where the grid falls: every place is
 * held against pairs of pixels that nearly all others fail (`templatePairs`), what passes is ranked by some 200 of the
 * template's pixels, and the best of each neighbourhood is fitted with all. So `margin` does not count places that
 * share less than three of four pairs with the template.
 *
 * Cost: 64x32 in 1280x720 about 4 ms, up to four times that where much of the page is alike (busy two-core machine), and
 * more for a template of one long edge; a region costs by its share.
 * Errors: PXP_RECT for a region outside, PXP_IMAGE_SIZE for a template larger than it, PXP_PROBE_OPTION for an option
 * out of range. Source: J. P. Lewis, Fast Normalized Cross-Correlation, Vision Interface 1995.
 *
 * @example
 * const { found, x, y } = matchTemplate(frame, icon, { region: toolbar });
 */
export function matchTemplate(
  image: ImageBuffer,
  template: ImageBuffer,
  options: MatchTemplateOptions = {},
): TemplateMatch {
  const { region = sizeRect(image), minScore = 0.8, minMargin = 0.1, minGain = 0.25 } = options;
  requireInside(image, region);
  requireRoom(template, region);
  requireShare('minScore', minScore);
  requireShare('minMargin', minMargin);
  requireShare('minGain', minGain);
  if (minGain === 0) throw badOption('minGain', 'above 0', 0);
  const { peaks, leftOut } = findPeaks(image, template, { region, minGain });
  const { width, height } = template;
  const best = peaks.at(0);
  if (best === undefined) {
    const { x, y } = region;
    return { found: false, x, y, width, height, score: 0, margin: 0, gain: 0, reason: 'nothing-alike' };
  }
  const { x, y, gain } = best;
  const near = nearness(template);
  const rival = peaks.find(
    (peak) => Math.abs(peak.x - x) >= near.width || Math.abs(peak.y - y) >= near.height,
  );
  const score = clamp(best.score);
  const margin = Math.max(0, score - Math.max(clamp(rival?.score ?? 0), leftOut));
  const reason =
    score < minScore
      ? best.color < MIN_COLOR
        ? 'other-color'
        : 'weak'
      : margin < minMargin
        ? 'several'
        : 'matched';
  return { found: reason === 'matched', x, y, width, height, score, margin, gain, reason };
}

interface Peak extends TemplateFit {
  readonly color: number;
  readonly score: number;
}

interface Search {
  readonly region: Rect;
  readonly minGain: number;
}

/**
 * One place for each neighbourhood, best first. `leftOut` is the score that others may have: those beyond the ones looked
 * at, and those a quarter of the template's side along from the best, where a template of one long edge fits as well.
 */
function findPeaks(
  image: ImageBuffer,
  template: ImageBuffer,
  search: Search,
): { readonly peaks: readonly Peak[]; readonly leftOut: number } {
  const kind = templatePlane(template);
  if (kind === null) {
    const matches = flatMatches(image, template, search.region, nearness(template));
    const peaks = matches.map((place) => ({ ...place, correlation: place.score, gain: 0, color: 1 }));
    return { peaks, leftOut: 0 };
  }
  const plane = planeOf(image, kind);
  const wanted = planeOf(template, kind);
  const whole = templateSamples(wanted, template);
  const { x: left, y: top, width, height } = search.region;
  const last = { x: left + width - template.width, y: top + height - template.height };
  const fitAt = (x: number, y: number): TemplateFit => {
    correlateAt(plane, { at: y * image.width + x, stride: image.width }, whole, fitted);
    return { x, y, correlation: fitted[0], gain: fitted[1] };
  };
  const scored = (fit: TemplateFit): Peak => {
    const color = colorLikeness(image, template, fit);
    return { ...fit, color, score: color < MIN_COLOR ? fit.correlation * color : fit.correlation };
  };
  const climb = (from: TemplateFit): TemplateFit => {
    let best = from;
    for (let step = 0; step < Math.max(template.width, template.height); step++) {
      const { x: cx, y: cy } = best;
      for (let y = Math.max(top, cy - 1); y <= Math.min(last.y, cy + 1); y++) {
        for (let x = Math.max(left, cx - 1); x <= Math.min(last.x, cx + 1); x++) {
          const fit = fitAt(x, y);
          if (fit.correlation > best.correlation) best = fit;
        }
      }
      if (best.x === cx && best.y === cy) break;
    }
    return best;
  };
  const found = candidates({ plane, wanted, stride: image.width, last }, template, search);
  const fits = found.places
    .map((at) => scored(fitAt(at % image.width, Math.floor(at / image.width))))
    .filter(({ gain }) => gain >= search.minGain && gain <= MAX_GAIN)
    .sort(byScore);
  const peaks = [...fits.slice(0, CLIMBED).map((fit) => scored(climb(fit))), ...fits.slice(CLIMBED)].sort(
    byScore,
  );
  if (peaks.length === 0) return { peaks, leftOut: 0 };
  const [{ x, y }] = peaks;
  const beside = [Math.ceil(template.width / 4), Math.ceil(template.height / 4)];
  const ridge = [
    [x - beside[0], y],
    [x + beside[0], y],
    [x, y - beside[1]],
    [x, y + beside[1]],
  ].filter((at) => at[0] >= left && at[0] <= last.x && at[1] >= top && at[1] <= last.y);
  return {
    peaks,
    leftOut: Math.max(found.leftOut, ...ridge.map((at) => fitAt(at[0], at[1]).correlation)),
  };
}

function byScore(a: Peak, b: Peak): number {
  return b.score - a.score || a.y - b.y || a.x - b.x;
}

const fitted = new Float64Array(2);
let scores = new Float32Array(0);
let places = new Int32Array(0);

/** A gain by samples is this much off at most. */
const GAIN_SLACK = 1.3;

/**
 * The best place of each neighbourhood that passes the pairs, by the sampled correlation: the best ones first. `leftOut` is
 * the best correlation beyond those, 0 when there are no more.
 */
function candidates(
  {
    plane,
    wanted,
    stride,
    last,
  }: {
    readonly plane: Uint8Array;
    readonly wanted: Uint8Array;
    readonly stride: number;
    readonly last: { readonly x: number; readonly y: number };
  },
  template: Size,
  { region, minGain }: Search,
): { readonly places: readonly number[]; readonly leftOut: number } {
  const pairs = templatePairs(wanted, template, { stride, minGain });
  const samples = templateSamples(wanted, template, SAMPLES);
  const cellWidth = Math.max(1, template.width >> 1);
  const cellHeight = Math.max(1, template.height >> 1);
  const columns = Math.floor((last.x - region.x) / cellWidth) + 1;
  const cells = columns * (Math.floor((last.y - region.y) / cellHeight) + 1);
  if (scores.length < cells) {
    scores = new Float32Array(cells);
    places = new Int32Array(cells);
  }
  scores.fill(0, 0, cells);
  for (let y = region.y; y <= last.y; y++) {
    const row = Math.floor((y - region.y) / cellHeight) * columns;
    const end = y * stride + last.x + 1;
    for (let from = y * stride + region.x; ; from++) {
      from = nextPassing(plane, { from, to: end }, pairs);
      if (from === end) break;
      correlateAt(plane, { at: from, stride }, samples, fitted);
      if (fitted[1] * GAIN_SLACK < minGain || fitted[1] > GAIN_SLACK * MAX_GAIN) continue;
      const cell = row + Math.floor((from - y * stride - region.x) / cellWidth);
      if (fitted[0] <= scores[cell]) continue;
      scores[cell] = fitted[0];
      places[cell] = from;
    }
  }
  const found: number[] = [];
  for (let cell = 0; cell < cells; cell++) if (scores[cell] > 0) found.push(cell);
  found.sort((a, b) => scores[b] - scores[a]);
  return {
    places: found.slice(0, FITTED).map((cell) => places[cell]),
    leftOut: found.length > FITTED ? scores[found[FITTED]] : 0,
  };
}

/** Places less than this apart, both ways, are one. */
function nearness({ width, height }: Size): Size {
  return { width: Math.max(1, width / 2), height: Math.max(1, height / 2) };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function requireShare(what: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw badOption(what, '0..1', value);
}

function badOption(what: string, expected: string, received: number): PixelproofError {
  return new PixelproofError('PXP_PROBE_OPTION', 'option of matchTemplate', {
    what,
    expected,
    received: String(received),
  });
}
