import { type Rect, containsRect, overlaps } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { findLines } from '../measure/find-lines.js';
import type { FlatPart } from './flat-parts.js';

/** A line that parts the screen goes over this share of its width. */
const PARTING_SHARE = 0.6;
const MIN_BAND_PX = 20;
/** CSS pixels. */
const PANEL = { width: 120, height: 64 };
const MAX_PANELS = 8;
/** A frame, its inside and what it is drawn around are one. CSS pixels. */
const SAME_PLACE = 6;

/** The parts of the screen between lines that go over most of its width, those with a list in them left out. */
export function findBands(image: ImageBuffer, lists: readonly Rect[]): readonly Rect[] {
  const parting = findLines(image, 'y')
    .filter(({ length }) => length >= PARTING_SHARE * image.width)
    .map(({ at }) => Math.round(at));
  const ends = [0, ...parting, image.height];
  return ends.slice(1).flatMap((bottom, i) => {
    const rect = { x: 0, y: ends[i], width: image.width, height: bottom - ends[i] };
    return rect.height < MIN_BAND_PX || lists.some((list) => overlaps(rect, list)) ? [] : [rect];
  });
}

/** The greatest boxes and frames that are larger than what one clicks and are no list, band or page, greatest first. */
export function findPanels(
  parts: readonly FlatPart[],
  { bands, lists }: Readonly<{ bands: readonly Rect[]; lists: readonly Rect[] }>,
  { page, scale }: Readonly<{ page: Rect; scale: number }>,
): readonly Rect[] {
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_PLACE * scale;
  const isSame = (a: Rect, b: Rect): boolean =>
    near(a.x, b.x) &&
    near(a.y, b.y) &&
    near(a.x + a.width, b.x + b.width) &&
    near(a.y + a.height, b.y + b.height);
  const panels: Rect[] = [];
  const sized = parts
    .filter(({ width, height }) => width >= PANEL.width * scale && height >= PANEL.height * scale)
    .sort((a, b) => b.width * b.height - a.width * a.height);
  for (const { x, y, width, height } of sized) {
    const panel = { x, y, width, height };
    const isCell = lists.some((list) => overlaps(list, panel) && !containsRect(panel, list));
    if (
      width < page.width &&
      !isCell &&
      ![...bands, ...lists, ...panels].some((other) => isSame(other, panel))
    )
      panels.push(panel);
  }
  return panels.slice(0, MAX_PANELS);
}

/** A line down the rows shows along this share of a list: buttons in a column are apart. */
const INNER_SHARE = 0.36;

/** The columns of a list between the first and the last line down its rows that is not a side of it: a grid's lines, or the sides of a column of buttons. */
export function innerColumns(image: ImageBuffer, { x, y, width, height }: Rect): Rect | null {
  const inside = findLines(image, 'x')
    .filter(
      ({ at, length }) =>
        at > x + SAME_PLACE && at < x + width - SAME_PLACE && length >= INNER_SHARE * height,
    )
    .map(({ at }) => Math.round(at));
  const [first, last] = [inside.at(0), inside.at(-1)];
  return first === undefined || last === undefined || first === last
    ? null
    : { x: first, y, width: last - first, height };
}
