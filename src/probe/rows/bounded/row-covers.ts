import { type Colour, furthest } from '../profile/row-background.js';
import { INK_DIFFERENCE } from '../profile/row-ink.js';
import { union } from './row-join.js';
import type { RowProfile } from '../profile/row-profile.js';
import { heightOf, type Cell } from '../row-cell.js';
import { type Stretch, isInked } from './row-stretches.js';

/**
 * A card's cover, a blank band of a colour from side to side, is part of the card: it lies between a gap, which is lower than half of any
 * row and has the colour of one between two cards, and the card's ink, and stands out from the gap as ink does.
 */
export function joinCovers(profile: RowProfile, all: readonly Stretch[]): readonly Stretch[] {
  const lowest = Math.min(...all.filter(isInked).map(heightOf));
  const isGap = (stretch: Stretch): boolean => !isInked(stretch) && 2 * heightOf(stretch) < lowest;
  const standsOut = (one: Stretch, other: Stretch): boolean =>
    furthest(colourOf(profile, one), colourOf(profile, other)) > INK_DIFFERENCE;
  const gaps = all.slice(1, -1).filter((stretch, i) => isGap(stretch) && isInked(all[i]));
  const isCover = (stretch: Stretch, i: number): boolean => {
    const [above, below] = [all.at(i - 1), all.at(i + 1)];
    if (i === 0 || above === undefined || below === undefined || isInked(stretch) || !isInked(below))
      return false;
    return isGap(above) && gaps.some((gap) => !standsOut(above, gap)) && standsOut(stretch, above);
  };
  return all.flatMap((stretch, i) => {
    if (isCover(stretch, i)) return [];
    return i > 0 && isCover(all[i - 1], i - 1) ? [union(profile, all[i - 1], stretch)] : [stretch];
  });
}

/** Of its middle. */
export function colourOf({ red, green, blue }: RowProfile, { top, bottom }: Cell): Colour {
  const row = (top + bottom) >> 1;
  return { r: red[row], g: green[row], b: blue[row] };
}
