import { PixelproofError } from '../../core/errors.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** What of a picture is correlated: its luma, or one channel where the template's structure is in colour alone. */
export type TemplatePlane = 'luma' | 'red' | 'green' | 'blue';

/** Below this standard deviation, in levels, what there is to correlate is no stronger than the noise of a codec. */
const FLAT_DEVIATION = 4;
/** A channel is taken in place of luma when it has this many times its structure. */
const CHANNEL_GAIN = 3;

/** The plane with the template's structure; null when it is of one colour, or nearly. Luma unless it is nearly flat next to a channel. */
export function templatePlane(template: ImageBuffer): TemplatePlane | null {
  const luma = deviation(planeOf(template, 'luma'));
  const channels = (['red', 'green', 'blue'] as const)
    .map((plane) => ({ plane, deviation: deviation(planeOf(template, plane)) }))
    .sort((a, b) => b.deviation - a.deviation);
  if (channels[0].deviation < FLAT_DEVIATION) return null;
  return luma < FLAT_DEVIATION || channels[0].deviation > CHANNEL_GAIN * luma ? channels[0].plane : 'luma';
}

/** One byte per pixel. The luma is the image's own, to be read only; a channel is a copy. */
export function planeOf(image: ImageBuffer, plane: TemplatePlane): Uint8Array {
  if (plane === 'luma') return image.luma();
  const offset = { red: 0, green: 1, blue: 2 }[plane];
  const { data } = image;
  const values = new Uint8Array(image.width * image.height);
  for (let i = 0, p = offset; i < values.length; i++, p += 4) values[i] = data[p];
  return values;
}

function deviation(values: Uint8Array): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return Math.sqrt(Math.max(0, squares / values.length - (sum / values.length) ** 2));
}

/** Errors: PXP_IMAGE_SIZE unless the template is one of the places a region has room for. */
export function requireRoom(
  template: Readonly<{ width: number; height: number }>,
  region: Readonly<{ width: number; height: number }>,
): void {
  if (template.width <= region.width && template.height <= region.height) return;
  throw new PixelproofError('PXP_IMAGE_SIZE', 'a template is searched in a region that holds it', {
    expected: `at most ${region.width}x${region.height}`,
    received: `${template.width}x${template.height}`,
  });
}
