import { containsRect, sizeRect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { isWrong } from '../check/assumption.js';
import type { LoadedCalibration } from '../file/load-calibration.js';
import { type Calibration, PINS, type Pin, SIDES, type Side } from '../file/schema.js';
import { createPlacement } from '../placement.js';
import { screenshotSize } from '../screenshot-size.js';
import { checkAlone, holdsAltogether, holdsInPart, viewportOf } from './check-alone.js';

type Lists = Calibration['lists'];

/** A region that has lines or a list, and when asked, the pins under which it fits a picture of another viewport. */
export interface RegionMark {
  readonly region: string;
  readonly pins: () => readonly Pin[];
}

/**
 * The regions with lines or a list, those without a list first: they cost least. All lines have to show; only where those of a list
 * do not under any pin, as of one that is too short for them, its rows and actions do.
 */
export function regionMarks(calibration: LoadedCalibration, image: ImageBuffer): readonly RegionMark[] {
  const placement = createPlacement({
    reference: calibration.viewport,
    runtime: viewportOf(image, calibration.viewport),
  });
  const entries = Object.entries(calibration.regions);
  const noneDeclared = entries.every(([, { edges }]) => edges.length === 0);
  const marks = entries.flatMap(([name, entry]) => {
    const lists = listsIn(calibration, name);
    const hasList = Object.keys(lists).length > 0;
    const declared = noneDeclared ? SIDES : entry.edges;
    if (declared.length === 0 && !hasList) return [];
    // What reached the edge of the screen and no longer does, ends in a line.
    const edges = [...new Set([...declared, ...sidesOnEdge(entry.rect, calibration)])];
    const at = (pin: Pin) => ({ regions: { [name]: { ...entry, edges, pin } } });
    const holds = (pin: Pin): boolean => listsHold({ calibration, image }, { pin, lists, ...at(pin) });
    const pins = (): readonly Pin[] => {
      // A side outside of the picture speaks neither for a pin nor against it.
      const candidates = PINS.filter((pin) =>
        containsRect(sizeRect(placement.size), placement.rect(entry.rect, pin)),
      );
      const lined = candidates.filter((pin) => holdsAltogether(checkAlone(calibration, at(pin), image)));
      if (!hasList) return lined;
      const both = lined.filter(holds);
      return both.length > 0 ? both : candidates.filter((pin) => !lined.includes(pin)).filter(holds);
    };
    return [{ region: name, pins, hasList }];
  });
  return [...marks.filter(({ hasList }) => !hasList), ...marks.filter(({ hasList }) => hasList)];
}

/** Whether lists hold in their region; in one that stretches across, with their actions wherever those stay. */
function listsHold(
  { calibration, image }: Readonly<{ calibration: LoadedCalibration; image: ImageBuffer }>,
  { pin, lists, regions }: Readonly<{ pin: Pin; lists: Lists; regions: Calibration['regions'] }>,
): boolean {
  for (const actions of [pin, ...actionPins(pin)]) {
    const found = checkAlone(calibration, { regions, lists: withActionsAt(lists, actions) }, image);
    if (holdsInPart(found)) return true;
    if (found.some((each) => isWrong(each) && each.kind !== 'action')) return false;
  }
  return false;
}

/** Of each list that stretches across: the pins under which its coloured actions lie in their columns, none where it does not show. */
export function actionEvidence(
  calibration: LoadedCalibration,
  image: ImageBuffer,
): readonly { readonly list: string; readonly pins: readonly Pin[] }[] {
  return Object.entries(calibration.lists).flatMap(([name, list]) => {
    const { region, rows, action } = list;
    const regions = { [region]: calibration.regions[region] };
    const candidates = actionPins(calibration.regions[region].pin);
    if (candidates.length === 0 || action === undefined || !('columns' in action)) return [];
    const pins = candidates.filter((pin) => {
      const lists = withActionsAt({ [name]: { region, rows, action } }, pin);
      return holdsInPart(checkAlone(calibration, { regions, lists }, image));
    });
    return [{ list: name, pins }];
  });
}

/** Those that columns may have other than that of their list's region: along what stretches across, they stay on one side. */
function actionPins(pin: Pin): readonly Pin[] {
  const [across, down] = pin.split(' ');
  if (across !== 'stretch') return [];
  return PINS.filter((each) => ['left', 'center', 'right'].some((word) => each === `${word} ${down}`));
}

const withActionsAt = (lists: Lists, pin: Pin): Lists =>
  Object.fromEntries(
    Object.entries(lists).map(([name, { action, ...list }]) => [
      name,
      { ...list, action: action !== undefined && 'columns' in action ? { ...action, pin } : undefined },
    ]),
  );

/** The lists of a region, with no more than shows where they are. */
function listsIn({ lists }: Calibration, name: string): Lists {
  return Object.fromEntries(
    Object.entries(lists).flatMap(([list, { region, rows, action }]) =>
      region === name ? [[list, { region, rows, action }]] : [],
    ),
  );
}

function sidesOnEdge(
  [x, y, width, height]: readonly [number, number, number, number],
  { viewport }: Calibration,
): readonly Side[] {
  const screen = sizeRect(screenshotSize(viewport));
  const isOn = {
    left: x === 0,
    top: y === 0,
    right: x + width === screen.width,
    bottom: y + height === screen.height,
  };
  return SIDES.filter((side) => isOn[side]);
}
