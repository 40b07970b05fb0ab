import { type Rect, containsPoint, sizeRect } from '../../core/index.js';
import type { ResolvedList } from '../../calibration/index.js';
import type { ImageBuffer } from '../../image/index.js';
import { type Component, type Rgb, components, deltaE } from '../../probe/index.js';
import { type Button, withBlurred } from './blurred-buttons.js';
import type { Look } from '../look.js';

/** The action of a list's rows, found by its colours. */
export type ComponentAction = Extract<ResolvedList['action'], { kind: 'component' }>;

/** Of its box, that a button fills, and that a switch does: its knob takes half. */
const FULL = 0.5;
const SWITCH_FILL = 0.4;
/** A switch is wider than high by this, and its knob at one end: its colour is off the middle by these shares of its size. */
const WIDER = 1.4;
const OFF_ACROSS = 0.1;
const OFF_DOWN = 0.05;
/** ΔE that a codec moves the pixels of the ground by. */
const GROUND_NOISE = 6;
/** Boxes of what has one of the action's colours, viewport device pixels. `disabled` is empty where that colour is not calibrated. */
export interface RowActions {
  readonly enabled: readonly Rect[];
  readonly disabled: readonly Rect[];
}

/** Finds actions within `region`. Where the two colours are near each other, a button may be found by both: it is of the nearer one. */
export function rowActions(look: Look, region: Rect, action: ComponentAction): RowActions {
  const area = look.toImage(region);
  const seen = buttonsIn(look.image, area, action);
  const again = (strip: Rect, tolerance: number) => buttonsIn(look.image, strip, { ...action, tolerance });
  const buttons = action.tolerance === undefined ? withBlurred(seen, { region: area, action, again }) : seen;
  const boxes = (state: Button['state']): readonly Rect[] =>
    buttons
      .filter((button) => button.state === state)
      .map(({ x, y, width, height }) => look.toViewport({ x, y, width, height }));
  return { enabled: boxes('enabled'), disabled: boxes('disabled') };
}

function buttonsIn(image: ImageBuffer, region: Rect, action: ComponentAction): Button[] {
  const { enabled, disabled, tolerance } = action;
  const find = (state: Button['state'], near: Rgb | null, other: Rgb | null): Button[] =>
    near === null
      ? []
      : components(image, {
          region,
          color: { near, tolerance },
          minArea: action.minArea,
          minFill: SWITCH_FILL,
        })
          .filter((found) => found.fill >= FULL || isSwitch(found))
          .filter((found) => !isGround(image, found, region))
          .filter(({ color }) => other === null || deltaE(color, near) <= deltaE(color, other))
          .map((found) => ({ ...found, state }));
  return [...find('enabled', enabled, disabled), ...find('disabled', disabled, enabled)];
}

/** Whether what is half empty is empty at one of its ends: a frame is in its middle, and a letter above or below, too. */
function isSwitch({ x, y, width, height, centroid }: Component): boolean {
  const across = Math.abs(centroid.x + 0.5 - x - width / 2) / width;
  const down = Math.abs(centroid.y + 0.5 - y - height / 2) / height;
  return width >= WIDER * height && across >= OFF_ACROSS && down <= OFF_DOWN;
}

/** Whether what fills the region from side to side goes on past both sides by its height: a gap between cards, the ground. */
function isGround(image: ImageBuffer, { x, y, width, height, color }: Component, region: Rect): boolean {
  if (width < region.width) return false;
  const row = y + Math.floor(height / 2);
  const isLike = (at: number): boolean => {
    if (!containsPoint(sizeRect(image), { x: at, y: row })) return false;
    const [r, g, b] = image.data.subarray(4 * (row * image.width + at));
    return deltaE([r, g, b], color) <= GROUND_NOISE;
  };
  return Array.from({ length: height }, (_, i) => i).every((i) => isLike(x - 1 - i) && isLike(x + width + i));
}
