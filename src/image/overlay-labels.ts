import type { SKRSContext2D } from '@napi-rs/canvas';
import { type Rect, type Size, intersect } from '../core/geometry.js';
import type { OverlayShape } from './draw-overlay.js';

const FONT_PX = 12;
const PLATE_HEIGHT = 16;
const PLATE_PADDING = 4;
/** Between a shape and its plate. */
const GAP = 3;
const PLATE_ALPHA = 0.9;

/**
 * The labels of overlay shapes and the legend, the smallest shapes' labels first: they have the fewest places where they say
 * what they belong to. Each takes the first of its places that covers no other label, or the one that covers the least.
 */
export function drawLabels(context: SKRSContext2D, shapes: readonly OverlayShape[], image: Size): void {
  context.font = `${FONT_PX}px sans-serif`;
  context.textBaseline = 'middle';
  const taken: Rect[] = [];
  for (const shape of shapes)
    if (shape.kind === 'legend') drawLegend(context, { shape, shapes, image, taken });
  const labelled = shapes.flatMap((shape) =>
    (shape.kind === 'rect' || shape.kind === 'cross') && shape.label !== undefined
      ? [{ box: boxOf(shape), color: shape.color, label: shape.label }]
      : [],
  );
  labelled.sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height);
  for (const { box, color, label } of labelled) {
    const size = {
      width: Math.ceil(context.measureText(label).width) + 2 * PLATE_PADDING,
      height: PLATE_HEIGHT,
    };
    const plate = leastCovering(
      placesAround(box, size).map((place) => pushedInside(place, image)),
      taken,
    );
    taken.push(plate);
    drawPlate(context, { plate, color, label });
  }
}

const CROSS_ARM = 9;

function boxOf(shape: Extract<OverlayShape, { kind: 'rect' | 'cross' }>): Rect {
  if (shape.kind === 'rect') return shape.rect;
  const { x, y } = shape.point;
  return { x: x - CROSS_ARM, y: y - CROSS_ARM, width: 2 * CROSS_ARM, height: 2 * CROSS_ARM };
}

/** A box with this much room has its label inside, where it belongs to no neighbour. */
const ROOMY_HEIGHT = 24;
const ROOMY_LABELS = 2;

/** In order of preference: inside at the corners where there is room, then above, below and beside. */
function placesAround({ x, y, width, height }: Rect, plate: Size): Rect[] {
  const [right, bottom] = [x + width, y + height];
  const above = y - plate.height - GAP;
  const at = (left: number, top: number): Rect => ({ x: left, y: top, ...plate });
  const inside = [
    at(x, y),
    at(right - plate.width, y),
    at(x, bottom - plate.height),
    at(right - plate.width, bottom - plate.height),
    at(x + (width - plate.width) / 2, y),
  ];
  const outside = [
    at(x, above),
    at(x, bottom + GAP),
    at(right + GAP, y + (height - plate.height) / 2),
    at(x - plate.width - GAP, y + (height - plate.height) / 2),
    at(right - plate.width, above),
    at(right - plate.width, bottom + GAP),
    at(x, above - plate.height),
    at(x, bottom + GAP + plate.height),
  ];
  const roomy = height >= ROOMY_HEIGHT && width >= ROOMY_LABELS * plate.width;
  return roomy ? [...inside, ...outside] : [...outside, ...inside];
}

function pushedInside(plate: Rect, { width, height }: Size): Rect {
  return {
    ...plate,
    x: Math.round(Math.max(0, Math.min(plate.x, width - plate.width))),
    y: Math.round(Math.max(0, Math.min(plate.y, height - plate.height))),
  };
}

function leastCovering(places: readonly Rect[], taken: readonly Rect[]): Rect {
  let best = places[0];
  let least = Infinity;
  for (const place of places) {
    const covered = coveredArea(place, taken);
    if (covered >= least) continue;
    best = place;
    least = covered;
    if (covered === 0) break;
  }
  return best;
}

function coveredArea(place: Rect, taken: readonly Rect[]): number {
  return taken.reduce((sum, other) => {
    const { width, height } = intersect(place, other);
    return sum + width * height;
  }, 0);
}

function drawPlate(
  context: SKRSContext2D,
  { plate, color, label }: Readonly<{ plate: Rect; color: string; label: string }>,
): void {
  context.globalAlpha = PLATE_ALPHA;
  context.fillStyle = color;
  context.fillRect(plate.x, plate.y, plate.width, plate.height);
  context.globalAlpha = 1;
  context.fillStyle = textColorOn(context.fillStyle);
  context.fillText(label, plate.x + PLATE_PADDING, plate.y + plate.height / 2 + 1);
}

/** Black on light plates, white on dark ones. The canvas spells an opaque colour it was given as `#rrggbb`. */
function textColorOn(color: string): string {
  const bits = Number.parseInt(color.slice(1), 16);
  const luma = 0.299 * (bits >> 16) + 0.587 * ((bits >> 8) & 255) + 0.114 * (bits & 255);
  return luma > 140 ? 'black' : 'white';
}

const LEGEND_LINE = 18;
const LEGEND_SWATCH = 12;

function drawLegend(
  context: SKRSContext2D,
  {
    shape,
    shapes,
    image,
    taken,
  }: Readonly<{
    shape: Extract<OverlayShape, { kind: 'legend' }>;
    shapes: readonly OverlayShape[];
    image: Size;
    taken: Rect[];
  }>,
): void {
  const widest = Math.max(0, ...shape.entries.map(({ label }) => context.measureText(label).width));
  const size = {
    width: Math.ceil(widest) + LEGEND_SWATCH + 4 * PLATE_PADDING,
    height: shape.entries.length * LEGEND_LINE + 2 * PLATE_PADDING,
  };
  const [right, bottom] = [image.width - size.width, image.height - size.height];
  const [center, middle] = [Math.round(right / 2), Math.round(bottom / 2)];
  const corners = [0, right, center].flatMap((x) => [bottom, 0, middle].map((y) => ({ x, y })));
  const others = shapes.flatMap((each) =>
    each.kind === 'rect' || each.kind === 'cross' ? [boxOf(each)] : [],
  );
  // Shares, not areas: what lies under it altogether is worse than a corner of a large region.
  const hidden = (box: Rect): number =>
    others.reduce((sum, other) => sum + coveredArea(box, [other]) / (other.width * other.height), 0);
  const boxes = corners.map((corner) => ({ ...corner, ...size }));
  const box = boxes.reduce((a, b) => (hidden(b) < hidden(a) ? b : a));
  taken.push(box);
  context.fillStyle = 'rgb(20 20 20 / 85%)';
  context.fillRect(box.x, box.y, box.width, box.height);
  for (const [i, { color, label }] of shape.entries.entries()) {
    const line = box.y + PLATE_PADDING + (i + 0.5) * LEGEND_LINE;
    context.fillStyle = color;
    context.fillRect(box.x + PLATE_PADDING, line - LEGEND_SWATCH / 2, LEGEND_SWATCH, LEGEND_SWATCH);
    context.strokeStyle = 'white';
    context.lineWidth = 1;
    context.strokeRect(box.x + PLATE_PADDING, line - LEGEND_SWATCH / 2, LEGEND_SWATCH, LEGEND_SWATCH);
    context.fillStyle = 'white';
    context.fillText(label, box.x + LEGEND_SWATCH + 2 * PLATE_PADDING, line + 1);
  }
}
