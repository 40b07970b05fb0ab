import { type Rect, enclosing, intersect, sizeRect } from '../core/index.js';
import type { ResolvedCalibration, ResolvedMark } from '../calibration/index.js';
import { TILE } from './ambient-map.js';
import type { Evidence } from './evidence.js';
import type { Step } from './step.js';

/** The regions a predicate looks at, viewport device pixels. Errors: PXP_CALIBRATION_NAME. */
export function evidenceRegions(evidence: Evidence, calibration: ResolvedCalibration): readonly Rect[] {
  switch (evidence.kind) {
    case 'tabActive':
      calibration.tab(evidence.tab);
      return [...calibration.tabs.values()].map(({ mark }) => markRegion(mark));
    case 'swatchIs':
      return [calibration.swatch(evidence.swatch).rect];
    case 'changed':
    case 'unchanged':
      return [calibration.region(evidence.region)];
    case 'visible':
    case 'gone':
      return [calibration.anchor(evidence.anchor).rect];
    case 'modalOpen':
    case 'modalClosed':
      return evidence.modal === null
        ? [...calibration.modals.values()].flatMap(({ box, mark }) => [box, markRegion(mark)])
        : [calibration.modal(evidence.modal).box, markRegion(calibration.modal(evidence.modal).mark)];
    case 'listEmpty':
    case 'rowAdvanced':
    case 'rowRemoved': {
      // Popups that may lie over the list belong to what has to be seen to judge it.
      const modals = [...calibration.modals.values()].map(({ mark }) => markRegion(mark));
      const { rect, empty } = calibration.list(evidence.list);
      return [rect, ...(empty === null ? [] : [empty.rect]), ...modals];
    }
    case 'all':
    case 'any':
      return evidence.of.flatMap((part) => evidenceRegions(part, calibration));
    case 'not':
      return evidenceRegions(evidence.of, calibration);
  }
}

/**
 * The one region a step captures on every look: it encloses all that the proof, the blockers, the evidence and the
 * pictures to keep need, so that everything smaller is cut from it in memory. Rounded out to the ambient tiles' grid.
 */
export function planCheckpoint(
  step: Step,
  { calibration, blockers }: Readonly<{ calibration: ResolvedCalibration; blockers: readonly Evidence[] }>,
): Rect {
  const wanted = [step.proves, ...step.blockedBy, ...blockers].flatMap((each) =>
    evidenceRegions(each, calibration),
  );
  const list = listOf(step.act.target, '.action', calibration);
  const kept = [...step.keep, ...(step.evidence ?? [])].map(
    (name) => listOf(name, '.row', calibration) ?? calibration.region(name),
  );
  return checkpoint([...wanted, ...kept, ...(list === null ? [] : [list])], calibration);
}

/** The smallest tile-aligned rect inside the viewport that holds them. */
export function checkpoint(regions: readonly Rect[], calibration: ResolvedCalibration): Rect {
  const all = enclosing(regions);
  const x = Math.floor(all.x / TILE) * TILE;
  const y = Math.floor(all.y / TILE) * TILE;
  const right = Math.ceil((all.x + all.width) / TILE) * TILE;
  const bottom = Math.ceil((all.y + all.height) / TILE) * TILE;
  return intersect(sizeRect(calibration.size), { x, y, width: right - x, height: bottom - y });
}

/** `list.row` and the like: the list's region when `name` is a list's name and the suffix, else null. */
function listOf(name: string, suffix: string, calibration: ResolvedCalibration): Rect | null {
  if (!name.endsWith(suffix)) return null;
  return calibration.lists.get(name.slice(0, -suffix.length))?.rect ?? null;
}

function markRegion(mark: ResolvedMark): Rect {
  return mark.kind === 'swatch' ? mark.swatch.rect : mark.anchor.rect;
}
