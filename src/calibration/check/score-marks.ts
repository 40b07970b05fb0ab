import type { ImageBuffer } from '../../image/image-buffer.js';
import { type Rgb, deltaE } from '../../probe/color/color.js';
import type { AxisMap } from '../measure/fit-axis.js';
import type { ResolvedCalibration, ResolvedSwatch } from '../resolved-calibration.js';

/** The middle of a swatch, this far to the left and right: enough to average a codec's noise. */
const REACH_PX = 4;

/**
 * How well the colours of a picture go with one map, 0..1: the share of the swatches with several states that show one of them
 * where the map puts their middle, and whether exactly one tab is active there. Lines repeat down a list, an active tab does
 * not. Swatches of one state (a popup's) come and go; they and those outside of the picture do not count. Cost: 20 µs for ten.
 */
export function scoreMarks(
  { swatches, tabs }: Pick<ResolvedCalibration, 'swatches' | 'tabs'>,
  image: ImageBuffer,
  map: Readonly<{ x: AxisMap; y: AxisMap }>,
): number {
  const shown = new Map<string, string | null>();
  for (const swatch of swatches.values()) {
    if (Object.keys(swatch.states).length < 2) continue;
    const color = colorAt(image, swatch, map);
    if (color !== null) shown.set(swatch.name, stateOf(swatch, color));
  }
  const states = [...shown.values()];
  const share = states.length === 0 ? 0 : states.filter((state) => state !== null).length / states.length;
  const active = [...tabs.values()].filter(
    ({ mark }) => mark.kind === 'swatch' && shown.get(mark.swatch.name) === mark.state,
  );
  return tabs.size === 0 ? share : (share + (active.length === 1 ? 1 : 0)) / 2;
}

/** The mean over some pixels in the middle of where the map puts the swatch; null when that is outside. */
function colorAt(
  { data, width, height }: ImageBuffer,
  { rect }: ResolvedSwatch,
  { x, y }: Readonly<{ x: AxisMap; y: AxisMap }>,
): Rgb | null {
  const middle = Math.floor(x.scale * (rect.x + rect.width / 2) + x.shift);
  const row = Math.floor(y.scale * (rect.y + rect.height / 2) + y.shift);
  const reach = Math.min(REACH_PX, Math.floor((x.scale * rect.width) / 4));
  if (middle < reach || middle + reach >= width || row < 0 || row >= height) return null;
  const sum = [0, 0, 0];
  for (let column = middle - reach; column <= middle + reach; column++) {
    const at = 4 * (row * width + column);
    for (let channel = 0; channel < 3; channel++) sum[channel] += data[at + channel];
  }
  const [r, g, b] = sum.map((each) => each / (2 * reach + 1));
  return [r, g, b];
}

function stateOf({ states, tolerance }: ResolvedSwatch, color: Rgb): string | null {
  let [best, nearest]: [string | null, number] = [null, tolerance];
  for (const [state, wanted] of Object.entries(states)) {
    const distance = deltaE(wanted, color);
    if (distance > nearest) continue;
    [best, nearest] = [state, distance];
  }
  return best;
}
