import type { Cell } from '../row-cell.js';
import type { InkCluster } from '../profile/row-clusters.js';
import { CUT_INK, body, median } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';

/** A stretch without boundaries, and what is drawn in it. */
export interface Inked extends Cell {
  readonly clusters: readonly InkCluster[];
}

/** Two lines of one row are closer than this share of their height; two rows are not. */
const LINE_GAP = 0.75;
/** Rows of one line have half of what parts their lines above the first one, and letters make little of it. */
const ROOM = 0.7;
/** Higher than a line of text: an icon or a button, so a row of its own. */
const TEXT_HEIGHT = 16;
/** Clusters higher than this many pitches are several rows that descenders, or the ringing of a JPEG, joined. */
const JOINED = 1.4;
/** Sorted gaps that jump by this factor tell lines within rows from rows. */
const GAP_JUMP = 1.5;
const GAP_SLACK = 2;

export function sameRow(a: InkCluster, b: InkCluster): boolean {
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

export function joinLines(clusters: readonly InkCluster[]): InkCluster[] {
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

export function join(clusters: readonly InkCluster[], within: number): InkCluster[] {
  const joined: { top: number; bottom: number }[] = [];
  for (const { top, bottom } of clusters) {
    const last = joined.at(-1);
    if (last !== undefined && top - last.bottom <= within) last.bottom = bottom;
    else joined.push({ top, bottom });
  }
  return joined;
}

/** Parts clusters of several rows on the grid of the pitch that crosses the least ink. */
export function partByPitch(
  profile: RowProfile,
  clusters: readonly InkCluster[],
  pitch: number,
): InkCluster[] {
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
