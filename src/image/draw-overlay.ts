import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Point, Rect } from '../core/geometry.js';
import { requireCanvas } from './canvas-addon.js';
import { canvasOf } from './canvas-of.js';
import { ImageBuffer } from './image-buffer.js';

/** Any CSS colour: `#0a0`, `rgb(0 160 0)`, `tomato`. */
type CssColor = string;

/** Something to show on top of a frame. Coordinates are image pixels; labels are one short line. */
export type OverlayShape =
  | { readonly kind: 'rect'; readonly rect: Rect; readonly color: CssColor; readonly label?: string }
  | { readonly kind: 'cross'; readonly point: Point; readonly color: CssColor; readonly label?: string }
  | { readonly kind: 'tiles'; readonly tiles: readonly Rect[]; readonly color: CssColor };

/**
 * A copy of the image with shapes drawn on it, in order: boxes and crosses in a 2 px line with a dark edge, so that they
 * show on any ground; tiles as a translucent fill that lets the pixels through. Labels stand above their shape, or
 * inside where there is no room, and are left out on machines without any font. For people: the result proves nothing.
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
  if (labels) for (const shape of shapes) drawLabel(context, shape, image);
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

const FONT_PX = 13;
const LABEL_EDGE_WIDTH = 3;
const LABEL_GAP = 5;

function drawLabel(context: SKRSContext2D, shape: OverlayShape, image: ImageBuffer): void {
  if (shape.kind === 'tiles' || shape.label === undefined) return;
  context.font = `${FONT_PX}px sans-serif`;
  context.textBaseline = 'alphabetic';
  const [left, top] =
    shape.kind === 'rect'
      ? [shape.rect.x, shape.rect.y]
      : [shape.point.x + LABEL_GAP, shape.point.y - LABEL_GAP + LINE_WIDTH];
  const fitsAbove = top - LABEL_GAP - FONT_PX >= 0;
  const y = Math.min(image.height - LABEL_GAP, fitsAbove ? top - LABEL_GAP : top + FONT_PX + LABEL_GAP);
  const { width } = context.measureText(shape.label);
  const x = Math.max(LABEL_GAP, Math.min(left, image.width - width - LABEL_GAP));
  context.lineJoin = 'round';
  context.lineWidth = LABEL_EDGE_WIDTH;
  context.strokeStyle = 'black';
  context.strokeText(shape.label, x, y);
  context.fillStyle = shape.color;
  context.fillText(shape.label, x, y);
}
