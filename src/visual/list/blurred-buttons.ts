import { type Rect, intersect, median, overlaps } from '../../core/index.js';
import { type Component, deltaE } from '../../probe/index.js';
import type { ComponentAction } from './row-actions.js';

/** So many buttons, and most, tell where they are in their rows and how large: within so many pixels. */
const LEAST = 3;
const ALIKE = 2;
/** ΔE a row is looked at by itself with: as far as a codec moves colours, and no further than to a row nearly as pale. */
const REACHES = [14, 3.5];
/** ΔE that a codec moves the mean of a button's pixels by. */
const MOVED = 3;

/** What has one of an action's colours. */
export interface Button extends Component {
  readonly state: 'enabled' | 'disabled';
}

/**
 * Where a row shows no button or another than most rows do, it is looked at by itself: on a selected row a codec moves a button's
 * edges and colour. What is in the place and has the size and colour of the others is its button. Image pixels; `again` looks at a part
 * of the image with a tolerance of its own.
 */
export function withBlurred(
  seen: readonly Button[],
  {
    region,
    action,
    again,
  }: Readonly<{
    region: Rect;
    action: ComponentAction;
    again: (strip: Rect, tolerance: number) => readonly Button[];
  }>,
): readonly Button[] {
  const usual = usualBox(seen);
  if (usual === null) return seen;
  const missed = stripsWithout(seen, usual, region).flatMap((strip) => {
    for (const tolerance of REACHES) {
      const found = again(strip, tolerance).filter(
        (button) => isAlike(button, usual) && deltaE(button.color, action[button.state]!) <= MOVED,
      );
      if (found.length > 0) return found;
    }
    return [];
  });
  const kept = seen.filter((button) => !missed.some((other) => overlaps(button, other)));
  return [...kept, ...missed].sort((a, b) => a.y - b.y || a.x - b.x);
}

type Extent = Pick<Rect, 'x' | 'width' | 'height'>;

/** The sides and height that most buttons have. */
function usualBox(buttons: readonly Button[]): Extent | null {
  if (buttons.length < LEAST) return null;
  const middle = (of: keyof Extent): number => Math.round(median(buttons.map((button) => button[of])));
  const usual = { x: middle('x'), width: middle('width'), height: middle('height') };
  const alike = buttons.filter((button) => isAlike(button, usual)).length;
  return alike >= LEAST && 2 * alike > buttons.length ? usual : null;
}

function isAlike(a: Extent, b: Extent): boolean {
  return [a.x - b.x, a.x + a.width - b.x - b.width, a.height - b.height].every((d) => Math.abs(d) <= ALIKE);
}

/** What lies between buttons as they usually are, or above the first, and has room for one more. */
function stripsWithout(seen: readonly Button[], usual: Extent, region: Rect): readonly Rect[] {
  const { x, width, height } = usual;
  const known = seen.filter((button) => isAlike(button, usual)).sort((a, b) => a.y - b.y);
  const ends = known.map((button) => button.y + button.height);
  const gap = Math.round(median(known.slice(1).map((button, i) => button.y - ends[i])));
  const pitch = gap + height;
  const from = [Math.max(region.y, known[0].y - gap - pitch), ...ends];
  const beside = Math.round(height / 2);
  return known
    .map((next, i) => ({ x: x - beside, y: from[i], width: width + 2 * beside, height: next.y - from[i] }))
    .filter((strip) => strip.height >= Math.max(pitch, height))
    .map((strip) => intersect(strip, region));
}
