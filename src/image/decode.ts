import { canvasAddon, requireCanvas } from './canvas-addon.js';
import { decodeByCanvas } from './decoders/canvas.js';
import { decodeByFastPng } from './decoders/fast-png.js';
import { decodeByJpegJs } from './decoders/jpeg-js.js';
import type { ImageHeader } from './header.js';
import type { ImageBuffer } from './image-buffer.js';
import { pngChunks } from './png-chunks.js';
import { requireDecodable } from './require-decodable.js';
import { storedPixels } from './stored-pixels.js';

/** Who turned the bytes into pixels. Decoders differ on JPEG, so calibrations and frames record it. */
export type DecoderName = 'canvas' | 'jpeg-js' | 'fast-png';

export interface DecodeOptions {
  /** `auto` takes the canvas where it loads, else the portable decoders; the others insist. Default `auto`. */
  readonly decoder?: 'auto' | 'canvas' | 'portable';
  /** Names the bytes in errors: a file or a source. Default `image`. */
  readonly what?: string;
  /** Default 64 megapixels. */
  readonly maxPixels?: number;
}

export interface DecodedImage {
  readonly image: ImageBuffer;
  readonly decoder: DecoderName;
  readonly format: ImageHeader['format'];
}

/**
 * Turns a PNG or JPEG into RGBA8 pixels, synchronously, behind the header guard (`requireDecodable`). The samples are
 * answered as stored: colour profiles, gamma and other metadata are ignored by every decoder.
 *
 * PNG is exact whoever decodes. JPEG is not: libjpeg-turbo (canvas) interpolates chroma, jpeg-js repeats it, and they
 * differ by up to tens of levels at coloured edges. A PNG that is not opaque, or not RGB(A), goes to fast-png even when
 * the canvas is asked for: a canvas stores premultiplied colours. So does what the canvas leaves partly undrawn, since
 * the portable decoders say what is wrong with it. `decoder` in the result says who it was.
 *
 * Cost at 1280x720: canvas 3..7 ms, jpeg-js about 45, fast-png about 20; the first call loads the library (50 ms).
 *
 * Errors: PXP_IMAGE_* as `requireDecodable`; PXP_IMAGE_CORRUPT or PXP_IMAGE_TOO_LARGE when the data do not decode to the
 * promised size; PXP_USAGE when `canvas` is insisted on and does not load. Files from outside: see `readImage`.
 *
 * @example
 * const { image, decoder } = decode(bytes, { what: 'frame 12' });
 */
export function decode(bytes: Uint8Array, options: Readonly<DecodeOptions> = {}): DecodedImage {
  const { decoder = 'auto', what = 'image' } = options;
  const header = requireDecodable(bytes, options);
  const stored = storedPixels(bytes, header, what);
  if (decoder !== 'portable' && canvasCanHold(stored, header, what)) {
    const canvas = decoder === 'canvas' ? requireCanvas('decoder canvas') : canvasAddon();
    const image = canvas && decodeByCanvas(canvas, stored, header);
    if (image !== undefined) return { image, decoder: 'canvas', format: header.format };
  }
  return header.format === 'png'
    ? { image: decodeByFastPng(stored, header, what), decoder: 'fast-png', format: 'png' }
    : { image: decodeByJpegJs(stored, header, what), decoder: 'jpeg-js', format: 'jpeg' };
}

/** JPEG, and PNG of colour type RGB without a transparent colour or RGBA (which may yet turn out not to be opaque). */
function canvasCanHold(bytes: Uint8Array, header: ImageHeader, what: string): boolean {
  if (header.format === 'jpeg' || header.colorType === 6) return true;
  if (header.colorType !== 2) return false;
  for (const { type } of pngChunks(bytes, what)) if (type === 'tRNS') return false;
  return true;
}
