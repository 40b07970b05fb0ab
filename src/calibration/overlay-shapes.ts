import { type Point, type Rect, enclosing } from '../core/geometry.js';
import type { ImageBuffer } from '../image/image-buffer.js';
import { rowBands } from '../probe/row-bands.js';
import type { ResolvedCalibration, ResolvedList, ResolvedTab } from './resolved-calibration.js';

type Shape =
  | { readonly kind: 'rect'; readonly rect: Rect; readonly color: string; readonly label?: string }
  | { readonly kind: 'cross'; readonly point: Point; readonly color: string; readonly label?: string }
  | {
      readonly kind: 'legend';
      readonly entries: readonly { readonly color: string; readonly label: string }[];
    };

/** One hue per kind of place: plainly apart on a light and on a dark screen, with any of the common colour blindnesses (Okabe and Ito, 2008). */
const COLORS = {
  region: '#0072b2',
  modal: '#7a3fb5',
  'list columns': '#56b4e9',
  'list row': '#8fc7e8',
  mask: '#000000',
  tab: '#f0e442',
  anchor: '#009e73',
  swatch: '#cc79a7',
  counter: '#a6761d',
  point: '#d55e00',
  fallback: '#e69f00',
} as const;
type Kind = keyof typeof COLORS;

/**
 * The places of a calibration as shapes to draw on a screenshot of its viewport, largest kinds first so that small ones
 * stay visible: regions, modals, list columns, rows, masks, tabs, anchors and templates, swatches, counters, points with their
 * fallbacks; last a legend of the kinds there are. Rows are those `image` shows, or without one the calibrated first row.
 */
export function overlayShapes(resolved: ResolvedCalibration, image?: ImageBuffer): Shape[] {
  const kinds = new Set<Kind>();
  const rect = (kind: Kind, label: string, at: Rect): Shape => {
    kinds.add(kind);
    return { kind: 'rect', rect: at, color: COLORS[kind], label };
  };
  const cross = (kind: Kind, point: Point, label?: string): Shape => {
    kinds.add(kind);
    return { kind: 'cross', point, color: COLORS[kind], ...(label === undefined ? {} : { label }) };
  };
  const places = [
    ...[...resolved.regions].map(([name, at]) => rect('region', name, at)),
    ...[...resolved.modals.values()].map(({ name, box }) => rect('modal', name, box)),
    ...[...resolved.lists.values()].flatMap((list) => [
      ...(list.identity === null ? [] : [rect('list columns', `${list.name} identity`, list.identity)]),
      ...(list.action?.kind === 'component'
        ? [rect('list columns', `${list.name} action`, list.action.rect)]
        : []),
      ...rowsOf(list, image).map((row, i) => rect('list row', `${list.name} row ${i + 1}`, row)),
    ]),
    ...resolved.masks.map(({ why, rect: at }) => rect('mask', why, at)),
    ...[...resolved.tabs.values()].map((tab) => rect('tab', tab.name, tabBox(tab))),
    ...[...resolved.anchors.values()].map(({ name, rect: at }) => rect('anchor', name, at)),
    ...[...resolved.templates.values()].map(({ name, at, rect: search, image: { width, height } }) =>
      rect('anchor', name, at === null ? search : { ...at, width, height }),
    ),
    ...[...resolved.swatches.values()].map(({ name, rect: at }) => rect('swatch', name, at)),
    ...[...resolved.counters.values()].map(({ name, rect: at }) => rect('counter', name, at)),
    ...[...resolved.points.values()].flatMap(({ name, at, fallbacks }): Shape[] => [
      cross('point', at, name),
      ...fallbacks.map((point) => cross('fallback', point)),
    ]),
  ];
  const entries = [...kinds].map((kind) => ({ color: COLORS[kind], label: kind }));
  return entries.length === 0 ? [] : [...places, { kind: 'legend', entries }];
}

/** A tab is what is clicked and what shows that it worked. */
function tabBox({ click, mark }: ResolvedTab): Rect {
  const { rect } = mark.kind === 'swatch' ? mark.swatch : mark.anchor;
  return enclosing([{ ...click.at, width: 1, height: 1 }, rect]);
}

function rowsOf({ rect, rows }: ResolvedList, image: ImageBuffer | undefined): Rect[] {
  if (image === undefined) {
    const height = Math.min(Math.round(rows.pitch ?? rows.minHeight), rect.y + rect.height - rows.first);
    return height < 1 ? [] : [{ ...rect, y: rows.first, height }];
  }
  const { minHeight, maxHeight } = rows;
  return rowBands(image, { region: rect, minHeight, maxHeight }).rows.map(({ y, height }) => ({
    ...rect,
    y,
    height,
  }));
}
