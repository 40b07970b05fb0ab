import type { Point, Rect } from '../../core/geometry.js';
import { translate } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type Assumption, MOVED_PX, placeMargin } from './assumption.js';
import { type MeasureOptions, type MeasuredEdge, measureEdges } from '../measure/measure-edges.js';
import type { Side } from '../file/schema.js';

/**
 * A rectangle whose lines should show, held against the picture. `drifted` when every line is found and one has moved,
 * `broken` when a line is missing; where `optional` (another screen, a popup) that is `not-visible`.
 */
export function checkEdges(
  image: ImageBuffer,
  {
    name,
    kind,
    rect,
    sides,
    optional,
    ...how
  }: Readonly<{
    name: string;
    kind: 'region' | 'modal';
    rect: Rect;
    sides: readonly Side[];
    optional: boolean;
  }> &
    Pick<MeasureOptions, 'reach' | 'predict'>,
): Assumption {
  const edges = measureEdges(image, { rect, sides, ...how });
  const spelled = (value: (edge: MeasuredEdge) => number | null): string =>
    edges.map((edge) => `${edge.side} ${value(edge) ?? '-'}`).join(', ');
  const base = { name, kind, rect, expected: spelled(({ expected }) => expected) };
  if (edges.length === 0) {
    return { ...base, expected: 'a line', state: 'not-visible', found: 'nothing to measure', margin: 0 };
  }
  const found = spelled((edge) => edge.found);
  if (edges.some((edge) => edge.found === null)) {
    return { ...base, state: optional ? 'not-visible' : 'broken', found, margin: 0 };
  }
  const offset = { x: meanOffset(edges, 'x'), y: meanOffset(edges, 'y') };
  const furthest = Math.max(...edges.map(({ expected, found: at }) => Math.abs(at! - expected)));
  if (furthest < MOVED_PX) {
    return { ...base, state: 'held', found, margin: placeMargin({ x: furthest, y: 0 }) };
  }
  return { ...base, state: 'drifted', found, offset, margin: 0, foundRect: moved(rect, offset) };
}

function meanOffset(edges: readonly MeasuredEdge[], axis: 'x' | 'y'): number {
  const those = edges.filter((edge) => edge.axis === axis);
  if (those.length === 0) return 0;
  return (
    Math.round((10 * those.reduce((sum, { expected, found }) => sum + found! - expected, 0)) / those.length) /
    10
  );
}

function moved(rect: Rect, { x, y }: Point): Rect {
  return translate(rect, { x: Math.round(x), y: Math.round(y) });
}
