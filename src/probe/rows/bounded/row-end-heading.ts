import { baseline } from '../profile/row-ink.js';
import { type InkCluster, inkClusters } from '../profile/row-clusters.js';
import type { RowProfile } from '../profile/row-profile.js';
import { apart } from '../profile/row-runs.js';
import { EDGE_SLACK, heightOf, type Cell } from '../row-cell.js';
import { groundOf } from './row-drawn.js';

/** Backgrounds that differ by so much, times the noise, are one. Levels. */
const ALIKE = 1;
/** Letters begin their lines at columns, and stand in their room, this differently: as a share of what they are high. */
const LETTER = 0.5;

/**
 * Whether what the region's end may cut is a heading, whole or in part, as the other one is, which is too low for a row: of its background and no
 * higher, with one line that begins at its column and stands as far from the boundary.
 */
export function isHeadingLike(
  profile: RowProfile,
  cell: Cell,
  { heading, end }: { readonly heading: Cell; readonly end: 'top' | 'bottom' },
): boolean {
  const [lines, others] = [cell, heading].map((each) => inkClusters(profile, each));
  if (lines.length !== 1 || others.length !== 1 || heightOf(cell) > heightOf(heading) + EDGE_SLACK)
    return false;
  const [[line], [other]] = [lines, others];
  const grounds = [cell, heading].map((each) => groundOf(profile, each));
  if (apart(grounds[0], grounds[1], profile.noise) > ALIKE * profile.noise) return false;
  const letter = LETTER * heightOf(other);
  const roomOf = (each: Cell, ink: InkCluster): number =>
    end === 'top' ? each.bottom - baseline(profile, ink) : ink.top - each.top;
  return (
    heightOf(line) <= heightOf(other) + letter &&
    Math.abs(columnOf(profile, line) - columnOf(profile, other)) <= letter &&
    Math.abs(roomOf(cell, line) - roomOf(heading, other)) <= letter
  );
}

/** Where a line begins, in pixels of the image. */
function columnOf({ left }: RowProfile, { top, bottom }: InkCluster): number {
  return left.subarray(top, bottom).reduce((a, b) => Math.min(a, b));
}
