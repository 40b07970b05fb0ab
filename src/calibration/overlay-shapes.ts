import type { Point, Rect } from '../core/geometry.js';
import type { ResolvedCalibration } from './resolved-calibration.js';

type Shape =
  | { readonly kind: 'rect'; readonly rect: Rect; readonly color: string; readonly label?: string }
  | { readonly kind: 'cross'; readonly point: Point; readonly color: string; readonly label?: string };

/** One hue per kind of place: plainly apart on a light and on a dark screen, with any of the common colour blindnesses (Okabe and Ito, 2008). */
const COLORS = {
  point: '#d55e00',
  fallback: '#e69f00',
  region: '#0072b2',
  swatch: '#cc79a7',
  anchor: '#009e73',
  list: '#56b4e9',
  modal: '#7a3fb5',
  mask: '#000000',
} as const;

/**
 * The places of a calibration as shapes to draw on a screenshot of its viewport, largest kinds first so that small ones
 * stay visible: regions, modals, list columns, masks, anchors, swatches, then points with their fallbacks.
 */
export function overlayShapes(resolved: ResolvedCalibration): Shape[] {
  const rect = (color: string, label: string, at: Rect): Shape => ({ kind: 'rect', rect: at, color, label });
  return [
    ...[...resolved.regions].map(([name, at]) => rect(COLORS.region, name, at)),
    ...[...resolved.modals.values()].map(({ name, box }) => rect(COLORS.modal, name, box)),
    ...[...resolved.lists.values()].flatMap(({ name, action, identity }) => [
      ...(identity === null ? [] : [rect(COLORS.list, `${name} identity`, identity)]),
      ...(action?.kind === 'component' ? [rect(COLORS.list, `${name} action`, action.rect)] : []),
    ]),
    ...resolved.masks.map(({ why, rect: at }) => rect(COLORS.mask, why, at)),
    ...[...resolved.anchors.values()].map(({ name, rect: at }) => rect(COLORS.anchor, name, at)),
    ...[...resolved.swatches.values()].map(({ name, rect: at }) => rect(COLORS.swatch, name, at)),
    ...[...resolved.points.values()].flatMap(({ name, at, fallbacks }): Shape[] => [
      { kind: 'cross', point: at, color: COLORS.point, label: name },
      ...fallbacks.map((point): Shape => ({ kind: 'cross', point, color: COLORS.fallback })),
    ]),
  ];
}
