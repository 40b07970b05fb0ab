import { type InkCluster, inkClusters } from '../profile/row-clusters.js';
import { EDGE_SLACK, heightOf, type Cell } from '../row-cell.js';
import type { RowEdge } from '../boundary/row-edges.js';
import type { Inked } from '../flat/row-lines.js';
import { type Heights, isTooHigh } from '../row-heights.js';
import { baseline, middle, middleOf } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { lumaOf } from '../profile/row-runs.js';

/** What lies between two boundaries. */
export interface Stretch {
  top: number;
  bottom: number;
  /** Nothing but the region's end bounds it there. */
  readonly openTop: boolean;
  readonly openBottom: boolean;
  /** Its own line is right at the region's end. */
  readonly ruled: boolean;
  readonly byLine: boolean;
  /** A line, not a change of the background, parts it from what is above. */
  readonly belowLine: boolean;
  /** Lines, and nothing else, bound it: a row, even a very high one. */
  readonly lined: boolean;
  /** A card, or what the region's end leaves of it: gaps bound it. */
  isCard: boolean;
  /** Of the weaker of its boundaries, 0..255. */
  readonly strength: number;
  readonly clusters: readonly InkCluster[];
}

/** The height of the rows whose boundaries were seen. */
export interface Typical {
  readonly height: number;
  readonly regular: boolean;
  readonly count: number;
}

/** Boundaries this near to the region's ends are its border. */
export const BORDER = 8;
/** Ink this low at a boundary is what a rounded corner or a shadow of the neighbour leaves. */
const CORNER = 4;
const JPEG_BLOCK = 8;
/** So many lines are the list's own. */
const FEWEST_LINES = 3;
/** A bar is lower than this share of the usual distance of lines. */
const BAR_SHARE = 0.4;
/** A boundary this many times the noise stays one in a JPEG. */
export const CLEAR = 4;
/** Share of the rows that have one height, give or take a pixel, in a list that is called regular. */
const ALIKE = 0.7;
/** So many rows say what the others are like. */
export const FEWEST_ALIKE = 2;
/** Lines of rows are further apart than so many times what they are high, those of a paragraph are not. */
export const LINE_SHARE = 1.7;
/** Letters make the room above the ink of one list's rows this different. Pixels. */
export const SAME_ROOM = 4;
/** A JPEG moves the ends of ink by so much. Pixels. */
const BLURRED = 1.5;
/** So many lines may repeat; two are also a title and what is below it. */
const FEWEST_REPEATED = 3;
const MANY_LINES = 4;
/** A selection drawn as a pill is at least this share of its row. */
export const PILL_SHARE = 0.6;

/** What the boundaries leave between them, with the ink in it. */
export function stretchesOf(profile: RowProfile, boundaries: readonly RowEdge[]): Stretch[] {
  const edges = withoutBars(profile, boundaries);
  const stretches: Stretch[] = [];
  for (let i = 0; i <= edges.length; i++) {
    const top = i === 0 ? 0 : edges[i - 1].y;
    const bottom = i === edges.length ? profile.height : edges[i].y;
    if (bottom <= top) continue;
    const closed = edges.slice(Math.max(0, i - 1), i + 1);
    const lines = closed.filter(({ kind }) => kind === 'line').length;
    const clusters = inksIn(profile, { top, bottom });
    const openBottom = bottom === profile.height;
    const open = { openTop: i === 0, openBottom, ruled: openBottom && i < edges.length };
    stretches.push({
      top,
      bottom,
      ...open,
      byLine: lines > 0,
      belowLine: i > 0 && edges[i - 1].kind === 'line',
      lined: lines > 0 && lines === closed.length,
      isCard: false,
      strength: Math.min(...closed.map(({ strength }) => strength)),
      clusters,
    });
  }
  return profile.noise > 1 ? stretches.map((stretch) => withoutSpill(stretch, stretches)) : stretches;
}

/** Those with ink, if none is blank between them, as a gap between cards is; else null. */
export function touching(all: readonly Stretch[]): readonly Stretch[] | null {
  const inked = all.filter(isInked);
  return inked.every(({ top }, i) => i === 0 || top === inked[i - 1].bottom) ? inked : null;
}

export function isInked({ clusters }: Stretch): boolean {
  return clusters.length > 0;
}

export function isOpen({ openTop, openBottom }: Stretch): boolean {
  return openTop || openBottom;
}

/** The ink between two boundaries, but for what is as low as a corner at one of these. */
export function inksIn(profile: RowProfile, { top, bottom }: Cell): InkCluster[] {
  return inkClusters(profile, { top, bottom }).filter(
    (ink) => ink.bottom - ink.top > CORNER || (ink.top > top && ink.bottom < bottom),
  );
}

/** A stretch as high as a blank one is a gap as well where all its ink is what a JPEG block carries over its boundary. */
function withoutSpill(stretch: Stretch, all: readonly Stretch[]): Stretch {
  const { top, bottom, clusters } = stretch;
  const isSpilled = clusters.every(
    (ink) => ink.bottom - ink.top < JPEG_BLOCK && (ink.top === top || ink.bottom === bottom),
  );
  const isLikeGap = all.some(
    (other) => other.clusters.length === 0 && Math.abs(heightOf(other) - heightOf(stretch)) <= EDGE_SLACK,
  );
  return isSpilled && isLikeGap ? { ...stretch, clusters: [] } : stretch;
}

/**
 * Between lines, what is much lower than a row and has other background above and below is a wide bar in the row, with or without
 * a frame: where the lines tell the rows, its edges tell nothing. Beside a bar is the rest of the row; a gap is empty, and what is
 * beside it is a card.
 */
function withoutBars(profile: RowProfile, edges: readonly RowEdge[]): readonly RowEdge[] {
  const framed = edges.map((_, i) => isFramed(profile, edges, i));
  const isFrame = (i: number): boolean => framed[i] || (i > 0 && framed[i - 1]);
  const isLine = ({ kind }: RowEdge, i: number): boolean => kind === 'line' && !isFrame(i);
  const lines = edges.filter(isLine);
  if (lines.length < FEWEST_LINES) return edges;
  // The lower median: a selection covers the lines around its row.
  const distances = lines.slice(1).map(({ y }, i) => y - lines[i].y);
  const usual = distances.sort((a, b) => a - b)[(distances.length - 1) >> 1];
  const isLow = (i: number): boolean => {
    const [top, bottom] = [edges.at(i), edges.at(i + 1)];
    if (i < 0 || top === undefined || bottom === undefined) return false;
    const isStrip = framed[i] || (isStep(profile, edges, i) && isStep(profile, edges, i + 1));
    return isStrip && bottom.y - top.y < BAR_SHARE * usual;
  };
  const isGap = (i: number): boolean => isLow(i) && !isInkedThrough(profile, edges[i].y, edges[i + 1].y);
  const isBar = (i: number): boolean => isLow(i) && !isGap(i) && !isGap(i - 1) && !isGap(i + 1);
  const isAtLine = ({ y }: RowEdge): boolean => lines.some((line) => Math.abs(line.y - y) <= BORDER);
  return edges.filter((edge, i) => isLine(edge, i) || isAtLine(edge) || !(isBar(i) || isBar(i - 1)));
}

/** Whether the background is another one below an edge, a line there or not: as at the end of a card that has a border. */
function isStep(profile: RowProfile, edges: readonly RowEdge[], i: number): boolean {
  const { y, kind } = edges[i];
  const [above, below] = [i === 0 ? 0 : edges[i - 1].y, edges.at(i + 1)?.y ?? profile.height];
  const step = lumaOf(profile, (above + y) >> 1) - lumaOf(profile, (y + below - 1) >> 1);
  return kind === 'level' || Math.abs(step) > CLEAR * profile.noise;
}

/**
 * True where lines frame a strip with something beside it all along, of another background than what is above and below, and lower,
 * but for what the region cuts: a card is higher than the gaps beside it.
 */
function isFramed(profile: RowProfile, edges: readonly RowEdge[], i: number): boolean {
  const [top, bottom] = [edges[i], edges.at(i + 1)];
  if (bottom === undefined || (top.kind === 'level' && bottom.kind === 'level')) return false;
  const [above, inside, below] = [i - 1, i, i + 1].map((at) => {
    const from = at < 0 ? 0 : edges[at].y;
    const to = edges.at(at + 1)?.y ?? profile.height;
    const lumas = Array.from({ length: to - from }, (_, row) => lumaOf(profile, from + row));
    return { height: to - from, luma: middleOf(lumas) };
  });
  const isLower =
    (i === 0 || inside.height < above.height) && (i + 2 === edges.length || inside.height < below.height);
  if (inside.height <= 2 * EDGE_SLACK || !isLower) return false;
  const least = CLEAR * profile.noise;
  const isOther = Math.abs(above.luma - below.luma) <= least && Math.abs(inside.luma - above.luma) > least;
  return isOther && isInkedThrough(profile, top.y, bottom.y);
}

/** Whether each row has ink, away from its ends. */
function isInkedThrough({ ink }: RowProfile, top: number, bottom: number): boolean {
  const slack = Math.min(EDGE_SLACK, (bottom - top - 1) >> 1);
  for (let y = top + slack; y < bottom - slack; y++) if (ink[y] === 0) return false;
  return true;
}

/**
 * Stretches with a gap on both sides are cards, as is what the region's end leaves of one. One by itself is a panel that holds
 * the list, and where most are filled by lines that repeat, each holds a group of rows.
 */
export function markCards(stretches: readonly Stretch[]): void {
  const apart = stretches.filter((stretch, i) => {
    const { openTop, openBottom } = stretch;
    const above = openTop || isGapBeside(stretch, stretches[i - 1]);
    const below = openBottom || isGapBeside(stretch, stretches[i + 1]);
    return above && below && !(openTop && openBottom);
  });
  const whole = apart.filter(({ openTop, openBottom }) => !openTop && !openBottom);
  const several = whole.filter(({ clusters }) => clusters.length >= FEWEST_REPEATED);
  const groups = several.filter(holdsRows);
  if (apart.length < 2 || whole.length === 0 || 2 * groups.length > several.length) return;
  // Lines as far apart as a card is high are rows, and so is the card: a selected one, drawn as a pill maybe.
  const isRow = (card: Stretch): boolean =>
    apart.some((other) => {
      const share = heightOf(card) / lineDistance(other.clusters);
      return holdsRows(other) && share >= PILL_SHARE && share <= 1;
    });
  if (whole.every(isRow)) return;
  for (const card of apart) card.isCard = true;
}

/** Whether its lines repeat from end to end, with room for another between them; the lines of a card keep off its ends. */
export function holdsRows(stretch: Stretch): boolean {
  const { clusters } = stretch;
  const pitch = lineDistance(stretch.clusters);
  const first = middle(clusters[0]);
  return (
    clusters.length >= 2 &&
    Math.abs(clusters.length * pitch - heightOf(stretch)) <= pitch / 4 &&
    clusters.every((ink, i) => Math.abs(middle(ink) - first - i * pitch) <= SAME_ROOM) &&
    clusters.every((ink) => 2 * (ink.bottom - ink.top) <= pitch)
  );
}

/** The mean distance of its lines. */
export function lineDistance(clusters: readonly InkCluster[]): number {
  return (middle(clusters[clusters.length - 1]) - middle(clusters[0])) / (clusters.length - 1);
}

/** True when what lies beside a stretch with ink is the ground, blank and lower, or what the region's end leaves of it. */
function isGapBeside(card: Stretch, other: Stretch): boolean {
  if (card.clusters.length === 0 || other.clusters.length > 0) return false;
  return other.openTop || other.openBottom || 2 * heightOf(other) < heightOf(card);
}

/**
 * The room that a list leaves above its first row is not that row's: where the others are all alike, what it is higher by,
 * if its ink lies as low; else what it has more than the others above its ink, where those have all the same.
 */
export function trimPadding(profile: RowProfile, inked: readonly Stretch[], heights: Heights): void {
  const others = inked.slice(1).filter((other) => isBounded(other, heights));
  if (others.length < FEWEST_ALIKE || inked[0].top > BORDER || inked[0].openBottom) return;
  const first = inked[0];
  const typical = typicalHeight(others)!;
  const rooms = others.map(spaceAbove).sort((a, b) => a - b);
  const above = spaceAbove(first) - rooms[rooms.length >> 1];
  const below = spaceBelow(first) - middleOf(others.map(spaceBelow));
  if (typical.regular) {
    const extra = heightOf(first) - typical.height;
    const least = extra / 2 - (profile.noise > 1 ? BLURRED : 0);
    if (extra > EDGE_SLACK && extra < spaceAbove(first) && above - below >= least)
      first.top = first.bottom - typical.height;
    return;
  }
  // Small letters leave as much room above themselves, but stand where the others do.
  const roomOf = ({ top, clusters }: Stretch): number => baseline(profile, clusters[0]) - top;
  const isLow = roomOf(first) - middleOf(others.map(roomOf)) > SAME_ROOM;
  if (rooms[rooms.length - 1] - rooms[0] <= SAME_ROOM && above > SAME_ROOM && isLow) first.top += above;
}

/** A boundary on both sides, or the region's top where the ink sits in the middle as it does in a whole row. */
export function isBounded(stretch: Stretch, heights: Heights): boolean {
  const { top, bottom, openTop, openBottom, clusters } = stretch;
  const height = bottom - top;
  if (openBottom || isTooHigh(stretch, heights) || height < heights.minHeight) return false;
  if (!openTop) return true;
  const above = clusters[0].top - top;
  const below = bottom - clusters[clusters.length - 1].bottom;
  return Math.abs(above - below) <= 0.25 * height;
}

/** The bounded ones, less a first one that only the region bounds at its top where it holds several rows as high as the others. */
export function boundedRows(stretches: readonly Stretch[], heights: Heights): readonly Stretch[] {
  const bounded = stretches.filter((stretch) => isBounded(stretch, heights));
  const rows = bounded.filter((stretch) => !stretch.openTop || !(holdsRows(stretch) || repeats(stretch)));
  const typical = typicalHeight(rows.filter(({ openTop }) => !openTop));
  if (typical === null) return rows;
  return rows.filter((row) => {
    const times = Math.round(heightOf(row) / typical.height);
    const isMultiple = times >= 2 && Math.abs(heightOf(row) - times * typical.height) <= EDGE_SLACK;
    return !row.openTop || !(isMultiple || repeatsAt(row, typical.height));
  });
}

/** Whether it has many lines, or icons, as far from each other, with hardly more room above and below them. */
function repeats({ top, bottom, clusters }: Stretch): boolean {
  const pitch = lineDistance(clusters);
  const isEven = (ink: InkCluster, i: number): boolean =>
    Math.abs(middle(ink) - middle(clusters[0]) - i * pitch) <= EDGE_SLACK;
  return (
    clusters.length >= MANY_LINES &&
    clusters.every(isEven) &&
    clusters.every((ink) => heightOf(ink) < pitch) &&
    bottom - top < (clusters.length + 1) * pitch
  );
}

/** True when the lines of a stretch, but for one that the region cuts, are as far apart as rows are high, up to its end. */
function repeatsAt({ top, bottom, clusters }: Stretch, height: number): boolean {
  const uncut = clusters.filter((ink) => ink.top > top).map(middle);
  const ends = [...uncut, bottom + height / 2];
  return uncut.length >= 2 && ends.slice(1).every((at, i) => Math.abs(at - ends[i] - height) <= SAME_ROOM);
}

/**
 * The rows between lines that are too strong for a JPEG to swallow one, where most of them are of one height: there was no
 * line within any of them, so a higher one is one row as well.
 */
export function partedRows(all: readonly Stretch[], noise: number): ReadonlySet<Stretch> {
  const rows = all.filter(
    ({ clusters, strength, lined, openBottom }) =>
      lined && clusters.length > 0 && !openBottom && strength >= CLEAR * noise,
  );
  const heights = rows.map(heightOf);
  const usual = middleOf([...heights]);
  const alike = heights.filter((height) => Math.abs(height - usual) <= EDGE_SLACK).length;
  const isMost = alike >= FEWEST_LINES && 2 * alike > heights.length;
  return new Set(isMost ? rows.filter(({ openTop }) => !openTop) : []);
}

export function typicalHeight(rows: readonly Cell[]): Typical | null {
  if (rows.length === 0) return null;
  const sorted = rows.map(({ top, bottom }) => bottom - top).sort((a, b) => a - b);
  const height = sorted[sorted.length >> 1];
  const alike = sorted.filter((h) => Math.abs(h - height) <= 1).length;
  return { height, regular: alike >= ALIKE * sorted.length, count: rows.length };
}

export function spaceAbove({ top, clusters }: Inked): number {
  return clusters[0].top - top;
}

export function spaceBelow({ bottom, clusters }: Inked): number {
  return bottom - clusters[clusters.length - 1].bottom;
}
