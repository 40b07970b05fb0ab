import type { Point, Rect, Size } from '../core/geometry.js';
import type { Pin } from './file/schema.js';
import { type Viewport, screenshotSize } from './screenshot-size.js';

/** Carries places of the reference screenshot over to the screenshot of another viewport. */
export interface Placement {
  readonly size: Size;
  /** The pixel a pixel goes to; it may be outside of the new screenshot, unless the pin is `scale`. */
  point(at: readonly [x: number, y: number], pin: Pin): Point;
  /** Whole pixels; rects that touch still do. Unless the pin is `scale`, it may stick out, or be empty when stretched. */
  rect(rect: readonly [x: number, y: number, width: number, height: number], pin: Pin): Rect;
  /** The factor by which lengths inside a place of that pin grow. */
  lengthScale(pin: Pin): number;
}

/**
 * `scale` multiplies by one factor from the top left corner, the smaller of the two ratios of the screenshots' sides, as
 * an application does that fits a fixed design into its window. A pinned place keeps its size and its distance to the
 * edge (or to the middle) in CSS pixels, per axis; `stretch` keeps the distances to both edges, and for a point its
 * share of the side.
 */
export function createPlacement({
  reference,
  runtime,
}: Readonly<{ reference: Viewport; runtime: Viewport }>): Placement {
  const from = screenshotSize(reference);
  const to = screenshotSize(runtime);
  const scale = Math.min(to.width / from.width, to.height / from.height);
  const density = runtime.deviceScaleFactor / reference.deviceScaleFactor;
  const lengthScale = (pin: Pin): number => (pin === 'scale' ? scale : density);
  const axes = (pin: Pin): [Axis, Axis] => {
    const [horizontal, vertical = horizontal] = pin.split(' ');
    const factor = lengthScale(pin);
    return [
      { anchor: ANCHORS[horizontal], from: from.width, to: to.width, factor },
      { anchor: ANCHORS[vertical], from: from.height, to: to.height, factor },
    ];
  };
  return {
    size: to,
    lengthScale,
    point([x, y], pin) {
      const [horizontal, vertical] = axes(pin);
      return { x: pixel(x, horizontal), y: pixel(y, vertical) };
    },
    rect([x, y, width, height], pin) {
      const [horizontal, vertical] = axes(pin);
      const across = span(x, width, horizontal);
      const down = span(y, height, vertical);
      return { x: across.start, y: down.start, width: across.length, height: down.length };
    },
  };
}

/** Where on the axis the place is held: 0 its start, 1 its end, 0.5 its middle; both ends. */
type Anchor = number | 'both';
type Axis = Readonly<{ anchor: Anchor; from: number; to: number; factor: number }>;

const ANCHORS: Readonly<Record<string, Anchor>> = {
  scale: 0,
  left: 0,
  top: 0,
  center: 0.5,
  middle: 0.5,
  right: 1,
  bottom: 1,
  stretch: 'both',
};

/** A point is a pixel: its middle is what moves. */
function pixel(value: number, axis: Axis): number {
  const middle = value + 0.5;
  const moved = axis.anchor === 'both' ? (middle * axis.to) / axis.from : move(middle, axis.anchor, axis);
  return Math.floor(moved);
}

/** The edges are rounded, not the length: what was side by side stays so. */
function span(start: number, length: number, axis: Axis): { start: number; length: number } {
  const [near, far] = axis.anchor === 'both' ? [0, 1] : [axis.anchor, axis.anchor];
  const newStart = Math.round(move(start, near, axis));
  const newEnd = Math.round(move(start + length, far, axis));
  if (newEnd > newStart) return { start: newStart, length: newEnd - newStart };
  if (axis.anchor === 'both') return { start: newStart, length: 0 };
  // Less than half a pixel is left of it: the pixel it is on, which at the far edge is the last one.
  return { start: Math.min(newStart, axis.to - 1), length: 1 };
}

function move(value: number, anchor: number, { from, to, factor }: Axis): number {
  return anchor * to + (value - anchor * from) * factor;
}
