import { middleOf } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { lumaOf } from '../profile/row-runs.js';
import { heightOf, type Cell } from '../row-cell.js';

/** A lower border, and what of a shadow is taken for it, begins at most so many pixels above the end found. */
const REACH = 8;
/** A border of up to three pixels, and the blur beside it. */
const THICKEST = 5;
/** Lower is no gap between cards. */
const LEAST_GAP = 4;
/** Levels by which a border differs from both sides at least. */
const CLEAR = 8;
/** Shares of what the border differs from the ground: its own rows do by the first, a shadow's by less and more than the second. */
const FULL = 0.85;
const FAINT = 0.15;
const HALF = 0.5;
/** A shadow falls over so many rows at least; the blur of a sharp border over fewer. */
const FEWEST = 3;
/** An edge nearer than this is right. */
const OFF = 2;

/** A border seen from inside of a card: its first row, and by which share of it each row from there on differs from the ground beyond. */
interface Border {
  readonly start: number;
  readonly shares: readonly number[];
}

/**
 * Cards without the first rows of the shadow below them, which a JPEG makes as strong as the border: the lower border is as thick as
 * the upper one. A border that is thicker below ends as sharply as it begins.
 */
export function withoutShadows<Row extends Cell>(profile: RowProfile, cells: readonly Row[]): readonly Row[] {
  const upper = cells.slice(1).flatMap((cell, i) => {
    const border = borderAt(profile, cell.top, { gap: { top: cells[i].bottom, bottom: cell.top }, way: -1 });
    return border === null ? [] : [thicknessOf(border, HALF)];
  });
  if (upper.length === 0) return cells;
  const least = middleOf(upper);
  return cells.map((cell, i) => {
    const gap = { top: cell.bottom, bottom: cells.at(i + 1)?.top ?? profile.height };
    const border = borderAt(profile, cell.bottom, { gap, way: 1 });
    if (border === null) return cell;
    const full = thicknessOf(border, profile.noise > 1 ? FULL : 1);
    const fading = border.shares.slice(least).filter((share) => share < FULL).length;
    const end = border.start + Math.max(least, Math.min(full, least + 1));
    // A sharp border ends at once.
    const fades = fading >= FEWEST || (fading === FEWEST - 1 && full <= least + 1);
    const isShadow = fades && border.shares[border.shares.length - 1] < HALF;
    return isShadow && cell.bottom - end >= OFF ? { ...cell, bottom: end } : cell;
  });
}

/** How many rows from the border's first differ by the share at least, but for that first one, which is blurred. */
function thicknessOf({ shares }: Border, share: number): number {
  const beyond = shares.slice(1).findIndex((each) => each < share);
  return beyond === -1 ? shares.length : beyond + 1;
}

/** The border between a card and the gap below (1) or above it (-1), of which an end was found at `y`; null where none is clear. */
function borderAt(
  profile: RowProfile,
  y: number,
  { gap, way }: { readonly gap: Cell; readonly way: 1 | -1 },
): Border | null {
  if (heightOf(gap) < LEAST_GAP) return null;
  // From the card into the gap.
  const lumaAt = (i: number): number => lumaOf(profile, way === 1 ? y + i : y - 1 - i);
  const isInside = (i: number): boolean => {
    const row = way === 1 ? y + i : y - 1 - i;
    return row >= 0 && row < profile.height;
  };
  if (!isInside(-REACH - 1)) return null;
  const inside = lumaAt(-REACH - 1);
  const ground = lumaOf(profile, (gap.top + gap.bottom) >> 1);
  const last = Math.min(OFF, heightOf(gap) >> 1);
  const rows = Array.from({ length: REACH + last }, (_, i) => i - REACH);
  const sides = [1, -1].map((sign) =>
    rows.map((i) => Math.min(sign * (inside - lumaAt(i)), sign * (ground - lumaAt(i)))),
  );
  const most = sides.map((strengths) => Math.max(...strengths));
  const side = most[0] >= most[1] ? 0 : 1;
  if (most[side] < CLEAR) return null;
  const sign = side === 0 ? 1 : -1;
  const strongest = rows[sides[side].indexOf(most[side])];
  let start = strongest;
  while (start > -REACH && sign * (inside - lumaAt(start - 1)) >= HALF * sign * (inside - lumaAt(strongest)))
    start--;
  const shares: number[] = [];
  for (let i = start; isInside(i) && i < start + REACH + THICKEST; i++) {
    const share = (sign * (ground - lumaAt(i))) / (sign * (ground - lumaAt(strongest)));
    if (i > strongest && share < FAINT) break;
    shares.push(share);
  }
  return { start: way === 1 ? y + start : y - start, shares };
}
