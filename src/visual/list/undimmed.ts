import type { Rect } from '../../core/index.js';
import { ImageBuffer, crop } from '../../image/index.js';

/**
 * That part of a picture with its levels stretched over all there are, by one factor for all channels, so that colours stay: what
 * lies behind a popup is often dimmed to less than a fifth of its contrast, and too faint then for probes that go by levels.
 */
export function undimmed(image: ImageBuffer, rect: Rect): ImageBuffer {
  const { width, height, data } = crop(image, rect);
  let low = 255;
  let high = 0;
  for (let i = 0; i < data.length; i++) {
    if (i % 4 === 3) continue;
    if (data[i] < low) low = data[i];
    if (data[i] > high) high = data[i];
  }
  const factor = high > low ? 255 / (high - low) : 1;
  return new ImageBuffer(
    width,
    height,
    data.map((value, i) => (i % 4 === 3 ? value : Math.round((value - low) * factor))),
  );
}
