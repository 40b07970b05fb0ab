import { sizeRect } from '../../core/geometry.js';
import type { PlaceEdit } from './move-places.js';
import type { PinEvidence } from './pin-evidence.js';
import { type PinEntry, isLarge, isRegion, passingNames, pinEntries } from './pin-entries.js';
import {
  OPEN,
  type PinLayout,
  type PinWords,
  entryAround,
  holdingInside,
  inheritedWords,
  keepingTouch,
  settledPin,
  wordsOf,
} from './pin-layout.js';
import { createPlacement } from '../placement.js';
import { type Calibration, PINS, type Pin } from '../file/schema.js';
import { type Viewport, screenshotSize } from '../screenshot-size.js';

/** Which pins a picture of another viewport speaks for. */
export interface PinProposal {
  /** One for each entry whose pin changes. */
  readonly edits: readonly (PlaceEdit & { readonly from: Pin; readonly to: Pin })[];
  /** Entries that the picture places, but that it would place there under each of these pins. */
  readonly undecided: readonly { readonly name: string; readonly pins: readonly Pin[] }[];
  /** Entries that keep their pin because nothing on the picture tells of it. */
  readonly untold: readonly string[];
}

/**
 * One pin for every entry, from what shows by itself to what does not. What evidence places under one pin only has that pin.
 * What is placed under several goes by its neighbours: it shares the pin of the smallest region, popup or mark around it,
 * save along an axis that stretches; there, if it is small, the one word of the marks that stand level with it in there; and what
 * touched a region or the edge of the screen still does. What has no evidence goes by the same. Popups and their colours
 * share nobody's pin, except that where all that shows is scaled, everything is. What remains open is chosen last and told, and so is
 * all that goes by such a choice; without evidence it stays as it is.
 */
export function assignPins(
  calibration: Calibration,
  { evidence, viewport }: Readonly<{ evidence: readonly PinEvidence[]; viewport: Viewport }>,
): PinProposal {
  const entries = pinEntries(calibration);
  const { shown, sure } = namedEvidence(evidence);
  const large = entries.filter(isLarge);
  const small = entries.filter((entry) => !isLarge(entry));
  const fitting = (entry: PinEntry): readonly Pin[] =>
    shown.get(entry.name) ?? (isRegion(entry) ? PINS : RIGID);
  const possible = new Map([...large.map((entry) => [entry.name, fitting(entry)] as const), ...sure]);
  const layout: PinLayout = {
    ...{ entries, possible, screen: sizeRect(screenshotSize(calibration.viewport)) },
    placement: createPlacement({ reference: calibration.viewport, runtime: viewport }),
  };
  const passing = passingNames(calibration);
  const allScaled = sure.size > 0 && [...sure.values()].every(([pin]) => pin === 'scale');
  const pinsOf = (entry: PinEntry): readonly Pin[] => {
    const known = allScaled ? SCALED : passing.has(entry.name) ? OPEN : inheritedWords(entry, layout);
    const pins = fitting(entry).filter((pin) => agrees(pin, known));
    return isRegion(entry) ? keepingTouch(entry, holdingInside(entry, pins, layout), layout) : pins;
  };
  const open = (of: readonly PinEntry[]): readonly PinEntry[] =>
    of.filter((entry) => settledPin(layout, entry) === null);

  // Large things narrow each other down first; then what stands in them.
  const count = (): number => [...possible.values()].reduce((sum, pins) => sum + pins.length, 0);
  for (let before = Infinity; count() < before;) {
    before = count();
    for (const entry of open(large)) {
      const pins = pinsOf(entry);
      if (pins.length > 0) possible.set(entry.name, pins);
    }
  }
  for (const entry of open(small)) {
    const pins = pinsOf(entry);
    if (pins.length === 1) possible.set(entry.name, pins);
  }

  // The rest is a choice, and told. Small regions first: larger ones have to hold them.
  const undecided: PinProposal['undecided'][number][] = [];
  const untold: string[] = [];
  for (const entry of open([...large.toReversed(), ...small])) {
    const pins = pinsOf(entry);
    const shows = shown.has(entry.name);
    const pin = pins.length === 1 ? pins[0] : shows ? nearest(pins, entry, layout) : null;
    if (pin !== null) possible.set(entry.name, [pin]);
    if (pin === null && !shows) untold.push(entry.name);
    else undecided.push({ name: entry.name, pins: shows ? fitting(entry) : pins });
  }
  const edits = entries.flatMap((entry) => {
    const { path, pin } = entry;
    const to = settledPin(layout, entry) ?? pin;
    return to === pin ? [] : [{ path: [...path, 'pin'], from: pin, to }];
  });
  return { edits, undecided, untold };
}

const RIGID = PINS.filter((pin) => !pin.includes('stretch'));
const SCALED: PinWords = ['scale', 'scale'];

/** By name: the pins of all that shows, and those of what evidence places under one pin only. */
function namedEvidence(
  evidence: readonly PinEvidence[],
): Readonly<Record<'shown' | 'sure', ReadonlyMap<string, readonly Pin[]>>> {
  const named = (of: readonly PinEvidence[]): ReadonlyMap<string, readonly Pin[]> =>
    new Map(of.flatMap(({ paths, pins }) => paths.map((path) => [path.join('.'), pins] as const)));
  return {
    shown: named(evidence.filter(({ pins }) => pins.length > 0)),
    sure: named(evidence.filter(({ by, pins }) => by === 'shape' && pins.length === 1)),
  };
}

function agrees(pin: Pin, known: PinWords): boolean {
  return wordsOf(pin).every((word, axis) => known[axis] === null || known[axis] === word);
}

/**
 * Of pins that all fit: the file's own, else the only one that has a word of it, else the only one that stretches least, else
 * the only one that the settled entries beside it have.
 */
function nearest(pins: readonly Pin[], entry: PinEntry, layout: PinLayout): Pin | null {
  if (pins.includes(entry.pin)) return entry.pin;
  const stretched = (pin: Pin): number => wordsOf(pin).filter((word) => word === 'stretch').length;
  const least = Math.min(...pins.map(stretched));
  const words = wordsOf(entry.pin);
  const around = entryAround(entry, layout);
  const beside = new Set(
    layout.entries
      .filter((other) => entryAround(other, layout) === around)
      .map((other) => settledPin(layout, other)),
  );
  const choices = [
    pins.filter((pin) => wordsOf(pin).some((word, axis) => word === words[axis])),
    pins.filter((pin) => stretched(pin) === least),
    pins.filter((pin) => beside.has(pin)),
  ];
  return choices.find(({ length }) => length === 1)?.[0] ?? null;
}
