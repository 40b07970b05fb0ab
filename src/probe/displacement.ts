import { PixelproofError } from '../core/errors.js';
import { type Rect, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, crop, requireInside } from '../image/image-buffer.js';
import { lineStrips } from './displacement/line-strips.js';
import { type Strips, likelyShifts } from './displacement/phase-correlation.js';
import { requireSameSize } from './same-size.js';

export interface DisplacementOptions {
  /** What scrolls, and as little else as possible; the whole picture by default. */
  readonly region?: Rect;
  /** Along which axis it scrolls. Default `y`. */
  readonly axis?: 'x' | 'y';
}

export interface Displacement {
  /** `still`: it stands where it stood, the end of a list when it was told to scroll. */
  readonly state: 'moved' | 'still' | 'unsure';
  /** Whole pixels that the content moved up (or left), so scrolled down when above 0. 0 unless `moved`. */
  readonly by: number;
  /** How well that explains the later frame, 0..1. */
  readonly score: number;
  /** Score minus that of the best other displacement, 0..1. */
  readonly margin: number;
  readonly reason: 'displaced' | 'nothing-moved' | 'several-fit' | 'none-fits' | 'nothing-to-compare';
}

/** Strips across the axis: enough to tell rows apart, wide enough that a codec's noise averages out. */
const STRIPS = 24;
/** Enough to tell letters apart, where no codec lies between two pictures. */
const FINE_STRIPS = 240;
/** Levels by which a part of a letter differs from the ground: above what a codec makes of one letter in two places. */
const OTHER_INK = 32;
/** Lines with less contrast, in levels, are ground and fit anywhere. */
const MIN_CONTRAST = 2;
/** A line stands still when it differs by less, in levels and by its contrast: above the noise of JPEG quality 60. */
const STILL_LEVELS = 2.5;
const STILL_SHARE = 0.2;
/** A strip's value on one line: content from so many levels, the same up to so many, and its share. */
const MIN_VALUE = 4;
const SAME_LEVELS = 3;
const SAME_SHARE = 0.15;
/** Fewer lines of content than this say nothing. */
const MIN_LINES = 8;
/** Lines that came from elsewhere: more than a row's text is high. */
const MIN_CAME = 20;
/** Peaks of each correlation that are tried. */
const PEAKS = 24;
/** Displacements closer than this are one: a line of text correlates with itself a pixel or two away. */
const SAME = 4;
/** Of those, scores that differ by less say nothing. */
const AS_WELL = 0.02;
const MIN_SCORE = 0.8;
/** A lower one is enough where everything else is as far behind. */
const LEAST_SCORE = 0.7;
const FAR_BEHIND = 0.45;
const MIN_MARGIN = 0.15;
/** A smaller one is enough where what does not fit is so small a share of what does not at the next best. */
const LEAST_MARGIN = 0.05;
const MISFIT = 0.3;
/** Of the lines with content, this share has to stand where it stood for nothing to have moved. */
const STILL = 0.95;

/**
 * By how many pixels a region scrolled between two frames. Lines (pixel rows, or columns for axis `x`) that stand still are
 * set aside first, so a sticky header and a footer do not vote for 0; for the others phase correlation proposes displacements, and
 * each is scored by how much of the content it can explain it does, so new content at the edge does not count against it. One-dimensional, on strips across the axis: lists scroll along one axis, where two dimensions would cost ten
 * times as much and prove no more, and one projection alone would take rows for each other.
 *
 * What repeats is `unsure`: rows that are all alike fit at each multiple of their pitch, also when nothing moved. So is what
 * leaves less than a few lines in view. A scrollbar (one strip of 24) is not looked at.
 *
 * Cost: 1280x396 13 ms (busy two-core machine), equal frames as much. Errors: PXP_IMAGE_SIZE when sizes differ, PXP_RECT for a region outside,
 * PXP_PROBE_OPTION for a region of less than 24 pixels across the axis.
 *
 * @example
 * const { state, by } = displacement(before, after, { region: list }); // 'moved', 120: the list went down by 120 pixels
 */
export function displacement(
  before: ImageBuffer,
  after: ImageBuffer,
  options: DisplacementOptions = {},
): Displacement {
  const { region = sizeRect(before), axis = 'y' } = options;
  requireSameSize(before, after);
  requireInside(before, region);
  const across = axis === 'y' ? region.width : region.height;
  if (across < STRIPS) {
    throw new PixelproofError('PXP_PROBE_OPTION', 'option of displacement', {
      what: 'region',
      expected: `at least ${STRIPS} pixels across the axis`,
      received: String(across),
    });
  }
  const was = lineStrips(before, region, { axis, width: STRIPS });
  const now = lineStrips(after, region, { axis, width: STRIPS });
  const { moving, content } = sortLines(was, now);
  const still = content.length - moving.length;
  if (content.length < MIN_LINES) return unsure('nothing-to-compare');
  const stillShare = still / content.length;
  if (stillShare >= STILL) {
    // Where rows repeat, that it looks as before does not mean that it has not moved. Of the very same picture letters tell, too.
    const letters = isSame(before, after, region)
      ? lineStrips(before, region, { axis, width: Math.min(across, FINE_STRIPS) })
      : null;
    const rivals = rank(was, now, content, content.length)
      .filter(({ shift }) => Math.abs(shift) > SAME)
      .map(({ shift, score }) =>
        letters === null ? score : Math.min(score, repeating(letters, content, shift)),
      );
    const margin = Math.max(0, stillShare - Math.max(0, ...rivals));
    const answer = { by: 0, score: stillShare, margin };
    return margin < MIN_MARGIN
      ? { ...answer, state: 'unsure', reason: 'several-fit' }
      : { ...answer, state: 'still', reason: 'nothing-moved' };
  }
  // What came out from below a sticky header was not to be seen before.
  const ranked = rank(was, now, moving, content.length);
  const best = nearest(ranked);
  if (best === null) return unsure('none-fits');
  const rival = ranked.find(({ shift }) => Math.abs(shift - best.shift) > SAME);
  const score = Math.max(0, best.score);
  const margin = Math.max(0, score - Math.max(0, rival?.score ?? 0));
  if (score < (margin >= FAR_BEHIND ? LEAST_SCORE : MIN_SCORE))
    return { state: 'unsure', by: 0, score, margin, reason: 'none-fits' };
  // Rows of names that begin and end alike fit at other rows by most of their ink.
  const isClear =
    margin >= MIN_MARGIN || (margin >= LEAST_MARGIN && 1 - score <= MISFIT * (1 - score + margin));
  if (!isClear) return { state: 'unsure', by: 0, score, margin, reason: 'several-fit' };
  return { state: 'moved', by: best.shift, score, margin, reason: 'displaced' };
}

/** The share of the lines that say the same as the line that much further on, 0..1. */
function repeating({ values, lines, width }: Strips, content: readonly number[], shift: number): number {
  const inside = content.filter((line) => line + shift >= 0 && line + shift < lines);
  const alike = inside.filter((line) => {
    const [one, other] = [line, line + shift].map((at) => values.subarray(at * width, (at + 1) * width));
    return one.every((value, strip) => Math.abs(value - other[strip]) <= OTHER_INK);
  });
  return alike.length / Math.max(1, inside.length);
}

function isSame(before: ImageBuffer, after: ImageBuffer, region: Rect): boolean {
  return Buffer.compare(crop(before, region).data, crop(after, region).data) === 0;
}

function unsure(reason: Displacement['reason']): Displacement {
  return { state: 'unsure', by: 0, score: 0, margin: 0, reason };
}

/** Lines with content in one of the frames, and those of them that differ where they stand. */
function sortLines(
  was: Strips,
  now: Strips,
): { readonly content: readonly number[]; readonly moving: readonly number[] } {
  const content: number[] = [];
  const moving: number[] = [];
  for (let line = 0; line < was.lines; line++) {
    const contrast = Math.max(rms(was, line, null), rms(now, line, null));
    if (contrast < MIN_CONTRAST) continue;
    content.push(line);
    if (rms(was, line, now) > STILL_LEVELS + STILL_SHARE * contrast) moving.push(line);
  }
  return { content, moving };
}

/** Root mean square of a line, or of its difference from the other's, without the strip that has most. */
function rms({ values, width }: Strips, line: number, other: Strips | null): number {
  let sum = 0;
  let most = 0;
  for (let i = line * width; i < (line + 1) * width; i++) {
    const value = other === null ? values[i] : values[i] - other.values[i];
    const square = value * value;
    sum += square;
    if (square > most) most = square;
  }
  return Math.sqrt(Math.max(0, sum - most) / (width - 1));
}

/** The strips with all other lines blank. */
function only({ values, lines, width }: Strips, kept: readonly number[]): Strips {
  const part = new Float32Array(values.length);
  for (const line of kept) {
    part.set(values.subarray(line * width, (line + 1) * width), line * width);
  }
  return { values: part, lines, width };
}

interface Fit {
  readonly shift: number;
  readonly score: number;
  /** Mean difference of the values with content, in levels. */
  readonly error: number;
}

/** The best one; of those a pixel or so beside it that fit as well, the one that differs least. */
function nearest(ranked: readonly Fit[]): Fit | null {
  if (ranked.length === 0) return null;
  const [first] = ranked;
  const alike = ranked.filter(
    ({ shift, score }) => Math.abs(shift - first.shift) <= SAME && score >= first.score - AS_WELL,
  );
  return alike.reduce((a, b) => (b.error < a.error ? b : a));
}

/**
 * The likely displacements by their score, best first. Scored by those of the lines that came from between the first and the
 * last of them, which have to be one in eight of those with `content`: a row that fits another one is no list that scrolled.
 */
function rank(was: Strips, now: Strips, lines: readonly number[], content: number): readonly Fit[] {
  const [first, last] = [lines[0], lines[lines.length - 1]];
  const least = Math.max(MIN_CAME, content / 8);
  const likely = likelyShifts(only(was, lines), only(now, lines), PEAKS);
  const fits: Fit[] = [];
  // Right beside 0 a peak is lost in that of what stands still.
  for (const shift of new Set([...likely, -2, -1, 1, 2])) {
    const inside = lines.filter((line) => line + shift >= first && line + shift <= last);
    if (inside.length < least) continue;
    fits.push({ shift, ...agreement({ was, now, lines: inside, shift }) });
  }
  return fits.sort((a, b) => b.score - a.score);
}

/**
 * The share of the strips' values that are those of the place they came from, of the ones with content, 0..1. Not their
 * correlation: in a table most of a row is in every row, correlates, and tells nothing.
 */
function agreement({
  was,
  now,
  lines,
  shift,
}: {
  readonly was: Strips;
  readonly now: Strips;
  readonly lines: readonly number[];
  readonly shift: number;
}): { readonly score: number; readonly error: number } {
  const { width } = was;
  let content = 0;
  let error = 0;
  let agree = 0;
  for (const line of lines) {
    let i = line * width;
    let j = (line + shift) * width;
    for (let strip = 0; strip < width; strip++, i++, j++) {
      const strength = Math.max(Math.abs(now.values[i]), Math.abs(was.values[j]));
      if (strength < MIN_VALUE) continue;
      content++;
      const difference = Math.abs(now.values[i] - was.values[j]);
      error += difference;
      if (difference <= SAME_LEVELS + SAME_SHARE * strength) agree++;
    }
  }
  return content === 0 ? { score: 0, error: Infinity } : { score: agree / content, error: error / content };
}
