import type { InkCluster } from '../profile/row-clusters.js';
import type { Cell } from '../row-cell.js';
import { type Anchor, uncutInks } from './row-grid.js';
import type { Heights } from '../row-heights.js';
import { CUT_INK, LINE_HEIGHT, baseline, bodyMiddle, middle } from '../profile/row-ink.js';
import { areRows, partByPitch, sameRow } from './row-lines.js';
import { inkPitch } from './row-pitch.js';
import type { RowProfile } from '../profile/row-profile.js';
import { LETTERS, distancesOf } from './row-uneven.js';

export interface PitchOptions extends Heights {
  /** A row height seen elsewhere in the list; used where the ink alone does not tell. */
  readonly pitch?: number;
  readonly anchor?: Anchor;
}

/** Rows of one list differ in height by less than this share. */
const UNLIKE = 0.25;
/** Up to this many lines, even spacing within this many pixels is believed. */
export const FEW = 5;
const EVEN_SLACK = 1.5;
/** Among so many, two that a JPEG joined are not as far apart as the others. */
const FEWEST_APART = 4;
/** What is higher than so many pitches, or other lines, is more than one. */
export const MOST_HEIGHT = 2;
/** A height is rounded by no more, in pixels. */
const WHOLE = 1;
/** Two lines to a row: the second line repeats this much better than the next, and the gaps alternate in this share. */
const PAIRED = 0.1;
const ALTERNATING = 0.85;

interface Pitch {
  readonly pitch: number;
  readonly score: number;
}

/** The height of rows, from the distances of their lines; null where these tell none. */
export function findPitch(
  profile: RowProfile,
  clusters: readonly InkCluster[],
  { pitch, anchor, minHeight, maxHeight, least, most, stretch }: PitchOptions & { readonly stretch: Cell },
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
  // What was seen elsewhere is in whole pixels, and over many rows the part of a pixel that it is off by adds up.
  if (hint !== null && Math.abs(hint.pitch - found.pitch) <= WHOLE) return found;
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
  // In rows of several lines the last one's descenders move the middle, but nothing moves where the first one stands.
  const areSeveral = Math.min(...heights) > LINE_HEIGHT;
  const firstLine = [({ top }: InkCluster) => top, (ink: InkCluster) => baseline(profile, ink)];
  const measures = [middle, (ink: InkCluster) => bodyMiddle(profile, ink), ...(areSeveral ? firstLine : [])];
  for (const measure of measures) {
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
