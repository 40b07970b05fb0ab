import { type Rect, containsRect, sizeRect, translate } from '../../core/geometry.js';
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
  const { name, rect, digits } = counter;
  const read = (region: Rect): Pick<NumberReading, 'value'> & { readonly reason: string } =>
    containsRect(sizeRect(image), region)
      ? readNumber(image, { region, digits })
      : { value: null, reason: 'outside' };
  const base = { name: `counters.${name}`, kind: 'counter', rect, expected: 'a number' } as const;
  const here = read(rect);
  if (here.value !== null) return { ...base, state: 'held', found: `${here.value}`, margin: 1 };
  const offset = offsetOf(rect, predict);
  const foundRect = translate(rect, offset);
  const there = read(foundRect);
  if (there.value === null)
    return { ...base, state: 'not-visible', found: `no number: ${here.reason}`, margin: 0 };
  const found = `${there.value} at ${foundRect.x}, ${foundRect.y}`;
  return { ...base, state: 'drifted', found, offset, margin: 0, foundRect };
}

function offsetOf(
  { x, y, width, height }: Rect,
  predict: MeasureOptions['predict'],
): { x: number; y: number } {
  if (predict === undefined) return { x: 0, y: 0 };
  const moved = (axis: 'x' | 'y', middle: number): number => Math.round(predict(axis, middle) - middle);
  return { x: moved('x', x + width / 2), y: moved('y', y + height / 2) };
}
