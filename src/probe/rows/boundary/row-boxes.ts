import type { RowEdge } from './row-edges.js';
import { furthest } from '../profile/row-background.js';
import { type RowProfile, SIDE } from '../profile/row-profile.js';
import { lumaStep } from '../profile/row-runs.js';

/** Beside a box at most this share of its edge's step shows at the side of the region; of what reaches from side to side more does. */
const THROUGH = 0.4;
/** A line is looked for so far around where it ends, a step so far beside it. Pixels. */
const AROUND = 3;
const BESIDE = { from: 2, to: 6 };
/** The sides of a box between two boundaries of rows. */
const BOX_EDGES = 2;
/** One ground differs from itself by so many times the noise. */
const SAME_GROUND = 2;
/** So many rows have one, or it is not what rows have. */
const FEWEST = 2;

/**
 * The edges without those of boxes that rows have in them, as input fields and labelled bars: they end before the side of the region, where only the
 * boundaries of rows show, at most one between two of these. Of cards, which have none of these between them, all edges stay.
 */
export function withoutBoxes(profile: RowProfile, edges: readonly RowEdge[]): readonly RowEdge[] {
  const through = edges.filter((edge) => isThrough(profile, edge));
  const ends = [-Infinity, ...through.map(({ y }) => y), Infinity];
  const between = ends.slice(1).map((end, i) => edges.filter(({ y }) => y > ends[i] && y < end));
  const inner = between.slice(1, -1);
  const boxed = inner.filter((within) => isBox(profile, within)).length;
  const isBoxed =
    between.every(({ length }) => length <= BOX_EDGES) && boxed >= FEWEST && 2 * boxed >= inner.length;
  return isBoxed ? through : edges;
}

/** Whether edges are those of one box, with the ground of its row above and below it: above a card's title bar is the page, and below it the card. */
function isBox(profile: RowProfile, edges: readonly RowEdge[]): boolean {
  if (edges.length !== BOX_EDGES) return false;
  const [above, below] = [edges[0].y - 1 - BESIDE.from, edges[1].y + BESIDE.from].map((y) => {
    const row = Math.max(0, Math.min(profile.height - 1, y));
    return { r: profile.red[row], g: profile.green[row], b: profile.blue[row] };
  });
  return furthest(above, below) <= SAME_GROUND * profile.noise;
}

/**
 * Whether the edge shows at the side of the region too, as a step or as a line, whichever it is beside a box. Only brightness is known
 * there: of a step that is one of colour, that part counts.
 */
function isThrough(profile: RowProfile, { y, kind, strength }: RowEdge): boolean {
  const above = sideOf(profile, y - BESIDE.to, y - BESIDE.from);
  const below = sideOf(profile, y + BESIDE.from, y + BESIDE.to);
  const step = kind === 'line' ? strength : Math.min(strength, lumaStep(profile, y));
  if (Math.abs(above - below) >= THROUGH * step) return true;
  return Array.from({ length: AROUND + 1 }, (_, i) =>
    sideOf(profile, y - AROUND + i, y - AROUND + i + 1),
  ).some((side) => Math.min(Math.abs(side - above), Math.abs(side - below)) >= THROUGH * strength);
}

/** Mean luma at the side of rows, as far as the region has them. */
function sideOf({ side, height }: RowProfile, from: number, to: number): number {
  const [top, bottom] = [Math.max(0, Math.min(height - 1, from)), Math.max(1, Math.min(height, to))];
  const seen = side.subarray(SIDE * top, SIDE * bottom);
  return seen.reduce((sum, luma) => sum + luma, 0) / seen.length;
}
