import { type Rect, sameRect } from '../core/geometry.js';
import { crop } from '../image/image-buffer.js';
import { encodePng } from '../image/encode-png.js';
import type { Frame } from './frame.js';
import { samePixels } from './same-pixels.js';

/**
 * The part of a full frame that `rect` shows; the frame itself when that is all of it. It is decoded with the full frame,
 * once for all parts. Its bytes are the pixels encoded again, without loss, when first asked for, so its format is PNG
 * while its provenance keeps how the picture came; equal pixels have equal bytes.
 */
export function cropFrame(full: Frame, rect: Rect): Frame {
  if (sameRect(full.rect, rect)) return full;
  let bytes: Uint8Array | undefined;
  const decode = () => crop(full.decode(), { ...rect, x: rect.x - full.rect.x, y: rect.y - full.rect.y });
  let image: ReturnType<typeof decode> | undefined;
  const cut: Frame = {
    format: 'png',
    rect,
    whole: full,
    get bytes() {
      bytes ??= encodePng((image ??= decode()));
      return bytes;
    },
    get provenance() {
      return full.provenance;
    },
    decode: () => (image ??= decode()),
    hasPixelsOf: (other) => samePixels(cut, other),
  };
  return cut;
}
