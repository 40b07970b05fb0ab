import { middleOf } from '../profile/row-ink.js';
import type { RowEdge } from './row-edges.js';
import type { RowProfile } from '../profile/row-profile.js';
import { type Ground, apart } from '../profile/row-runs.js';
import type { Cell } from '../row-cell.js';

/** So many lines beside no ink tell how clear the others are, which are at least this share of it. */
const FEWEST_LINES = 2;
const AS_CLEAR = 0.8;
/** So many stripes of one height tell where others are, which a JPEG moves by so many pixels. */
const FEWEST_STRIPES = 3;
const OFF_GRID = 2;
/** Background steps weaker than this many times the noise are not believed where they cut through text. */
const FAINT_EDGE = 4;
/** Ringing steps by less than so many times the noise; what lasts keeps this share of its step. */
const RUNG = 2;
const LASTING = 0.5;
/** So far from letters nothing rings. */
const JPEG_BLOCK = 8;

/** True for a faint boundary that cuts through ink, or a faint line that touches it. */
export function insideInk({ ink, noise, height }: RowProfile, { y, kind, strength }: RowEdge): boolean {
  if (strength > FAINT_EDGE * noise) return false;
  if (noise > 1 && kind === 'line') {
    for (let at = Math.max(0, y - 3); at < Math.min(height, y + 2); at++) if (ink[at] > 3) return true;
  }
  let least = Infinity;
  for (let at = Math.max(0, y - 2); at < Math.min(height, y + 2); at++) least = Math.min(least, ink[at]);
  let most = 0;
  for (let at = Math.max(0, y - 8); at < Math.min(height, y + 8); at++) most = Math.max(most, ink[at]);
  return least > 0.08 * most && least > 3;
}

/**
 * The boundaries beside ink that are as clear as those of their kind beside none: ink has no part in them. Steps of the background only in
 * a JPEG, whose ringing fills the blank pixel rows between pictures, and where stripes of one height go on.
 */
export function asClear(doubtful: readonly RowEdge[], sure: readonly RowEdge[], noise: number): RowEdge[] {
  const kinds: readonly RowEdge['kind'][] = noise > 1 ? ['line', 'level'] : ['line'];
  return kinds.flatMap((kind) => {
    const alike = sure.filter((edge) => edge.kind === kind);
    if (alike.length < FEWEST_LINES) return [];
    const least = AS_CLEAR * middleOf(alike.map(({ strength }) => strength));
    return doubtful.filter(
      (edge) => edge.kind === kind && edge.strength >= least && (kind === 'line' || goesOn(edge, alike)),
    );
  });
}

/**
 * Without the faint steps in a JPEG that do not last: up to the boundaries beside them, where there is no ink, the background changes by less than
 * half as much. Ringing moves that of a few rows, between the lines of a paragraph.
 */
export function withoutRung(profile: RowProfile, edges: readonly RowEdge[]): readonly RowEdge[] {
  const { noise, height } = profile;
  if (noise <= 1) return edges;
  return edges.filter(({ y, kind, strength }, i) => {
    const isBlank = profile.ink
      .subarray(Math.max(0, y - JPEG_BLOCK), y + JPEG_BLOCK)
      .every((ink) => ink === 0);
    if (kind === 'line' || isBlank || strength > RUNG * noise) return true;
    const beside = [
      { top: i === 0 ? 0 : edges[i - 1].y, bottom: y },
      { top: y, bottom: edges.at(i + 1)?.y ?? height },
    ];
    const [above, below] = beside.map((cell) => groundIn(profile, cell));
    return apart(above, below, noise) >= LASTING * strength;
  });
}

/** The middle background of the pixel rows without ink, if there are any. */
function groundIn({ ink, red, green, blue }: RowProfile, { top, bottom }: Cell): Ground {
  const all = Array.from({ length: bottom - top }, (_, i) => top + i);
  const blank = all.filter((y) => ink[y] === 0);
  const [r, g, b] = [red, green, blue].map((channel) =>
    middleOf((blank.length > 0 ? blank : all).map((y) => channel[y])),
  );
  return { red: r, green: g, blue: b };
}

/** Whether an edge is whole rows away from the nearest one, where most of these are as far apart as rows are high. */
function goesOn({ y }: RowEdge, stripes: readonly RowEdge[]): boolean {
  const heights = stripes.slice(1).map((edge, i) => edge.y - stripes[i].y);
  const usual = middleOf([...heights]);
  const alike = heights.filter((height) => Math.abs(height - usual) <= 1).length;
  const off = Math.min(...stripes.map((edge) => Math.abs(edge.y - y)));
  return (
    alike >= FEWEST_STRIPES &&
    2 * alike > heights.length &&
    Math.abs(off - Math.round(off / usual) * usual) <= OFF_GRID
  );
}
