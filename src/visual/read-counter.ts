import type { ResolvedCalibration } from '../calibration/index.js';
import { type NumberReading, readNumber } from '../probe/index.js';
import type { Look } from './look.js';

/** The number a counter shows; without a value where it cannot be told, as under a popup. */
export function readCounter(look: Look, calibration: ResolvedCalibration, name: string): NumberReading {
  return look.reading(`counter ${name}`, () => {
    const { rect, digits } = calibration.counter(name);
    return readNumber(look.image, { region: look.toImage(rect), digits });
  });
}
