import type { Rect } from '../core/index.js';
import type { ResolvedList } from '../calibration/index.js';
import { type Component, components, deltaE } from '../probe/index.js';
import type { Look } from './look.js';

/** The action of a list's rows, found by its colours. */
export type ComponentAction = Extract<ResolvedList['action'], { kind: 'component' }>;

/** Of its box, that a switch fills: its knob takes nearly half. */
const SWITCH_FILL = 0.4;

/** Boxes of what has one of the action's colours, viewport device pixels. `disabled` is empty where that colour is not calibrated. */
export interface RowActions {
  readonly enabled: readonly Rect[];
  readonly disabled: readonly Rect[];
}

/** Finds actions within `region`. Where the two colours are near each other, a button may be found by both: it is of the nearer one. */
export function rowActions(look: Look, region: Rect, action: ComponentAction): RowActions {
  const find = (near: Component['color'], other: Component['color'] | null): readonly Rect[] =>
    components(look.image, {
      region: look.toImage(region),
      color: { near, tolerance: action.tolerance },
      minArea: action.minArea,
      minFill: SWITCH_FILL,
    })
      .filter(({ color }) => other === null || deltaE(color, near) <= deltaE(color, other))
      .map(({ x, y, width, height }) => look.toViewport({ x, y, width, height }));
  return {
    enabled: find(action.enabled, action.disabled),
    disabled: action.disabled === null ? [] : find(action.disabled, action.enabled),
  };
}
