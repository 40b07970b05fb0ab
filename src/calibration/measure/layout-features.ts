import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type Line, findLines } from './find-lines.js';
import type { AxisFeature, AxisMap } from './fit-axis.js';
import { locatePatch } from './locate-patch.js';
import { measureEdges } from './measure-edges.js';
import type { ResolvedCalibration } from '../resolved-calibration.js';
import { SIDES, type Side } from '../file/schema.js';

/** What a calibration gives the place of, per axis, with the places in a picture where each may be now. */
export interface LayoutFeatures {
  readonly x: readonly AxisFeature[];
  readonly y: readonly AxisFeature[];
}

/** A line shows at least this share of the length it should have. */
const MIN_SHOWN = 0.35;
/** Shorter sides are not among the long straight edges of a picture. */
const MIN_LENGTH = 48;
/** Lines repeat on a screen; a picture that was found is itself. */
const TEMPLATE_WEIGHT = 2;

/**
 * Lines of regions (the declared edges, or when a file declares none, all sides of its regions), tops of first rows, and
 * templates whose place is known, with their candidates: the picture's long straight edges, and where each template was found.
 * Swatches and actions have no place of their own, only room around them: they verify a fit, they do not propose one.
 */
export function layoutFeatures(calibration: ResolvedCalibration, image: ImageBuffer): LayoutFeatures {
  const lines = { x: findLines(image, 'x'), y: findLines(image, 'y') };
  const found = new Map<string, AxisFeature & { axis: 'x' | 'y' }>();
  const add = (name: string, { axis, at, length }: { axis: 'x' | 'y'; at: number; length: number }): void => {
    const key = `${axis} ${at}`;
    const known = found.get(key);
    if (length < MIN_LENGTH) return;
    // Two regions that meet share a line: one feature, by both names.
    if (known !== undefined) return void found.set(key, { ...known, name: `${known.name}, ${name}` });
    found.set(key, { name, axis, at, candidates: candidatesOf(lines[axis], length), weight: 1 });
  };
  for (const { name, rect, sides } of measurable(calibration)) {
    for (const side of sides) add(`${name} ${side}`, edgeOf(rect, side));
  }
  for (const { name, rect, rows } of calibration.lists.values()) {
    add(`lists.${name}.rows.first`, { axis: 'y', at: rows.first, length: rect.width });
  }
  const lined = [...found.values()];
  const pictured = templateFeatures(calibration, image);
  return {
    x: [...lined.filter(({ axis }) => axis === 'x'), ...pictured.x],
    y: [...lined.filter(({ axis }) => axis === 'y'), ...pictured.y],
  };
}

/** How far from where a map puts it a line may be: a scale that lines near to each other told is off by so much at the other end. */
const NEAR_PX = 4;

/**
 * The same lines, short sides too, each with the one place near to where a map puts it: a box's short sides are too many in a picture to
 * propose a map, and often the only ones far enough apart to say its scale.
 */
export function featuresNear(
  calibration: ResolvedCalibration,
  image: ImageBuffer,
  map: Readonly<{ x: AxisMap; y: AxisMap }>,
): LayoutFeatures {
  const near: Record<'x' | 'y', AxisFeature[]> = { x: [], y: [] };
  for (const { name, rect, sides } of measurable(calibration)) {
    const [left, right] = [rect.x, rect.x + rect.width].map((at) =>
      Math.round(map.x.scale * at + map.x.shift),
    );
    const [top, bottom] = [rect.y, rect.y + rect.height].map((at) =>
      Math.round(map.y.scale * at + map.y.shift),
    );
    const put = { x: left, y: top, width: right - left, height: bottom - top };
    for (const { side, axis, found } of measureEdges(image, { rect: put, sides, reach: NEAR_PX })) {
      const candidates = found === null ? [] : [found];
      near[axis].push({ name: `${name} ${side}`, at: edgeOf(rect, side).at, candidates, weight: 1 });
    }
  }
  return near;
}

function measurable({
  regions,
  edges,
}: ResolvedCalibration): readonly { name: string; rect: Rect; sides: readonly Side[] }[] {
  const declared = [...regions].map(([name, rect]) => ({
    name: `regions.${name}`,
    rect,
    sides: edges.get(name) ?? [],
  }));
  const nothing = declared.every(({ sides }) => sides.length === 0);
  return nothing ? declared.map((region) => ({ ...region, sides: SIDES })) : declared;
}

function edgeOf({ x, y, width, height }: Rect, side: Side): { axis: 'x' | 'y'; at: number; length: number } {
  switch (side) {
    case 'left':
      return { axis: 'x', at: x, length: height };
    case 'right':
      return { axis: 'x', at: x + width, length: height };
    case 'top':
      return { axis: 'y', at: y, length: width };
    case 'bottom':
      return { axis: 'y', at: y + height, length: width };
  }
}

function candidatesOf(lines: readonly Line[], length: number): readonly number[] {
  return lines.filter((line) => line.length >= MIN_SHOWN * length).map(({ at }) => at);
}

function templateFeatures({ templates }: ResolvedCalibration, image: ImageBuffer): LayoutFeatures {
  const [x, y]: [AxisFeature[], AxisFeature[]] = [[], []];
  for (const { name, image: patch, at, minScore } of templates.values()) {
    if (at === null) continue;
    const located = locatePatch(image, { patch, places: everywhere(image, patch) });
    const isThere = located !== null && located.score >= minScore;
    const feature = (expected: number, found: number): AxisFeature => ({
      name: `anchors.${name}`,
      at: expected,
      candidates: isThere ? [found] : [],
      weight: TEMPLATE_WEIGHT,
    });
    x.push(feature(at.x, located?.rect.x ?? 0));
    y.push(feature(at.y, located?.rect.y ?? 0));
  }
  return { x, y };
}

function* everywhere(image: ImageBuffer, patch: ImageBuffer): Generator<{ x: number; y: number }> {
  for (let y = 0; y + patch.height <= image.height; y++) {
    for (let x = 0; x + patch.width <= image.width; x++) yield { x, y };
  }
}
