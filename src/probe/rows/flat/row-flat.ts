import type { InkCluster } from '../profile/row-clusters.js';
import type { Cell } from '../row-cell.js';
import { placeRows, tolerance, uncutInks } from './row-grid.js';
import { rowGroups } from './row-groups.js';
import { middle, paragraphBody } from '../profile/row-ink.js';
import { leadedRows } from './row-leading.js';
import { FEW, MOST_HEIGHT, type PitchOptions, findPitch } from './row-line-pitch.js';
import { type Inked, join, joinLines, partByPitch } from './row-lines.js';
import { picturedRows } from './row-pictured.js';
import type { RowProfile } from '../profile/row-profile.js';
import { betweenLetters, fromTop } from './row-through.js';
import { LETTERS, centredRows, unevenRows } from './row-uneven.js';

export interface FlatRows {
  readonly cells: readonly Cell[];
  readonly pitch: number | null;
  readonly score: number;
}

interface FlatOptions extends PitchOptions {
  /** The lowest row seen elsewhere in the list: what repeats at much less are the lines of a row. */
  readonly lowest?: number;
}

/** Rows of which fewer fit the pitch are of unequal height; lines that make so few paragraphs are several to a row. */
const FIT = 0.75;
const PARAGRAPHS = 0.75;
/** Lines repeat at less than this share of the lowest row. */
const LINE_SHARE = 0.6;
/** Rows that the distance of their lines tells apart: the room above and below them is not drawn. */
const LEADED = 0.8;
/** Rows between headings, exactly as far apart in each group. */
const GROUPED = 0.85;

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
  const grouped = rowGroups(profile, uncutInks(whole, stretch), options.pitch);
  if (grouped !== null) {
    const cells = placeRows(profile, whole, {
      pitch: grouped.pitch,
      anchor: options.anchor,
      stretch,
      grouped,
    });
    return { cells, pitch: grouped.pitch, score: GROUPED };
  }
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
    const pictured = picturedRows(profile, stretch, options);
    if (pictured !== null) return { ...pictured, pitch: null };
    const begun = found === null ? null : fromTop(profile, stretch, found.pitch);
    if (begun !== null) return { ...begun, pitch: found!.pitch };
    const isLineEach = paragraphs.length === clusters.length;
    const inks = paragraphs.map((ink) => paragraphBody(profile, ink, clusters));
    const centred = isLineEach ? centredRows(clusters, stretch, options) : null;
    return { cells: centred ?? unevenRows(inks, stretch, options), pitch: null, score: 0.5 };
  }
  const { pitch } = found;
  // What nothing parts is several rows, or something else.
  const score = groups.some(({ top, bottom }) => bottom - top > MOST_HEIGHT * pitch) ? 0.5 : found.score;
  const cells = placeRows(profile, groups, { pitch, anchor: options.anchor, stretch });
  return { ...betweenLetters(profile, stretch, { cells, score, pitch }), pitch };
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
