import { EDGE_SLACK, heightOf } from '../row-cell.js';
import { middle, middleOf } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { union } from './row-join.js';
import { type Stretch, isInked, isOpen } from './row-stretches.js';

/** So many cards that are alike tell how far apart they are. */
const FEWEST_ALIKE = 2;
/** Gaps differ by so many pixels, by the borders that a JPEG leaves to them or not. */
const SAME_GAP = 4;

/** Of the cards: from the middle of one gap to that of the next, and how high a gap is. */
interface Usual {
  readonly pitch: number;
  readonly gap: number;
}

/**
 * Cards that a JPEG broke at a progress bar or a button, of which it left no more than a strip: all between two gaps, as high as those of
 * the other cards and as far apart, is one card.
 */
export function joinBroken(profile: RowProfile, all: readonly Stretch[]): readonly Stretch[] {
  const usual = profile.noise > 1 ? usualOf(all) : null;
  if (usual === null) return all;
  const joined: Stretch[] = [];
  for (let i = 0; i < all.length; i++) {
    const end = isGap(all, i - 1, usual) ? all.findIndex((_, at) => at > i && isGap(all, at, usual)) : -1;
    const isBroken = end > i + 1 && isNear(span(all[i - 1], all[end], usual.gap), usual.pitch);
    joined.push(isBroken ? all.slice(i, end).reduce((above, below) => union(profile, above, below)) : all[i]);
    if (isBroken) i = end - 1;
  }
  return joined;
}

/** Of the highest cards that are alike; null where there are none. */
function usualOf(all: readonly Stretch[]): Usual | null {
  const cards = all.flatMap((card, i) => {
    const [above, below] = [all.at(i - 1), all.at(i + 1)];
    if (i === 0 || above === undefined || below === undefined || !isInked(card)) return [];
    const gap = [below, above].find((beside) => !isOpen(beside));
    if (gap === undefined || isInked(above) || isInked(below)) return [];
    return [{ pitch: span(above, below, heightOf(gap)), gap: heightOf(gap) }];
  });
  const alike = (pitch: number): readonly Usual[] => cards.filter((card) => isNear(card.pitch, pitch));
  const pitch = Math.max(
    ...cards.map((card) => card.pitch).filter((each) => alike(each).length >= FEWEST_ALIKE),
  );
  const usual = alike(pitch);
  return usual.length === 0 ? null : { pitch, gap: middleOf(usual.map(({ gap }) => gap)) };
}

/** Whether a stretch is what lies between two cards, or between one and the region's end. */
function isGap(all: readonly Stretch[], at: number, { gap }: Usual): boolean {
  const [part, below] = [all.at(at), all.at(at + 1)];
  if (at < 0 || part === undefined || isInked(part) || (below !== undefined && !isInked(below))) return false;
  return isOpen(part) || Math.abs(heightOf(part) - gap) <= SAME_GAP;
}

/** From the middle of one gap to that of another; the region's end cuts one short, or leaves more. */
function span(above: Stretch, below: Stretch, gap: number): number {
  const from = isOpen(above) ? above.bottom - gap / 2 : middle(above);
  return (isOpen(below) ? below.top + gap / 2 : middle(below)) - from;
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= EDGE_SLACK;
}
