import { middle, middleOf } from '../profile/row-ink.js';
import type { Heights } from '../row-heights.js';
import type { RowProfile } from '../profile/row-profile.js';
import { heightOf, type Cell } from '../row-cell.js';
import { LINE_SHARE, type Stretch, touching } from './row-stretches.js';

/** Sections differ from a whole number of rows by the same room, give or take so many pixels, which is between these shares of a row. */
const OFF = 1;
const ROOM = { least: 0.3, most: 0.5 };
/** Letters are off the middle of their row by no more than this share of it. */
const OFF_MIDDLE = 0.2;

/**
 * The rows of a menu: sections of rows of one line, parted by separators with the same room above and below each. Sections of different
 * numbers of lines tell how high a row is and how much room there is; the row under the pointer may have a background of its own. Null
 * where it is not so, or where it may be rows of several lines: these have less or more room around them, or none of one
 * line among them.
 */
export function sectionRows(
  { height }: RowProfile,
  all: readonly Stretch[],
  { least }: Heights,
): Cell[] | null {
  const inked = touching(all);
  if (inked === null) return null;
  const isAboveLine = (stretch: Stretch): boolean => inked.at(inked.indexOf(stretch) + 1)?.belowLine ?? false;
  const sections = inked.filter((stretch) => stretch.belowLine && isAboveLine(stretch));
  const [fewest, most] = [Math.min, Math.max].map((of) =>
    of(...sections.map(({ clusters }) => clusters.length)),
  );
  if (sections.length < 2 || fewest === most) return null;
  const heightWith = (count: number): number =>
    middleOf(sections.filter(({ clusters }) => clusters.length === count).map(heightOf));
  const pitch = (heightWith(most) - heightWith(fewest)) / (most - fewest);
  const room = heightWith(fewest) - fewest * pitch;
  if (pitch < least || room < ROOM.least * pitch || room > ROOM.most * pitch) return null;
  if (inked.every(({ clusters }) => clusters.length > 1)) return null;
  const lines = inked.flatMap(({ clusters }) => clusters);
  if (LINE_SHARE * middleOf(lines.map(heightOf)) > pitch) return null;
  const above = Math.floor(room / 2);
  const cells = inked.flatMap((stretch) => {
    const { top, bottom, openTop, clusters } = stretch;
    const [start, end] = [
      top + (stretch.belowLine ? above : 0),
      bottom - (isAboveLine(stretch) ? room - above : 0),
    ];
    const isWhole = Math.abs(end - start - clusters.length * pitch) <= OFF;
    if (!isWhole && !openTop && !stretch.openBottom) return [];
    const from = isWhole || !openTop ? start : end - clusters.length * pitch;
    return clusters.map((_, i) => ({
      top: Math.round(from + i * pitch),
      bottom: Math.round(from + (i + 1) * pitch),
    }));
  });
  const isIn = (line: Cell, i: number): boolean =>
    line.top <= 0 || line.bottom >= height || Math.abs(middle(line) - middle(cells[i])) <= OFF_MIDDLE * pitch;
  return cells.length === lines.length && lines.every(isIn) ? cells : null;
}
