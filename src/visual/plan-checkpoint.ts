import { PixelproofError, type Rect, enclosing, intersect, sizeRect } from '../core/index.js';
import { type ResolvedCalibration, type ResolvedList, placeOfMark } from '../calibration/index.js';
import { TILE } from './motion/ambient-map.js';
import type { Evidence } from './evidence.js';
import type { Action, Step } from './step.js';
import { type Reach, reachesRegion } from './reach.js';
import { type Vocabulary, screenOf } from './vocabulary.js';

/** Names, and how far the looks that are planned reach: `near` where nothing is said. */
type Reaching = Vocabulary & Readonly<{ reach?: Reach }>;

/** The regions a predicate looks at, viewport device pixels. Errors: PXP_CALIBRATION_NAME, PXP_FLOW for a screen. */
export function evidenceRegions(evidence: Evidence, vocabulary: Reaching): readonly Rect[] {
  const { calibration, screens } = vocabulary;
  switch (evidence.kind) {
    case 'tabActive':
      calibration.tab(evidence.tab);
      return [...calibration.tabs.values()].flatMap(({ mark, region }) =>
        region !== null && reachesRegion(vocabulary.reach ?? 'near')
          ? [placeOfMark(mark), region]
          : [placeOfMark(mark)],
      );
    case 'swatchIs':
      return [swatchRegion(evidence, calibration)];
    case 'changed':
    case 'unchanged':
    case 'textGrew':
      return [calibration.region(evidence.region)];
    case 'visible':
    case 'gone':
      return [(calibration.templates.get(evidence.anchor) ?? calibration.anchor(evidence.anchor)).rect];
    case 'matches':
      return [calibration.template(evidence.template).rect];
    case 'modalOpen':
    case 'modalClosed':
      // What nobody calibrated may come up anywhere.
      return evidence.modal === null
        ? [sizeRect(calibration.size)]
        : [calibration.modal(evidence.modal).box, placeOfMark(calibration.modal(evidence.modal).mark)];
    case 'rowAdvanced':
    case 'rowRemoved':
    case 'rowAdded': {
      const list = calibration.list(evidence.list);
      return [...listRegions(list, calibration), ...(list.counter === null ? [] : [list.counter.rect])];
    }
    case 'listEmpty':
    case 'scrolled':
      return listRegions(calibration.list(evidence.list), calibration);
    case 'counted':
      return [calibration.counter(evidence.counter).rect, ...marksOf(calibration)];
    case 'on':
      screenOf(vocabulary, evidence.screen);
      // Screens compete, so each is looked at.
      return [...screens.values()].flatMap((screen) => evidenceRegions(screen, vocabulary));
    case 'custom':
      return evidence.regions.map((name) => calibration.region(name));
    case 'all':
    case 'any':
      return evidence.of.flatMap((part) => evidenceRegions(part, vocabulary));
    case 'not':
      return evidenceRegions(evidence.of, vocabulary);
  }
}

/**
 * The one region a step captures on every look: it encloses all that the proof, the unit, the blockers, the evidence and the
 * pictures to keep need, so that everything smaller is cut from it in memory. Rounded out to the ambient tiles' grid.
 */
export function planCheckpoint(
  step: Step,
  { blockers, ...vocabulary }: Reaching & Readonly<{ blockers: readonly Evidence[] }>,
): Rect {
  const { calibration } = vocabulary;
  const unit = typeof step.unit === 'object' ? [step.unit] : [];
  const wanted = [step.proves, ...unit, ...step.blockedBy, ...blockers].flatMap((each) =>
    evidenceRegions(each, vocabulary),
  );
  const kept = [...step.keep, ...(step.evidence ?? [])].flatMap((name) => keptRegions(name, calibration));
  return checkpoint([...wanted, ...kept, ...actionRegions(step.act, calibration)], calibration);
}

/** What a name of `keep` or `evidence` is a picture of: a region, or the rows of a list. Errors: PXP_CALIBRATION_NAME. */
export function keptRegions(name: string, calibration: ResolvedCalibration): readonly Rect[] {
  return listOf(name, '.row', calibration) ?? [calibration.region(name)];
}

/** What has to be seen to know where the action goes. */
function actionRegions(act: Action, calibration: ResolvedCalibration): readonly Rect[] {
  if ('target' in act) return listOf(act.target, '.action', calibration) ?? [];
  return act.kind === 'scroll' ? listRegions(calibration.list(act.list), calibration) : [];
}

/**
 * The smallest tile-aligned rect inside the viewport that holds them and a tile of what surrounds them; the whole viewport
 * when there are none. What surrounds it tells a list that was emptied to one tone from a screen gone blank.
 */
export function checkpoint(regions: readonly Rect[], calibration: ResolvedCalibration): Rect {
  if (regions.length === 0) return sizeRect(calibration.size);
  const all = enclosing(regions);
  const x = (Math.floor(all.x / TILE) - 1) * TILE;
  const y = (Math.floor(all.y / TILE) - 1) * TILE;
  const right = (Math.ceil((all.x + all.width) / TILE) + 1) * TILE;
  const bottom = (Math.ceil((all.y + all.height) / TILE) + 1) * TILE;
  return intersect(sizeRect(calibration.size), { x, y, width: right - x, height: bottom - y });
}

/** `list.row` and the like: what reading the list needs when `name` is a list's name and the suffix, else null. */
function listOf(name: string, suffix: string, calibration: ResolvedCalibration): readonly Rect[] | null {
  if (!name.endsWith(suffix)) return null;
  const list = calibration.lists.get(name.slice(0, -suffix.length));
  return list === undefined ? null : listRegions(list, calibration);
}

/** Popups that may lie over the list belong to what has to be seen to read it. */
function listRegions({ rect, empty }: ResolvedList, calibration: ResolvedCalibration): readonly Rect[] {
  return [rect, ...(empty === null ? [] : [empty.rect]), ...marksOf(calibration)];
}

function marksOf({ modals }: ResolvedCalibration): readonly Rect[] {
  return [...modals.values()].map(({ mark }) => placeOfMark(mark));
}

function swatchRegion(
  { swatch, state }: Extract<Evidence, { kind: 'swatchIs' }>,
  calibration: ResolvedCalibration,
): Rect {
  const { rect, states } = calibration.swatch(swatch);
  if (Object.hasOwn(states, state)) return rect;
  throw new PixelproofError('PXP_CALIBRATION_NAME', 'the swatch has no such state', {
    what: calibration.name,
    where: `swatches.${swatch}.states`,
    expected: Object.keys(states).join(' or '),
    received: state,
  });
}
