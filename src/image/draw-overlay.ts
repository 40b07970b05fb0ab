import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Point, Rect } from '../core/geometry.js';
import { requireCanvas } from './canvas-addon.js';
import { canvasOf } from './canvas-of.js';
import { drawLabels } from './overlay-labels.js';
import { ImageBuffer } from './image-buffer.js';

/** Any CSS colour: `#0a0`, `rgb(0 160 0)`, `tomato`. */
type CssColor = string;

/** Something to show on top of a frame. Coordinates are image pixels; labels are one short line. */
export type OverlayShape =
  | { readonly kind: 'rect'; readonly rect: Rect; readonly color: CssColor; readonly label?: string }
  | { readonly kind: 'cross'; readonly point: Point; readonly color: CssColor; readonly label?: string }
  | { readonly kind: 'tiles'; readonly tiles: readonly Rect[]; readonly color: CssColor }
  /** What the colours mean, in a box where it covers the fewest shapes. */
  | {
      readonly kind: 'legend';
      readonly entries: readonly { readonly color: CssColor; readonly label: string }[];
    };

/**
 * A copy of the image with shapes drawn on it, in order: boxes and crosses in a 2 px line with a dark edge, so that they
 * show on any ground; tiles as a translucent fill that lets the pixels through. Labels stand on plates of their shape's
 * colour, at the place around the shape where they cover the least of other labels, and are left out on machines
 * without any font, as the legend is. For people: the result proves nothing.
 *
 * Errors: PXP_USAGE when the canvas addon does not load.
 *
 * @example
 * drawOverlay(frame, [{ kind: 'cross', point: { x: 40, y: 12 }, color: '#e33', label: 'tab.inbox' }]);
 */
export function drawOverlay(image: ImageBuffer, shapes: readonly OverlayShape[]): ImageBuffer {
  const addon = requireCanvas('drawOverlay');
  const canvas = canvasOf(addon, image);
  const context = canvas.getContext('2d');
  const labels = addon.GlobalFonts.families.length > 0;
  for (const shape of shapes) drawShape(context, shape);
  // Labels last: no line may run through a text.
  if (labels) drawLabels(context, shapes, image);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return new ImageBuffer(
    image.width,
    image.height,
    new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
}

const LINE_WIDTH = 2;
const EDGE_WIDTH = 4;
const EDGE_COLOR = 'rgb(0 0 0 / 75%)';
const CROSS_ARM = 9;
const TILE_ALPHA = 0.4;

function drawShape(context: SKRSContext2D, shape: OverlayShape): void {
  switch (shape.kind) {
    case 'rect': {
      const { x, y, width, height } = shape.rect;
      context.beginPath();
      // Half the line width outwards: the framed pixels stay visible.
      context.rect(x - 1, y - 1, width + 2, height + 2);
      strokeWithEdge(context, shape.color);
      return;
    }
    case 'cross': {
      const { x, y } = shape.point;
      context.beginPath();
      context.moveTo(x - CROSS_ARM, y);
      context.lineTo(x + CROSS_ARM, y);
      context.moveTo(x, y - CROSS_ARM);
      context.lineTo(x, y + CROSS_ARM);
      strokeWithEdge(context, shape.color);
      return;
    }
    case 'tiles':
      context.globalAlpha = TILE_ALPHA;
      context.fillStyle = shape.color;
      for (const { x, y, width, height } of shape.tiles) context.fillRect(x, y, width, height);
      context.globalAlpha = 1;
      return;
    case 'legend':
      // With the labels: no line may run through it.
      return;
  }
}

function strokeWithEdge(context: SKRSContext2D, color: string): void {
  context.lineWidth = EDGE_WIDTH;
  context.strokeStyle = EDGE_COLOR;
  context.stroke();
  context.lineWidth = LINE_WIDTH;
  context.strokeStyle = color;
  context.stroke();
}
