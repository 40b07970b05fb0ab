import type { ImageBuffer } from '../../image/image-buffer.js';
import type { Assumption } from '../check/assumption.js';
import { checkAlone, holdsAltogether, holdsInPart } from './check-alone.js';
import type { LoadedCalibration } from '../file/load-calibration.js';
import type { PlacePath } from './move-places.js';
import { regionMarks } from './region-evidence.js';
import { type Calibration, PINS, type Pin, SIDES } from '../file/schema.js';
import { screenshotSize } from '../screenshot-size.js';

/** Something that shows by itself where it is, and the pins that would put it there. */
export interface PinEvidence {
  /** The entries of the file that are this one thing, as a popup and its button. */
  readonly paths: readonly PlacePath[];
  /** Lines and pictures tell where something is; a colour only where it is not. */
  readonly by: 'shape' | 'colour';
  readonly pins: readonly Pin[];
}

interface Mark extends Omit<PinEvidence, 'pins'> {
  readonly pins: () => readonly Pin[];
}

interface RigidMark extends Omit<PinEvidence, 'pins'> {
  /** The calibration's sections with nothing but this mark in them, under another pin. */
  readonly alone: (pin: Pin) => Partial<Calibration>;
  readonly holds: (found: readonly Assumption[]) => boolean;
}

/**
 * Each swatch of several states, anchor, template with `at`, popup, and region whose lines show or that holds a list, alone under
 * every pin, held against a picture of another viewport as `check` would: the pins under which it holds. Several when the picture
 * does not tell them apart, none when it does not show. Pictures and colours keep their shape: of those no pin stretches.
 *
 * Null as soon as fewer than `atLeast` shapes can show somewhere; lists, which cost most, come last. Cost: 17 small checks a mark.
 */
export function pinEvidence(
  calibration: LoadedCalibration,
  image: ImageBuffer,
  { atLeast }: Readonly<{ atLeast: number }>,
): readonly PinEvidence[] | null {
  const marks = [
    ...rigidMarks(calibration).map(({ paths, by, alone, holds }): Mark => ({
      ...{ paths, by },
      pins: () => RIGID.filter((pin) => holds(checkAlone(calibration, alone(pin), image))),
    })),
    ...regionMarks(calibration, image).map(({ region, pins }): Mark => ({
      ...{ paths: [['regions', region]], by: 'shape', pins },
    })),
  ];
  const evidence: PinEvidence[] = [];
  let possible = marks.filter(({ by }) => by === 'shape').length;
  for (const { paths, by, pins: find } of marks) {
    if (possible < atLeast) return null;
    const pins = find();
    if (by === 'shape' && pins.length === 0) possible--;
    evidence.push({ paths, by, pins });
  }
  return possible < atLeast ? null : evidence;
}

const RIGID = PINS.filter((pin) => !pin.includes('stretch'));

function rigidMarks(calibration: Calibration): readonly RigidMark[] {
  return [
    ...Object.entries(calibration.swatches).flatMap(([name, entry]): RigidMark[] => {
      if (Object.keys(entry.states).length < 2) return [];
      const alone = (pin: Pin) => ({ swatches: { [name]: { ...entry, pin } } });
      return [{ paths: [['swatches', name]], by: 'colour', alone, holds: holdsInPart }];
    }),
    ...Object.entries(calibration.anchors).flatMap(([name, entry]): RigidMark[] => {
      if ('template' in entry && entry.at === undefined) return [];
      const { width, height } = screenshotSize(calibration.viewport);
      const search: [number, number, number, number] = [0, 0, width, height];
      const alone = (pin: Pin) => ({
        anchors: { [name]: 'template' in entry ? { ...entry, search, pin } : { ...entry, pin } },
      });
      return [{ paths: [['anchors', name]], by: 'shape', alone, holds: holdsInPart }];
    }),
    ...modalMarks(calibration),
  ];
}

/** An open popup, by its colour and the four lines of its box. */
function modalMarks({ modals, swatches, anchors }: Calibration): RigidMark[] {
  return Object.entries(modals).map(([name, modal]): RigidMark => {
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
    return { paths, by: 'shape', alone, holds: holdsAltogether };
  });
}
