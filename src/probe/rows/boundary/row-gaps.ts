import type { RowProfile } from '../profile/row-profile.js';
import { type Run, apart, distance, lumaOf, runLuma } from '../profile/row-runs.js';
import { isBesideBoth } from './row-strips.js';

/** Higher is a gap between cards. */
export const THICKEST_LINE = 4;
/** A gap of eight pixels on a screen twice as dense, or a line, with the JPEG blur on both sides. */
export const WIDEST_GAP = 24;
/** A line of fewer rows, antialiased, may fade as well. */
const SHADOW = 3;
/** A line, so many times as strong as the step from card to ground, ends in one step of this share of it; a shadow fades. */
const STRONG = 2;
const SHARP = 0.7;
/** What a JPEG makes of a shadow's tail, or of a stripe, stays below so many times the noise. */
const ECHOED = 2;
/** The borders on both sides of a gap are alike; the echo of a line is weaker. A JPEG may weaken one of them by so much. */
export const FRAME_SHARE = 0.75;
const WEAK_SHARE = 0.6;
/** Lower is a double line. What a JPEG rings between its two is this share of them, at most. */
const NARROWEST = 3;
const RUNG = 0.3;
/** A JPEG leaves this share of a strip beside it, at most, on a row of another colour. */
const LEFT = 0.1;
/** Share of a gap's rows that are no card's, for all that a JPEG makes of them. */
const FILLED = 0.75;
/** Rows of a card's edge that are neither card nor shadow. */
const SOFT_EDGE = 2;

/** What lies between two backgrounds, `top` and `end` of it far from both. */
export interface Strip {
  readonly top: number;
  readonly end: number;
  readonly above: Run;
  readonly below: Run;
}

/** True where what stands out from a background down to `end` gets fainter step by step: a shadow. A line ends at once, or over one row. */
export function fades(profile: RowProfile, run: Run, end: number): boolean {
  const strengths = Array.from({ length: end - run.bottom }, (_, i) => distance(profile, end - 1 - i, run));
  const after = [end, Math.min(profile.height - 1, end + 1)].map((y) => distance(profile, y, run));
  const drop = Math.max(...strengths.slice(0, 2)) - Math.min(...after);
  return drop < Math.max(...strengths) / 2;
}

/**
 * The gap between two cards, each with a border, of which the stronger one stands out by `peak`: where it begins and ends, or null. A JPEG may
 * leave one border far weaker; then it is a border where what is between is ground.
 */
export function framedGap(profile: RowProfile, strip: Strip, peak: number): [number, number] | null {
  const clear = betweenBorders(profile, strip, FRAME_SHARE * peak);
  if (clear !== null || profile.noise <= 1) return clear;
  const weak = betweenBorders(profile, strip, WEAK_SHARE * peak);
  return weak !== null && isGround(profile, { ...strip, top: weak[0], end: weak[1] }, peak) ? weak : null;
}

function betweenBorders(
  profile: RowProfile,
  { top, end, above, below }: Strip,
  least: number,
): [number, number] | null {
  const isStrong = (y: number): boolean =>
    Math.min(distance(profile, y, above), distance(profile, y, below)) >= least;
  let from = top;
  while (from < end && isStrong(from)) from++;
  let to = end;
  while (to > from && isStrong(to - 1)) to--;
  if (from === top || to === end || fades(profile, above, from)) return null;
  for (let y = from; y < to; y++) if (isStrong(y)) return null;
  const isGap =
    to - from > THICKEST_LINE ||
    (to - from >= NARROWEST && isGround(profile, { top: from, end: to, above, below }, least));
  return isGap ? [from, to] : null;
}

/** Whether narrow rows between two lines are of another colour than the rows beyond these: more than what a JPEG rings between two lines. */
function isGround(profile: RowProfile, { top, end, above, below }: Strip, strength: number): boolean {
  const lumas = Array.from({ length: end - top }, (_, i) => lumaOf(profile, top + i));
  const mean = lumas.reduce((sum, luma) => sum + luma, 0) / lumas.length;
  const off = Math.min(...[above, below].map((card) => Math.abs(mean - runLuma(card))));
  return off > Math.max(ECHOED * profile.noise, RUNG * strength);
}

/**
 * The ground between two cards, with a shadow in it, that a JPEG leaves without one flat colour: where it begins and ends, or
 * null. After a line the background is that of the row again, but for an echo to both sides.
 */
export function groundGap(profile: RowProfile, { top, above, below }: Strip): [number, number] | null {
  if (profile.noise <= 1 || below.top - top > WIDEST_GAP) return null;
  const cards = [runLuma(above), runLuma(below)];
  const side = Math.sign(lumaOf(profile, top) - (cards[0] + cards[1]) / 2);
  // Of two cards of their own colours the nearer one.
  const card = side > 0 ? Math.max(...cards) : Math.min(...cards);
  const strength = Math.abs(lumaOf(profile, top) - card);
  const least = Math.max(ECHOED * profile.noise, LEFT * strength);
  const isGround = (y: number): boolean => side * (lumaOf(profile, y) - card) > least;
  let end = below.top;
  while (end > top && !isGround(end - 1)) end--;
  let rows = 0;
  for (let y = top; y < end; y++) if (isGround(y)) rows++;
  const isFilled = rows > THICKEST_LINE && rows >= FILLED * (end - top);
  return isFilled && below.top - end <= SOFT_EDGE ? [top, end] : null;
}

/**
 * The ground between two cards alike, from a shadow on it at `top` to the lower card, in a JPEG whose noise is hardly less than what it differs
 * from them: where the gap begins and ends, or null. A line is followed by its row, which has nothing else beside it. The mean of rows
 * is surer than each of them; the lower half, below the shadow, tells.
 */
export function shadedGround(
  profile: RowProfile,
  { top, end, above, below }: Strip,
): [number, number] | null {
  const { noise } = profile;
  if (noise <= 1 || below.top - top < NARROWEST || apart(above, below, noise) > noise) return null;
  const from = Math.max(end, (top + below.top) >> 1);
  let ground = 0;
  for (let y = from; y < below.top; y++) ground += lumaOf(profile, y) / (below.top - from);
  const isOther = [above, below].every((card) => Math.abs(ground - runLuma(card)) > noise);
  return isOther && isBesideBoth(profile, top, below.top, ground) ? [top, below.top] : null;
}

/**
 * Where a card ends whose shadow lies on the ground between `above` and `below`, or null: further from the card's colour than
 * the ground is, most beside the card but for the rows that anti-aliasing leaves of its edge, and from there on less and less.
 * A line is as sharp on both sides; what a JPEG rings on the card is none of it.
 */
export function shadowedEdge(profile: RowProfile, above: Run, below: Run): number | null {
  const rows = below.top - above.bottom;
  // Where the ground is hardly another colour, a short one may be a line that a JPEG blurred.
  const isClear = apart(above, below, profile.noise) > ECHOED * profile.noise;
  const least = isClear ? SHADOW : 2 * SHADOW;
  const step = Math.abs(runLuma(above) - runLuma(below));
  const mean = (runLuma(above) + runLuma(below)) / 2;
  const strengths = Array.from({ length: rows }, (_, i) =>
    Math.abs(lumaOf(profile, above.bottom + i) - mean),
  );
  const isStrong = Math.max(...strengths) > STRONG * step;
  const from = (card: Run, ground: Run): number | null => {
    const at = (i: number): number => (card === above ? above.bottom + i : below.top - 1 - i);
    const side = Math.sign(runLuma(ground) - runLuma(card));
    const shade = (i: number): number => side * (lumaOf(profile, at(i)) - runLuma(ground));
    let peak = 0;
    for (let i = 1; i < rows; i++) if (shade(i) > shade(peak)) peak = i;
    let edge = 0;
    while (2 * shade(edge) < shade(peak)) edge++;
    if (shade(peak) <= 0 || peak - edge > SOFT_EDGE) return null;
    let end = peak + 1;
    while (end < rows && shade(end) < shade(end - 1)) end++;
    const isDone = end === rows || shade(end) < ECHOED * profile.noise;
    const steps = Array.from({ length: end - peak - 1 }, (_, i) => shade(peak + i) - shade(peak + i + 1));
    const isSharp = isStrong && Math.max(...steps) > SHARP * shade(peak);
    if (!isDone || isSharp || end - peak < least) return null;
    return card === above ? at(edge) : at(edge) + 1;
  };
  return from(above, below) ?? from(below, above);
}
