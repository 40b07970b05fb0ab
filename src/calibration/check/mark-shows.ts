import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { hammingDistance, signature } from '../../probe/signature.js';
import { swatch } from '../../probe/swatch.js';
import type { ResolvedMark } from '../resolved-calibration.js';

/** Whether a mark is there: its swatch in its state, or its anchor within its distance. */
export function markShows(image: ImageBuffer, mark: ResolvedMark): boolean {
  if (mark.kind === 'anchor') {
    const { rect, dhash, maxDistance } = mark.anchor;
    return hammingDistance(signature(image, { region: rect }).dhash, dhash) <= maxDistance;
  }
  const { rect, states, tolerance } = mark.swatch;
  return swatch(image, { region: rect, colors: states, tolerance }).best === mark.state;
}

/** Where a mark is looked for. */
export function placeOfMark(mark: ResolvedMark): Rect {
  return mark.kind === 'swatch' ? mark.swatch.rect : mark.anchor.rect;
}
