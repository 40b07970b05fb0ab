import { type InkCluster, inkLines } from './row-clusters.js';
import type { RowProfile } from './row-profile.js';

/** Ringing of 8-bit text at JPEG quality 60 stays mostly below this; disabled text (#ccc on #fff) is at 51. */
export const INK_DIFFERENCE = 32;
/** The first ink column of a pixel row without any. */
export const NO_INK = 0x7fffffff;
/** Higher than a line of text with descenders: a picture, or several lines. */
export const LINE_HEIGHT = 28;

/** So few pixels of a row are what a JPEG leaves. */
const DIRT = 6;
/** Rows with less than this share of a line's most ink are the dots and tips of its letters. */
export const FRINGE = 0.15;

/** Descenders have less than this share of a line's most ink. */
const FOOT = 0.4;

/** Where rows, or lines, part there is at most this share of their ink. */
export const CUT_INK = 0.3;

/** Letters go below the line by less than this share of their height above it. */
const DESCENT = 0.45;
/** So deep may be a button as well, which is as wide at its top, give or take a share. */
const BUTTON = 0.35;
const EVEN = 0.2;

/** Whether a pixel stands out from its row's background; `x` of the image, `row` of the region. */
export function isInkAt({ image, y, red, green, blue }: RowProfile, x: number, row: number): boolean {
  const { data, width } = image;
  const p = 4 * ((y + row) * width + x);
  return (
    Math.max(
      Math.abs(data[p] - Math.round(red[row])),
      Math.abs(data[p + 1] - Math.round(green[row])),
      Math.abs(data[p + 2] - Math.round(blue[row])),
    ) > INK_DIFFERENCE
  );
}

export function mostInk({ ink }: RowProfile, { top, bottom }: InkCluster): number {
  let most = 0;
  for (let y = top; y < bottom; y++) if (ink[y] > most) most = ink[y];
  return most;
}

/** A picture, or several lines, without the few pixels that a JPEG leaves above and below. */
export function withoutDirt({ ink }: RowProfile, { top, bottom }: InkCluster): InkCluster {
  if (bottom - top <= LINE_HEIGHT) return { top, bottom };
  let first = top;
  while (first < bottom - 1 && ink[first] <= DIRT) first++;
  let last = bottom - 1;
  while (last > first && ink[last] <= DIRT) last--;
  return { top: first, bottom: last + 1 };
}

/** Without the few pixels of descenders, whose middle is that of the cell: from ascender or capital to baseline. */
export function body(profile: RowProfile, { top, bottom }: InkCluster): InkCluster {
  if (bottom - top > LINE_HEIGHT) return { top, bottom };
  const { ink } = profile;
  const most = mostInk(profile, { top, bottom });
  let first = top;
  while (ink[first] < FRINGE * most) first++;
  return { top: first, bottom: Math.max(first + 1, footOf(profile, { top, bottom })) };
}

/** Where the letters of a line stand, however large they are. */
export function footOf(profile: RowProfile, { top, bottom }: InkCluster): number {
  const least = FOOT * mostInk(profile, { top, bottom });
  let last = bottom - 1;
  while (profile.ink[last] < least) last--;
  return last + 1;
}

/** Where the letters of the first line stand. */
export function baseline(profile: RowProfile, ink: InkCluster): number {
  const [first = ink] = inkLines(profile, ink);
  return body(profile, first).bottom;
}

/** The same of several lines: descenders of the last one do not count. */
export function paragraphBody(
  profile: RowProfile,
  { top, bottom }: InkCluster,
  lines: readonly InkCluster[],
): InkCluster {
  const own = lines.filter((line) => line.top >= top && line.bottom <= bottom);
  return { top: body(profile, own[0]).top, bottom: body(profile, own[own.length - 1]).bottom };
}

/**
 * Of the body; of all the ink where what is below the letters' line is too deep for descenders, or as wide as what begins above them:
 * the lower half of a button, or of an icon.
 */
export function bodyMiddle(profile: RowProfile, ink: InkCluster): number {
  const { top, bottom } = body(profile, ink);
  const least = FRINGE * mostInk(profile, ink);
  let low = ink.bottom - 1;
  while (profile.ink[low] < least) low--;
  const depth = (low + 1 - bottom) / (bottom - top);
  const [above, below] = [profile.ink[top + 1], profile.ink[low - 1]];
  const isEven = Math.abs(above - below) <= EVEN * Math.max(above, below);
  const isButton = depth > DESCENT || (depth > BUTTON && isEven);
  return middle({ top, bottom: isButton ? low + 1 : bottom });
}

export function middle({ top, bottom }: InkCluster): number {
  return (top + bottom) / 2;
}

export function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return (values[(values.length - 1) >> 1] + values[values.length >> 1]) / 2;
}

/** The middle value, of an even number the higher one of the two. */
export function middleOf(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
}
