import { PixelproofError } from '../core/errors.js';
import { type Rect, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import { type InkRun, inkContrast, inkOf, inkRuns } from './ink-columns.js';
import { mostFrequentColor } from './color/most-frequent-color.js';

/** What the digits 0 to 9 of one font look like, by digit. Made by `learnDigits`. */
export type DigitShapes = readonly Float64Array[];

export interface ReadNumberOptions {
  /** Where the number stands: with room around it, and nothing else. Default: the whole image. */
  readonly region?: Rect;
  readonly digits: DigitShapes;
}

/** Why `readNumber` answered as it did. */
export type NumberReason =
  | 'read'
  /** Nothing stands out in the region. */
  | 'blank'
  /** A point or comma that parts no groups of three, or a sign. */
  | 'stray-mark'
  /** Something touches the left or right side of the region. */
  | 'cut-off'
  /** What stands there is not of one height, as words are. */
  | 'uneven'
  /** More glyphs than an exact number has digits. */
  | 'too-long'
  /** A glyph is like no digit, or like two: other writing, another font, or digits that touch. */
  | 'unlike';

export interface NumberReading {
  /** Null where there is no number, or it cannot be told. */
  readonly value: number | null;
  /** Likeness of the least likely digit, 0..1; 0 where there is none. */
  readonly score: number;
  /** Its lead over the next likely digit, 0..1. */
  readonly margin: number;
  readonly reason: NumberReason;
}

/** Below it, writing and what codecs add are the same. Levels of a channel. */
const MIN_CONTRAST = 24;
/** Of the strongest contrast; what is weaker is the blurred edge of a stroke. */
const INK_SHARE = 1 / 3;
/** A digit is compared as this many cells, in which a stroke of usual weight is one to two cells wide. */
const COLUMNS = 8;
const LINES = 12;
/** A digit of 13 pixels is 0.9 like itself half a pixel further, 0.72 at 0.8 of its size; different digits are up to 0.7 alike. */
const MIN_SCORE = 0.7;
const MIN_MARGIN = 0.1;
/** Of the highest glyph: points and commas are lower, digits are of one height. */
const LOW_SHARE = 0.4;
const DIGIT_SHARE = 0.85;
/** Digits that a point or comma parts from the next. Where others follow it, it is a decimal one, or ends a sentence. */
const GROUP = 3;
/** More digits than a number that is exact. */
const MAX_DIGITS = 15;

/**
 * Reads a number written in a known font: glyphs are what stands out between blank columns, and each is the digit it
 * correlates with best (zero-mean normalised cross-correlation of 8x12 cells; J. P. Lewis, 1995), by a margin. Colours and
 * dimming do not matter, sizes hardly. Points and commas between groups of three digits are passed over (1,250 and 1.250
 * are both 1250). Any other one, a sign, a letter unlike a digit, touching digits and a digit cut off at the region's side make it unknown.
 *
 * Cost: a few passes over the region and 0.01 ms a digit. Errors: PXP_RECT for a region outside.
 *
 * @example
 * const digits = learnDigits(pictureOf0123456789);
 * readNumber(frame, { region: { x: 1100, y: 678, width: 69, height: 28 }, digits }).value; // 198
 */
export function readNumber(
  image: ImageBuffer,
  { region = sizeRect(image), digits }: ReadNumberOptions,
): NumberReading {
  const { glyphs: found, hasStrayMark } = glyphs(image, region);
  const unknown = (reason: NumberReason): NumberReading => ({ value: null, score: 0, margin: 0, reason });
  if (hasStrayMark) return unknown('stray-mark');
  if (found.length === 0) return unknown('blank');
  if (found.some(({ x, width }) => x <= region.x || x + width >= region.x + region.width))
    return unknown('cut-off');
  const highest = Math.max(...found.map(({ height }) => height));
  if (found.some(({ height }) => height < DIGIT_SHARE * highest)) return unknown('uneven');
  if (found.length > MAX_DIGITS) return unknown('too-long');
  const likely = found.map((glyph) => likeliest(shapeOf(image, glyph), digits));
  const score = Math.max(0, Math.min(1, ...likely.map((each) => each.score)));
  const margin = Math.min(...likely.map((each) => each.margin));
  const isKnown = score >= MIN_SCORE && margin >= MIN_MARGIN;
  const value = isKnown ? Number(likely.map(({ digit }) => digit).join('')) : null;
  return { value, score, margin, reason: isKnown ? 'read' : 'unlike' };
}

/**
 * The shapes of the ten digits of a font, from a picture of them side by side, 0 first, cut from screenshots.
 * Errors: PXP_PROBE_OPTION when it does not show ten glyphs apart from each other.
 */
export function learnDigits(image: ImageBuffer): DigitShapes {
  const { glyphs: found } = glyphs(image, sizeRect(image));
  if (found.length === 10) return found.map((glyph) => shapeOf(image, glyph));
  throw new PixelproofError('PXP_PROBE_OPTION', 'a picture of digits', {
    expected: 'the digits 0 to 9 side by side, blank columns between them',
    received: `${found.length} glyphs`,
  });
}

/** What stands between blank columns, separators of thousands left out; none where there is another mark. */
function glyphs(
  image: ImageBuffer,
  region: Rect,
): { readonly glyphs: readonly Rect[]; readonly hasStrayMark: boolean } {
  requireInside(image, region);
  const background = mostFrequentColor(image, region);
  const contrast = inkContrast(image, region, background);
  if (contrast < MIN_CONTRAST) return { glyphs: [], hasStrayMark: false };
  const runs = inkRuns(inkOf(image, region, { background, levels: contrast * INK_SHARE }));
  const highest = Math.max(...runs.map(({ top, bottom }) => bottom - top));
  const isLow = ({ top, bottom }: InkRun): boolean => bottom - top < LOW_SHARE * highest;
  const digits = runs.filter((run) => !isLow(run));
  const groups = (mark: InkRun): boolean => {
    const after = digits.filter(({ from }) => from > mark.from).length;
    // In front of all digits it is a sign.
    return after > 0 && after < digits.length && after % GROUP === 0;
  };
  if (!runs.every((run) => !isLow(run) || groups(run))) return { glyphs: [], hasStrayMark: true };
  const boxes = digits.map(({ from, to, top, bottom }) => ({
    x: region.x + from,
    y: region.y + top,
    width: to - from,
    height: bottom - top,
  }));
  return { glyphs: boxes, hasStrayMark: false };
}

/** Mean luma of each cell, from which their mean is taken, scaled to length 1: the product of two is their correlation. */
function shapeOf(image: ImageBuffer, { x, y, width, height }: Rect): Float64Array {
  const luma = image.luma();
  const shape = new Float64Array(COLUMNS * LINES);
  const weights = new Float64Array(shape.length);
  for (let line = 0; line < height; line++) {
    for (let column = 0; column < width; column++) {
      const level = luma[(y + line) * image.width + x + column];
      spread({ from: (column * COLUMNS) / width, to: ((column + 1) * COLUMNS) / width }, (i, across) =>
        spread({ from: (line * LINES) / height, to: ((line + 1) * LINES) / height }, (j, down) => {
          shape[j * COLUMNS + i] += level * across * down;
          weights[j * COLUMNS + i] += across * down;
        }),
      );
    }
  }
  for (let i = 0; i < shape.length; i++) shape[i] /= weights[i];
  const mean = shape.reduce((sum, level) => sum + level, 0) / shape.length;
  const length = Math.sqrt(shape.reduce((sum, level) => sum + (level - mean) ** 2, 0));
  return shape.map((level) => (length === 0 ? 0 : (level - mean) / length));
}

/** The cells an interval covers, and how much of each. */
function spread(
  { from, to }: Readonly<{ from: number; to: number }>,
  cell: (i: number, share: number) => void,
): void {
  for (let i = Math.floor(from); i < to; i++) {
    const share = Math.min(i + 1, to) - Math.max(i, from);
    if (share > 0) cell(i, share);
  }
}

function likeliest(
  shape: Float64Array,
  digits: DigitShapes,
): Readonly<{ digit: number; score: number; margin: number }> {
  const ranked = digits
    .map((known, digit) => ({ digit, score: known.reduce((sum, level, i) => sum + level * shape[i], 0) }))
    .sort((a, b) => b.score - a.score);
  return { ...ranked[0], margin: ranked[0].score - Math.max(0, ranked[1].score) };
}
