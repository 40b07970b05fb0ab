import type { InkCluster } from '../profile/row-clusters.js';
import type { Heights } from '../row-heights.js';
import type { RowProfile } from '../profile/row-profile.js';
import { heightOf, type Cell } from '../row-cell.js';
import { middleOf } from '../profile/row-ink.js';
import { type Stretch, isOpen } from './row-stretches.js';

/** Boundaries, and ink of a row beside them, are this far off. Pixels. */
const OFF = 1;
/** So many rows with a background of their own tell where the others lie. */
const FEWEST_DRAWN = 2;
/** Less space between rows than so many pixels may as well be rows of unequal height. */
const LEAST_SPACE = 3;
/** A selected row may be shaded in steps: this share of its height away from its ends. */
const SHADED = 0.25;

interface Drawn {
  /** The top of one row, the height of all, and how far each is from the next. */
  readonly top: number;
  readonly height: number;
  readonly pitch: number;
}

/**
 * The rows of a list with space between them, of which only some have a background of their own, as every other one has in a
 * striped list: the others are as high and as far from these. Null where it is not so: where no row fills its stretch but for a space
 * above and below, shows more than the drawn ones, or has ink in the spaces.
 */
export function spacedRows({ height }: RowProfile, all: readonly Stretch[], heights: Heights): Cell[] | null {
  const inked = all.filter(({ clusters }) => clusters.length > 0);
  const drawn = drawnRows(inked, heights);
  if (drawn === null) return null;
  const clusters = inked.flatMap((stretch) => stretch.clusters);
  const cells: Cell[] = [];
  for (let i = -Math.ceil(drawn.top / drawn.pitch); drawn.top + i * drawn.pitch < height; i++) {
    const top = Math.round(drawn.top + i * drawn.pitch);
    cells.push({ top, bottom: top + drawn.height });
  }
  const isIn = (ink: InkCluster, { top, bottom }: Cell): boolean =>
    ink.top >= top - OFF && ink.bottom <= bottom + OFF;
  if (!clusters.every((ink) => cells.some((cell) => isIn(ink, cell)))) return null;
  const offEnd = (y: number): number =>
    Math.min(...cells.flatMap((cell) => [Math.abs(cell.top - y), Math.abs(cell.bottom - y)]));
  const offs = all.filter(({ openTop }) => !openTop).map(({ top }) => offEnd(top));
  if (offs.some((off) => off > OFF && off < drawn.height * SHADED)) return null;
  return cells.filter((cell) => clusters.some((ink) => isIn(ink, cell)));
}

/** What boundaries on both sides say, and what lies between two of them. */
function drawnRows(inked: readonly Stretch[], { minHeight }: Heights): Drawn | null {
  const closed = inked.filter(({ openTop, openBottom, byLine }) => !openTop && !openBottom && !byLine);
  const sizes = closed.map(heightOf).sort((a, b) => a - b);
  const height = sizes.find((size, i) => size >= minHeight && sizes[i + FEWEST_DRAWN - 1] - size <= OFF);
  if (height === undefined) return null;
  const drawn = closed.filter((stretch) => Math.abs(heightOf(stretch) - height) <= OFF);
  const wide = closed.filter((stretch) => {
    const { top, bottom } = stretch;
    const isWide = heightOf(stretch) >= height + 2 * LEAST_SPACE && heightOf(stretch) < 2 * height;
    return isWide && drawn.some((other) => other.bottom === top || other.top === bottom);
  });
  if (wide.length === 0) return null;
  const more = Math.max(...wide.map(heightOf)) - height;
  if (middleOf(wide.map(inkHeight)) - middleOf(drawn.map(inkHeight)) >= more / 2) return null;
  const { top } = drawn[0];
  const last = drawn[drawn.length - 1].top - top;
  const pitch = last / Math.round(last / (height + more / 2));
  const isOnGrid = ({ top: at }: Stretch): boolean =>
    Math.abs(at - top - Math.round((at - top) / pitch) * pitch) <= OFF;
  if (!drawn.every(isOnGrid)) return null;
  // With a space beside it, what lies between the region's end and a drawn row is not as high as that row.
  const isFlush = (end: Stretch): boolean =>
    drawn.some((other) => touches(end, other)) && Math.abs(heightOf(end) - height) <= OFF;
  if (inked.filter(isOpen).some(isFlush)) return null;
  return alternate(closed, { drawn, height, pitch, minHeight }) ? { top, height, pitch } : null;
}

/**
 * Whether what touches a drawn row is as high as an other one with the spaces on both sides of it, or, beside one that is selected, on
 * one. Rows of unequal height touch, too, but are of all heights.
 */
function alternate(
  closed: readonly Stretch[],
  {
    drawn,
    height,
    pitch,
    minHeight,
  }: { readonly drawn: readonly Stretch[] } & Omit<Drawn, 'top'> & Pick<Heights, 'minHeight'>,
): boolean {
  const others = closed.filter((stretch) => !drawn.includes(stretch) && heightOf(stretch) >= minHeight);
  const isAbout = (other: Stretch, about: number): boolean => Math.abs(heightOf(other) - about) <= OFF;
  const wide = others.filter((other) => isAbout(other, 2 * pitch - height));
  const odd = others.filter((other) => !wide.includes(other));
  const isApart = (alike: readonly Stretch[]): boolean =>
    !alike.some((one) => alike.some((other) => touches(one, other)));
  const isBeside = (one: Stretch): boolean =>
    odd.every((other) => touches(one, other) && isAbout(other, pitch));
  return isApart(drawn) && isApart(wide) && drawn.some(isBeside);
}

function touches(one: Stretch, other: Stretch): boolean {
  return one.bottom === other.top || one.top === other.bottom;
}

function inkHeight({ clusters }: Stretch): number {
  return clusters[clusters.length - 1].bottom - clusters[0].top;
}
