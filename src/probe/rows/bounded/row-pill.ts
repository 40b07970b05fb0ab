import { inkClusters } from '../profile/row-clusters.js';
import { EDGE_SLACK, heightOf, type Cell } from '../row-cell.js';
import { flatRows } from '../flat/row-flat.js';
import type { Heights } from '../row-heights.js';
import { baseline, middleOf } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import {
  BORDER,
  PILL_SHARE,
  type Stretch,
  isInked,
  isOpen,
  spaceAbove,
  spaceBelow,
} from './row-stretches.js';

/** The one highlighted row of a list without boundaries, drawn with a margin, is grown to the pitch of its neighbours. */
export function growPill(profile: RowProfile, all: readonly Stretch[], heights: Heights): void {
  const inked = all.filter(isInked);
  const longest = inked.reduce<Stretch | undefined>(
    (a, b) => (a === undefined || b.bottom - b.top > a.bottom - a.top ? b : a),
    undefined,
  );
  if (longest === undefined || inked.length > 3) return;
  const { pitch, cells } = flatRows(profile, longest, heights);
  if (pitch === null || cells.length < 3) return;
  // Beside a row that has no margin is none with one: the region's end cuts what is lower.
  const isRow = (stretch: Stretch): boolean =>
    stretch !== longest && !isOpen(stretch) && Math.abs(heightOf(stretch) - pitch) <= 1;
  const hasRow = inked.some(isRow);
  for (const [i, stretch] of all.entries()) {
    if (stretch === longest || !isInked(stretch) || isOpen(stretch)) continue;
    if (hasRow && !isRow(stretch)) continue;
    const rough = pitch - heightOf(stretch);
    const margin = rough > EDGE_SLACK ? rough : spaceBeside(profile, stretch, cells);
    if (margin <= 0 || margin > (1 - PILL_SHARE) * pitch) continue;
    // A blank strip as high as what it lacks is the upper part of it, below its focus frame.
    const above = isStrip(all[i - 1], margin) ? heightOf(all[i - 1]) : Math.floor(margin / 2);
    if (isCut(stretch) || stretch.top - above < -EDGE_SLACK) continue;
    stretch.top -= above;
    stretch.bottom += Math.max(0, Math.ceil(margin - above));
    all[i - 1].bottom = stretch.top;
    all[i + 1].top = stretch.bottom;
    const padding = heightOf(all[i - 1]) - pitch;
    if (padding > EDGE_SLACK && padding <= BORDER && isLower(all[i - 1], stretch, padding / 2))
      all[i - 1].top += Math.round(padding);
  }
}

function isStrip(stretch: Stretch, height: number): boolean {
  const { openTop, clusters } = stretch;
  return !openTop && clusters.length === 0 && Math.abs(heightOf(stretch) - height) <= 1;
}

/** Whether it begins at the line below a header that is in the region, and its upper part is behind that: its letters lie high in it. */
function isCut(pill: Stretch): boolean {
  return pill.belowLine && pill.top <= EDGE_SLACK && spaceAbove(pill) < spaceBelow(pill) - EDGE_SLACK;
}

/** Whether the first row's ink lies so much lower in it than another one's. */
function isLower(first: Stretch, other: Stretch, by: number): boolean {
  return first.openTop && first.clusters.length > 0 && spaceAbove(first) - spaceAbove(other) >= by;
}

/**
 * How much further the first lines of rows, the highlighted one's too, are apart than that one is high: by so little, letters make as
 * much of a distance of inks, but move no baseline. 0 where they are not, or not evenly.
 */
function spaceBeside(profile: RowProfile, pill: Stretch, cells: readonly Cell[]): number {
  const bases = [pill, ...cells]
    .filter(({ top, bottom }) => top >= 0 && bottom <= profile.height)
    .map((row) => baseline(profile, inkClusters(profile, row)[0] ?? row))
    .sort((a, b) => a - b);
  const steps = bases.slice(1).map((base, i) => base - bases[i]);
  const isEven = Math.max(...steps) - Math.min(...steps) <= 1;
  return isEven ? middleOf(steps) - heightOf(pill) : 0;
}
