// Long because it weighs three kinds of evidence (lines, backgrounds, ink) against each other in one place.
import { type InkCluster, inkClusters } from './row-clusters.js';
import { type RowEdge, rowEdges } from './row-edges.js';
import { type Cell, type FlatRows, flatRows } from './row-flat.js';
import type { RowProfile } from './row-profile.js';

export interface RowLayout {
  /** Relative to the region, top to bottom, inside of it. */
  readonly rows: readonly { readonly top: number; readonly bottom: number; readonly partial: boolean }[];
  readonly pitch: number | null;
  readonly confidence: number;
}

interface Heights {
  readonly minHeight: number;
  readonly maxHeight: number;
}

/** What lies between two boundaries. */
interface Stretch {
  top: number;
  bottom: number;
  /** Nothing but the region's end bounds it there. */
  readonly openTop: boolean;
  readonly openBottom: boolean;
  readonly byLine: boolean;
  readonly clusters: readonly InkCluster[];
}

/** The height of the rows whose boundaries were seen. */
interface Typical {
  readonly height: number;
  readonly regular: boolean;
  readonly count: number;
}

interface Split {
  readonly cells: readonly Cell[];
  readonly score: number;
}

/** Edges may be this far off before a row counts as cut. */
const EDGE_SLACK = 2;
/** Share of the rows that have one height, give or take a pixel, in a list that is called regular. */
const ALIKE = 0.7;
/** A first or last row lower than the others by this share of their height is cut off. */
const CUT_SHARE = 0.1;
/** A selection drawn as a pill is at least this share of its row. */
const PILL_SHARE = 0.7;

/** Rows from the boundaries the background shows; within a stretch that has none, from the ink. */
export function rowLayout(profile: RowProfile, heights: Heights): RowLayout {
  const all = stretchesOf(profile, rowEdges(profile));
  growPill(profile, all, heights);
  const inked = all.filter(({ clusters }) => clusters.length > 0);
  const splits = all.map((stretch) =>
    stretch.clusters.length > 0 ? split(profile, stretch, inked, heights) : blankRow(stretch, all, heights),
  );
  const cells = splits.flatMap((s) => s.cells).filter(({ top, bottom }) => bottom - top >= 3);
  return finish(profile, cells, splits);
}

function stretchesOf(profile: RowProfile, edges: readonly RowEdge[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (let i = 0; i <= edges.length; i++) {
    const top = i === 0 ? 0 : edges[i - 1].y;
    const bottom = i === edges.length ? profile.height : edges[i].y;
    if (bottom <= top) continue;
    const byLine = (i > 0 && edges[i - 1].kind === 'line') || (i < edges.length && edges[i].kind === 'line');
    const clusters = inkClusters(profile, { top, bottom });
    stretches.push({ top, bottom, openTop: i === 0, openBottom: i === edges.length, byLine, clusters });
  }
  return stretches;
}

/** The one highlighted row of a list without boundaries, drawn with a margin, is grown to the pitch of its neighbours. */
function growPill(profile: RowProfile, all: readonly Stretch[], heights: Heights): void {
  const inked = all.filter(({ clusters }) => clusters.length > 0);
  const longest = inked.reduce<Stretch | undefined>(
    (a, b) => (a === undefined || b.bottom - b.top > a.bottom - a.top ? b : a),
    undefined,
  );
  if (longest === undefined || inked.length > 3) return;
  const { pitch, cells } = flatRows(profile, longest, heights);
  if (pitch === null || cells.length < 3) return;
  for (const [i, stretch] of all.entries()) {
    const margin = pitch - (stretch.bottom - stretch.top);
    if (stretch === longest || stretch.clusters.length === 0 || stretch.openTop || stretch.openBottom)
      continue;
    if (margin <= EDGE_SLACK || margin > (1 - PILL_SHARE) * pitch) continue;
    stretch.top -= Math.floor(margin / 2);
    stretch.bottom += Math.ceil(margin / 2);
    all[i - 1].bottom = stretch.top;
    all[i + 1].top = stretch.bottom;
  }
}

/** A stretch is one row, or several rows without boundaries between them. */
function split(profile: RowProfile, stretch: Stretch, inked: readonly Stretch[], heights: Heights): Split {
  const height = stretch.bottom - stretch.top;
  const others = inked.filter((other) => other !== stretch);
  const bounded = typicalHeight(others.filter((other) => isBounded(other, heights)));
  const flat = flatRows(profile, stretch, { ...heights, ...gridHints(stretch, bounded) });
  const many = { cells: flat.cells, score: flat.score };
  if (bounded !== null && height <= bounded.height + EDGE_SLACK) return one(stretch);
  if (stretch.openTop && stretch.openBottom) return many;
  if (flat.cells.length <= 1) {
    if (stretch.openBottom || height > heights.maxHeight)
      return { cells: [trimmed(stretch, bounded)], score: 0.8 };
    return bounded === null ? one(stretch) : { cells: [besideGap(stretch, others, bounded)], score: 0.9 };
  }
  if (height > heights.maxHeight) return many;
  const pitch = bounded ?? flatPitch(profile, others, heights);
  if (pitch !== null && Math.abs(height - pitch.height) <= EDGE_SLACK) return one(stretch);
  if (pitch !== null && isMultiple(stretch, flat, pitch)) return many;
  if (bounded !== null && profile.noise > 1) {
    const equal = equalParts(stretch, bounded);
    if (equal !== null) return { cells: equal, score: 0.8 };
  }
  if (pitch === null && separate(stretch.clusters)) return many;
  if (stretch.openBottom) return { cells: [trimmed(stretch, bounded)], score: 0.8 };
  return bounded === null ? one(stretch) : { cells: [besideGap(stretch, others, bounded)], score: 0.9 };
}

/** A boundary on both sides, or the region's top where the ink sits in the middle as it does in a whole row. */
function isBounded({ top, bottom, openTop, openBottom, clusters }: Stretch, heights: Heights): boolean {
  const height = bottom - top;
  if (openBottom || height > heights.maxHeight || height < heights.minHeight) return false;
  if (!openTop) return true;
  const above = clusters[0].top - top;
  const below = bottom - clusters[clusters.length - 1].bottom;
  return Math.abs(above - below) <= 0.25 * height;
}

function typicalHeight(rows: readonly Cell[]): Typical | null {
  if (rows.length === 0) return null;
  const sorted = rows.map(({ top, bottom }) => bottom - top).sort((a, b) => a - b);
  const height = sorted[sorted.length >> 1];
  const alike = sorted.filter((h) => Math.abs(h - height) <= 1).length;
  return { height, regular: alike >= ALIKE * sorted.length, count: rows.length };
}

/** Rows start at a boundary; next to a bounded row for certain, else when the ink nearly says so. */
function gridHints(
  stretch: Stretch,
  typical: Typical | null,
): { anchor: { y: number; within: number }; pitch?: number } {
  const y = stretch.openTop && !stretch.openBottom ? stretch.bottom : stretch.top;
  if (typical?.regular !== true) return { anchor: { y, within: EDGE_SLACK } };
  return { anchor: { y, within: 0.2 * typical.height + EDGE_SLACK }, pitch: typical.height };
}

function flatPitch(profile: RowProfile, others: readonly Stretch[], heights: Heights): Typical | null {
  let best: Typical | null = null;
  for (const other of others) {
    const { pitch, cells } = flatRows(profile, other, heights);
    if (pitch === null || cells.length < 2 || cells.length <= (best?.count ?? 0)) continue;
    best = { height: pitch, regular: true, count: cells.length };
  }
  return best;
}

function isMultiple({ top, bottom, byLine }: Stretch, { cells, pitch }: FlatRows, typical: Typical): boolean {
  if (pitch === null || Math.abs(pitch - typical.height) > 3) return false;
  const times = Math.round((bottom - top) / typical.height);
  const whole =
    typical.regular && times >= 2 && Math.abs(bottom - top - times * typical.height) <= EDGE_SLACK * times;
  return cells.length >= 2 && (!byLine || whole || typical.count === 1);
}

/** Rows between which JPEG swallowed a faint boundary: exactly so many heights, each with ink, no ink across a cut. */
function equalParts({ top, bottom, clusters }: Stretch, typical: Typical): Cell[] | null {
  const times = Math.round((bottom - top) / typical.height);
  if (!typical.regular || typical.count < 3 || times < 2) return null;
  if (Math.abs(bottom - top - times * typical.height) > EDGE_SLACK) return null;
  const height = (bottom - top) / times;
  const cells = Array.from({ length: times }, (_, i) => ({
    top: Math.round(top + i * height),
    bottom: Math.round(top + (i + 1) * height),
  }));
  const inside = clusters.map((ink) =>
    cells.findIndex((cell) => ink.top >= cell.top && ink.bottom <= cell.bottom),
  );
  return cells.every((_, i) => inside.includes(i)) && !inside.includes(-1) ? cells : null;
}

function one({ top, bottom }: Cell): Split {
  return { cells: [{ top, bottom }], score: 1 };
}

/** Lines of one paragraph are closer to each other than rows of a list; three alike are a list. */
function separate(clusters: readonly InkCluster[]): boolean {
  if (clusters.length >= 3) return true;
  const [a, b] = clusters;
  const higher = Math.max(a.bottom - a.top, b.bottom - b.top);
  return higher > 16 || b.top - a.bottom > 0.75 * higher;
}

/** A row that nothing closes below: as high as the others, else as wide below its ink as above. */
function trimmed({ top, bottom, clusters }: Stretch, typical: Typical | null): Cell {
  const inkTop = clusters[0].top;
  const inkBottom = clusters[clusters.length - 1].bottom;
  const height = typical?.regular === true ? typical.height : inkBottom - top + (inkTop - top);
  return { top, bottom: Math.min(bottom, top + height) };
}

/** Cuts off the gap between two groups, where the ink keeps its usual distance to one boundary only. */
function besideGap(stretch: Stretch, others: readonly Stretch[], typical: Typical): Cell {
  const { top, bottom } = stretch;
  if (!typical.regular || bottom - top <= typical.height + EDGE_SLACK) return { top, bottom };
  const above = middleOf(others.map((other) => spaceAbove(other)));
  const below = middleOf(others.map((other) => spaceBelow(other)));
  const slack = EDGE_SLACK + 2;
  const wideAbove = spaceAbove(stretch) - above > slack;
  const wideBelow = spaceBelow(stretch) - below > slack;
  if (wideAbove && !wideBelow) return { top: bottom - typical.height, bottom };
  if (wideBelow && !wideAbove) return { top, bottom: top + typical.height };
  return { top, bottom };
}

function spaceAbove({ top, clusters }: Stretch): number {
  return clusters[0].top - top;
}

function spaceBelow({ bottom, clusters }: Stretch): number {
  return bottom - clusters[clusters.length - 1].bottom;
}

function middleOf(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

/** A stretch without ink is a row when it is exactly as high as the rows above and below it. */
function blankRow(stretch: Stretch, all: readonly Stretch[], heights: Heights): Split {
  const nothing = { cells: [], score: 0 };
  const inked = all.filter((other) => other.clusters.length > 0);
  const typical = typicalHeight(inked.filter((other) => isBounded(other, heights)));
  const enclosed =
    inked.length > 1 && inked[0].top < stretch.top && inked[inked.length - 1].top > stretch.top;
  if (!enclosed || typical?.regular !== true || typical.count < 3) return nothing;
  return Math.abs(stretch.bottom - stretch.top - typical.height) <= EDGE_SLACK ? one(stretch) : nothing;
}

function finish({ height }: RowProfile, cells: readonly Cell[], splits: readonly Split[]): RowLayout {
  const inner = cells
    .filter(({ top, bottom }) => top > EDGE_SLACK && bottom < height - EDGE_SLACK)
    .map(({ top, bottom }) => bottom - top)
    .sort((a, b) => a - b);
  const pitch = inner.length === 0 ? null : inner[inner.length >> 1];
  const regular = pitch !== null && inner[inner.length - 1] - inner[0] <= 2 * EDGE_SLACK;
  const shortest = regular ? pitch : (inner[0] ?? 0);
  const least = shortest - Math.max(EDGE_SLACK + 1, CUT_SHARE * shortest);
  const rows = cells.map(({ top, bottom }) => {
    const clipped = { top: Math.max(0, top), bottom: Math.min(height, bottom) };
    const cut = clipped.top - top > EDGE_SLACK || bottom - clipped.bottom > EDGE_SLACK;
    const atEnd = clipped.top === 0 || clipped.bottom === height;
    return { ...clipped, partial: cut || (atEnd && clipped.bottom - clipped.top < least) };
  });
  const score = splits.reduce((sum, s) => sum + s.score * s.cells.length, 0) / Math.max(1, cells.length);
  return { rows, pitch: regular ? pitch : null, confidence: rows.length === 0 ? 1 : Math.min(1, score) };
}
