import { type Colour, furthest } from '../profile/row-background.js';
import { middleOf } from '../profile/row-ink.js';
import { heightOf, type Cell } from '../row-cell.js';
import type { RowProfile } from '../profile/row-profile.js';
import { lumaOf } from '../profile/row-runs.js';
import { colourOf } from './row-covers.js';

/** A border of two or three pixels on a screen of up to twice the density. */
const THICKEST = 5;
/** Lower is no gap between cards. Pixels beside the border. */
const LEAST_GAP = 4;
/** A faint border is of at least so many rows, of one colour but for so many levels, and differs by so many from what is beside it. */
const THINNEST = 2;
const SAME = 1;
const STEP = 4;
/** Levels a border differs from the ground at least: above a card in a picture without loss, and elsewhere. */
const CLEAR = { above: 8, other: 20 };
/**
 * Shares of what it differs at most: all its rows do by the one, the last of them but for a row of anti-aliasing by the second, and
 * beyond them none by the third. A shadow falls over more rows.
 */
const BORDER = 0.5;
const WHOLE = 0.75;
const GROUND = 0.15;
/** The rows of a line are no further from its colour than this share of what that differs from the ground. */
const OF_LINE = 1 / 3;
/** So many cards show that they have one. */
const FEWEST = 2;
/** A card with its border is as high as the others, give or take so many pixels. */
const OFF = 1;

/**
 * Cards with the borders they have, above and below, where they were found without: a line between the ground and a card, as sharp on
 * both sides, is the card's. Most of the cards have it, for a single line may belong to something else, or one that is lower than the
 * others by just that, the selected one; below cards that have none above it is a shadow. Where a shadow begins at the lower one, that is what
 * has the colour of the upper one.
 */
export function withBorders<Row extends Cell>(profile: RowProfile, cells: readonly Row[]): readonly Row[] {
  const gaps = [...cells, null].map((cell, i) => ({
    top: i === 0 ? 0 : cells[i - 1].bottom,
    bottom: cell?.top ?? profile.height,
  }));
  const both = gaps.map((gap, i) => (i === 0 || i === cells.length ? 0 : borderOnBoth(profile, gap)));
  const above = gaps.slice(0, -1).map((gap, i) => both[i] || borderIn(profile, gap, -1));
  const below = gaps.slice(1).map((gap, i) => {
    const border = both[i + 1] || borderIn(profile, gap, 1);
    return border === 0
      ? borderLike(profile, gap, { top: cells[i].top - (above[i] ?? 0), bottom: cells[i].top })
      : border;
  });
  const usual = { above: areUsual(above), below: areUsual(above) && areUsual(below) };
  const height = middleOf(cells.map(heightOf));
  return cells.map((cell, i) => {
    const own = { above: above[i] ?? 0, below: below[i] ?? 0 };
    const missing = height - heightOf(cell);
    const has = (border: number): boolean => border > 0 && Math.abs(border - missing) <= OFF;
    const isOutlined = has(own.above + own.below);
    return {
      ...cell,
      top: usual.above || isOutlined || has(own.above) ? cell.top - own.above : cell.top,
      bottom: usual.below || isOutlined || has(own.below) ? cell.bottom + own.below : cell.bottom,
    };
  });
}

/** Whether most of the gaps, and not only one, have a border. */
function areUsual(borders: readonly (number | null)[]): boolean {
  const seen = borders.filter((border) => border !== null);
  const drawn = seen.filter((border) => border > 0);
  return drawn.length >= FEWEST && 2 * drawn.length >= seen.length;
}

/** How thick the border is at the end of a blank gap, the lower (-1) or the upper one; null where there is no gap. */
function borderIn(profile: RowProfile, { top, bottom }: Cell, way: 1 | -1): number | null {
  const height = bottom - top;
  if (height < LEAST_GAP) return null;
  const ground = lumaOf(profile, (top + bottom) >> 1);
  const strengths = Array.from({ length: Math.min(THICKEST + 1, (height + 1) >> 1) }, (_, i) =>
    Math.abs(lumaOf(profile, way === 1 ? top + i : bottom - 1 - i) - ground),
  );
  const strongest = Math.max(...strengths);
  // Below a card it may be the shadow's first rows.
  if (strongest < (profile.noise > 1 || way === 1 ? CLEAR.other : CLEAR.above)) return 0;
  const thickness = strengths.findIndex((strength) => strength < BORDER * strongest);
  const isGround = (strength: number | undefined): boolean =>
    strength !== undefined && strength < GROUND * strongest;
  const end = strengths.slice(0, thickness).findLastIndex((strength) => strength >= WHOLE * strongest) + 1;
  const isSharp = isGround(strengths.at(end)) || isGround(strengths.at(end + 1));
  // A separator with room on both sides is no ground between two borders.
  const grounds = Array.from({ length: height }, (_, i) => Math.abs(lumaOf(profile, top + i) - ground));
  const isWide = grounds.filter((off) => off < BORDER * strongest).length >= thickness;
  return thickness > 0 && isSharp && isWide ? thickness : 0;
}

/**
 * How thick the border is that begins and ends a gap, however faint, in a picture without loss: at both ends as many rows of one
 * colour, up to a step. A shadow changes from row to row, and ground is as far as the middle.
 */
function borderOnBoth(profile: RowProfile, { top, bottom }: Cell): number {
  const colourAt = (y: number): Colour => colourOf(profile, { top: y, bottom: y + 1 });
  const ends = [(i: number) => colourAt(top + i), (i: number) => colourAt(bottom - 1 - i)];
  const offs = ends.map((at) =>
    Array.from({ length: Math.min(THICKEST + 1, (bottom - top) >> 1) }, (_, i) => furthest(at(i), at(0))),
  );
  const [above, below] = offs.map((off) => off.findIndex((levels) => levels > SAME));
  const isStep = offs.every((off) => off[above] >= STEP);
  // Two rooms beside a separator are no borders: a gap is no thinner than one.
  const isGap = bottom - top >= 3 * above;
  return profile.noise <= 1 && above === below && above >= THINNEST && isGap && isStep ? above : 0;
}

/** How thick the line at the upper end of a gap is that is like the border above the card there, if not of the same thickness 0. */
function borderLike(profile: RowProfile, gap: Cell, border: Cell): number {
  const [line, ground] = [colourOf(profile, border), colourOf(profile, gap)];
  if (heightOf(border) === 0 || furthest(line, ground) < STEP) return 0;
  const thickness = rowsOfLine(profile, gap, { line, ground });
  return Math.abs(thickness - heightOf(border)) <= OFF ? thickness : 0;
}

/** How many of the first rows of a strip have the colour of a line rather than that of the ground. */
export function rowsOfLine(
  profile: RowProfile,
  { top, bottom }: Cell,
  { line, ground }: { readonly line: Colour; readonly ground: Colour },
): number {
  const most = OF_LINE * furthest(line, ground);
  let y = top;
  while (y < bottom && furthest(colourOf(profile, { top: y, bottom: y + 1 }), line) <= most) y++;
  return y - top;
}
