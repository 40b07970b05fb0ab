import { furthest } from '../profile/row-background.js';
import { heightOf } from '../row-cell.js';
import { colourOf } from './row-covers.js';
import { isInked, union } from './row-join.js';
import type { RowProfile } from '../profile/row-profile.js';
import type { Stretch } from './row-stretches.js';

/** A border of three pixels on a screen twice as dense. */
const THICKEST = 6;

/**
 * A card's border that is thick enough to be a strip of its own is part of the card: it is blank, lies between the card's ink and a gap, which
 * is higher, and stands out further from both of them than these from each other.
 */
export function joinOutlines(profile: RowProfile, all: readonly Stretch[]): readonly Stretch[] {
  const isOutline = (strip: Stretch, card: Stretch | undefined, gap: Stretch | undefined): boolean => {
    if (card === undefined || gap === undefined || isInked(strip) || !isInked(card) || isInked(gap))
      return false;
    if (heightOf(strip) > THICKEST || heightOf(gap) <= heightOf(strip)) return false;
    const [inside, line, ground] = [card, strip, gap].map((cell) => colourOf(profile, cell));
    return Math.min(furthest(line, inside), furthest(line, ground)) > furthest(inside, ground);
  };
  const joined: Stretch[] = [];
  for (const [i, stretch] of all.entries()) {
    const last = joined.at(-1);
    const isPart =
      isOutline(stretch, all[i - 1], all.at(i + 1)) || (i > 1 && isOutline(all[i - 1], stretch, all[i - 2]));
    if (last !== undefined && isPart) joined[joined.length - 1] = union(profile, last, stretch);
    else joined.push(stretch);
  }
  return joined;
}
