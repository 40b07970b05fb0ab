import { PixelproofError } from '../../core/errors.js';
import { type Rect, sameRect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { rowBands } from '../../probe/row-bands.js';
import { type Assumption, SEARCH_PX } from './assumption.js';
import { checkAnchor } from './check-anchors.js';
import { checkCounter } from './check-counters.js';
import { checkList } from './check-lists.js';
import { checkEdges } from './check-regions.js';
import { checkSwatch } from './check-swatches.js';
import { checkTabs } from './check-tabs.js';
import { checkTemplate } from './check-templates.js';
import { checkTogether } from './check-together.js';
import { type AxisMap, fitAxis, scoreMap } from '../measure/fit-axis.js';
import { layoutFeatures } from '../measure/layout-features.js';
import { markShows } from './mark-shows.js';
import { type MeasureOptions, measureEdges } from '../measure/measure-edges.js';
import type {
  ResolvedAnchor,
  ResolvedCalibration,
  ResolvedList,
  ResolvedMark,
  ResolvedModal,
} from '../resolved-calibration.js';
import { SIDES } from '../file/schema.js';

export interface CheckOptions {
  /** How far from its place each thing is looked for, pixels. Default 32. 1 only tells whether all is in its place. */
  readonly reach?: number;
}

/**
 * Holds everything a calibration takes for granted against one picture of its whole viewport: the lines of regions, the
 * colours of swatches, anchors and templates, exactly one active tab, first row, pitch and actions of lists, the numbers of counters, and the boxes
 * of open popups, and that what shows together does. What depends on what the screen shows now (a popup's colour, a list of
 * another tab, the page behind an open popup) is `not-visible` when it does not show, never `broken`. An anchor that only one screen shows and that is neither
 * a popup's nor an empty list's is known to be one when the file says `optional`; else check it on a picture of that screen.
 *
 * In the order of the file's sections. Pure. Cost: 1280x720 about 50 ms, 5 with a `reach` of 1.
 * Errors: PXP_IMAGE_SIZE when the picture is not of the calibration's size.
 *
 * @example
 * checkCalibration(resolveCalibration(calibration, viewport), frame).filter(({ state }) => state !== 'held');
 */
export function checkCalibration(
  calibration: ResolvedCalibration,
  image: ImageBuffer,
  options: CheckOptions = {},
): Assumption[] {
  const { reach = SEARCH_PX } = options;
  const { width, height } = calibration.size;
  if (image.width !== width || image.height !== height) {
    throw new PixelproofError('PXP_IMAGE_SIZE', 'the picture is not of this viewport', {
      what: calibration.name,
      expected: `${width}x${height}`,
      received: `${image.width}x${image.height}`,
    });
  }
  const open = [...calibration.modals.values()].filter(({ mark }) => markShows(image, mark));
  const covered = open.some(({ box }) => hasBox(image, box, reach));
  const passing = passingNames(calibration);
  const isOptional = (path: string): boolean => calibration.optional.has(path);
  const how = { reach, predict: reach > 1 ? createPrediction(calibration, image) : undefined };
  const lists = [...calibration.lists.values()].map((list) => ({
    list,
    checked: checkList(image, {
      list,
      optional: covered,
      topShows: edgesOf(calibration, list.region).includes('top'),
      ...how,
    }),
  }));
  const hiddenRegions = new Set(
    lists.filter(({ checked }) => checked[0].state === 'not-visible').map(({ list }) => list.region),
  );
  const regions = [...calibration.regions].flatMap(([name, rect]) => {
    const sides = edgesOf(calibration, name);
    if (sides.length === 0) return [];
    const hidden = hiddenRegions.has(name) && !covered;
    if (hidden) return [];
    const checked = checkEdges(image, {
      ...{ name: `regions.${name}`, kind: 'region', rect, sides, optional: covered, ...how },
    });
    const isMissing = checked.state === 'broken';
    const isOfShort = isMissing && lists.some(({ list }) => list.region === name && isShort(image, list));
    return [isOfShort ? { ...checked, state: 'not-visible' as const } : checked];
  });
  const tabs = checkTabs(image, { calibration, optional: covered });
  return [
    ...regions,
    ...[...calibration.swatches.values()].map((swatch) =>
      checkSwatch(image, {
        swatch,
        optional: covered || passing.swatches.has(swatch.name) || isOptional(`swatches.${swatch.name}`),
        reach,
      }),
    ),
    ...[...calibration.anchors.values()].map((anchor) =>
      checkAnchor(image, {
        anchor,
        optional:
          covered ||
          passing.anchors.has(anchor.name) ||
          isOptional(`anchors.${anchor.name}`) ||
          showsAnother(image, { anchor, calibration }),
        reach,
      }),
    ),
    ...[...calibration.templates.values()].map((template) =>
      checkTemplate(image, { template, optional: covered || isOptional(`anchors.${template.name}`), reach }),
    ),
    ...(tabs === null ? [] : [tabs]),
    ...lists.flatMap(({ checked }) => checked),
    ...[...calibration.counters.values()].map((counter) => checkCounter(image, { counter, ...how })),
    ...[...calibration.modals.values()].map((modal) =>
      checkModal(image, { modal, open: open.includes(modal), ...how }),
    ),
    ...calibration.together.map((marks, i) =>
      checkTogether(image, { name: `together.${i}`, marks, optional: covered }),
    ),
  ];
}

/** Anchors of one place are what may be there, one at a time: where another of them shows, this one does not have to. */
function showsAnother(
  image: ImageBuffer,
  { anchor, calibration }: Readonly<{ anchor: ResolvedAnchor; calibration: ResolvedCalibration }>,
): boolean {
  return [...calibration.anchors.values()].some(
    (other) =>
      other !== anchor &&
      sameRect(other.rect, anchor.rect) &&
      checkAnchor(image, { anchor: other, optional: true, reach: 1 }).state === 'held',
  );
}

/** Rows that take up less of a list than this leave its sides undrawn for most of their length. */
const SHORT_SHARE = 0.6;

function isShort(image: ImageBuffer, { rect, rows: { minHeight, maxHeight } }: ResolvedList): boolean {
  const last = rowBands(image, { region: rect, minHeight, maxHeight }).rows.at(-1);
  return last !== undefined && last.y + last.height - rect.y < SHORT_SHARE * rect.height;
}

/** A layout has moved when that explains this many more features than that it has not. */
const MOVED_FEATURES = 1;
/** Beyond this most lines are out of reach, and it is for `solve` to find them. */
const MAX_GROWTH = 0.15;
const KEEP = 20;

/**
 * Where a line is likely to be when the whole layout has moved: among several lines nearby, and the weak echoes a lossy codec
 * leaves of strong ones, this tells which it is.
 */
function createPrediction(
  calibration: ResolvedCalibration,
  image: ImageBuffer,
): NonNullable<MeasureOptions['predict']> {
  const features = layoutFeatures(calibration, image);
  const mapOf = (axis: 'x' | 'y'): AxisMap => {
    const length = axis === 'x' ? image.width : image.height;
    const fit = fitAxis(features[axis], { length, keep: KEEP }).find(
      ({ scale, shift }) => Math.abs(scale - 1) <= MAX_GROWTH && Math.abs(shift) <= 2 * SEARCH_PX,
    );
    const same = scoreMap(features[axis], UNMOVED, length);
    return fit !== undefined && fit.score > same.score + MOVED_FEATURES ? fit : UNMOVED;
  };
  const maps = { x: mapOf('x'), y: mapOf('y') };
  return (axis, at) => maps[axis].scale * at + maps[axis].shift;
}

const UNMOVED: AxisMap = { scale: 1, shift: 0 };

function edgesOf({ edges }: ResolvedCalibration, region: string) {
  return edges.get(region) ?? [];
}

/** What shows only now and then: a swatch of one state, and what nothing but popups and empty lists refers to. */
function passingNames({ swatches, tabs, modals, lists }: ResolvedCalibration): {
  readonly swatches: ReadonlySet<string>;
  readonly anchors: ReadonlySet<string>;
} {
  const names = (marks: readonly ResolvedMark[], kind: ResolvedMark['kind']): Set<string> =>
    new Set(
      marks.flatMap((mark) => {
        if (mark.kind !== kind) return [];
        return [mark.kind === 'swatch' ? mark.swatch.name : mark.anchor.name];
      }),
    );
  const ofTabs = [...tabs.values()].map(({ mark }) => mark);
  const ofModals = [...modals.values()].map(({ mark }) => mark);
  const single = [...swatches.values()].filter(({ states }) => Object.keys(states).length === 1);
  const lasting = names(ofTabs, 'swatch');
  return {
    swatches: new Set(
      [...names(ofModals, 'swatch'), ...single.map(({ name }) => name)].filter((name) => !lasting.has(name)),
    ),
    anchors: new Set([
      ...names([...ofModals, ...ofTabs], 'anchor'),
      ...[...lists.values()].flatMap(({ empty }) => (empty === null ? [] : [empty.name])),
    ]),
  };
}

/** One side may go unseen, where the page behind has the box's colour. */
const MIN_BOX_SIDES = 3;

/** A popup's colour at its place is a popup only with a box around it: a page that took on that colour covers nothing. */
function hasBox(image: ImageBuffer, rect: Rect, reach: number): boolean {
  const edges = measureEdges(image, { rect, sides: SIDES, reach });
  return edges.filter(({ found }) => found !== null).length >= Math.min(MIN_BOX_SIDES, edges.length);
}

/** An open popup is there by its mark; the lines of its box, where it has them on all sides, tell where. */
function checkModal(
  image: ImageBuffer,
  {
    modal,
    open,
    ...how
  }: Readonly<{ modal: ResolvedModal; open: boolean }> & Pick<MeasureOptions, 'reach' | 'predict'>,
): Assumption {
  const { name, box } = modal;
  const base = { name: `modals.${name}`, kind: 'modal', rect: box, expected: 'its mark' } as const;
  if (!open) return { ...base, state: 'not-visible', found: 'closed', margin: 0 };
  const edges = checkEdges(image, {
    name: base.name,
    kind: 'modal',
    rect: box,
    sides: SIDES,
    optional: true,
    ...how,
  });
  return edges.state === 'not-visible' ? { ...base, state: 'held', found: 'open', margin: 1 } : edges;
}
