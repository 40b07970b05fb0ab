import { withBlurredDashes } from './row-blurred-dashes.js';
import { withoutBoxes } from './row-boxes.js';
import { asClear, insideInk, withoutRung } from './row-doubtful.js';
import { dashedLines } from './row-dashes.js';
import { MARGIN, extentOf } from './row-extents.js';
import { withoutFields } from './row-fields.js';
import { COLOUR_ONLY, JPEG_BLOCK, fitStep } from './row-fit.js';
import {
  FRAME_SHARE,
  THICKEST_LINE,
  WIDEST_GAP,
  fades,
  framedGap,
  groundGap,
  shadedGround,
  shadowedEdge,
} from './row-gaps.js';
import { inkClusters } from '../profile/row-clusters.js';
import { median } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { type Run, apart, backgroundRuns, distance, lumaStep } from '../profile/row-runs.js';
import { goesOnBeside } from './row-strips.js';

/** A horizontal boundary, drawn as a thin line (the row above owns it) or as a change of the background. */
export interface RowEdge {
  /** First pixel row below the boundary, relative to the region. */
  readonly y: number;
  readonly kind: 'line' | 'level';
  /** Largest channel difference, 0..255. */
  readonly strength: number;
}

/** Shorter stretches of background are lines, or the blur between two backgrounds. */
const SHORTEST_BACKGROUND = 4;
/** A faint line spreads over a JPEG block. */
const BLURRED_LINE = 8;
/** The borders that a region may include are this high together with their JPEG blur. */
const BORDER_HEIGHT = 8;
/** A separator and a border are no higher together where the region ends right below them; it is as strong as others, give or take a share. */
const HIGHEST_LAST = 2;
const ALIKE = 0.25;
/**
 * Fewer rows between two lines make them one, a double one; the rows are this much fainter than the first line: a stripe
 * may be, but so is the echo of a JPEG.
 */
const BETWEEN = { least: 2, most: 0.25, lossless: 0.5 };
/** Lines of one list look alike: fainter than this share of the median is noise; so are steps of less than so many levels. */
const FAINT = 0.35;
const SHADES = 3;
/** Of the strongest boundary, or of the usual line: less may be a JPEG's noise, or a shade of what lies over the list. */
const RANDOM = 0.1;
/** A line that a JPEG blurred has fewer rows that stand out. */
const NARROWEST_GAP = 3;
/** Share of the rows of a gap between cards that are at least half as strong as its strongest. */
const GAP_FILL = 0.6;
/** So near to the ends of a selection lies its focus frame, in pixels. */
const FOCUS = 3;
/**
 * An echo is no stronger than the noise and this share of its boundary; the two ends of a narrow gap differ by as much as the cards do.
 * Measured: echoes of 4 levels beside steps of 11, and of 16 beside dashes.
 */
const ECHO = 0.3;
/** So many boundaries of one kind tell how strong these are, give or take a share. */
const FEWEST_USUAL = 3;
const USUAL = 0.1;
/** A dashed line is so thick, on a screen twice as dense. Pixels. */
const THICKEST_DASH = 6;
/** A border at the region's end has to be this many times the noise: JPEG blocks carry what lies outside into it. */
const BORDER = 4;
/** The boundaries that the background shows, from top to bottom. Cost: one pass over the rows. */
export function rowEdges(profile: RowProfile): RowEdge[] {
  const long = backgroundRuns(profile).filter(({ top, bottom }) => bottom - top >= SHORTEST_BACKGROUND);
  const edges: RowEdge[] = [];
  const doubtful: RowEdge[] = [];
  let above: Run | undefined;
  for (const [i, run] of long.entries()) {
    if (above !== undefined && isShaded(profile, above, run, long.at(i + 1))) continue;
    const found = above === undefined ? lineAtTop(profile, run) : between(profile, above, run);
    for (const edge of found) (insideInk(profile, edge) ? doubtful : edges).push(edge);
    above = run;
  }
  edges.push(...asClear(doubtful, edges, profile.noise));
  if (above !== undefined) {
    const end = lineAtBottom(profile, above);
    edges.push(...(end.length > 0 ? end : lineAtLast(profile, above, edges)));
  }
  const drawn = withoutShades(
    profile,
    edges.sort((a, b) => a.y - b.y),
  );
  const dashes = dashedLines(profile);
  const others = withBlurredDashes(profile, drawn);
  // Dashes that cover most of a row are no strip of their own.
  const strips = dashes.filter((line) =>
    others.some(({ y, kind }) => kind === 'level' && Math.abs(y - line.y) <= 1),
  );
  const isDash = ({ y, kind }: RowEdge): boolean =>
    kind === 'level' && strips.some((line) => y <= line.y + 1 && y >= line.y - THICKEST_DASH);
  const undashed = others.filter((edge) => !isDash(edge));
  const dashed = [...undashed, ...dashes].sort((a, b) => a.y - b.y);
  const all = withoutFields(profile, withoutFocus(dashed));
  const clear = profile.noise > 1 ? withoutRinging(profile, all) : all;
  return withoutNoise(profile, withoutRung(profile, withoutBoxes(profile, clear)));
}

/** A line of dots right within both ends of what has a background of its own: the focus frame of a selected row. */
function withoutFocus(edges: readonly RowEdge[]): RowEdge[] {
  return edges.filter((_, i) => !isFocus(edges, i - 1) && !isFocus(edges, i - 2));
}

/** Whether a focus frame lies between edge `i` and the third one from there. */
function isFocus(edges: readonly RowEdge[], i: number): boolean {
  if (i < 0 || i + 3 >= edges.length) return false;
  const [top, first, second, bottom] = edges.slice(i, i + 4);
  if (top.kind !== 'level' || bottom.kind !== 'level') return false;
  const isNear = first.y - top.y <= FOCUS && bottom.y - second.y <= FOCUS;
  return isNear && first.kind === 'line' && second.kind === 'line';
}

/** A border or separator that lies within the first few rows of the region. */
function lineAtTop(profile: RowProfile, first: Run): RowEdge[] {
  if (first.top === 0 || first.top > BORDER_HEIGHT) return [];
  let strength = 0;
  for (let y = 0; y < first.top; y++) strength = Math.max(strength, distance(profile, y, first));
  if (strength < BORDER * profile.noise) return [];
  let y = first.top;
  while (distance(profile, y - 1, first) < strength / 2) y--;
  return [{ y, kind: 'line', strength }];
}

/** The list's own border, below the last row; or that row's separator, when its background follows once more. */
function lineAtBottom(profile: RowProfile, last: Run): RowEdge[] {
  const rest = profile.height - last.bottom;
  if (rest <= HIGHEST_LAST || rest > WIDEST_GAP) return [];
  const strength = distance(profile, last.bottom, last);
  if (strength < BORDER * profile.noise) return [];
  // A gap of nothing but a card's shadow.
  if (rest > BORDER_HEIGHT) return [{ y: last.bottom, kind: 'level', strength }];
  const two = twoLines(profile, last, profile.height);
  if (two !== null) return two.map((y) => ({ y, kind: 'line', strength }));
  let y = profile.height;
  while (distance(profile, y - 1, last) < strength / 2) y--;
  const isCut = y === profile.height;
  if (!isCut && fades(profile, last, y)) return [{ y: last.bottom, kind: 'level', strength }];
  return [{ y: isCut ? last.bottom : y, kind: 'line', strength }];
}

/** The last row's own line, where the region ends right below it, or below the list's border beside it: as strong as the list's other lines. */
function lineAtLast(profile: RowProfile, last: Run, edges: readonly RowEdge[]): RowEdge[] {
  const { height, noise } = profile;
  if (height - last.bottom > BORDER_HEIGHT) return [];
  const rest = Array.from({ length: height - last.bottom }, (_, i) =>
    distance(profile, last.bottom + i, last),
  );
  const strength = Math.max(0, ...rest);
  const isLast = rest.slice(0, -HIGHEST_LAST).every((each) => each < strength / 2);
  const line: RowEdge = { y: height, kind: 'line', strength };
  return isLast && strength >= BORDER * noise && isUsual(line, edges, ALIKE) ? [line] : [];
}

function between(profile: RowProfile, above: Run, below: Run): RowEdge[] {
  const step = apart(above, below, profile.noise);
  const strengths = Array.from({ length: below.top - above.bottom }, (_, i) =>
    Math.min(distance(profile, above.bottom + i, above), distance(profile, above.bottom + i, below)),
  );
  const peak = Math.max(0, ...strengths);
  const isStrong = (strength: number): boolean => strength >= peak / 2;
  const strong = strengths.filter(isStrong).length;
  const end = above.bottom + strengths.findLastIndex(isStrong) + 1;
  const two = twoLines(profile, above, end);
  if (two !== null) return two.map((y) => ({ y, kind: 'line', strength: peak }));
  // A shadow beside the step is as strong as the step at most; a line stands out from both sides.
  if (step > profile.noise && peak <= step) {
    let y = above.bottom;
    while (y < below.top && distance(profile, y, above) < distance(profile, y, below)) y++;
    if (profile.noise > 1) return [{ y: fitStep(profile, above, below, y), kind: 'level', strength: step }];
    const ends = isClearGap(profile, above, below) ? [above.bottom, below.top] : [y];
    return ends.map((at) => ({ y: at, kind: 'level', strength: step }));
  }
  const card = step > profile.noise ? shadowedEdge(profile, above, below) : null;
  if (card !== null) return [{ y: card, kind: 'level', strength: step }];
  if (peak <= profile.noise || below.top - above.bottom > WIDEST_GAP) return [];
  const top = above.bottom + steps(profile, above, peak);
  if (profile.noise > 1 && isNarrowGap(profile, top, end))
    return [top, end].map((y) => ({ y, kind: 'level', strength: peak }));
  const shaded = shadedGround(profile, { top, end, above, below });
  if (shaded !== null) return shaded.map((y) => ({ y, kind: 'level', strength: peak }));
  const faint = peak < BORDER * profile.noise;
  if (faint && below.top - above.bottom > BLURRED_LINE) return [];
  const several = linesOf(above, strengths);
  if (profile.noise > 1 && isOneWithin(profile, several)) return several;
  // Rows of a gap stand out all alike; of a line and its echo in the JPEG block only those two do.
  const gap = framedGap(profile, { top, end, above, below }, peak);
  if (gap !== null) return gap.map((y) => ({ y, kind: 'level', strength: peak }));
  const ground = groundGap(profile, { top, end, above, below });
  if (ground !== null) return ground.map((y) => ({ y, kind: 'level', strength: peak }));
  // Without a JPEG's blur, what is higher than a line is a gap to its last row, however faint a shadow in it; one that fades is a line's.
  const isSharp = distance(profile, below.top - 1, below) >= BORDER;
  if (profile.noise <= 1 && (isSharp ? below.top : end) - top > THICKEST_LINE) {
    return [above.bottom, below.top].map((y) => ({ y, kind: 'level', strength: peak }));
  }
  const isLine = end - top <= THICKEST_LINE || strong < GAP_FILL * (end - top);
  if (faint || isLine)
    return [{ y: above.bottom + lineEnd(strengths, profile.noise), kind: 'line', strength: peak }];
  // A gap between cards that JPEG left without one flat colour.
  return [
    { y: top, kind: 'level', strength: peak },
    { y: end, kind: 'level', strength: peak },
  ];
}

/** A line for every few rows that stand out at least half as much as any. */
function linesOf(above: Run, strengths: readonly number[]): RowEdge[] {
  const peak = Math.max(...strengths);
  const isStrong = (i: number): boolean => strengths[i] >= peak / 2;
  const ends = strengths.flatMap((_, i) => (isStrong(i) && !isStrong(i + 1) ? [i + 1] : []));
  return ends.map((end) => ({ y: above.bottom + end, kind: 'line', strength: peak }));
}

/** Whether one of some lines ends before another one at both sides: a field's, before its row's separator. Borders of cards are alike. */
function isOneWithin(profile: RowProfile, lines: readonly RowEdge[]): boolean {
  if (lines.length === 1) return false;
  const extents = lines.map((line) => extentOf(profile, line)).filter(({ from, to }) => to > from);
  return extents.some(({ from, to }) =>
    extents.some((other) => other.from - from >= MARGIN && to - other.to >= MARGIN),
  );
}

/** Of what stands out from both sides the row after the line: what is fainter, beyond rows of the background again, is its echo. */
function lineEnd(strengths: readonly number[], noise: number): number {
  const peak = Math.max(...strengths);
  const last = strengths.findLastIndex((strength) => strength >= FRAME_SHARE * peak);
  let end = last + 1;
  for (let i = end; i < strengths.length && strengths[i] > noise; i++)
    if (strengths[i] >= peak / 2) end = i + 1;
  return end;
}

/** Whether a background is the ground between two cards, below a shadow: of that a JPEG leaves no step, or what seems its echo. */
function isShaded(profile: RowProfile, above: Run, ground: Run, below: Run | undefined): boolean {
  if (below === undefined || below.top - above.bottom > WIDEST_GAP) return false;
  return shadedGround(profile, { top: above.bottom, end: ground.top, above, below }) !== null;
}

/** Whether more than a line lies between two backgrounds in a picture without loss, and none of it is either: the gap between a selected card and another. */
function isClearGap(profile: RowProfile, above: Run, below: Run): boolean {
  for (let y = above.bottom; y < below.top; y++)
    if (Math.min(distance(profile, y, above), distance(profile, y, below)) < BORDER) return false;
  return below.top - above.bottom > THICKEST_LINE;
}

/** Whether what lies between two rows is the ground that shows beside them, and more than a blurred line. */
function isNarrowGap(profile: RowProfile, top: number, bottom: number): boolean {
  return bottom - top >= NARROWEST_GAP && goesOnBeside(profile, top, bottom);
}

/**
 * Where each of two lines ends that have the beginning of a row between them, cut off: the last separator and the list's border.
 * Looks below `run`, up to `end`.
 */
function twoLines(profile: RowProfile, run: Run, end: number): [number, number] | null {
  const least = BORDER * profile.noise;
  let y = run.bottom;
  while (y < end && distance(profile, y, run) < least) y++;
  if (y === end) return null;
  const strength = distance(profile, y, run);
  const skipLine = (): void => {
    while (y < end && distance(profile, y, run) >= strength / 2) y++;
  };
  skipLine();
  const first = y;
  const most = profile.noise > 1 ? BETWEEN.most : BETWEEN.lossless;
  while (y < end && distance(profile, y, run) < most * strength) y++;
  const rows = y - first;
  if (y === end || rows < BETWEEN.least || rows > SHORTEST_BACKGROUND) return null;
  if (fades(profile, run, first)) return null;
  const second = y;
  skipLine();
  if (y === second) return null;
  return [first, y];
}

/**
 * Within a JPEG block of a strong boundary a faint one is its echo. Colour is stored at half the size: a step of nothing but colour is
 * one within two, when it is hardly more than noise. What is as strong as the list's other boundaries of its kind is one of these.
 */
function withoutRinging(profile: RowProfile, edges: readonly RowEdge[]): RowEdge[] {
  const { noise } = profile;
  const isEcho = (edge: RowEdge): boolean => {
    const isOfColour = edge.strength <= COLOUR_ONLY * noise && lumaStep(profile, edge.y) <= noise;
    const reach = isOfColour ? 2 * JPEG_BLOCK : JPEG_BLOCK;
    return edges.some(
      (other) =>
        other !== edge &&
        Math.abs(other.y - edge.y) <= reach &&
        edge.strength <= noise + ECHO * other.strength,
    );
  };
  const sure = edges.filter((edge) => !isEcho(edge));
  return edges.filter((edge) => sure.includes(edge) || isUsual(edge, sure, USUAL));
}

/** Whether it is as strong as most of its kind, give or take a share. */
function isUsual({ kind, strength }: RowEdge, edges: readonly RowEdge[], share: number): boolean {
  const strengths = edges.filter((other) => other.kind === kind).map((other) => other.strength);
  return strengths.length >= FEWEST_USUAL && Math.abs(strength / median(strengths) - 1) <= share;
}

/** Rows from the end of a background on that still are nearer to it than to what follows. */
function steps(profile: RowProfile, run: Run, peak: number): number {
  let count = 0;
  while (distance(profile, run.bottom + count, run) < peak / 2) count++;
  return count;
}

/** Without the faint steps that have nothing beside them up to the next boundaries: the shades of a shadow on the ground between cards. */
function withoutShades(profile: RowProfile, edges: readonly RowEdge[]): readonly RowEdge[] {
  return edges.filter(({ kind, strength }, i) => {
    if (kind === 'line' || strength >= SHADES || i === 0) return true;
    const beside = { top: edges[i - 1].y, bottom: edges.at(i + 1)?.y ?? profile.height };
    return inkClusters(profile, beside).length > 0;
  });
}

/**
 * Without what is far fainter than most lines, without the shades of one background, where steps to others are far stronger, and without
 * lines that may be a JPEG's noise where a boundary of another kind is many times as strong.
 */
function withoutNoise({ noise }: RowProfile, edges: readonly RowEdge[]): RowEdge[] {
  const usual = (kind: RowEdge['kind']): number => {
    const strengths = edges.filter((edge) => edge.kind === kind).map(({ strength }) => strength);
    return strengths.length < 3 ? 0 : strengths.sort((a, b) => a - b)[strengths.length >> 1];
  };
  // A shade of what lies over the list is no step where lines part it.
  const shade = Math.max(FAINT * usual('level'), RANDOM * usual('line'));
  const least = { line: FAINT * usual('line'), level: Math.min(SHADES, shade) };
  const strongest = Math.max(...edges.map(({ strength }) => strength));
  const isRandom = ({ kind, strength }: RowEdge): boolean =>
    kind === 'line' &&
    noise > 1 &&
    strength < COLOUR_ONLY * noise &&
    usual(kind) === 0 &&
    strength < RANDOM * strongest;
  return edges.filter((edge) => edge.strength >= least[edge.kind] && !isRandom(edge));
}
