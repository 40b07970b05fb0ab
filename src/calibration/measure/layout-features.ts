import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type Line, SHORTEST_PX, linesBetween, linesOf } from './find-lines.js';
import type { AxisFeature, AxisMap } from './fit-axis.js';
import { locatePatch } from './locate-patch.js';
import { stepGrid } from './step-grid.js';
import type { ResolvedCalibration } from '../resolved-calibration.js';
import { SIDES, type Side } from '../file/schema.js';

/** What a calibration gives the place of, per axis, with the places in a picture where each may be now. */
export interface LayoutFeatures {
  readonly x: readonly AxisFeature[];
  readonly y: readonly AxisFeature[];
}

export interface Layout extends LayoutFeatures {
  /** How many places the file gives by which each axis may be told, whether or not the picture shows them. */
  readonly places: Readonly<Record<'x' | 'y', number>>;
  /** Whether the file says which sides show. Of one that does not, any side of a region may be a line or none. */
  readonly isDeclared: boolean;
  /**
   * The features of one axis when the map of the other is known: then it is known how far each side goes, and short ones can be told from
   * letters and icons. Without those of which more than half is out of the picture.
   */
  readonly under: (axis: 'x' | 'y', other: AxisMap) => readonly AxisFeature[];
}

/** A line shows at least this share of the length it should have. */
const MIN_SHOWN = 0.35;
/** Shorter sides are not among the long straight edges of a picture. */
const MIN_LENGTH = 48;
/** Lines repeat on a screen; a picture that was found is itself. */
const TEMPLATE_WEIGHT = 2;
/** Of a side that is known to go out of the picture this much has to be in it. */
const MIN_INSIDE = 0.5;

/**
 * Lines of regions (the declared edges, or when a file declares none, all sides of its regions), tops of first rows, and
 * templates whose place is known, with their candidates: the picture's long straight edges, and where each template was found.
 * Swatches and actions have no place of their own, only room around them: they verify a fit, they do not propose one.
 */
export function layoutFeatures(calibration: ResolvedCalibration, image: ImageBuffer): Layout {
  const grids = { x: stepGrid(image, 'x'), y: stepGrid(image, 'y') };
  const lines = { x: linesOf(grids.x), y: linesOf(grids.y) };
  const { sides, isDeclared } = sidesOf(calibration);
  const pictured = templateFeatures(calibration, image);
  const featuresOf = (axis: 'x' | 'y'): readonly AxisFeature[] => [
    ...sides
      .filter((side) => side.axis === axis && side.to - side.from >= MIN_LENGTH)
      .map(({ name, at, from, to }) => ({
        ...{ name, at, weight: 1 },
        ...placesOf(lines[axis].filter((line) => line.length >= MIN_SHOWN * (to - from))),
      })),
    ...pictured[axis],
  ];
  // Maps that differ little put a side's ends on the same pixels.
  const known = new Map<string, Places | null>();
  const between = (axis: 'x' | 'y', from: number, to: number): Places | null => {
    const key = `${axis} ${from} ${to}`;
    const seen = known.get(key);
    if (seen !== undefined) return seen;
    const lines = linesBetween(image, { axis, grid: grids[axis], from, to });
    const places = lines === null ? null : placesOf(lines);
    known.set(key, places);
    return places;
  };
  const under = (axis: 'x' | 'y', { scale, shift }: AxisMap): readonly AxisFeature[] => [
    ...sides
      .filter((side) => side.axis === axis)
      .flatMap(({ name, at, ...side }) => {
        const [from, to] = [side.from, side.to].map((end) => Math.round(scale * end + shift));
        const [first, last] = [Math.max(0, from), Math.min(axis === 'x' ? image.height : image.width, to)];
        const places = last - first >= MIN_INSIDE * (to - from) ? between(axis, first, last) : null;
        return places === null ? [] : [{ name, at, ...places, weight: 1 }];
      }),
    ...pictured[axis],
  ];
  const countOf = (axis: 'x' | 'y'): number =>
    sides.filter((side) => side.axis === axis && side.to - side.from >= SHORTEST_PX).length +
    pictured[axis].length;
  const places = { x: countOf('x'), y: countOf('y') };
  return { x: featuresOf('x'), y: featuresOf('y'), places, isDeclared, under };
}

/** A side: where it is on its axis, and from where to where it goes on the other. */
interface SideLine {
  readonly name: string;
  readonly axis: 'x' | 'y';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

function sidesOf(calibration: ResolvedCalibration): { sides: readonly SideLine[]; isDeclared: boolean } {
  const found = new Map<string, SideLine>();
  const add = (side: SideLine): void => {
    const key = `${side.axis} ${side.at}`;
    const known = found.get(key);
    // Two regions that meet share a line: one feature, by both names, as far as the longer goes.
    const longer = known !== undefined && known.to - known.from > side.to - side.from ? known : side;
    found.set(key, { ...longer, name: known === undefined ? side.name : `${known.name}, ${side.name}` });
  };
  const { regions, isDeclared } = measurable(calibration);
  for (const { name, rect, sides } of regions) {
    for (const side of sides) add({ name: `${name} ${side}`, ...lineOf(rect, side) });
  }
  for (const { name, rect, rows } of calibration.lists.values()) {
    const [from, to] = [rect.x, rect.x + rect.width];
    add({ name: `lists.${name}.rows.first`, axis: 'y', at: rows.first, from, to });
  }
  return { sides: [...found.values()], isDeclared };
}

function measurable({ regions, edges }: ResolvedCalibration): {
  regions: readonly { name: string; rect: Rect; sides: readonly Side[] }[];
  isDeclared: boolean;
} {
  const declared = [...regions].map(([name, rect]) => ({
    name: `regions.${name}`,
    rect,
    sides: edges.get(name) ?? [],
  }));
  const isDeclared = declared.some(({ sides }) => sides.length > 0);
  return { isDeclared, regions: isDeclared ? declared : declared.map((each) => ({ ...each, sides: SIDES })) };
}

function lineOf({ x, y, width, height }: Rect, side: Side): Omit<SideLine, 'name'> {
  const [across, down] = [
    { axis: 'x', from: y, to: y + height },
    { axis: 'y', from: x, to: x + width },
  ] as const;
  switch (side) {
    case 'left':
      return { ...across, at: x };
    case 'right':
      return { ...across, at: x + width };
    case 'top':
      return { ...down, at: y };
    case 'bottom':
      return { ...down, at: y + height };
  }
}

type Places = Pick<AxisFeature, 'candidates' | 'sharp'>;

function placesOf(lines: readonly Pick<Line, 'at' | 'sharp'>[]): Places {
  const sharp = lines.flatMap((line) => line.sharp);
  return { candidates: lines.map(({ at }) => at), sharp: sharp.sort((a, b) => a.at - b.at) };
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
