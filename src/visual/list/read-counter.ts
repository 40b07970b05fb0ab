import { overlaps } from '../../core/index.js';
import type { ResolvedCalibration } from '../../calibration/index.js';
import { type NumberReading, type NumberReason, readNumber } from '../../probe/index.js';
import type { Look } from '../look.js';
import { openModalBoxes } from '../predicates/modal.js';

/** The number a counter shows; without a value where it cannot be told, as under a popup. */
export function readCounter(
  look: Look,
  calibration: ResolvedCalibration,
  name: string,
): Omit<NumberReading, 'reason'> & { readonly reason: NumberReason | 'covered-by-modal' } {
  return look.reading(`counter ${name}`, () => {
    const { rect, digits } = calibration.counter(name);
    if (openModalBoxes(look, calibration).some((box) => overlaps(box, rect)))
      return { value: null, score: 0, margin: 0, reason: 'covered-by-modal' };
    return readNumber(look.image, { region: look.toImage(rect), digits });
  });
}
