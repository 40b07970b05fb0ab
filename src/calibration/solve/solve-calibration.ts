import { isPixelproofError } from '../../core/errors.js';
import { type Rect, type Size, center } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type Assumption, isWrong } from '../check/assumption.js';
import { checkCalibration } from '../check/check-calibration.js';
import { type Fits, MIN_PLACES, type RankedFits, candidateFits, isMoveLike } from './candidate-fits.js';
import { editYaml } from './edit-yaml.js';
import { type AxisFit, SAME_SCALE } from '../measure/fit-axis.js';
import { type Layout, layoutFeatures } from '../measure/layout-features.js';
import type { LoadedCalibration } from '../file/load-calibration.js';
import { movePlaces } from './move-places.js';
import { parseCalibration } from '../file/parse-calibration.js';
import { checkedAt, viewportOf } from './check-alone.js';
import { resolveCalibration } from '../resolve.js';
import type { ResolvedCalibration } from '../resolved-calibration.js';
import type { Calibration } from '../file/schema.js';
import { type PinFit, solvePins } from './solve-pins.js';

export type Solution =
  | {
      readonly kind: 'solved';
      readonly x: AxisFit;
      readonly y: AxisFit;
      /** The repaired file. */
      readonly text: string;
      /** Templates whose pictures have another size now, and where each is in the picture. */
      readonly recut: readonly { readonly name: string; readonly rect: Rect }[];
    }
  | ({ readonly kind: 'pinned' } & Omit<PinFit, 'wrong'>)
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'refused';
      readonly reason: string;
      /** What would help, or what did not fit, one a line. */
      readonly details: readonly string[];
    };

/** Of the features that should show, by weight. Popups and other tabs hide some; a redesign more than that. */
const MIN_SHARE = 0.6;
/** Of those of a layout that is scaled differently across and down: few are, and each axis has to tell it alone. */
const UNEVEN_SHARE = 0.8;
/** By so little no display and no application scales; nor is it rounding, when it puts the far side of the picture so many pixels elsewhere. */
const SLIGHT = { scale: 0.01, px: 2 };
/** A fit that is off by more than this on average explains nothing: rounding alone is 0.3. */
const MAX_RMS = 1;

/**
 * Fits a calibration to a picture of its application after a change of layout: one scale and shift per axis that put the lines
 * of its regions, the tops of its lists and its templates where the picture has them. The likeliest pairs of maps are applied to
 * the file and held against the picture (swatches, tabs, actions, rows), and what comes out has to leave nothing drifted or broken
 * and no other that does as well. Refused otherwise, with the reason; never a guess.
 *
 * For a picture of another size than the calibration's, pins are tried first (`pinned`): the reference stays. When none fit, a map is tried as above, and that
 * size becomes the new viewport. `text` is the file's text without a byte-order
 * mark; `deviceScaleFactor` the picture's, where it is known: a picture that fits a denser screen and a larger window alike is refused without. Pure. Cost: 1280x720 about half a second.
 */
export function solveCalibration({
  calibration,
  text,
  image,
  deviceScaleFactor,
}: Readonly<{
  calibration: LoadedCalibration;
  text: string;
  image: ImageBuffer;
  deviceScaleFactor?: number;
}>): Solution {
  const reference = resolveCalibration(calibration, calibration.viewport);
  const own = calibration.viewport.deviceScaleFactor;
  const at = (factor: number): readonly Assumption[] =>
    checkedAt(calibration, image, viewportOf(image, { deviceScaleFactor: factor }));
  const asItIs = at(deviceScaleFactor ?? own);
  const wrong = asItIs.filter(isWrong);
  if (holds(asItIs)) return { kind: 'unchanged' };
  if (deviceScaleFactor !== undefined && deviceScaleFactor !== own) return refusedAsDenser(own, wrong);
  const denser = own * densityOf(image, reference.size);
  if (deviceScaleFactor === undefined && denser !== own && holds(at(denser)))
    return refusedUntold(denser, own);
  const layout = layoutFeatures(reference, image);
  const fit = sameSize(reference.size, image)
    ? null
    : solvePins({ calibration, text, image, features: layout });
  if (fit !== null && fit.wrong.length === 0) return { kind: 'pinned', ...fit };
  if (fit !== null && isOpen(fit, calibration)) return refusedAsOpen(fit);
  const poor = tooPoor(calibration, layout);
  if (poor !== null) return poor;
  const all = candidateFits(reference, layout, image).map((fits) =>
    attempt({ calibration, text, image, ...fits }),
  );
  // A move by whole pixels that explains everything is simpler than a scale that explains no more, and is not outdone by one that keeps more in view.
  const moves = all
    .filter((each) => isMoveLike(all[0], each) && failures(each) === 0)
    .sort((a, b) => a.x.rms + a.y.rms - b.x.rms - b.y.rms);
  const tried = moves.length > 0 ? moves : all;
  const likeliest = tried.at(0);
  if (likeliest === undefined) {
    const reason = 'none of the lines and pictures by which the file could be fitted is in the picture';
    return { kind: 'refused', reason, details: wrong.map(spell) };
  }
  const best = tried.reduce((a, b) => (failures(b) < failures(a) ? b : a));
  if (fit !== null && fit.wrong.length <= failures(best)) return refusedPins(fit);
  const { lost } = likeliest;
  const hasOutgrown = lost?.byWindow === true && isMostlyInView(likeliest, reference.size, image);
  if (failures(best) > 0 && hasOutgrown && unexplained(likeliest, layout) === null) {
    const reason = `with the best fit (${spellFits(likeliest)}) ${lost.what}`;
    return { kind: 'refused', reason, details: [] };
  }
  const rival = tried.find((other) => failures(other) === 0 && isRival(other, best, reference));
  return judged(best, { layout, rival, image, asItIs: wrong.map(spell) });
}

const holds = (found: readonly Assumption[]): boolean =>
  !found.some(isWrong) && found.some(({ state }) => state === 'held');

/** How many pixels one of the reference screenshot is when the picture is of the same window; 1 when it is of no such. */
function densityOf(image: Size, reference: Size): number {
  const [across, down] = [image.width / reference.width, image.height / reference.height];
  return across === down ? across : 1;
}

function refusedUntold(denser: number, own: number): Solution {
  return {
    kind: 'refused',
    reason: `the picture does not tell whether its window is larger or its screen denser: at a device scale factor of ${denser} the file holds as it is`,
    details: [
      `\`--scale ${denser}\` says that the screen is denser, \`--scale ${own}\` that the window is larger, and its pins are to be found`,
    ],
  };
}

function refusedAsDenser(own: number, wrong: readonly Assumption[]): Solution {
  return {
    kind: 'refused',
    reason: `the file does not hold at this device scale factor, and is repaired by a picture at its own, ${own}`,
    details: wrong.map(spell),
  };
}

/** Explains no feature less, has one scale too when the best has, and puts a place of the file so many pixels elsewhere. */
const RIVAL_RANK = 1;
const RIVAL_PX = 4;

function isRival(other: Attempt, best: Attempt, { regions, swatches, points }: ResolvedCalibration): boolean {
  const places = [
    ...[...regions.values(), ...[...swatches.values()].map(({ rect }) => rect)].map(center),
    ...[...points.values()].map(({ at }) => at),
  ];
  const apart = (a: AxisFit, b: AxisFit, at: number): number =>
    Math.abs((a.scale - b.scale) * at + a.shift - b.shift);
  return (
    best.rank - other.rank < RIVAL_RANK &&
    (isEven(other) || !isEven(best)) &&
    places.some(({ x, y }) => Math.max(apart(other.x, best.x, x), apart(other.y, best.y, y)) > RIVAL_PX)
  );
}

/** Whatever does not hold is something of which the picture leaves the pin open, or a list in such a region. */
function isOpen({ wrong, undecided }: PinFit, { lists }: Calibration): boolean {
  const open = new Set(undecided.map(({ name }) => name));
  const inOpen = (name: string): boolean =>
    Object.entries(lists).some(
      ([list, { region }]) => name.startsWith(`lists.${list}.`) && open.has(`regions.${region}`),
    );
  return open.size > 0 && wrong.every(({ name }) => open.has(name) || inOpen(name));
}

function refusedPins({ wrong, shift }: PinFit): Solution {
  const moved =
    shift.x === 0 && shift.y === 0 ? 'the best' : `the best (all ${shift.x}, ${shift.y} px further)`;
  const reason = `no pins fit: with ${moved} ${wrong.length} of the file's assumptions do not hold`;
  return { kind: 'refused', reason, details: wrong.map(spell) };
}

function refusedAsOpen({ undecided }: PinFit): Solution {
  return {
    kind: 'refused',
    reason: 'several pins fit this picture alike: one of another width and another height tells which',
    details: undecided.map(({ name, pins }) => `${name}: ${pins.join(', or ')}`),
  };
}

interface Attempt extends RankedFits {
  readonly text: string;
  readonly wrong: readonly string[];
  /** What this map puts outside of the picture, and whether a larger window would show it; then nothing was held against it. */
  readonly lost: { readonly what: string; readonly byWindow: boolean } | null;
  readonly recut: readonly { readonly name: string; readonly rect: Rect }[];
}

/** A screen of which more is out of sight has not outgrown its window: its parts were moved about. */
const IN_VIEW = 0.5;

function isMostlyInView({ x, y }: Fits, screen: Size, image: Size): boolean {
  const share = ({ scale, shift }: AxisFit, side: number, length: number): number =>
    (Math.min(length, shift + scale * side) - Math.max(0, shift)) / (scale * side);
  return share(x, screen.width, image.width) >= IN_VIEW && share(y, screen.height, image.height) >= IN_VIEW;
}

/** The file under one map, and what is not right with it on the picture. */
function attempt({
  calibration,
  text,
  image,
  x,
  y,
  rank,
}: Readonly<{ calibration: LoadedCalibration; text: string; image: ImageBuffer }> & RankedFits): Attempt {
  try {
    const edited = editYaml(text, movePlaces(calibration, { x, y, size: image }));
    const moved = parseCalibration(edited, { file: calibration.name });
    const recut = changedTemplates(calibration, moved, { x, y });
    const unchanged = withoutTemplates(
      moved,
      recut.map(({ name }) => name),
    );
    const resolved = resolveCalibration(
      { ...unchanged, pictures: calibration.pictures, digits: calibration.digits },
      moved.viewport,
    );
    const wrong = checkCalibration(resolved, image, { reach: 1 }).filter(isWrong).map(spell);
    return { x, y, rank, text: edited, wrong, lost: null, recut };
  } catch (error) {
    // Nothing but a place that left the picture: that map is not it, or the window is too small for it.
    if (!isPixelproofError(error, 'PXP_CALIBRATION')) throw error;
    return {
      x,
      y,
      rank,
      text,
      wrong: [],
      lost: { what: error.message, byWindow: error.facts.hint !== undefined },
      recut: [],
    };
  }
}

const spell = ({ name, expected, found }: Assumption): string =>
  `${name}: expected ${expected}, found ${found}`;

/** A pixel over the longest side of a patch: less does not change it. */
function changedTemplates(
  { pictures }: LoadedCalibration,
  moved: Calibration,
  { x, y }: Fits,
): readonly { name: string; rect: Rect }[] {
  return [...pictures].flatMap(([name, { width, height }]) => {
    const anchor = moved.anchors[name];
    if (!('at' in anchor) || anchor.at === undefined) return [];
    const size = { width: Math.round(width * x.scale), height: Math.round(height * y.scale) };
    if (size.width === width && size.height === height) return [];
    return [{ name, rect: { x: anchor.at[0], y: anchor.at[1], ...size } }];
  });
}

function withoutTemplates(calibration: Calibration, names: readonly string[]): Calibration {
  const anchors = Object.entries(calibration.anchors).filter(([name]) => !names.includes(name));
  return { ...calibration, anchors: Object.fromEntries(anchors) };
}

/** A map that loses a place is worse than any that does not. */
const failures = ({ wrong, lost }: Attempt): number => (lost === null ? wrong.length : Infinity);

/** `rival`: another that holds; `asItIs`: what does not hold of the file as it is. */
function judged(
  best: Attempt,
  {
    layout,
    rival,
    image,
    asItIs,
  }: Readonly<{ layout: Layout; rival?: Attempt; image: Size; asItIs: readonly string[] }>,
): Solution {
  const { x, y, text, wrong, lost, recut } = best;
  if (wrong.length > 0) {
    const isBetter = asItIs.length === 0 || wrong.length < asItIs.length;
    const [fit, details] = isBetter
      ? [`the best (${spellFits(best)})`, wrong]
      : ['none better than as it is,', asItIs];
    const reason = `no scale and shift fits: with ${fit} ${details.length} of the file's assumptions do not hold`;
    return { kind: 'refused', reason, details };
  }
  if (rival !== undefined) {
    const reason = 'two maps fit this picture alike: more places would tell which';
    return { kind: 'refused', reason, details: [spellFits(best), spellFits(rival)] };
  }
  const poor = unexplained(best, layout);
  if (poor !== null) return poor;
  if (isSlight(x, image.width) || isSlight(y, image.height)) {
    const reason = `the best fit (${spellFits(best)}) scales by less than 1 %: a part of the layout grew by some pixels`;
    return { kind: 'refused', reason, details: asItIs };
  }
  if (lost === null) return { kind: 'solved', x, y, text, recut };
  return {
    kind: 'refused',
    reason: `no scale and shift fits: with the best (${spellFits(best)}) ${lost.what}`,
    details: asItIs,
  };
}

/** The refusal of a fit that explains too little of what the file says should show, or explains it badly. */
function unexplained(fits: RankedFits, { isDeclared }: Layout): Solution | null {
  if (fits.rank <= 0) {
    const reason = `the best fit (${spellFits(fits)}) explains too little to be likelier than none`;
    return { kind: 'refused', reason, details: [...fits.x.missing, ...fits.y.missing].map(spellMissing) };
  }
  for (const axis of ['x', 'y'] as const) {
    const { missing, share, rms } = fits[axis];
    if ((share >= (isEven(fits) ? MIN_SHARE : UNEVEN_SHARE) || !isDeclared) && rms <= MAX_RMS) continue;
    const reason = `the best fit (${spellFits(fits)}) explains ${Math.round(100 * share)} % of what should show along ${axis}, ${rms.toFixed(1)} px off on average`;
    return { kind: 'refused', reason, details: missing.map(spellMissing) };
  }
  return null;
}

const spellMissing = (name: string): string => `${name} is not where it would be`;

const isSlight = ({ scale }: AxisFit, length: number): boolean =>
  Math.abs(scale - 1) < SLIGHT.scale && Math.abs(scale - 1) * length > SLIGHT.px;

const isEven = ({ x, y }: Fits): boolean => Math.abs(x.scale / y.scale - 1) <= SAME_SCALE;

const spellFits = ({ x, y }: Fits): string => `${spellMap('x', x)}, ${spellMap('y', y)}`;

function spellMap(axis: string, { scale, shift }: AxisFit): string {
  return `${axis} × ${scale.toFixed(4)} ${shift < 0 ? '-' : '+'} ${Math.abs(shift).toFixed(1)} px`;
}

/** Fewer places than a fit needs. */
function tooPoor(calibration: Calibration, { places }: Layout): Solution | null {
  const short = [
    { axis: 'across', count: places.x, sides: 'left, right' },
    { axis: 'down', count: places.y, sides: 'top, bottom' },
  ].filter(({ count }) => count < MIN_PLACES);
  if (short.length === 0) return null;
  const reason = `the file is too poor to be solved: it has ${short
    .map(({ axis, count }) => `${count} of at least ${MIN_PLACES} findable places ${axis}`)
    .join(' and ')}`;
  return { kind: 'refused', reason, details: short.flatMap(({ sides }) => advice(calibration, sides)) };
}

function advice({ regions, anchors }: Calibration, sides: string): string[] {
  const without = Object.entries(regions)
    .filter(([, { edges }]) => edges.length === 0)
    .map(([name]) => name);
  return [
    without.length > 0
      ? `\`edges: [${sides}]\` would help on regions whose borders show: ${without.slice(0, 8).join(', ')}`
      : `another region with \`edges: [${sides}]\` would help, far from the others`,
    Object.values(anchors).some((anchor) => 'template' in anchor)
      ? 'so would another template anchor with `at`'
      : 'so would template anchors with `at`, such as a logo in one corner and an icon in another',
  ];
}

function sameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}
