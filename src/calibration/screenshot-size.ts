import type { Size } from '../core/geometry.js';

/** A page as the browser is told to show it: width and height in CSS pixels. */
export interface Viewport extends Size {
  readonly deviceScaleFactor: number;
}

/**
 * The size in device pixels of a screenshot of that viewport. A fraction of a pixel at the right or bottom edge is left
 * out, so that nothing inside this size can be outside of the picture, however the browser rounds.
 */
export function screenshotSize({ width, height, deviceScaleFactor }: Viewport): Size {
  return { width: wholePixels(width * deviceScaleFactor), height: wholePixels(height * deviceScaleFactor) };
}

/** The tolerance is for products such as 1000 * 1.15, which is 1149.9999999999998. */
function wholePixels(length: number): number {
  return Math.max(1, Math.floor(length + 1e-6));
}
