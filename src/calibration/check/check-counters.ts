import { type Rect, containsRect, intersect, sizeRect, translate } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type NumberReading, readNumber } from '../../probe/read-number.js';
import type { MeasureOptions } from '../measure/measure-edges.js';
import type { ResolvedCounter } from '../resolved-calibration.js';
import type { Assumption } from './assumption.js';

/**
 * A counter has to show a number, and what it reads is in `found`. One that reads where the layout has moved to has `drifted`; where
 * none is to be told, it does not show: which screens have it a calibration does not say. How like its digits are depends on which
 * they are, and so is no margin that a later check could go by.
 */
export function checkCounter(
  image: ImageBuffer,
  { counter, predict }: { readonly counter: ResolvedCounter } & Pick<MeasureOptions, 'predict'>,
): Assumption {
  const { name, rect } = counter;
  const base = { name: `counters.${name}`, kind: 'counter', rect, expected: 'a number' } as const;
  const offset = offsetOf(rect, predict);
  const foundRect = translate(rect, offset);
  const there = readWhole(image, counter, foundRect);
  if (there.value !== null && (offset.x !== 0 || offset.y !== 0)) {
    const found = `${there.value} at ${foundRect.x}, ${foundRect.y}`;
    return { ...base, state: 'drifted', found, offset, margin: 0, foundRect };
  }
  const here = readWhole(image, counter, rect);
  return here.value === null
    ? { ...base, state: 'not-visible', found: `no number: ${here.reason}`, margin: 0 }
    : { ...base, state: 'held', found: `${here.value}`, margin: 1 };
}

/** Of the height of the place, that is looked at beside it: two digits. */
const ASIDE = [0.25, 0.5, 0.75, 1];

/** What stands in `rect`, unless more of a number shows beside it: where the layout has moved, a part of it may stand there. */
function readWhole(
  image: ImageBuffer,
  { digits }: ResolvedCounter,
  rect: Rect,
): Pick<NumberReading, 'value'> & { readonly reason: string } {
  const page = sizeRect(image);
  if (!containsRect(page, rect)) return { value: null, reason: 'outside' };
  const read = readNumber(image, { region: rect, digits });
  // A digit that is cut, or a word, makes one width unreadable; not all.
  const isPart = ASIDE.some((share) => {
    const aside = Math.ceil(share * rect.height);
    const wider = intersect({ ...rect, x: rect.x - aside, width: rect.width + 2 * aside }, page);
    const { value } = readNumber(image, { region: wider, digits });
    return value !== null && value !== read.value;
  });
  return isPart ? { value: null, reason: 'cut-off' } : read;
}

function offsetOf(
  { x, y, width, height }: Rect,
  predict: MeasureOptions['predict'],
): { x: number; y: number } {
  if (predict === undefined) return { x: 0, y: 0 };
  const moved = (axis: 'x' | 'y', middle: number): number => Math.round(predict(axis, middle) - middle);
  return { x: moved('x', x + width / 2), y: moved('y', y + height / 2) };
}
