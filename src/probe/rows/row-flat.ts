// Long because finding the pitch and joining lines by it share one notion of what a line is.
import type { InkCluster } from './row-clusters.js';
import { type Anchor, type Cell, placeRows, tolerance, uncutInks } from './row-grid.js';
import type { Heights } from './row-heights.js';
import { body, bodyMiddle, median, middle, paragraphBody } from './row-ink.js';
import { leadedRows } from './row-leading.js';
import { inkPitch } from './row-pitch.js';
import type { RowProfile } from './row-profile.js';
import { LETTERS, centredRows, distancesOf, unevenRows } from './row-uneven.js';

export interface FlatRows {
  readonly cells: readonly Cell[];
  readonly pitch: number | null;
  readonly score: number;
}

/** A stretch without boundaries, and what is drawn in it. */
interface Inked extends Cell {
  readonly clusters: readonly InkCluster[];
}

interface FlatOptions extends Heights {
  /** A row height seen elsewhere in the list; used where the ink alone does not tell. */
  readonly pitch?: number;
  /** The lowest row seen elsewhere in the list: what repeats at much less are the lines of a row. */
  readonly lowest?: number;
  readonly anchor?: Anchor;
}

/** Two lines of one row are closer than this share of their height; two rows are not. */
const LINE_GAP = 0.75;
/** Rows of one list differ in height by less than this share. */
const UNLIKE = 0.25;
/** Up to this many lines, even spacing within this many pixels is believed. */
const FEW = 5;
const EVEN_SLACK = 1.5;
const FEWEST_APART = 4;
const MOST_HEIGHT = 2;
/** Two lines to a row: the second line repeats this much better than the next, and the gaps alternate in this share. */
const PAIRED = 0.1;
const ALTERNATING = 0.85;
/** Clusters higher than this many pitches are several rows that descenders, or the ringing of a JPEG, joined. */
const JOINED = 1.4;
/** They are cut where there is at most this share of a row's usual ink. */
const CUT_INK = 0.3;
/** Rows of which fewer fit the pitch are of unequal height; lines that make so few paragraphs are several to a row. */
const FIT = 0.75;
const PARAGRAPHS = 0.75;
/** Lines repeat at less than this share of the lowest row. */
const LINE_SHARE = 0.6;
/** Rows of one line have half of what parts their lines above the first one, and letters make little of it. */
const ROOM = 0.7;
/** Higher than a line of text: an icon or a button, so a row of its own. */
const TEXT_HEIGHT = 16;
/** Rows that the distance of their lines tells apart: the room above and below them is not drawn. */
const LEADED = 0.8;
/** Sorted gaps that jump by this factor tell lines within rows from rows. */
const GAP_JUMP = 1.5;
const GAP_SLACK = 2;

/**
 * The rows of a stretch without any drawn boundary, from the ink alone: lines of text are joined into rows by the pitch
 * they repeat at, and a cell of one pitch is centred on what most rows have in common. Without a pitch the cells meet
 * halfway between the inks.
 */
export function flatRows(profile: RowProfile, stretch: Inked, options: FlatOptions): FlatRows {
  const whole = stretch.clusters;
  if (whole.length === 0) return { cells: [], pitch: null, score: 0 };
  const leaded = leadedRows(profile, whole, stretch);
  if (leaded !== null) return { cells: unevenRows(leaded, stretch, options), pitch: null, score: LEADED };
  const found = findPitch(profile, whole, { ...options, stretch });
  const clusters = found === null ? whole : partByPitch(profile, whole, found.pitch);
  const groups = found === null ? [] : joinByPitch(clusters, found.pitch, stretch);
  // What the end cuts through is of no height to compare.
  const uncut = uncutInks(groups, stretch);
  const paragraphs = joinLines(clusters);
  const severalLines = paragraphs.length > 1 && paragraphs.length < PARAGRAPHS * clusters.length;
  const areLines = (pitch: number): boolean =>
    (severalLines && pitch < LINE_SHARE * (options.lowest ?? 0)) || !fits(uncut, paragraphs, pitch);
  if (found === null || ((severalLines || whole.length > FEW) && areLines(found.pitch))) {
    const isLineEach = paragraphs.length === clusters.length;
    const inks = paragraphs.map((ink) => paragraphBody(profile, ink, clusters));
    const centred = isLineEach ? centredRows(clusters, stretch, options) : null;
    return { cells: centred ?? unevenRows(inks, stretch, options), pitch: null, score: 0.5 };
  }
  const { pitch } = found;
  // What nothing parts is several rows, or something else.
  const score = groups.some(({ top, bottom }) => bottom - top > MOST_HEIGHT * pitch) ? 0.5 : found.score;
  return { cells: placeRows(profile, groups, { pitch, anchor: options.anchor, stretch }), pitch, score };
}

interface Pitch {
  readonly pitch: number;
  readonly score: number;
}

function findPitch(
  profile: RowProfile,
  clusters: readonly InkCluster[],
  { pitch, anchor, minHeight, maxHeight, least, most, stretch }: FlatOptions & { readonly stretch: Cell },
): Pitch | null {
  const hint = pitch === undefined ? null : { pitch, score: 0.9 };
  const isJoined = clusters[clusters.length - 1].bottom - clusters[0].top > maxHeight;
  if (clusters.length === 1 && (hint !== null || !isJoined)) return hint;
  if (clusters.length === 2 && !isJoined) {
    if (
      sameRow(clusters[0], clusters[1]) &&
      (hint !== null || !areRows(profile, { top: stretch.top, clusters }))
    )
      return hint;
    const distance = bodyMiddle(profile, clusters[1]) - bodyMiddle(profile, clusters[0]);
    if (distance < least || distance > most) return hint;
    if (hint === null) return { pitch: distance, score: 0.7 };
    // Off by more than letters explain, yet alike: rows of unequal heights.
    const off = Math.abs(distance - hint.pitch);
    return off > LETTERS && off < UNLIKE * hint.pitch ? { pitch: distance, score: 0.7 } : hint;
  }
  const found = linePitch(profile, clusters, { minHeight, maxHeight, least, most, stretch });
  if (found === null) return hint;
  // Over so few rows letters explain the difference.
  const span = clusters[clusters.length - 1].bottom - clusters[0].top;
  if (hint !== null && (Math.abs(hint.pitch - found.pitch) * span) / hint.pitch <= LETTERS) {
    // A selection may leave a line of its row; the rows above it fill what is there.
    const left = ({ pitch }: Pitch): number =>
      Math.abs(stretch.bottom - stretch.top - clusters.length * pitch);
    return left(found) <= 1 && left(hint) > EVEN_SLACK ? found : hint;
  }
  if (hint !== null && anchor !== undefined && fillRows(clusters, { pitch: hint.pitch, from: anchor.y }))
    return hint;
  // What repeats at less than a row is its lines; at more, the hint is the height of headings or of a selection's pill.
  return hint !== null && found.pitch < (1 - UNLIKE) * hint.pitch ? hint : found;
}

/** The distance of the lines: of a few that are evenly spaced that, of more only where their ink does not repeat at less. */
function linePitch(
  profile: RowProfile,
  clusters: readonly InkCluster[],
  { minHeight, maxHeight, least, most, stretch }: Heights & { readonly stretch: Cell },
): Pitch | null {
  const spaced = evenPitch(profile, uncutInks(clusters, stretch));
  const even = spaced !== null && spaced.pitch >= least && spaced.pitch <= most ? spaced : null;
  if (even !== null && clusters.length <= FEW) return even;
  const found = inkPitch(profile, clusters, { shortest: minHeight, longest: maxHeight });
  const repeated = rowPitch(profile, clusters, { found, most });
  // Rows of nearly one height, some of which show more: those repeat at several.
  const { distance, off } = distancesOf(clusters);
  const areSeveral = off <= LETTERS && repeated !== null && repeated.pitch > MOST_HEIGHT * distance - LETTERS;
  if (even === null && areSeveral && !alternate(clusters, distance)) return null;
  if (even === null || repeated === null) return even ?? repeated;
  return repeated.pitch > MOST_HEIGHT * even.pitch - EVEN_SLACK ? even : repeated;
}

/** Whether rows of one height from a boundary on, each with ink, part no piece of it. */
function fillRows(
  clusters: readonly InkCluster[],
  { pitch, from }: { readonly pitch: number; readonly from: number },
): boolean {
  const rowOf = (y: number): number => Math.floor((y - from) / pitch);
  return clusters.every(({ top, bottom }, i) => {
    const row = rowOf(top);
    const isNext = i === 0 || row - rowOf(clusters[i - 1].top) <= 1;
    return isNext && rowOf(bottom - 1) === row;
  });
}

/** Two evenly spaced lines to a row repeat at half of its height, but the next row repeats both better. */
function rowPitch(
  profile: RowProfile,
  clusters: readonly InkCluster[],
  { found, most }: { readonly found: ReturnType<typeof inkPitch>; readonly most: number },
): Pitch | null {
  if (found === null) return null;
  const { pitch, score, twice } = found;
  const paired =
    2 * pitch <= most && twice >= score + PAIRED && alternate(partByPitch(profile, clusters, pitch), pitch);
  return paired ? { pitch: 2 * pitch, score: twice } : { pitch, score };
}

/** True when the gaps within pairs of lines are clearly smaller than, or larger than, those between the pairs. */
function alternate(clusters: readonly InkCluster[], pitch: number): boolean {
  const even: number[] = [];
  const odd: number[] = [];
  for (let i = 1; i < clusters.length; i++) {
    const line = Math.round((clusters[i].top - clusters[0].top) / pitch);
    (line % 2 === 0 ? even : odd).push(clusters[i].top - clusters[i - 1].bottom);
  }
  let above = 0;
  let below = 0;
  for (const gap of even) {
    for (const other of odd) {
      if (gap > other) above++;
      else if (gap < other) below++;
    }
  }
  const pairs = even.length * odd.length;
  return pairs > 0 && Math.max(above, below) >= ALTERNATING * pairs;
}

/** The distance of lines that are evenly spaced, which correlate badly when their letters or their icons differ. */
function evenPitch(
  profile: RowProfile,
  clusters: readonly InkCluster[],
): { pitch: number; score: number } | null {
  const heights = clusters.map(({ top, bottom }) => bottom - top);
  // Much higher than another one: two lines that JPEG joined, which among more are not as far from the others.
  const high = clusters.filter(({ top, bottom }) => bottom - top > MOST_HEIGHT * Math.min(...heights));
  if (clusters.length < FEWEST_APART && high.some((cluster) => hasValley(profile, cluster))) return null;
  for (const measure of [middle, (cluster: InkCluster) => bodyMiddle(profile, cluster)]) {
    const middles = clusters.map(measure);
    const pitch = (middles[middles.length - 1] - middles[0]) / (middles.length - 1);
    const even = middles.every((at, i) => Math.abs(at - middles[0] - i * pitch) <= EVEN_SLACK);
    if (even && (clusters.length <= FEW || !alternate(clusters, pitch))) return { pitch, score: 0.7 };
  }
  return null;
}

/** Whether there is next to no ink between two lines of a cluster. */
function hasValley({ ink }: RowProfile, { top, bottom }: InkCluster): boolean {
  const inner = ink.subarray(top, bottom);
  const most = Math.max(...inner);
  const [first, last] = [
    inner.findIndex((count) => 2 * count > most),
    inner.findLastIndex((count) => 2 * count > most),
  ];
  return Math.min(...inner.subarray(first, last + 1)) <= CUT_INK * most;
}

function sameRow(a: InkCluster, b: InkCluster): boolean {
  const higher = Math.max(a.bottom - a.top, b.bottom - b.top);
  return higher <= TEXT_HEIGHT && b.top - a.bottom <= LINE_GAP * higher;
}

/** A row keeps its lines as far off its top as off each other: two that do not are rows. */
export function areRows(
  profile: RowProfile,
  { top, clusters: [first, second] }: Pick<Inked, 'top' | 'clusters'>,
): boolean {
  const room = first.top - top;
  return room > 0 && room < ROOM * (second.top - body(profile, first).bottom);
}

function joinLines(clusters: readonly InkCluster[]): InkCluster[] {
  if (clusters.length < 3) {
    return clusters.length === 2 && sameRow(clusters[0], clusters[1])
      ? [{ top: clusters[0].top, bottom: clusters[1].bottom }]
      : [...clusters];
  }
  const gaps = clusters
    .slice(1)
    .map((cluster, i) => cluster.top - clusters[i].bottom)
    .sort((a, b) => a - b);
  let within = 0;
  let jump = GAP_JUMP;
  for (let i = 1; i < gaps.length; i++) {
    // Two pixels, so that the one under a descender and the two without are not a jump.
    const ratio = (gaps[i] + GAP_SLACK) / (gaps[i - 1] + GAP_SLACK);
    if (ratio > jump) {
      jump = ratio;
      within = gaps[i - 1];
    }
  }
  return join(clusters, within);
}

function join(clusters: readonly InkCluster[], within: number): InkCluster[] {
  const joined: { top: number; bottom: number }[] = [];
  for (const { top, bottom } of clusters) {
    const last = joined.at(-1);
    if (last !== undefined && top - last.bottom <= within) last.bottom = bottom;
    else joined.push({ top, bottom });
  }
  return joined;
}

/** Parts clusters of several rows on the grid of the pitch that crosses the least ink. */
function partByPitch(profile: RowProfile, clusters: readonly InkCluster[], pitch: number): InkCluster[] {
  if (!clusters.some((cluster) => cluster.bottom - cluster.top > JOINED * pitch)) return [...clusters];
  const { ink } = profile;
  const { top } = clusters[0];
  const { bottom } = clusters[clusters.length - 1];
  let origin = top;
  let least = Infinity;
  for (let phase = top; phase < top + pitch; phase++) {
    let sum = 0;
    let cuts = 0;
    for (let y = phase; y < bottom - 1; y += pitch, cuts++)
      sum += ink[Math.round(y)] + ink[Math.round(y) + 1];
    if (sum / Math.max(1, cuts) >= least) continue;
    least = sum / Math.max(1, cuts);
    origin = phase;
  }
  // Of the lines that are text: those between rows, of a tree, say, have the ink of what joins them.
  const usual = median(clusters.flatMap((cluster) => Array.from(ink.subarray(cluster.top, cluster.bottom))));
  return clusters.flatMap((cluster) => {
    if (cluster.bottom - cluster.top <= JOINED * pitch) return [cluster];
    const parts: InkCluster[] = [];
    let from = cluster.top;
    for (let y = origin; y < cluster.bottom - 2; y += pitch) {
      const cut = valley(ink, Math.round(y));
      if (cut <= from + 2 || cut >= cluster.bottom - 2 || ink[cut] > CUT_INK * usual) continue;
      parts.push({ top: from, bottom: cut });
      from = cut + 1;
    }
    return [...parts, { top: from, bottom: cluster.bottom }].map((part) => trim(ink, part, CUT_INK * usual));
  });
}

function valley(ink: Int32Array, y: number): number {
  let at = y;
  for (const near of [y + 1, y - 1, y + 2, y - 2]) if (ink[near] < ink[at]) at = near;
  return at;
}

function trim(ink: Int32Array, { top, bottom }: InkCluster, least: number): InkCluster {
  let first = top;
  while (first < bottom - 1 && ink[first] <= least) first++;
  let last = bottom - 1;
  while (last > first && ink[last] <= least) last--;
  return { top: first, bottom: last + 1 };
}

/** False when rows of several lines are of unequal height: neither their tops nor their middles are on one grid. */
function fits(groups: readonly InkCluster[], paragraphs: readonly InkCluster[], pitch: number): boolean {
  if (groups.length < 2) return paragraphs.length < 3;
  const heights = groups.map(({ top, bottom }) => bottom - top);
  const uneven = Math.max(...heights) - Math.min(...heights) > 2 * LETTERS;
  const least = uneven ? groups.length - 1 : FIT * (groups.length - 1);
  return (
    onGrid(groups.map(middle), pitch) >= least ||
    (!uneven &&
      onGrid(
        groups.map(({ top }) => top),
        pitch,
      ) >= least)
  );
}

/** How many neighbours are a multiple of the pitch apart, but for what letters explain. */
function onGrid(places: readonly number[], pitch: number): number {
  let count = 0;
  for (let i = 1; i < places.length; i++) {
    const distance = places[i] - places[i - 1];
    const times = Math.round(distance / pitch);
    if (times >= 1 && Math.abs(distance - times * pitch) <= LETTERS) count++;
  }
  return count;
}

/** Joins with the gap that makes most distances between rows, but for cut ones, whole multiples of the pitch. */
function joinByPitch(clusters: readonly InkCluster[], pitch: number, stretch: Cell): InkCluster[] {
  const gaps = new Set([0, ...clusters.slice(1).map((cluster, i) => cluster.top - clusters[i].bottom)]);
  let best: InkCluster[] = [...clusters];
  let most = -Infinity;
  for (const gap of [...gaps].sort((a, b) => a - b)) {
    const joined = join(clusters, gap);
    let fit = 0;
    const uncut = uncutInks(joined, stretch);
    for (let i = 1; i < uncut.length; i++) {
      const distance = middle(uncut[i]) - middle(uncut[i - 1]);
      const times = Math.round(distance / pitch);
      fit += times >= 1 && Math.abs(distance - times * pitch) <= tolerance(pitch) ? 1 : -1;
    }
    fit -= 2 * joined.filter(({ top, bottom }) => bottom - top > 1.1 * pitch).length;
    if (fit > most) {
      most = fit;
      best = joined;
    }
  }
  return best;
}
