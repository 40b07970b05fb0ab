import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** The pixels that stand out, by how much: positions of pixel centres, levels of the largest channel. */
export interface InkPixels {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly weight: Float64Array;
}

/** A part of a drawing that hangs together. The box is in image pixels. */
export interface Shape extends Rect {
  readonly ink: InkPixels;
}

/** Of the strongest ink: what belongs to a shape. The halo of a JPEG and the blur of an edge are fainter. */
const STRONG = 0.3;
const SPECK = 4;

/** All that differs from `background` by more than `faint` levels in `box`. */
export function inkIn(
  { data, width: stride }: ImageBuffer,
  box: Rect,
  { background, faint }: { readonly background: readonly number[]; readonly faint: number },
): InkPixels {
  const most = box.width * box.height;
  const [xs, ys, weight] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  let count = 0;
  for (let y = box.y; y < box.y + box.height; y++) {
    for (let x = box.x; x < box.x + box.width; x++) {
      const p = 4 * (y * stride + x);
      const off = Math.max(
        Math.abs(data[p] - background[0]),
        Math.abs(data[p + 1] - background[1]),
        Math.abs(data[p + 2] - background[2]),
      );
      if (off <= faint) continue;
      xs[count] = x;
      ys[count] = y;
      weight[count++] = off;
    }
  }
  return { count, x: xs, y: ys, weight };
}

/** The connected shapes of the stronger ink, touching corners included, largest box first. */
export function shapesOf(ink: InkPixels, box: Rect): Shape[] {
  const at = new Int32Array(box.width * box.height).fill(-1);
  const strong = STRONG * ink.weight.subarray(0, ink.count).reduce((most, one) => Math.max(most, one), 0);
  for (let i = 0; i < ink.count; i++) {
    if (ink.weight[i] >= strong) at[(ink.y[i] - box.y) * box.width + ink.x[i] - box.x] = i;
  }
  const shapes: Shape[] = [];
  for (let start = 0; start < at.length; start++) {
    if (at[start] < 0) continue;
    const members = flood(at, start, box.width);
    if (members.length >= SPECK) shapes.push(shapeOf(ink, members));
  }
  return shapes.sort((a, b) => b.width * b.height - a.width * a.height);
}

/** Takes what is connected to `start` out of `at`. */
function flood(at: Int32Array, start: number, width: number): number[] {
  const members = [at[start]];
  const open = [start];
  at[start] = -1;
  while (open.length > 0) {
    const cell = open.pop()!;
    const column = cell % width;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const next = cell + dy * width + dx;
        if (column + dx < 0 || column + dx >= width || next < 0 || next >= at.length || at[next] < 0)
          continue;
        members.push(at[next]);
        at[next] = -1;
        open.push(next);
      }
    }
  }
  return members;
}

function shapeOf(ink: InkPixels, members: readonly number[]): Shape {
  const pick = (from: Float64Array): Float64Array => Float64Array.from(members, (i) => from[i]);
  const [x, y, weight] = [pick(ink.x), pick(ink.y), pick(ink.weight)];
  const [left, top] = [x.reduce((a, b) => Math.min(a, b)), y.reduce((a, b) => Math.min(a, b))];
  return {
    x: left,
    y: top,
    width: x.reduce((a, b) => Math.max(a, b)) + 1 - left,
    height: y.reduce((a, b) => Math.max(a, b)) + 1 - top,
    ink: { count: members.length, x, y, weight },
  };
}
