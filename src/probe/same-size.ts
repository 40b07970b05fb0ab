import { PixelproofError } from '../core/errors.js';
import type { Size } from '../core/geometry.js';

/** Errors: PXP_IMAGE_SIZE unless the two pictures have the same width and height. */
export function requireSameSize(before: Size, after: Size): void {
  if (before.width === after.width && before.height === after.height) return;
  throw new PixelproofError('PXP_IMAGE_SIZE', 'two pictures are compared pixel by pixel', {
    expected: `${before.width}x${before.height}`,
    received: `${after.width}x${after.height}`,
  });
}
