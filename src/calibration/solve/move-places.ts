import { PixelproofError } from '../../core/errors.js';
import type { Size } from '../../core/geometry.js';
import type { AxisMap } from '../measure/fit-axis.js';
import type { Calibration } from '../file/schema.js';
import { showValue } from '../file/show-value.js';

/** Where in a calibration something stands, such as `['regions', 'header', 'rect']`. */
export type PlacePath = readonly (string | number)[];

/** A new value for one place in a calibration file. */
export interface PlaceEdit {
  readonly path: PlacePath;
  readonly from: number | string | readonly number[];
  readonly to: number | string | readonly number[];
}

export interface LayoutMap {
  readonly x: AxisMap;
  readonly y: AxisMap;
  /** The new screenshot's size; places are cut off there. */
  readonly size: Size;
}

/**
 * What has to change in a calibration whose layout has moved: every point, rectangle, column and row height through the map, in
 * whole pixels. Edges are rounded, so that what touched still does; swatches are rounded inwards, away from the blurred
 * pixels at their edges. Only what differs is answered. `viewport` changes when the size does (`deviceScaleFactor` stays).
 *
 * Errors: PXP_CALIBRATION, naming the place, when nothing of one is left inside, or a point or part of an anchor is outside, with a
 * hint when a larger window would show it. A mask or a counter that left
 * takes the pixels nearest to it.
 */
export function movePlaces(calibration: Calibration, map: LayoutMap): readonly PlaceEdit[] {
  const { points, regions, swatches, anchors, lists, counters, modals, masks, viewport } = calibration;
  const { x, y, size } = map;
  const edits: PlaceEdit[] = [];
  const set = (path: PlacePath, from: PlaceEdit['from'], to: PlaceEdit['to']): void => {
    if (String(from) !== String(to)) edits.push({ path, from, to });
  };
  const areaAt = (path: PlacePath, rect: Corners): void => set(path, rect, cut(map, path, rect));
  set(['viewport', 'width'], viewport.width, size.width / viewport.deviceScaleFactor);
  set(['viewport', 'height'], viewport.height, size.height / viewport.deviceScaleFactor);
  for (const [name, { at, fallbacks }] of Object.entries(points)) {
    for (const [path, spot] of [
      [['points', name, 'at'], at] as const,
      ...fallbacks.map((each, i) => [['points', name, 'fallbacks', i], each] as const),
    ]) {
      set(path, spot, pixel(map, path, spot));
    }
  }
  for (const [name, { rect }] of Object.entries(regions)) areaAt(['regions', name, 'rect'], rect);
  for (const [name, { rect }] of Object.entries(swatches)) {
    const path = ['swatches', name, 'rect'];
    set(path, rect, inwards(map, cut(map, path, rect), rect));
  }
  for (const [name, anchor] of Object.entries(anchors)) {
    if (!('template' in anchor)) {
      const path = ['anchors', name, 'rect'];
      const moved = area(map, anchor.rect);
      if (String(cut(map, path, anchor.rect)) !== String(moved)) throw outside(path, moved, size);
      set(path, anchor.rect, moved);
      continue;
    }
    const { search, at } = anchor;
    if (typeof search !== 'string') areaAt(['anchors', name, 'search'], search);
    if (at !== undefined) {
      const path = ['anchors', name, 'at'];
      const [left, top] = area(map, [at[0], at[1], 1, 1]);
      if (left < 0 || top < 0 || left >= size.width || top >= size.height)
        throw outside(path, [left, top], size);
      set(path, at, [left, top]);
    }
  }
  for (const [name, { region, rows, action, identity }] of Object.entries(lists)) {
    const path = ['lists', name] as const;
    if (rows.first !== undefined) {
      set([...path, 'rows', 'first'], rows.first, Math.round(apply(y, rows.first)));
    }
    if (rows.pitch !== undefined) {
      set([...path, 'rows', 'pitch'], rows.pitch, Math.round(rows.pitch * y.scale * 100) / 100);
    }
    set(
      [...path, 'rows', 'minHeight'],
      rows.minHeight,
      Math.max(1, Math.floor(rows.minHeight * y.scale + TINY)),
    );
    set([...path, 'rows', 'maxHeight'], rows.maxHeight, Math.ceil(rows.maxHeight * y.scale - TINY));
    for (const [key, part] of Object.entries({ action, identity })) {
      if (part === undefined || !('columns' in part)) continue;
      const [, top, , height] = regions[region].rect;
      const [left, , width] = cut(
        map,
        [...path, key, 'columns'],
        [part.columns[0], top, part.columns[1], height],
      );
      set([...path, key, 'columns'], part.columns, [left, width]);
    }
    if (action !== undefined && 'minArea' in action) {
      // Of what the window cuts off as much is left to see as of its columns.
      const [left, , width] = area(map, [action.columns[0], 0, action.columns[1], 1]);
      const shown = (Math.min(size.width, left + width) - Math.max(0, left)) / width;
      const minArea = Math.max(1, Math.floor(action.minArea * x.scale * y.scale * shown + TINY));
      set([...path, 'action', 'minArea'], action.minArea, minArea);
    }
  }
  // One that left the window cannot be read, and its list goes without it.
  for (const [name, { rect }] of Object.entries(counters))
    set(['counters', name, 'rect'], rect, clamped(map, rect));
  for (const [name, { box }] of Object.entries(modals)) areaAt(['modals', name, 'box'], box);
  for (const [i, { rect }] of masks.entries()) set(['masks', i, 'rect'], rect, clamped(map, rect));
  return edits;
}

type Corners = readonly [x: number, y: number, width: number, height: number];

/** Products such as 44 * 1 that come out as 43.999999999999996. */
const TINY = 1e-6;

const apply = ({ scale, shift }: AxisMap, value: number): number => scale * value + shift;

/** A point is a pixel: its middle is what moves. */
function pixel({ x, y, size }: LayoutMap, path: PlacePath, at: readonly [number, number]): number[] {
  const moved = [Math.floor(apply(x, at[0] + 0.5)), Math.floor(apply(y, at[1] + 0.5))];
  if (moved[0] >= 0 && moved[1] >= 0 && moved[0] < size.width && moved[1] < size.height) return moved;
  throw outside(path, moved, size);
}

function area({ x, y }: LayoutMap, [left, top, width, height]: Corners): [number, number, number, number] {
  const from = [Math.round(apply(x, left)), Math.round(apply(y, top))];
  const to = [Math.round(apply(x, left + width)), Math.round(apply(y, top + height))];
  return [from[0], from[1], Math.max(1, to[0] - from[0]), Math.max(1, to[1] - from[1])];
}

function cut(map: LayoutMap, path: PlacePath, rect: Corners): [number, number, number, number] {
  const moved = area(map, rect);
  const [left, top, width, height] = moved;
  const x = Math.max(0, left);
  const y = Math.max(0, top);
  const inside = [Math.min(map.size.width, left + width) - x, Math.min(map.size.height, top + height) - y];
  if (inside[0] < 1 || inside[1] < 1) throw outside(path, moved, map.size);
  return [x, y, inside[0], inside[1]];
}

function clamped(map: LayoutMap, rect: Corners): [number, number, number, number] {
  const [left, top, width, height] = area(map, rect);
  const x = Math.min(Math.max(0, left), map.size.width - 1);
  const y = Math.min(Math.max(0, top), map.size.height - 1);
  const [right, bottom] = [Math.min(map.size.width, left + width), Math.min(map.size.height, top + height)];
  return [x, y, Math.max(1, right - x), Math.max(1, bottom - y)];
}

/** Where there is room: of a swatch one pixel wide the pixel stays. */
function inwards(
  { x, y }: LayoutMap,
  rounded: [number, number, number, number],
  [left, top, width, height]: Corners,
): [number, number, number, number] {
  const within = (
    map: AxisMap,
    start: number,
    length: number,
    [at, size]: [number, number],
  ): [number, number] => {
    const from = Math.max(at, Math.ceil(apply(map, start) - TINY));
    const to = Math.min(at + size, Math.floor(apply(map, start + length) + TINY));
    return to > from ? [from, to - from] : [at, size];
  };
  const [newX, newWidth] = within(x, left, width, [rounded[0], rounded[2]]);
  const [newY, newHeight] = within(y, top, height, [rounded[1], rounded[3]]);
  return [newX, newY, newWidth, newHeight];
}

function outside(path: PlacePath, moved: readonly number[], { width, height }: Size): PixelproofError {
  const where = path.join('.');
  return new PixelproofError('PXP_CALIBRATION', `\`${where}\` is no longer in view`, {
    where,
    expected: `pixels within ${width}x${height}`,
    received: showValue(moved),
    ...(moved[0] + (moved[2] ?? 1) > 0 && moved[1] + (moved[3] ?? 1) > 0
      ? { hint: 'use a larger window, or remove it' }
      : {}),
  });
}
