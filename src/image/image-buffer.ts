import { PixelproofError } from '../core/errors.js';
import { type Rect, type Size, containsRect } from '../core/geometry.js';

/**
 * An RGBA8 picture: row-major, tightly packed, origin top left, not premultiplied. `data.length === 4 * width * height`
 * is checked here, once; kernels trust it. The buffer is borrowed, not copied: whoever hands it in stops writing to it.
 */
export class ImageBuffer implements Size {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  #luma: Uint8Array | undefined;
  #words: Uint32Array | undefined;
  #signedWords: Int32Array | undefined;

  /** Errors: PXP_IMAGE_SIZE when a side is not a positive whole number or the data does not fit. */
  constructor(width: number, height: number, data: Uint8Array) {
    if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
      throw new PixelproofError('PXP_IMAGE_SIZE', 'an image needs whole positive sides', {
        expected: 'width and height of at least 1',
        received: `${width}x${height}`,
      });
    }
    if (data.length !== 4 * width * height) {
      throw new PixelproofError('PXP_IMAGE_SIZE', `RGBA data of a ${width}x${height} image`, {
        expected: `${4 * width * height} bytes`,
        received: `${data.length}`,
      });
    }
    this.width = width;
    this.height = height;
    this.data = data;
  }

  /**
   * One luma byte per pixel (length width·height), computed on first use and kept. BT.601 weights in integers,
   * (77R + 150G + 29B + 128) >> 8: ITU-R BT.601-7 section 2.5.1, rounded to 8 bits.
   */
  luma(): Uint8Array {
    if (this.#luma !== undefined) return this.#luma;
    const { data } = this;
    const luma = new Uint8Array(this.width * this.height);
    for (let i = 0, p = 0; i < luma.length; i++, p += 4) {
      luma[i] = (77 * data[p] + 150 * data[p + 1] + 29 * data[p + 2] + 128) >> 8;
    }
    this.#luma = luma;
    return luma;
  }

  /** One 32-bit word per pixel over the same bytes (a copy only when the data is not 4-byte aligned): for equality. */
  words(): Uint32Array {
    if (this.#words !== undefined) return this.#words;
    const aligned = this.data.byteOffset % 4 === 0 ? this.data : Uint8Array.from(this.data);
    this.#words = new Uint32Array(aligned.buffer, aligned.byteOffset, this.width * this.height);
    return this.#words;
  }

  /**
   * The same words, signed: kernels that keep one in a variable run up to twice as fast on them, because V8 keeps signed
   * 32-bit integers in registers and widens unsigned ones to doubles. Bit operations and equality do not differ.
   */
  signedWords(): Int32Array {
    const words = this.words();
    this.#signedWords ??= new Int32Array(words.buffer, words.byteOffset, words.length);
    return this.#signedWords;
  }
}

/** A copy of the pixels inside `rect`. Errors: PXP_RECT when it is empty, fractional or not inside the image. */
export function crop(image: ImageBuffer, rect: Rect): ImageBuffer {
  requireInside(image, rect);
  const { x, y, width, height } = rect;
  if (x === 0 && y === 0 && width === image.width && height === image.height) return image;
  const data = new Uint8Array(4 * width * height);
  for (let row = 0; row < height; row++) {
    const from = 4 * ((y + row) * image.width + x);
    data.set(image.data.subarray(from, from + 4 * width), 4 * row * width);
  }
  return new ImageBuffer(width, height, data);
}

/** Errors: PXP_RECT unless `rect` has whole positive sides and lies inside `bounds`. */
export function requireInside(bounds: Size, rect: Rect): void {
  const whole = [rect.x, rect.y, rect.width, rect.height].every(Number.isInteger);
  if (whole && rect.width > 0 && rect.height > 0 && containsRect({ x: 0, y: 0, ...sizeOf(bounds) }, rect))
    return;
  throw new PixelproofError('PXP_RECT', 'a region has to lie inside the picture', {
    expected: `whole pixels within ${bounds.width}x${bounds.height}`,
    received: `x ${rect.x}, y ${rect.y}, ${rect.width}x${rect.height}`,
  });
}

function sizeOf({ width, height }: Size): Size {
  return { width, height };
}
