// Long because grouping lines into rows and placing the rows share the notion of a chain of ink on one grid.
import { type InkCluster, inkClusters } from './row-clusters.js';
import { inkPitch } from './row-pitch.js';
import type { RowProfile } from './row-profile.js';

/** Where a row lies, in pixel rows of the region; may reach beyond the stretch it was found in. */
export interface Cell {
  readonly top: number;
  readonly bottom: number;
}

export interface FlatRows {
  readonly cells: readonly Cell[];
  readonly pitch: number | null;
  readonly score: number;
}

interface FlatOptions {
  readonly minHeight: number;
  readonly maxHeight: number;
  /** A row height seen elsewhere in the list; used where the ink alone does not tell. */
  readonly pitch?: number;
  /** A place where one row ends and the next begins, and how far the grid may be moved to meet it. */
  readonly anchor?: { readonly y: number; readonly within: number };
}

/** Two lines of one row are closer than this share of their height; two rows are not. */
const LINE_GAP = 0.75;
/** Up to this many lines, even spacing within this many pixels is believed. */
const FEW = 5;
const EVEN_SLACK = 1.5;
/** Rows off an even grid by more than letters explain are of unequal height; fewer rows do not tell. Pixels. */
const UNEVEN = 0.8;
const FEWEST_UNEVEN = 4;
/** A first row's blank above its ink, at most, in heights of the ink. */
const HEAD_ROOM = 3;
/** Higher than a line of text: an icon or a button, so a row of its own. */
const TEXT_HEIGHT = 16;
/** Sorted gaps that jump by this factor tell lines within rows from rows. */
const GAP_JUMP = 1.5;

/**
 * The rows of a stretch without any drawn boundary, from the ink alone: lines of text are joined into rows by the pitch
 * they repeat at, and a cell of one pitch is centred on what most rows have in common. Without a pitch the cells meet
 * halfway between the inks.
 */
export function flatRows(profile: RowProfile, stretch: Cell, options: FlatOptions): FlatRows {
  const clusters = inkClusters(profile, stretch);
  if (clusters.length === 0) return { cells: [], pitch: null, score: 0 };
  const found = findPitch(profile, clusters, options);
  if (found === null)
    return {
      cells: irregular(
        joinLines(clusters).map((ink) => body(profile, ink)),
        stretch,
        options,
      ),
      pitch: null,
      score: 0.5,
    };
  const groups = joinByPitch(clusters, found.pitch);
  const cells = chains(groups, found.pitch).flatMap((chain) => place(profile, chain, found.pitch, options));
  return { cells, ...found };
}

function findPitch(
  profile: RowProfile,
  clusters: readonly InkCluster[],
  { pitch, minHeight, maxHeight }: FlatOptions,
): { pitch: number; score: number } | null {
  const hint = pitch === undefined ? null : { pitch, score: 0.9 };
  if (clusters.length === 1) return hint;
  if (clusters.length === 2) {
    if (hint !== null || sameRow(clusters[0], clusters[1])) return hint;
    return { pitch: bodyMiddle(profile, clusters[1]) - bodyMiddle(profile, clusters[0]), score: 0.7 };
  }
  const found =
    evenPitch(profile, clusters) ?? inkPitch(profile, clusters, { shortest: minHeight, longest: maxHeight });
  if (found === null) return hint;
  // A hint that disagrees wins unless the ink repeats clearly: the pill of a selection is lower than its row.
  return hint !== null && Math.abs(hint.pitch - found.pitch) > 0.25 * hint.pitch ? hint : found;
}

/** The distance of a few lines that are evenly spaced, which correlate badly when their letters differ. */
function evenPitch(
  profile: RowProfile,
  clusters: readonly InkCluster[],
): { pitch: number; score: number } | null {
  if (clusters.length > FEW) return null;
  const middles = clusters.map((cluster) => bodyMiddle(profile, cluster));
  const pitch = (middles[middles.length - 1] - middles[0]) / (middles.length - 1);
  const even = middles.every((at, i) => Math.abs(at - middles[0] - i * pitch) <= EVEN_SLACK);
  return even ? { pitch, score: 0.7 } : null;
}

function sameRow(a: InkCluster, b: InkCluster): boolean {
  const higher = Math.max(a.bottom - a.top, b.bottom - b.top);
  return higher <= TEXT_HEIGHT && b.top - a.bottom <= LINE_GAP * higher;
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
    if (gaps[i] / gaps[i - 1] > jump) {
      jump = gaps[i] / gaps[i - 1];
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

/** Joins with the gap that makes most distances between rows whole multiples of the pitch. */
function joinByPitch(clusters: readonly InkCluster[], pitch: number): InkCluster[] {
  const gaps = new Set([0, ...clusters.slice(1).map((cluster, i) => cluster.top - clusters[i].bottom)]);
  let best: InkCluster[] = [...clusters];
  let most = -Infinity;
  for (const gap of [...gaps].sort((a, b) => a - b)) {
    const joined = join(clusters, gap);
    let fit = 0;
    for (let i = 1; i < joined.length; i++) {
      const distance = middle(joined[i]) - middle(joined[i - 1]);
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

function tolerance(pitch: number): number {
  return Math.max(4, 0.15 * pitch);
}

interface Member {
  readonly index: number;
  readonly ink: InkCluster;
}

/** Rows on one grid; a group heading or a wider gap starts the next one. */
function chains(groups: readonly InkCluster[], pitch: number): Member[][] {
  const result: Member[][] = [];
  let chain: Member[] = [];
  for (const ink of groups) {
    const last = chain.at(-1);
    const distance = last === undefined ? 0 : middle(ink) - middle(last.ink);
    const times = Math.round(distance / pitch);
    if (last !== undefined && times >= 1 && Math.abs(distance - times * pitch) <= tolerance(pitch)) {
      chain.push({ index: last.index + times, ink });
    } else {
      chain = [{ index: 0, ink }];
      result.push(chain);
    }
  }
  return result;
}

function place(
  profile: RowProfile,
  chain: readonly Member[],
  pitch: number,
  { anchor }: FlatOptions,
): Cell[] {
  const few = chain.length < 3;
  const shifts = commonShifts(chain, pitch);
  const spread = Math.sqrt(shifts.reduce((sum, shift) => sum + shift * shift, 0) / shifts.length);
  if (chain.length >= FEWEST_UNEVEN && spread > UNEVEN) {
    const home = median(chain.map(({ index, ink }) => middle(ink) - index * pitch));
    return between(chain.map(({ index }, i) => home + index * pitch + shifts[i]));
  }
  const rough = median(
    chain.map(({ index, ink }) => (few ? bodyMiddle(profile, ink) : middle(ink)) - index * pitch),
  );
  let top = rough + (few ? 0 : commonMiddle(profile, chain, { pitch, rough })) - pitch / 2;
  if (anchor !== undefined) {
    const off = anchor.y - top;
    const shift = off - Math.round(off / pitch) * pitch;
    if (Math.abs(shift) <= anchor.within) top += shift;
  }
  return chain.map(({ index }) => ({
    top: Math.round(top + index * pitch),
    bottom: Math.round(top + (index + 1) * pitch),
  }));
}

/** How far each row lies off an even grid by its top and its bottom alike: letters move one of them, height both. */
function commonShifts(chain: readonly Member[], pitch: number): number[] {
  const tops = chain.map(({ index, ink }) => ink.top - index * pitch);
  const bottoms = chain.map(({ index, ink }) => ink.bottom - index * pitch);
  const top = median([...tops]);
  const bottom = median([...bottoms]);
  return chain.map((_, i) => {
    const above = tops[i] - top;
    const below = bottoms[i] - bottom;
    if (above * below <= 0) return 0;
    return Math.abs(above) < Math.abs(below) ? above : below;
  });
}

/** Cells that meet halfway between the middles of rows of unequal height. */
function between(middles: readonly number[]): Cell[] {
  const last = middles.length - 1;
  return middles.map((at, i) => {
    const above = i === 0 ? middles[1] - at : at - middles[i - 1];
    const below = i === last ? at - middles[last - 1] : middles[i + 1] - at;
    return { top: Math.round(at - above / 2), bottom: Math.round(at + below / 2) };
  });
}

/**
 * How far the middle of the ink that at least half of the rows share lies from the rough middle: ascenders and
 * descenders come and go from row to row, the letters' bodies, icons and buttons stay.
 */
function commonMiddle(
  { ink }: RowProfile,
  chain: readonly Member[],
  { pitch, rough }: { readonly pitch: number; readonly rough: number },
): number {
  const half = Math.ceil(pitch / 2);
  const share = new Uint16Array(2 * half + 1);
  for (const { index, ink: box } of chain) {
    let most = 0;
    for (let y = box.top; y < box.bottom; y++) most = Math.max(most, ink[y]);
    const center = rough + index * pitch;
    for (let y = box.top; y < box.bottom; y++) {
      const at = Math.round(y + 0.5 - center) + half;
      if (at >= 0 && at < share.length && ink[y] >= 0.15 * most) share[at]++;
    }
  }
  let first = -1;
  let last = -1;
  for (let at = 0; at < share.length; at++) {
    if (2 * share[at] < chain.length) continue;
    if (first < 0) first = at;
    last = at;
  }
  return first < 0 ? 0 : (first + last) / 2 - half;
}

/** Cells that meet halfway between the inks; the outer ones as wide as their inner half, or up to the stretch's end. */
function irregular(inks: readonly InkCluster[], stretch: Cell, { minHeight }: FlatOptions): Cell[] {
  return inks.map((ink, i) => {
    const above = i === 0 ? undefined : (ink.top - inks[i - 1].bottom) / 2;
    const below = i === inks.length - 1 ? undefined : (inks[i + 1].top - ink.bottom) / 2;
    const room = Math.max(4, ink.bottom - ink.top);
    const head = ink.top - stretch.top <= HEAD_ROOM * room ? ink.top - stretch.top : undefined;
    const padding = above ?? (i === 0 ? head : undefined) ?? below ?? 0.5 * room;
    const over = above ?? head ?? below ?? padding;
    const under = below ?? padding;
    const least = Math.max(0, (minHeight - (ink.bottom - ink.top + over + under)) / 2);
    return { top: Math.round(ink.top - over - least), bottom: Math.round(ink.bottom + under + least) };
  });
}

/** Without the few pixels of descenders, whose middle is that of the cell: from ascender or capital to baseline. */
function body({ ink }: RowProfile, { top, bottom }: InkCluster): InkCluster {
  let most = 0;
  for (let y = top; y < bottom; y++) most = Math.max(most, ink[y]);
  let first = top;
  while (ink[first] < 0.15 * most) first++;
  let last = bottom - 1;
  while (ink[last] < 0.4 * most) last--;
  return { top: first, bottom: Math.max(first + 1, last + 1) };
}

function bodyMiddle(profile: RowProfile, ink: InkCluster): number {
  return middle(body(profile, ink));
}

function middle({ top, bottom }: InkCluster): number {
  return (top + bottom) / 2;
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return (values[(values.length - 1) >> 1] + values[values.length >> 1]) / 2;
}
