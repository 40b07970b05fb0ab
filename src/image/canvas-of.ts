import type { Canvas } from '@napi-rs/canvas';
import type { CanvasModule } from './canvas-addon.js';
import type { ImageBuffer } from './image-buffer.js';

/** A new canvas that shows a copy of the image. Partial alpha is rounded: a canvas holds premultiplied colours. */
export function canvasOf({ ImageData, createCanvas }: CanvasModule, image: ImageBuffer): Canvas {
  const { width, height, data } = image;
  const canvas = createCanvas(width, height);
  const pixels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength);
  canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas;
}
