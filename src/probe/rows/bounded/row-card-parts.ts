import { furthest } from '../profile/row-background.js';
import { INK_DIFFERENCE, middleOf } from '../profile/row-ink.js';
import { colourOf } from './row-covers.js';
import { union } from './row-join.js';
import type { RowProfile } from '../profile/row-profile.js';
import { EDGE_SLACK, heightOf } from '../row-cell.js';
import { SAME_ROOM, type Stretch, isInked, isOpen } from './row-stretches.js';

/** So many cards say that they are made alike; of so many one part may be of another height in each. */
const FEWEST_CARDS = 2;
const FEWEST_UNEVEN = 3;

/**
 * Cards of several parts, as a body and a footer with a line between them, are one row each: from gap to gap there are as many parts, each
 * as high as in the other cards, but for the highest one where there are more cards, and no two alike: these are the rows of a group.
 */
export function joinCardParts(profile: RowProfile, all: readonly Stretch[]): readonly Stretch[] {
  const runs = runsOf(all);
  const cards = runs.filter((run) => isInked(run[0]) && !run.some(isOpen));
  if (!areMadeAlike(cards.map((card) => card.map(heightOf)))) return all;
  const lowest = Math.min(...cards.map((card) => sum(card.map(heightOf))));
  const areParted = cards.every((card) => card.slice(1).every(({ belowLine }) => belowLine));
  const gaps = runs.filter((run) => !isInked(run[0])).flat();
  const areGaps = gaps.every((gap) => isOpen(gap) || 2 * heightOf(gap) < lowest);
  const areWhole = runs.every((run) => run.length <= cards[0].length);
  if (!areParted || !areGaps || !areWhole) return all;
  return runs.map((run) => run.reduce((above, below) => union(profile, above, below)));
}

/**
 * Cards that begin with a strip of another colour, as a title bar, are one row with it: from gap to gap there is a strip, as high as in the
 * other cards, and what is higher below it.
 */
export function joinStrips(profile: RowProfile, all: readonly Stretch[]): readonly Stretch[] {
  const isOther = (one: Stretch, other: Stretch): boolean =>
    furthest(colourOf(profile, one), colourOf(profile, other)) > INK_DIFFERENCE;
  const whole = runsOf(all).filter((run) => isInked(run[0]) && !run.some(isOpen));
  const titled = whole.filter(
    (run) => run.length === 2 && heightOf(run[0]) < heightOf(run[1]) && isOther(run[0], run[1]),
  );
  if (titled.length < FEWEST_CARDS || 2 * titled.length < whole.length) return all;
  const height = middleOf(titled.map(([strip]) => heightOf(strip)));
  const isStrip = (i: number): boolean => {
    const [strip, body] = [all.at(i), all.at(i + 1)];
    if (i < 0 || strip === undefined || body === undefined || !isInked(strip) || !isInked(body)) return false;
    const missing = height - heightOf(strip);
    const isCut = strip.openTop && missing > 0;
    return (isCut || Math.abs(missing) <= EDGE_SLACK) && isOther(strip, body);
  };
  if (!titled.every(([strip]) => isStrip(all.indexOf(strip)))) return all;
  return all.flatMap((stretch, i) => {
    if (isStrip(i - 1)) return [union(profile, all[i - 1], stretch)];
    return isStrip(i) ? [] : [stretch];
  });
}

/** Neighbours with ink, and those without. */
function runsOf(all: readonly Stretch[]): Stretch[][] {
  const runs: Stretch[][] = [];
  for (const stretch of all) {
    const last = runs.at(-1);
    if (last !== undefined && isInked(last[0]) === isInked(stretch)) last.push(stretch);
    else runs.push([stretch]);
  }
  return runs;
}

/** By the heights of their parts, from top to bottom. */
function areMadeAlike(cards: readonly (readonly number[])[]): boolean {
  if (cards.length < FEWEST_CARDS) return false;
  const [first] = cards;
  if (first.length < 2 || cards.some((card) => card.length !== first.length)) return false;
  const uneven = first.flatMap((_, part) => {
    const heights = cards.map((card) => card[part]);
    return Math.max(...heights) - Math.min(...heights) > EDGE_SLACK ? [part] : [];
  });
  const isHighest = (card: readonly number[], part: number): boolean =>
    card.every((height, at) => at === part || card[part] > height + SAME_ROOM);
  // Two that are alike are rows, with the heading of their group maybe.
  const areRows = cards.some((card) =>
    card.some((height, at) => card.slice(at + 1).some((other) => Math.abs(other - height) <= SAME_ROOM)),
  );
  if (areRows) return false;
  if (uneven.length === 0) return true;
  return (
    uneven.length === 1 && cards.length >= FEWEST_UNEVEN && cards.every((card) => isHighest(card, uneven[0]))
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
