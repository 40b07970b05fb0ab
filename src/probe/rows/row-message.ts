import type { Rect } from '../../core/geometry.js';
import { type InkCluster, inkClusters } from './profile/row-clusters.js';
import { rowEdges } from './boundary/row-edges.js';
import { middle } from './profile/row-ink.js';
import type { RowProfile } from './profile/row-profile.js';
import { LETTERS } from './flat/row-uneven.js';

/** Icon, title, explanation in two lines, button. */
const MOST_PARTS = 5;
/** How far from the middle of the region a part may lie, as a share of its width. */
const OFF_CENTRE = 0.04;
/** Nothing of a message comes nearer to the side of the region than this share of its width. */
const SIDE = 0.12;
/** A line of text is at least this many times as wide as high. */
const TEXT_ASPECT = 2;
/** So many lines repeat. */
const FEWEST_ROWS = 3;
/** Boundaries this near to the region's ends are its border. */
const BORDER = 10;

/**
 * Whether all that is drawn is a short block in the middle: "Nothing here" (`text`), an icon or a spinner (`graphic`).
 * A list with centred rows starts at its top; a message has room above it.
 */
export function centredMessage(profile: RowProfile, region: Rect): 'none' | 'text' | 'graphic' {
  const { height, left, right } = profile;
  const drawn = rowEdges(profile).some(({ y }) => y > BORDER && y < height - BORDER);
  if (drawn) return 'none';
  const parts = inkClusters(profile, { top: 0, bottom: height });
  if (parts.length === 0 || parts.length > MOST_PARTS || areRowsFromTop(parts)) return 'none';
  const first = parts[0];
  const last = parts[parts.length - 1];
  const above = first.top;
  const below = height - last.bottom;
  const middle = Math.abs(above - below) <= 0.3 * height;
  const sunk = above >= 1.5 * (first.bottom - first.top);
  if (last.bottom - first.top > 0.6 * height || !(middle || sunk)) return 'none';
  let text = false;
  for (const { top, bottom } of parts) {
    let from = Infinity;
    let to = -1;
    for (let y = top; y < bottom; y++) {
      if (left[y] < from) from = left[y];
      if (right[y] > to) to = right[y];
    }
    const centre = (from + to + 1) / 2 - region.x;
    const room = Math.min(from - region.x, region.x + region.width - to - 1);
    const centred = Math.abs(centre - region.width / 2) <= Math.max(8, OFF_CENTRE * region.width);
    if (!centred || room < SIDE * region.width) return 'none';
    text ||= to + 1 - from >= TEXT_ASPECT * (bottom - top);
  }
  return text ? 'text' : 'graphic';
}

/** Evenly apart, with half of that above the first: rows, which begin at the region's top. */
function areRowsFromTop(parts: readonly InkCluster[]): boolean {
  const middles = parts.map(middle);
  const pitch = (middles[middles.length - 1] - middles[0]) / (middles.length - 1);
  return (
    parts.length >= FEWEST_ROWS &&
    Math.abs(middles[0] - pitch / 2) <= LETTERS &&
    middles.every((at, i) => Math.abs(at - middles[0] - i * pitch) <= LETTERS)
  );
}
