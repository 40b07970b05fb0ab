import { baseline } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import type { Heights } from '../row-heights.js';
import { EDGE_SLACK, heightOf } from '../row-cell.js';
import { type Stretch, isBounded, spaceAbove } from './row-stretches.js';
import { flatPitch } from './row-units.js';

/** The first one, the marked one and what is below them. */
const FEWEST = 3;
/** A row that is higher has its ink lower by half of that; by so much of it letters move the ink. */
const LETTERS_SHARE = 0.25;

/**
 * Cuts off what a first row has above itself of one that the region cuts: above a marked row as high as the pitch of those below it, the
 * first one's ink lies no further from the marked one's than that, and leaves room for it.
 */
export function trimAboveMarked(profile: RowProfile, inked: readonly Stretch[], heights: Heights): void {
  if (inked.length < FEWEST) return;
  const [first, marked, ...below] = inked;
  const isMarked = first.openTop && first.bottom === marked.top && isBounded(marked, heights);
  if (!isMarked || first.byLine || marked.byLine) return;
  const height = heightOf(marked);
  const extra = heightOf(first) - height;
  if (extra <= EDGE_SLACK || extra >= spaceAbove(first)) return;
  // Descenders move a middle, and a marked row's corners a baseline.
  const isPitch = [inkMiddle, firstBaseline].some((placeOf) => {
    const distance = placeOf(marked, profile) - placeOf(first, profile);
    return Math.abs(distance - height) < LETTERS_SHARE * extra;
  });
  if (!isPitch) return;
  const repeated = flatPitch(profile, below, heights);
  if (repeated !== null && Math.abs(repeated.height - height) <= EDGE_SLACK)
    first.top = first.bottom - height;
}

function inkMiddle({ clusters }: Stretch): number {
  return (clusters[0].top + clusters[clusters.length - 1].bottom) / 2;
}

function firstBaseline({ clusters }: Stretch, profile: RowProfile): number {
  return baseline(profile, clusters[0]);
}
