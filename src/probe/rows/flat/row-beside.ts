import { type Cell, heightOf } from '../row-cell.js';
import type { InkCluster } from '../profile/row-clusters.js';
import { isInkAt, median, middle } from '../profile/row-ink.js';
import type { RowProfile } from '../profile/row-profile.js';
import type { Member } from './row-groups.js';

/** So many blank columns part a mark from the text beside it. */
const GAP = 6;
/** A mark is no wider than so many times the row's ink is high. */
const WIDE = 2;
/** An icon is as wide as high but for this share. What is not may be letters, which tell nothing unless the row's ink is so many times as high. */
const SQUARE = 0.3;
const SEVERAL = 1.5;
/** Blank rows inside of one line of letters: more part two lines, which are text. */
const WITHIN = 2;
/** So few rows tell nothing, and of them this share has the mark at one place, give or take a pixel, of a JPEG what its ringing reaches. */
const FEWEST = 3;
const MOST = 0.8;
const ALIKE = { lossless: 1, jpeg: 3 };
/** Marks at both ends are at one height, give or take so much. Pixels. */
const SAME = 2;
/** It is off the middle of all the ink by no more than this share of that: what is beside a first line is not in the row's middle. */
const LEAN = 0.15;

/** A column of the image, how many it is wide, and the rows of the region. */
interface Mark extends Cell {
  readonly edge: number;
  readonly width: number;
}

/**
 * Where the middle of the first of some rows is that have an icon, a check box or a number at one end, at one place and as high in each: these are
 * drawn in the middle of a row, and letters make them neither higher nor lower. Null where there is none, or two that differ.
 */
export function middleOfMarks(profile: RowProfile, chain: readonly Member[], pitch: number): number | null {
  if (chain.length < FEWEST) return null;
  const rough = median(chain.map(({ index, ink }) => middle(ink) - index * pitch));
  const height = median(chain.map(({ ink }) => heightOf(ink)));
  const found = [1, -1].flatMap((inward) => {
    const mark = usualMark(profile, chain, { pitch, inward });
    if (mark === null || Math.abs(middle(mark) - rough) > LEAN * height) return [];
    const isIcon = Math.abs(mark.width / heightOf(mark) - 1) <= SQUARE;
    return isIcon || height > SEVERAL * heightOf(mark) ? [middle(mark)] : [];
  });
  const [first, last] = [found[0], found[found.length - 1]];
  return found.length > 0 && Math.abs(first - last) <= SAME ? first : null;
}

/** The mark that most rows have at one end, as the first has it. */
function usualMark(
  profile: RowProfile,
  chain: readonly Member[],
  { pitch, inward }: { readonly pitch: number; readonly inward: number },
): Mark | null {
  const alike = profile.noise > 1 ? ALIKE.jpeg : ALIKE.lossless;
  const marks = chain.flatMap(({ index, ink }) => {
    const mark = markOf(profile, ink, inward);
    return mark === null
      ? []
      : [{ ...mark, top: mark.top - index * pitch, bottom: mark.bottom - index * pitch }];
  });
  if (marks.length < MOST * chain.length) return null;
  const usual = (measure: (mark: Mark) => number): number => median(marks.map(measure));
  const mark = {
    edge: usual(({ edge }) => edge),
    width: usual(({ width }) => width),
    top: usual(({ top }) => top),
    bottom: usual(({ bottom }) => bottom),
  };
  const isLike = ({ edge, top, bottom }: Mark): boolean =>
    Math.max(Math.abs(edge - mark.edge), Math.abs(top - mark.top), Math.abs(bottom - mark.bottom)) <= alike;
  return marks.filter(isLike).length < MOST * chain.length ? null : mark;
}

/** The first piece of a row's ink from its left end (inward 1) or its right end (-1), where it is one and there is more beyond it. */
function markOf(profile: RowProfile, ink: InkCluster, inward: number): Mark | null {
  const { left, right, step } = profile;
  const sides = [
    Math.min(...left.subarray(ink.top, ink.bottom)),
    Math.max(...right.subarray(ink.top, ink.bottom)),
  ];
  const [edge, end] = inward > 0 ? sides : [sides[1], sides[0]];
  const filled = new Uint8Array(heightOf(ink));
  let last = edge;
  for (let x = edge; Math.abs(x - last) <= GAP; x += inward * step) {
    if ((end - x) * inward < 0 || Math.abs(x - edge) > WIDE * heightOf(ink)) return null;
    for (let y = ink.top; y < ink.bottom; y++) {
      if (!isInkAt(profile, x, y)) continue;
      filled[y - ink.top] = 1;
      last = x;
    }
  }
  const first = filled.indexOf(1);
  const bottom = filled.lastIndexOf(1) + 1;
  for (let y = first, blank = 0; y < bottom; y++) {
    blank = filled[y] === 1 ? 0 : blank + 1;
    if (blank > WITHIN) return null;
  }
  const width = Math.abs(last - edge) + step;
  return first < 0 ? null : { edge, width, top: ink.top + first, bottom: ink.top + bottom };
}
