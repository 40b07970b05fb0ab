import { type Rect, containsRect, sameRect, translate } from '../core/index.js';
import { type ImageBuffer, crop } from '../image/index.js';

/** Levels between the darkest and the brightest pixel of a frame that shows nothing: black, white or one grey. */
const FLAT_LEVELS = 6;

/**
 * One look at the screen: the pixels of a checkpoint region and where it lies. Rects go in and come out in viewport
 * device pixels. Immutable; what is measured on it is measured once.
 */
export class Look {
  readonly image: ImageBuffer;
  /** The part of the viewport the image shows. */
  readonly rect: Rect;
  readonly #readings = new Map<string, unknown>();
  readonly #comparisons = new WeakMap<Look, Map<string, unknown>>();

  constructor(image: ImageBuffer, rect: Rect) {
    this.image = image;
    this.rect = rect;
  }

  shows(region: Rect): boolean {
    return containsRect(this.rect, region);
  }

  /** Viewport rect to image rect. */
  toImage(region: Rect): Rect {
    return translate(region, { x: -this.rect.x, y: -this.rect.y });
  }

  /** Image rect to viewport rect. */
  toViewport(region: Rect): Rect {
    return translate(region, this.rect);
  }

  /** The look as one at that part of it, so that it can be compared with a look that showed no more. */
  part(rect: Rect): Look {
    if (sameRect(rect, this.rect)) return this;
    return this.reading(
      `part ${Object.values(rect).join(' ')}`,
      () => new Look(crop(this.image, this.toImage(rect)), rect),
    );
  }

  /** The value of `measure` on this frame, computed on the first call with this key and kept. */
  reading<T>(key: string, measure: () => T): T {
    return kept(this.#readings, key, measure);
  }

  /** The same for what is measured on this frame and an earlier one together. */
  comparison<T>(earlier: Look, key: string, measure: () => T): T {
    const readings = this.#comparisons.get(earlier) ?? new Map<string, unknown>();
    this.#comparisons.set(earlier, readings);
    return kept(readings, key, measure);
  }

  /** True for a frame of one tone: black, white, half painted away. It shows nothing, so it proves nothing. */
  get flat(): boolean {
    return this.reading('flat', () => {
      const luma = this.image.luma();
      let low = 255;
      let high = 0;
      for (let i = 0; i < luma.length; i++) {
        if (luma[i] < low) low = luma[i]!;
        if (luma[i] > high) high = luma[i]!;
        if (high - low > FLAT_LEVELS) return false;
      }
      return true;
    });
  }
}

function kept<T>(readings: Map<string, unknown>, key: string, measure: () => T): T {
  if (!readings.has(key)) readings.set(key, measure());
  return readings.get(key) as T;
}
