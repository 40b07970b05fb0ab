import type { ImageBuffer } from '../../src/image/index.js';
import { isMissing } from './is-missing.js';

/** How many pixels differ, by the library most screenshot tests compare with. */
export type CountDifferent = (before: ImageBuffer, after: ImageBuffer) => number;

/** Undefined when the package is not installed. No picture of the difference is drawn: counting alone is its fastest. */
export async function loadPixelmatch(): Promise<CountDifferent | undefined> {
  try {
    const { default: pixelmatch } = await import('pixelmatch');
    return (before, after) =>
      pixelmatch(before.data, after.data, undefined, before.width, before.height, { threshold: 0.1 });
  } catch (error) {
    if (!isMissing(error)) throw error;
    return undefined;
  }
}
