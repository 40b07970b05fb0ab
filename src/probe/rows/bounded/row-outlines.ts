import { furthest } from '../profile/row-background.js';
import { EDGE_SLACK, heightOf } from '../row-cell.js';
import { INK_DIFFERENCE } from '../profile/row-ink.js';
import { rowsOfLine } from './row-borders.js';
import { colourOf } from './row-covers.js';
import { union } from './row-join.js';
import type { RowProfile } from '../profile/row-profile.js';
import { type Stretch, isInked } from './row-stretches.js';

/** A border of three pixels on a screen twice as dense. */
const THICKEST = 6;
/** The same border above and below a card differs by so many levels in a JPEG. */
const SAME_LINE = 16;
/** And gaps by so many pixels. */
const SAME_GAP = 1;

/** A strip beside a card, and the gap beyond it. */
interface Beside {
  readonly strip: Stretch | undefined;
  readonly gap: Stretch | undefined;
}

/**
 * A card's border that is thick enough to be a strip of its own is part of the card: it is blank, lies between the card's ink and a gap, which
 * is higher, and stands out further from both of them than these from each other, or is the same above the card and below. A shadow below it
 * is the gap's. What is as high as a gap between two cards is one, where the region's end cuts the card below it.
 */
export function joinOutlines(profile: RowProfile, all: readonly Stretch[]): readonly Stretch[] {
  const parts = [...all];
  const [above, below] = [new Set<Stretch>(), new Set<Stretch>()];
  const gaps = all.slice(1, -1).filter((gap, i) => !isInked(gap) && isInked(all[i]) && isInked(all[i + 2]));
  const isGap = (part: Stretch | undefined): boolean =>
    part !== undefined && gaps.some((gap) => Math.abs(heightOf(gap) - heightOf(part)) <= SAME_GAP);
  for (const [i, card] of all.entries()) {
    if (!isInked(card) || isGap(parts.at(i + 1))) continue;
    const upper = { strip: parts.at(i - 1), gap: parts.at(i - 2) };
    const lower = withoutShadow(profile, { strip: parts.at(i + 1), gap: parts.at(i + 2) });
    const isFramed = i > 1 && areAlike(profile, upper, lower);
    if (i > 1 && (isFramed || isOutline(profile, card, upper))) above.add(upper.strip!);
    if (!isFramed && !isOutline(profile, card, lower)) continue;
    parts.splice(i + 1, 2, lower.strip!, lower.gap!);
    below.add(lower.strip!);
  }
  const joined: Stretch[] = [];
  for (const [i, part] of parts.entries()) {
    const last = joined.at(-1);
    const isPart = below.has(part) || (i > 0 && above.has(parts[i - 1]));
    if (last !== undefined && isPart) joined[joined.length - 1] = union(profile, last, part);
    else joined.push(part);
  }
  return joined;
}

function isOutline(profile: RowProfile, card: Stretch, beside: Beside): boolean {
  if (!isLine(beside)) return false;
  const [inside, line, ground] = [card, beside.strip!, beside.gap!].map((cell) => colourOf(profile, cell));
  return Math.min(furthest(line, inside), furthest(line, ground)) > furthest(inside, ground);
}

function isLine({ strip, gap }: Beside): boolean {
  if (strip === undefined || gap === undefined || isInked(strip) || isInked(gap)) return false;
  return heightOf(strip) <= THICKEST && heightOf(gap) > heightOf(strip);
}

/** Whether the strips above and below a card are of one colour, which stands out from the ground, and as high. */
function areAlike(profile: RowProfile, upper: Beside, lower: Beside): boolean {
  if (!isLine(upper) || !isLine(lower)) return false;
  const [above, below, ground] = [upper.strip!, lower.strip!, lower.gap!].map((cell) =>
    colourOf(profile, cell),
  );
  return (
    Math.abs(heightOf(upper.strip!) - heightOf(lower.strip!)) <= EDGE_SLACK / 2 &&
    furthest(above, below) <= SAME_LINE &&
    furthest(below, ground) > INK_DIFFERENCE
  );
}

/** A strip below a card without the shadow that was found with it, which is the gap's. */
function withoutShadow(profile: RowProfile, { strip, gap }: Beside): Beside {
  if (strip === undefined || gap === undefined || isInked(strip) || isInked(gap)) return { strip, gap };
  const line = colourOf(profile, { top: strip.top, bottom: strip.top + 1 });
  const end = strip.top + rowsOfLine(profile, strip, { line, ground: colourOf(profile, gap) });
  return { strip: { ...strip, bottom: end }, gap: { ...gap, top: end } };
}
