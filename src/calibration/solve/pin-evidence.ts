import { containsRect, sizeRect } from '../../core/geometry.js';
import { isPixelproofError } from '../../core/errors.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type Assumption, isWrong } from '../check/assumption.js';
import { checkCalibration } from '../check/check-calibration.js';
import type { LoadedCalibration } from '../file/load-calibration.js';
import type { PlacePath } from './move-places.js';
import { createPlacement } from '../placement.js';
import { resolveCalibration } from '../resolve.js';
import { type Calibration, PINS, type Pin, SIDES, type Side } from '../file/schema.js';
import { type Viewport, screenshotSize } from '../screenshot-size.js';

/** Something that shows by itself where it is, and the pins that would put it there. */
export interface PinEvidence {
  /** The entries of the file that are this one thing, as a popup and its button. */
  readonly paths: readonly PlacePath[];
  /** Lines and pictures tell where something is; a colour only where it is not. */
  readonly by: 'shape' | 'colour';
  readonly pins: readonly Pin[];
}

interface Mark extends Omit<PinEvidence, 'pins'> {
  readonly candidates: readonly Pin[];
  /** The calibration's sections with nothing but this mark in them, under another pin. */
  readonly alone: (pin: Pin) => Partial<Calibration>;
  readonly holds: (found: readonly Assumption[]) => boolean;
}

/** The viewport that this is a picture of. */
export function viewportOf({ width, height }: ImageBuffer, { viewport }: Calibration): Viewport {
  const { deviceScaleFactor } = viewport;
  return { width: width / deviceScaleFactor, height: height / deviceScaleFactor, deviceScaleFactor };
}

/**
 * Each region whose lines show or that holds a list, anchor, template with `at`, swatch of several states, and popup, alone under
 * every pin, held against a picture of another viewport as `check` would: the pins under which it holds. Several when the picture does not tell them apart, none when it
 * does not show. Pictures and colours keep their shape: of those no pin stretches. Cost: 17 small checks a mark.
 */
export function pinEvidence(calibration: LoadedCalibration, image: ImageBuffer): readonly PinEvidence[] {
  return marksOf(calibration, image).map(({ paths, by, candidates, alone, holds }) => ({
    paths,
    by,
    pins: candidates.filter((pin) => holds(checkedAt({ ...calibration, ...NOTHING, ...alone(pin) }, image))),
  }));
}

/** Of each list that stretches across: the pins under which its coloured actions lie in their columns, none where it does not show. */
export function actionEvidence(
  calibration: LoadedCalibration,
  image: ImageBuffer,
): readonly { readonly list: string; readonly pins: readonly Pin[] }[] {
  return Object.entries(calibration.lists).flatMap(([name, { region, rows, action }]) => {
    const entry = calibration.regions[region];
    const [across, down] = entry.pin.split(' ');
    if (across !== 'stretch' || action === undefined || !('columns' in action)) return [];
    const pins = PINS.filter((pin) =>
      ['left', 'center', 'right'].some((word) => pin === `${word} ${down}`),
    ).filter((pin) => {
      const lists = { [name]: { region, rows, action: { ...action, pin } } };
      const alone = { ...calibration, ...NOTHING, regions: { [region]: entry }, lists };
      return holdsInPart(checkedAt(alone, image));
    });
    return [{ list: name, pins }];
  });
}

const NOTHING = {
  ...{ points: {}, regions: {}, swatches: {}, anchors: {}, tabs: {}, lists: {}, counters: {}, modals: {} },
  ...{ together: [], masks: [], park: undefined },
};

/** What holds on a picture of any viewport; empty where a place would be outside. */
export function checkedAt(calibration: LoadedCalibration, image: ImageBuffer): readonly Assumption[] {
  try {
    return checkCalibration(resolveCalibration(calibration, viewportOf(image, calibration)), image, {
      reach: 1,
    });
  } catch (error) {
    if (!isPixelproofError(error, 'PXP_CALIBRATION')) throw error;
    return [];
  }
}

const isHeld = ({ state }: Assumption): boolean => state === 'held';
const holdsInPart = (found: readonly Assumption[]): boolean => found.some(isHeld) && !found.some(isWrong);
const holdsAltogether = (found: readonly Assumption[]): boolean => found.length > 0 && found.every(isHeld);

const RIGID = PINS.filter((pin) => !pin.includes('stretch'));

function marksOf(calibration: Calibration, image: ImageBuffer): readonly Mark[] {
  return [
    ...regionMarks(calibration, image),
    ...Object.entries(calibration.swatches).flatMap(([name, entry]): Mark[] => {
      if (Object.keys(entry.states).length < 2) return [];
      const alone = (pin: Pin) => ({ swatches: { [name]: { ...entry, pin } } });
      return [{ paths: [['swatches', name]], by: 'colour', candidates: RIGID, alone, holds: holdsInPart }];
    }),
    ...Object.entries(calibration.anchors).flatMap(([name, entry]): Mark[] => {
      if ('template' in entry && entry.at === undefined) return [];
      const { width, height } = screenshotSize(calibration.viewport);
      const search: [number, number, number, number] = [0, 0, width, height];
      const alone = (pin: Pin) => ({
        anchors: { [name]: 'template' in entry ? { ...entry, search, pin } : { ...entry, pin } },
      });
      return [{ paths: [['anchors', name]], by: 'shape', candidates: RIGID, alone, holds: holdsInPart }];
    }),
    ...modalMarks(calibration),
  ];
}

function regionMarks(calibration: Calibration, image: ImageBuffer): Mark[] {
  const placement = createPlacement({
    reference: calibration.viewport,
    runtime: viewportOf(image, calibration),
  });
  const entries = Object.entries(calibration.regions);
  const noneDeclared = entries.every(([, { edges }]) => edges.length === 0);
  return entries.flatMap(([name, entry]): Mark[] => {
    const lists = Object.fromEntries(
      Object.entries(calibration.lists)
        .filter(([, { region }]) => region === name)
        .map(([list, { rows, action }]) => [
          list,
          {
            region: name,
            rows,
            action: action !== undefined && 'columns' in action ? { ...action, pin: undefined } : undefined,
          },
        ]),
    );
    const declared = noneDeclared ? SIDES : entry.edges;
    if (declared.length === 0 && Object.keys(lists).length === 0) return [];
    // What reached the edge of the screen and no longer does, ends in a line.
    const edges = [...new Set([...declared, ...sidesOnEdge(entry.rect, calibration)])];
    // A side outside of the picture speaks neither for a pin nor against it.
    const candidates = PINS.filter((pin) =>
      containsRect(sizeRect(placement.size), placement.rect(entry.rect, pin)),
    );
    const alone = (pin: Pin) => ({ regions: { [name]: { ...entry, edges, pin } }, lists });
    return [{ paths: [['regions', name]], by: 'shape', candidates, alone, holds: holdsInPart }];
  });
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

/** An open popup, by its colour and the four lines of its box. */
function modalMarks({ modals, swatches, anchors }: Calibration): Mark[] {
  return Object.entries(modals).map(([name, modal]): Mark => {
    const { box, mark, close } = modal;
    const marked: PlacePath = 'swatch' in mark ? ['swatches', mark.swatch] : ['anchors', mark.anchor];
    const alone = (pin: Pin): Partial<Calibration> => ({
      modals: { [name]: { ...modal, pin, close: undefined } },
      regions: { [name]: { rect: box, edges: [...SIDES], pin } },
      ...('swatch' in mark
        ? { swatches: { [mark.swatch]: { ...swatches[mark.swatch], pin } } }
        : { anchors: { [mark.anchor]: { ...anchors[mark.anchor], pin } } }),
    });
    const paths: PlacePath[] = [
      ['modals', name],
      marked,
      ...(close === undefined ? [] : [['points', close] as const]),
    ];
    return { paths, by: 'shape', candidates: RIGID, alone, holds: holdsAltogether };
  });
}
