import { overlaps } from '../core/index.js';
import type { ResolvedCalibration } from '../calibration/index.js';
import { type NumberReading, readNumber } from '../probe/index.js';
import type { Look } from './look.js';
import { openModalBoxes } from './predicates/modal.js';

const COVERED: NumberReading = { value: null, score: 0, margin: 0 };

/** The number a counter shows; without a value where it cannot be told, as under a popup. */
export function readCounter(look: Look, calibration: ResolvedCalibration, name: string): NumberReading {
  return look.reading(`counter ${name}`, () => {
    const { rect, digits } = calibration.counter(name);
    if (openModalBoxes(look, calibration).some((box) => overlaps(box, rect))) return COVERED;
    return readNumber(look.image, { region: look.toImage(rect), digits });
  });
}
