import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** Of the lines and text of `before` that run across an outline, in pixels of the outline. */
export interface Occlusion {
  /** Those that now end there: their outer part stayed, their inner part is gone. */
  readonly cut: number;
  /** Those whose outer part is gone, too: what was there was replaced, not covered. */
  readonly torn: number;
  /** Those that still run across. */
  readonly through: number;
}

/**
 * So far from the outline, in pixels, the two parts are looked at: the inner one beyond a border, the outer one also further
 * out, beyond the block in which a codec mixes it with what is new, and of a line that runs on beyond the darkest of a shadow.
 */
const NEAR = 4;
const BLOCK = 5;
const SHADOW = 28;
/** A part counts as kept with this share of its contrast: a drop shadow takes some. */
const KEPT = 0.4;

/**
 * What a thing laid over a page does to it: lines end at its outline that ran on below (T-junctions). What takes the place of
 * something else has an outline too, but nothing of the old runs up to it. Sides at the border of `region` are left out.
 * Cost: eight rows of pixels along the outline.
 */
export function occlusion(
  before: ImageBuffer,
  after: ImageBuffer,
  {
    rect,
    region,
    edge,
    near = NEAR,
  }: { readonly rect: Rect; readonly region: Rect; readonly edge: number; readonly near?: number },
): Occlusion {
  const stride = 4 * before.width;
  const sum = { cut: 0, torn: 0, through: 0 };
  const right = rect.x + rect.width;
  const bottom = rect.y + rect.height;
  const across = (at: number, low: number, high: number): boolean => at - near > low && at + near < high;
  const isEdge = (step: number, was: number): boolean => (was > 0 ? step >= edge : step <= -edge);
  /** Before, a step like `was` is at every few pixels from `low` to `high` outwards of the pixel `at`. */
  const runs = (at: number, was: number, { out, along, low, high }: Run): boolean => {
    for (let k = low; k < high; k += NEAR) {
      const between = at + k * out;
      if (!isEdge(before.data[between + along] - before.data[between], was)) return false;
    }
    return true;
  };
  /** A step like `was` is at the pixel `far`, before and after. */
  const stays = (far: number, was: number, along: number): boolean => {
    const beyond = before.data[far + along] - before.data[far];
    return isEdge(beyond, was) && isKept(beyond, after.data[far + along] - after.data[far]);
  };
  // From a line of pixels at the outline, `out` steps outwards, `along` to the next.
  const count = (line: number, out: number, along: number, length: number): void => {
    for (let i = 0, at = line; i < length; i++, at += along) {
      const outer = at + near * out;
      const was = before.data[outer + along] - before.data[outer];
      if (was < edge && was > -edge) continue;
      const inner = at - near * out;
      const below = before.data[inner + along] - before.data[inner];
      if (!isEdge(below, was)) continue;
      if (!runs(at, was, { out, along, low: NEAR - near, high: near - NEAR })) continue;
      const stayed =
        stays(outer, was, along) ||
        stays(outer + BLOCK * out, was, along) ||
        (runs(outer, was, { out, along, low: 0, high: SHADOW }) && stays(outer + SHADOW * out, was, along));
      if (!stayed && !isAsClear(below, was)) continue;
      if (!stayed) sum.torn++;
      else if (isKept(below, after.data[inner + along] - after.data[inner])) sum.through++;
      else sum.cut++;
    }
  };
  const corner = Math.min(12, Math.floor(Math.min(rect.width, rect.height) / 6));
  const [tall, wide] = [rect.height - 2 * corner - 1, rect.width - 2 * corner - 1];
  const column = (x: number): number => (rect.y + corner) * stride + 4 * x + GREEN;
  const row = (y: number): number => y * stride + 4 * (rect.x + corner) + GREEN;
  if (across(rect.x, region.x, region.x + region.width)) count(column(rect.x), -4, stride, tall);
  if (across(right, region.x, region.x + region.width)) count(column(right - 1), 4, stride, tall);
  if (across(rect.y, region.y, region.y + region.height)) count(row(rect.y), -stride, 4, wide);
  if (across(bottom, region.y, region.y + region.height)) count(row(bottom - 1), stride, 4, wide);
  return sum;
}

/** From `low` to `high` pixels outwards; `out` and `along` are steps in the data. */
type Run = Readonly<{ out: number; along: number; low: number; high: number }>;

const GREEN = 1;

/** A line that was far fainter on one side is the fringe that a codec draws beside another, and ends there by itself. */
function isAsClear(below: number, was: number): boolean {
  const ratio = below / was;
  return ratio > 0.25 && ratio < 4;
}

function isKept(was: number, is: number): boolean {
  const ratio = is / was;
  return ratio > KEPT && ratio < 1 / KEPT;
}
