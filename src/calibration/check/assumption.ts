import type { Point, Rect } from '../../core/geometry.js';

/** What part of a calibration a picture can be held against. */
export type AssumptionKind =
  'region' | 'swatch' | 'anchor' | 'template' | 'tabs' | 'together' | 'list' | 'action' | 'counter' | 'modal';

/**
 * - `held`: it is where and what the calibration says.
 * - `drifted`: it is nearby; `offset` says how far, where it is one distance.
 * - `broken`: it should show and is not found.
 * - `not-visible`: it depends on what the screen shows, and the screen does not show it now.
 */
export type AssumptionState = 'held' | 'drifted' | 'broken' | 'not-visible';

/** One thing a calibration takes for granted, held against a picture. */
export interface Assumption {
  /** Its path in the file, such as `swatches.tab.inbox` or `lists.list.rows`. */
  readonly name: string;
  readonly kind: AssumptionKind;
  readonly state: AssumptionState;
  readonly expected: string;
  readonly found: string;
  /** From expected to found, pixels; only where something was found elsewhere. */
  readonly offset?: Point;
  /** How far it is from failing, 0..1; 0 unless it is held. */
  readonly margin: number;
  /** Where it is expected, image pixels. */
  readonly rect: Rect;
  /** Where it was found instead. */
  readonly foundRect?: Rect;
}

/** It should be there, and is not, or not in its place. */
export const isWrong = ({ state }: Assumption): boolean => state === 'broken' || state === 'drifted';

/** How far from its place something is looked for, pixels: more than a toolbar's row, less than half of a usual tab. */
export const SEARCH_PX = 32;
/** Found this far from its place it has moved: rounding at a fractional scale alone moves an edge by up to one pixel. */
export const MOVED_PX = 2;

/** 1 in its place, 0 where it counts as moved. */
export function placeMargin({ x, y }: Point): number {
  return Math.max(0, 1 - Math.max(Math.abs(x), Math.abs(y)) / MOVED_PX);
}
