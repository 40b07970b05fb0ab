import { middleOf } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { heightOf } from '../row-cell.js';
import { isInked, isOpen } from './row-join.js';
import { type Stretch, spaceAbove, spaceBelow } from './row-stretches.js';

/** So many gaps tell how high the others are. */
const FEWEST_GAPS = 3;
/** Letters make as much room as a lower one. Pixels. */
const LOWEST_GAP = 6;
/** A JPEG moves the ends of a gap by so many pixels. */
const OFF = 3;

/**
 * Cards in a JPEG with the gaps that it swallowed, as beside one of another colour: where most cards lie apart, one that follows another
 * at once and has as much more room above its ink as a gap is high begins below a gap, and one with as much more below ends above it.
 */
export function withSwallowedGaps(profile: RowProfile, all: readonly Stretch[]): readonly Stretch[] {
  const gaps = all.filter((stretch) => !isInked(stretch) && !isOpen(stretch));
  const gap = middleOf(gaps.map(heightOf));
  const isUsual = gaps.every((each) => Math.abs(heightOf(each) - gap) <= OFF);
  const touching = all.slice(1).filter((below, i) => isInked(below) && isInked(all[i]));
  const areCards = isUsual && gap >= LOWEST_GAP && 2 * touching.length <= gaps.length;
  if (profile.noise <= 1 || gaps.length < FEWEST_GAPS || !areCards) return all;
  const between = all.filter(
    (_, i) => i > 0 && i + 1 < all.length && !isInked(all[i - 1]) && !isInked(all[i + 1]),
  );
  const room = {
    above: middleOf(between.filter(isInked).map(spaceAbove)),
    below: middleOf(between.filter(isInked).map(spaceBelow)),
  };
  return all.flatMap((stretch, i) => {
    const more = { above: 0, below: 0 };
    if (!isInked(stretch)) return [stretch];
    if (i > 0 && isInked(all[i - 1])) more.above = spaceAbove(stretch) - room.above;
    if (i + 1 < all.length && isInked(all[i + 1])) more.below = spaceBelow(stretch) - room.below;
    const missing = (rest: number): number =>
      Math.abs(rest - gap) <= OFF ? Math.round((rest + gap) / 2) : 0;
    const [above, below] = [missing(more.above), missing(more.below)];
    const card = { ...stretch, top: stretch.top + above, bottom: stretch.bottom - below };
    const blank = (top: number, bottom: number): Stretch => ({ ...stretch, top, bottom, clusters: [] });
    return [
      ...(above > 0 ? [blank(stretch.top, card.top)] : []),
      card,
      ...(below > 0 ? [blank(card.bottom, stretch.bottom)] : []),
    ];
  });
}
