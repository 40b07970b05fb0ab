import { type Colour, furthest } from '../profile/row-background.js';
import type { RowProfile } from '../profile/row-profile.js';
import { median } from '../profile/row-ink.js';
import type { RowEdge } from './row-edges.js';

/** Blocks end so far before their row does, as far as the next row's begin after it, but for a line between. Pixels. */
const NARROWEST = 2;
const WIDEST = 12;
const THICKEST_LINE = 2;
/** So many rows tell. */
const FEWEST = 3;
/** Rows are as far apart but for rounding. Pixels. */
const EVEN = 1;
/** Levels by which one ground differs from itself. */
const ALIKE = 3;

/** What lies between the blocks of two rows: blank, and parted by the boundary of these. */
interface Gutter {
  readonly boundary: RowEdge;
  readonly half: number;
  readonly above: Colour;
  readonly below: Colour;
}

/**
 * Without the ends of blocks that lie on the ground of their rows, as the programmes of a guide or the tasks of a plan: a few pixels above and below them
 * that ground shows, up to the boundary of the row, a line or the next row's ground. Where a row's own blocks hide that, it is where the others
 * tell. A card with a shadow is no such block: what is below the shadow is not what is above the next one.
 */
export function withoutGutters(profile: RowProfile, edges: readonly RowEdge[]): readonly RowEdge[] {
  const gutters = edges.slice(1, -1).flatMap((_, i) => gutterAt(profile, edges, i + 1) ?? []);
  if (gutters.length < FEWEST) return edges;
  const places = gutters.map(({ boundary }) => boundary.y);
  const usual = median(places.slice(1).map((y, i) => y - places[i]));
  const times = places.map((y) => Math.round((y - places[0]) / usual));
  const pitch = (places[places.length - 1] - places[0]) / times[times.length - 1];
  const isEven = places.every((y, i) => Math.abs(y - places[0] - times[i] * pitch) <= EVEN);
  const pairs = gutters
    .slice(1)
    .flatMap((gutter, i) => (times[i + 1] - times[i] === 1 ? [[gutters[i], gutter]] : []));
  const goOn = pairs.every(([{ below }, { above }]) => furthest(below, above) <= ALIKE);
  if (!isEven || pairs.length < FEWEST - 1 || !goOn) return edges;
  const half = Math.max(...gutters.map((gutter) => gutter.half));
  const placeOf = ({ y }: RowEdge): number => Math.round((y - places[0]) / pitch);
  const yOf = (place: number): number => Math.round(places[0] + place * pitch);
  const isNear = (edge: RowEdge): boolean => Math.abs(edge.y - yOf(placeOf(edge))) <= half + EVEN;
  return edges.flatMap((edge) => {
    if (!isNear(edge)) return [edge];
    const y = yOf(placeOf(edge));
    const own = edges.filter((other) => isNear(other) && placeOf(other) === placeOf(edge));
    // The first of them stands for all.
    if (own[0] !== edge || y <= 0 || y >= profile.height) return [];
    const drawn = own.find((other) => Math.abs(other.y - y) <= EVEN);
    return [drawn ?? { y, kind: 'level', strength: Math.max(...own.map(({ strength }) => strength)) }];
  });
}

function gutterAt(profile: RowProfile, edges: readonly RowEdge[], i: number): Gutter | null {
  const [top, boundary, bottom] = edges.slice(i - 1, i + 2);
  const parts = [
    { top: top.y, bottom: boundary.y },
    { top: boundary.y, bottom: bottom.y },
  ];
  const [above, below] = parts.map((part) => part.bottom - part.top);
  const isNarrow = Math.min(above, below) >= NARROWEST && Math.max(above, below) <= WIDEST;
  if (!isNarrow || above < below || above - below > THICKEST_LINE) return null;
  const rows = [top, boundary].map(({ y }) => y + ((below - 1) >> 1));
  if (rows.some((row) => profile.ink[row] > 0)) return null;
  const [first, second] = rows.map((row) => ({
    r: profile.red[row],
    g: profile.green[row],
    b: profile.blue[row],
  }));
  return { boundary, half: above, above: first, below: second };
}
