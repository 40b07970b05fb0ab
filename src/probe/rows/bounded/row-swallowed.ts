import { middleOf } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { lumaOf } from '../profile/row-runs.js';
import { heightOf } from '../row-cell.js';
import { type Stretch, spaceAbove, spaceBelow, isInked, isOpen } from './row-stretches.js';

/** So many gaps tell how high the others are. */
const FEWEST_GAPS = 3;
/** Letters make as much room as a lower one. Pixels. */
const LOWEST_GAP = 6;
/** A JPEG moves the ends of a gap by so many pixels. */
const OFF = 3;
/** Share of a gap's rows that are nearer to the other gaps than to the card, for all that a JPEG rings on them. */
const FILLED = 0.75;
/** Ground and card differ by more than so many times the noise. */
const CLEAR = 2;

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
    return besideGaps(stretch, { above, below });
  });
}

/**
 * Cards in a JPEG with the gaps beside something far darker or brighter, as a title bar, from which a step to the ground tells no other: where two cards
 * touch there are as many rows of the colour of the other gaps as these are high.
 */
export function withShownGaps(profile: RowProfile, all: readonly Stretch[]): readonly Stretch[] {
  const gaps = all.filter((stretch) => !isInked(stretch) && !isOpen(stretch));
  if (profile.noise <= 1 || gaps.length === 0) return all;
  const height = middleOf(gaps.map(heightOf));
  const ground = middleOf(gaps.map((gap) => lumaOf(profile, (gap.top + gap.bottom) >> 1)));
  if (height < LOWEST_GAP || gaps.some((gap) => Math.abs(heightOf(gap) - height) > OFF)) return all;
  /** How many rows of ground there are from a boundary on into a card. */
  const groundIn = (card: Stretch, row: (i: number) => number): number => {
    const own = lumaOf(profile, (card.top + card.bottom) >> 1);
    if (Math.abs(own - ground) <= CLEAR * profile.noise || heightOf(card) <= 2 * height) return 0;
    const isGround = Array.from({ length: height + 2 * OFF }, (_, i) => {
      const luma = lumaOf(profile, row(i));
      return Math.abs(luma - ground) < Math.abs(luma - own);
    });
    const rows = isGround.lastIndexOf(true) + 1;
    const isFilled = isGround.filter((is) => is).length >= FILLED * rows;
    return isFilled && Math.abs(rows - height) <= OFF ? rows : 0;
  };
  return all.flatMap((stretch, i) => {
    const [above, below] = [all.at(i - 1), all.at(i + 1)];
    if (!isInked(stretch)) return [stretch];
    const isBelow = i > 0 && above !== undefined && isInked(above) && !stretch.belowLine;
    const first = isBelow ? groundIn(stretch, (row) => stretch.top + row) : 0;
    const isAbove = below !== undefined && isInked(below) && !below.belowLine;
    const last = isAbove ? groundIn(stretch, (row) => stretch.bottom - 1 - row) : 0;
    return besideGaps(stretch, { above: first, below: last });
  });
}

/** A card without the gaps above and below it, so many pixels high, and these. */
function besideGaps(stretch: Stretch, { above, below }: { above: number; below: number }): Stretch[] {
  const card = { ...stretch, top: stretch.top + above, bottom: stretch.bottom - below };
  const blank = (top: number, bottom: number): Stretch => ({ ...stretch, top, bottom, clusters: [] });
  return [
    ...(above > 0 ? [blank(stretch.top, card.top)] : []),
    card,
    ...(below > 0 ? [blank(card.bottom, stretch.bottom)] : []),
  ];
}
