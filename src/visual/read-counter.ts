import type { ResolvedCalibration } from '../calibration/index.js';
import { readNumber } from '../probe/index.js';
import type { Look } from './look.js';

/** The number a counter shows; null where it cannot be told, as under a popup. */
export function readCounter(look: Look, calibration: ResolvedCalibration, name: string): number | null {
  return look.reading(`counter ${name}`, () => {
    const { rect, digits } = calibration.counter(name);
    return readNumber(look.image, { region: look.toImage(rect), digits }).value;
  });
}
