import { canvasAddon, requireCanvas } from './canvas-addon.js';
import { decodeByCanvas } from './decoders/canvas.js';
import { decodeByFastPng } from './decoders/fast-png.js';
import { decodeByJpegJs } from './decoders/jpeg-js.js';
import { decodeByJpegTurbo } from './decoders/jpeg-turbo.js';
import { decodeByJpegTurboWasm } from './decoders/jpeg-turbo-wasm.js';
import type { ImageHeader, JpegHeader, PngHeader } from './header.js';
import type { ImageBuffer } from './image-buffer.js';
import { type JpegTurboModule, jpegTurboAddon, requireJpegTurbo } from './jpeg-turbo-addon.js';
import { type JpegTurboWasm, jpegTurboWasm, requireJpegTurboWasm } from './jpeg-turbo-wasm.js';
import { keepFreedMemory } from './keep-freed-memory.js';
import { pngChunks } from './png-chunks.js';
import { requireDecodable } from './require-decodable.js';
import { storedPixels } from './stored-pixels.js';

/** Who turned the bytes into pixels. Decoders differ on JPEG, so calibrations and frames record it. */
export type DecoderName = 'jpeg-turbo' | 'jpeg-turbo-wasm' | 'canvas' | 'jpeg-js' | 'fast-png';

export interface DecodeOptions {
  /**
   * `auto` takes the fastest that loads: for JPEG jpeg-turbo, jpeg-turbo-wasm, jpeg-js; for PNG canvas, fast-png. `canvas`
   * and `portable` (nothing but JavaScript) insist. `accelerated` and `wasm` insist on jpeg-turbo and jpeg-turbo-wasm for
   * JPEG; PNG has neither and goes as with `auto`. Default `auto`.
   */
  readonly decoder?: 'auto' | 'accelerated' | 'wasm' | 'canvas' | 'portable';
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
 * PNG is exact whoever decodes. JPEG is not: libjpeg-turbo interpolates chroma, jpeg-js repeats it, and they differ by up
 * to tens of levels at coloured edges. jpeg-turbo and jpeg-turbo-wasm agree to the bit; the canvas, libjpeg-turbo with
 * another inverse DCT, differs from them by a few levels. A PNG that is not opaque, or not RGB(A), goes to fast-png even
 * when the canvas is asked for: a canvas stores premultiplied colours. So does what the canvas leaves partly undrawn, and
 * what jpeg-turbo warns about goes to jpeg-js, since the portable decoders say what is wrong with it. `decoder` in the
 * result says who it was.
 *
 * Cost at 1280x720: JPEG by jpeg-turbo 1.5 ms, jpeg-turbo-wasm 5.5, canvas 8..16, jpeg-js 30; PNG by canvas 2..4, fast-png
 * 15; the first call loads the library (canvas 50 ms, jpeg-turbo-wasm 20).
 *
 * Errors: PXP_IMAGE_* as `requireDecodable`; PXP_IMAGE_CORRUPT or PXP_IMAGE_TOO_LARGE when the data do not decode to the
 * promised size; PXP_USAGE when `accelerated`, `wasm` or `canvas` is insisted on and does not load. Files from outside: see
 * `readImage`.
 *
 * @example
 * const { image, decoder } = decode(bytes, { what: 'frame 12' });
 */
export function decode(bytes: Uint8Array, options: Readonly<DecodeOptions> = {}): DecodedImage {
  const { decoder = 'auto', what = 'image' } = options;
  const header = requireDecodable(bytes, options);
  keepFreedMemory();
  const stored = storedPixels(bytes, header, what);
  return header.format === 'png'
    ? decodePng(stored, { header, decoder, what })
    : decodeJpeg(stored, { header, decoder, what });
}

interface Task<Header extends ImageHeader> {
  readonly header: Header;
  readonly decoder: NonNullable<DecodeOptions['decoder']>;
  readonly what: string;
}

function decodeJpeg(bytes: Uint8Array, { header, decoder, what }: Task<JpegHeader>): DecodedImage {
  const format = 'jpeg';
  const turbo = turboFor(decoder);
  const wasm = turbo === undefined ? wasmFor(decoder) : undefined;
  if (turbo !== undefined) {
    const image = decodeByJpegTurbo(turbo, bytes, header);
    if (image !== undefined) return { image, decoder: 'jpeg-turbo', format };
  } else if (wasm !== undefined) {
    const image = decodeByJpegTurboWasm(wasm, bytes, header);
    if (image !== undefined) return { image, decoder: 'jpeg-turbo-wasm', format };
  } else if (decoder === 'canvas') {
    const image = drawn(bytes, header, decoder);
    if (image !== undefined) return { image, decoder, format };
  }
  return { image: decodeByJpegJs(bytes, header, what), decoder: 'jpeg-js', format };
}

function turboFor(decoder: Task<JpegHeader>['decoder']): JpegTurboModule | undefined {
  if (decoder === 'accelerated') return requireJpegTurbo('decoder accelerated');
  return decoder === 'auto' ? jpegTurboAddon() : undefined;
}

function wasmFor(decoder: Task<JpegHeader>['decoder']): JpegTurboWasm | undefined {
  if (decoder === 'wasm') return requireJpegTurboWasm('decoder wasm');
  return decoder === 'auto' ? jpegTurboWasm() : undefined;
}

function decodePng(bytes: Uint8Array, { header, decoder, what }: Task<PngHeader>): DecodedImage {
  const format = 'png';
  const canvas = decoder !== 'portable' && canvasCanHold(bytes, header, what);
  const image = canvas ? drawn(bytes, header, decoder) : undefined;
  if (image !== undefined) return { image, decoder: 'canvas', format };
  return { image: decodeByFastPng(bytes, header, what), decoder: 'fast-png', format };
}

/** By the canvas; undefined where it does not load (unless it is insisted on), or leaves something undrawn. */
function drawn(
  bytes: Uint8Array,
  header: ImageHeader,
  decoder: Task<ImageHeader>['decoder'],
): ImageBuffer | undefined {
  const canvas = decoder === 'canvas' ? requireCanvas('decoder canvas') : canvasAddon();
  return canvas && decodeByCanvas(canvas, bytes, header);
}

/** Colour type RGB without a transparent colour, or RGBA (which may yet turn out not to be opaque). */
function canvasCanHold(bytes: Uint8Array, { colorType }: PngHeader, what: string): boolean {
  if (colorType === 6) return true;
  if (colorType !== 2) return false;
  for (const { type } of pngChunks(bytes, what)) if (type === 'tRNS') return false;
  return true;
}
