import { type Block, blockColumns } from './row-blocks.js';
import type { InkCluster } from '../profile/row-clusters.js';
import type { Heights } from '../row-heights.js';
import { median, middle } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import { EDGE_SLACK, heightOf, type Cell } from '../row-cell.js';

/** So many distances of pictures tell how high rows are, and this share of all is that one: the others have a heading between. */
const FEWEST = 3;
const MOST = 0.6;
/** Pictures are as far apart but for rounding; a codec moves an edge by as much. Pixels. */
const EVEN = 1.5;
/** Text beside a picture reaches no further beyond it: that would be where the row's middle is. Pixels. */
const BESIDE = 3;
/** What is left for a heading, in rows: in more, others may be that have no picture. */
const HIGHEST = 1.5;
/** That pictures are in the middle of their rows is likely, but not drawn. */
const SCORE = 0.75;

/**
 * The rows of a stretch between headings that nothing is drawn between, by the picture that each has: of one size, at one place, and
 * evenly apart within a group. The lines beside them may be one or two, and headings be as near to rows as these to each other: their
 * distances tell nothing. Each row is as high as pictures are apart, with its picture in the middle; what is left between two groups is the
 * heading. Null where pictures are not so, are not the highest in their rows, or leave room for more than a heading.
 */
export function picturedRows(
  profile: RowProfile,
  { top, bottom, clusters }: Cell & { readonly clusters: readonly InkCluster[] },
  { least, most }: Heights,
): { readonly cells: readonly Cell[]; readonly score: number } | null {
  // Looking for pictures costs as much as all else: not where too few inks could be some.
  if (clusters.length <= FEWEST) return null;
  const pictures = picturesIn(profile, { top, bottom });
  const middles = pictures.map(middle);
  const steps = middles.slice(1).map((at, i) => at - middles[i]);
  if (steps.length < FEWEST) return null;
  const usual = median([...steps]);
  const even = steps.filter((step) => Math.abs(step - usual) <= EVEN);
  const isGroup = (step: number): boolean => Math.abs(step - usual) <= EVEN || step > usual + BESIDE;
  if (even.length < Math.max(FEWEST, MOST * steps.length) || !steps.every(isGroup)) return null;
  const pitch = even.reduce((sum, step) => sum + step, 0) / even.length;
  if (pitch < least || pitch > most || pitch < heightOf(pictures[0])) return null;
  const rows = middles.map((at) => ({ top: Math.round(at - pitch / 2), bottom: Math.round(at + pitch / 2) }));
  const cells = rows.map((row, i) => {
    const next = rows.at(i + 1);
    return next !== undefined && Math.abs(next.top - row.bottom) <= EDGE_SLACK
      ? { ...row, bottom: next.top }
      : row;
  });
  const isIn = (ink: Cell, cell: Cell): boolean => ink.top < cell.bottom && ink.bottom > cell.top;
  const inRows = clusters.filter((ink) => cells.some((cell) => isIn(ink, cell)));
  const isBeside = (ink: Cell): boolean =>
    pictures.some((picture) => ink.top >= picture.top - BESIDE && ink.bottom <= picture.bottom + BESIDE);
  if (!inRows.every(isBeside)) return null;
  const others = clusters.filter((ink) => !inRows.includes(ink));
  const gaps = [{ top, bottom }, ...cells].map((above, i) => ({
    top: i === 0 ? top : above.bottom,
    bottom: cells.at(i)?.top ?? bottom,
  }));
  const headings = gaps.filter((gap) => others.some((ink) => isIn(ink, gap)));
  const isLeft = (gap: Cell, i: number): boolean =>
    i > 0 && i < cells.length && heightOf(gap) > 0 && !headings.includes(gap);
  if (gaps.some(isLeft) || headings.some((gap) => heightOf(gap) > HIGHEST * pitch)) return null;
  // Too little of a picture is none, but ink that the end cuts is no heading.
  const whole = headings.flatMap((gap) => {
    const inks = others.filter((ink) => isIn(ink, gap));
    if (heightOf(gap) >= pitch) return withPiece(gap, { inks, pitch, isLast: gap.bottom === bottom });
    if (others.some((ink) => ink.top <= top && isIn(ink, gap)))
      return { ...gap, top: Math.round(gap.bottom - pitch) };
    const isCut = others.some((ink) => ink.bottom >= bottom && isIn(ink, gap));
    return isCut ? { ...gap, bottom: Math.round(gap.top + pitch) } : gap;
  });
  return { cells: [...cells, ...whole].sort((a, b) => a.top - b.top), score: SCORE };
}

/** What is left at the end of a list as a row whose picture was not seen, and the piece of one that the region cuts, where no ink lies across. */
function withPiece(
  gap: Cell,
  {
    inks,
    pitch,
    isLast,
  }: { readonly inks: readonly Cell[]; readonly pitch: number; readonly isLast: boolean },
): readonly Cell[] {
  const end = Math.round(gap.top + pitch);
  const [row, piece] = [inks.filter((ink) => ink.bottom <= end), inks.filter((ink) => ink.top >= end)];
  const isCut = isLast && piece.some((ink) => ink.bottom >= gap.bottom);
  if (!isCut || row.length === 0 || row.length + piece.length < inks.length) return [gap];
  return [
    { top: gap.top, bottom: end },
    { top: end, bottom: Math.round(end + pitch) },
  ];
}

/** Of the column that has most of them, each as high as most are: what the end cuts is what it leaves of one. */
function picturesIn(profile: RowProfile, stretch: Cell): readonly Cell[] {
  const inside = { top: Math.max(0, stretch.top), bottom: Math.min(profile.height, stretch.bottom) };
  const columns = blockColumns(profile, [inside]);
  const column = columns.reduce<readonly Block[]>((a, b) => (b.length > a.length ? b : a), []);
  if (column.length === 0) return [];
  const height = median(column.map(heightOf));
  return column
    .map(({ top, bottom }) => {
      if (top <= inside.top) return { top: bottom - height, bottom };
      return bottom >= inside.bottom ? { top, bottom: top + height } : { top, bottom };
    })
    .sort((a, b) => a.top - b.top);
}
