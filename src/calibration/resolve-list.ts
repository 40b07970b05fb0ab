import { PixelproofError } from '../core/errors.js';
import type { Rect } from '../core/geometry.js';
import { parseColor } from '../probe/color/color.js';
import type { Calibration } from './file/schema.js';
import { type Place, cut } from './in-view.js';
import type { ResolvedAction, ResolvedCalibration, ResolvedList } from './resolved-calibration.js';

/** Rows lower than this are not told apart. Pixels. */
const MIN_ROW_HEIGHT = 4;

type Columns = NonNullable<Calibration['lists'][string]['identity']>;

/** A list of the file with its heights in pixels and its columns in the region as it is now. */
export function resolveList(
  {
    name,
    entry,
    rect,
    region,
  }: Readonly<{
    name: string;
    entry: Calibration['lists'][string];
    rect: Rect;
    region: Calibration['regions'][string];
  }>,
  place: Place,
  find: Pick<ResolvedCalibration, 'point' | 'anchor' | 'counter'>,
): ResolvedList {
  const { placement } = place;
  const scale = placement.lengthScale(region.pin);
  const columns = ({ columns: [x, width], pin = region.pin }: Columns): Rect => {
    const across = placement.rect([x, region.rect[1], width, region.rect[3]], pin);
    return cut(place, { ...across, y: rect.y, height: rect.height });
  };
  const { first = region.rect[1], pitch, minHeight, maxHeight } = entry.rows;
  const [x, , width] = region.rect;
  const heights = rowHeights(place, { minHeight: minHeight * scale, maxHeight: maxHeight * scale });
  return {
    name,
    region: entry.region,
    rect,
    rows: {
      first: placement.rect([x, first, width, 1], region.pin).y,
      pitch: pitch === undefined ? null : pitch * scale,
      ...heights,
    },
    action: entry.action === undefined ? null : resolveAction(entry.action, { scale, columns, find }),
    identity: entry.identity === undefined ? null : columns(entry.identity),
    empty: entry.empty === undefined ? null : find.anchor(entry.empty),
    counter: entry.counter === undefined ? null : find.counter(entry.counter),
  };
}

function rowHeights(
  { calibration, where, placement }: Place,
  heights: Readonly<{ minHeight: number; maxHeight: number }>,
): Pick<ResolvedList['rows'], 'minHeight' | 'maxHeight'> {
  const [minHeight, maxHeight] = [Math.floor(heights.minHeight), Math.ceil(heights.maxHeight)];
  if (minHeight >= MIN_ROW_HEIGHT && maxHeight > minHeight) return { minHeight, maxHeight };
  const { width, height } = placement.size;
  throw new PixelproofError('PXP_CALIBRATION', `\`${where}.rows\` cannot be found at this viewport`, {
    what: calibration,
    where,
    expected: `minHeight from ${MIN_ROW_HEIGHT} on, and maxHeight above it`,
    received: `${minHeight} and ${maxHeight} pixels at ${width}x${height}`,
    hint: 'use a viewport, or a picture, of about the size the calibration is made for',
  });
}

function resolveAction(
  action: NonNullable<Calibration['lists'][string]['action']>,
  {
    scale,
    columns,
    find,
  }: Readonly<{
    scale: number;
    columns: (part: Columns) => Rect;
    find: Pick<ResolvedCalibration, 'point'>;
  }>,
): ResolvedAction {
  if ('point' in action) return { kind: 'point', point: find.point(action.point) };
  const { enabled, disabled, tolerance, minArea } = action;
  return {
    kind: 'component',
    rect: columns(action),
    enabled: parseColor(enabled),
    disabled: disabled === undefined ? null : parseColor(disabled),
    ...(tolerance === undefined ? {} : { tolerance }),
    minArea: Math.max(1, Math.floor(minArea * scale * scale)),
  };
}
