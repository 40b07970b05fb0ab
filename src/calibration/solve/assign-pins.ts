import { type Rect, area, center, containsPoint, containsRect, sizeRect } from '../../core/geometry.js';
import type { PlaceEdit, PlacePath } from './move-places.js';
import type { PinEvidence } from './pin-evidence.js';
import { type Placement, createPlacement } from '../placement.js';
import { type Calibration, PINS, type Pin, SIDES, type Side } from '../file/schema.js';
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

interface Entry {
  readonly path: PlacePath;
  readonly name: string;
  readonly pin: Pin;
  readonly rect: Rect;
}

/** What is known of a pin; null where it is not. */
type Words = readonly [horizontal: string | null, vertical: string | null];

/**
 * One pin for every entry, from what shows by itself to what does not. What evidence places under one pin only has that pin.
 * What is placed under several goes by its neighbours: it shares the pin of the smallest region, popup or mark around it,
 * save along an axis that stretches; there, if it is small, the one word of the marks that stand level with it in there; and what
 * touched a settled region or the edge of the screen still does. What has no evidence goes by the same. Popups and their colours
 * share nobody's pin, except that where all that shows is scaled, everything is. What remains open stays as it is, and is told.
 */
export function assignPins(
  calibration: Calibration,
  { evidence, viewport }: Readonly<{ evidence: readonly PinEvidence[]; viewport: Viewport }>,
): PinProposal {
  const entries = entriesOf(calibration);
  const passing = passingNames(calibration);
  const settled = new Map<string, Pin>();
  for (const { paths, by, pins } of evidence) {
    if (by !== 'shape' || pins.length !== 1) continue;
    for (const path of paths) settled.set(path.join('.'), pins[0]);
  }
  const shapes = [...settled.values()];
  const allScaled = shapes.length > 0 && shapes.every((pin) => pin === 'scale');
  const layout = {
    ...{ entries, settled, screen: sizeRect(screenshotSize(calibration.viewport)) },
    placement: createPlacement({ reference: calibration.viewport, runtime: viewport }),
  };
  const shownBy = new Map(
    evidence.flatMap(({ paths, pins }) =>
      pins.length === 0 ? [] : paths.map((path) => [path.join('.'), pins]),
    ),
  );
  const pinsOf = (entry: Entry): readonly Pin[] => {
    const shown = shownBy.get(entry.name);
    const known = allScaled ? SCALED : passing.has(entry.name) ? OPEN : inherited(entry, layout);
    const pins = (shown ?? (isRegion(entry) ? PINS : RIGID)).filter((pin) => agrees(pin, known));
    return isRegion(entry) ? keepingTouch(entry, holdingInside(entry, pins, layout), layout) : pins;
  };
  const undecided: PinProposal['undecided'][number][] = [];
  const untold: string[] = [];
  // Large things settle each other first; then what stands in them.
  for (let before = -1; before < settled.size;) {
    before = settled.size;
    for (const entry of entries.filter((each) => isLarge(each) && !settled.has(each.name))) {
      const pins = pinsOf(entry);
      if (pins.length === 1) settled.set(entry.name, pins[0]);
    }
  }
  // A choice among several is told, and so is what goes by it. Small regions first: larger ones have to hold them.
  const unsure = new Set<string>();
  for (const entry of [...entries.filter(isLarge).reverse(), ...entries.filter((each) => !isLarge(each))]) {
    if (settled.has(entry.name)) continue;
    const pins = pinsOf(entry);
    const shown = shownBy.get(entry.name);
    const around = containerOf(entry, layout);
    const pin = pins.length === 1 ? pins[0] : shown === undefined ? null : nearest(pins, entry, layout);
    if (pin !== null) settled.set(entry.name, pin);
    if (pin === null && shown === undefined) untold.push(entry.name);
    else if (pins.length !== 1 || (shown?.length !== 1 && around !== null && unsure.has(around.name))) {
      undecided.push({ name: entry.name, pins: shown ?? pins });
      unsure.add(entry.name);
    }
  }
  const edits = entries.flatMap(({ path, name, pin }) => {
    const to = settled.get(name) ?? pin;
    return to === pin ? [] : [{ path: [...path, 'pin'], from: pin, to }];
  });
  return { edits, undecided, untold };
}

const RIGID = PINS.filter((pin) => !pin.includes('stretch'));
const OPEN: Words = [null, null];
const SCALED: Words = ['scale', 'scale'];

const wordsOf = (pin: Pin): readonly [string, string] => {
  const [horizontal, vertical = horizontal] = pin.split(' ');
  return [horizontal, vertical];
};

function agrees(pin: Pin, known: Words): boolean {
  return wordsOf(pin).every((word, axis) => known[axis] === null || known[axis] === word);
}

/**
 * Of pins that all fit: the file's own, else the only one that has a word of it, else the only one that the settled entries
 * beside it have, else the only one that stretches least.
 */
function nearest(pins: readonly Pin[], entry: Entry, layout: Layout): Pin | null {
  if (pins.includes(entry.pin)) return entry.pin;
  const stretched = (pin: Pin): number => wordsOf(pin).filter((word) => word === 'stretch').length;
  const least = Math.min(...pins.map(stretched));
  const words = wordsOf(entry.pin);
  const around = containerOf(entry, layout);
  const beside = new Set(
    layout.entries
      .filter((other) => layout.settled.has(other.name) && containerOf(other, layout) === around)
      .map(({ name }) => layout.settled.get(name)),
  );
  const choices = [
    pins.filter((pin) => wordsOf(pin).some((word, axis) => word === words[axis])),
    pins.filter((pin) => beside.has(pin)),
    pins.filter((pin) => stretched(pin) === least),
  ];
  return choices.find(({ length }) => length === 1)?.[0] ?? null;
}

interface Layout {
  readonly entries: readonly Entry[];
  readonly settled: ReadonlyMap<string, Pin>;
  /** The reference screenshot. */
  readonly screen: Rect;
  readonly placement: Placement;
}

/** Two sides that touch in the reference are this far apart at most when rounded. */
const TOUCHING_PX = 1;

/** Of the pins those under which most sides that touched another region, or the edge of the screen, still do. */
function keepingTouch(
  { rect: own, name }: Entry,
  pins: readonly Pin[],
  { entries, settled, screen, placement }: Layout,
): readonly Pin[] {
  const put = ({ x, y, width, height }: Rect, pin: Pin): Rect => placement.rect([x, y, width, height], pin);
  const onScreen = SIDES.filter((side) => sideOf(own, side) === sideOf(screen, side)).map((side) => ({
    ...{ side, at: sideOf(sizeRect(placement.size), side) },
  }));
  const onOthers = entries.flatMap((other) => {
    const pin = settled.get(other.name);
    if (pin === undefined || !isRegion(other) || other.name === name) return [];
    return SIDES.filter((side) => touches(own, other.rect, side)).map((side) => ({
      ...{ side, at: sideOf(put(other.rect, pin), OPPOSITE[side]) },
    }));
  });
  const kept = pins.map((pin) => {
    const rect = put(own, pin);
    return [...onScreen, ...onOthers].filter(
      ({ side, at }) => Math.abs(sideOf(rect, side) - at) <= TOUCHING_PX,
    ).length;
  });
  return pins.filter((_, i) => kept[i] === Math.max(...kept));
}

/** Of the pins those under which a region still holds the middle of every settled region it held. */
function holdingInside(
  { rect, name }: Entry,
  pins: readonly Pin[],
  { entries, settled, placement }: Layout,
): readonly Pin[] {
  const put = ({ x, y, width, height }: Rect, pin: Pin): Rect => placement.rect([x, y, width, height], pin);
  const held = entries.flatMap((other) => {
    const pin = settled.get(other.name);
    const isIn = isRegion(other) && other.name !== name && containsRect(rect, other.rect);
    return pin !== undefined && isIn ? [center(put(other.rect, pin))] : [];
  });
  return pins.filter((pin) => held.every((middle) => containsPoint(put(rect, pin), middle)));
}

const OPPOSITE: Readonly<Record<Side, Side>> = { left: 'right', right: 'left', top: 'bottom', bottom: 'top' };

function sideOf({ x, y, width, height }: Rect, side: Side): number {
  return { left: x, top: y, right: x + width, bottom: y + height }[side];
}

/** This side of the one is the opposite side of the other, along some of their length. */
function touches(own: Rect, other: Rect, side: Side): boolean {
  const [from, to] =
    side === 'left' || side === 'right' ? (['top', 'bottom'] as const) : (['left', 'right'] as const);
  return (
    sideOf(own, side) === sideOf(other, OPPOSITE[side]) &&
    sideOf(own, from) < sideOf(other, to) &&
    sideOf(other, from) < sideOf(own, to)
  );
}

function inherited(entry: Entry, layout: Layout): Words {
  const { entries, settled } = layout;
  const around = containerOf(entry, layout);
  const pin = around === null ? undefined : settled.get(around.name);
  if (pin === undefined) return OPEN;
  const [across, down] = wordsOf(pin).map((word, axis) => {
    if (word !== 'stretch') return word;
    if (isLarge(entry)) return null;
    const beside = entries.filter(
      (other) =>
        settled.has(other.name) &&
        other !== entry &&
        isLevel(other.rect, entry.rect, axis) &&
        containerOf(other, layout) === around,
    );
    const words = new Set(beside.map(({ name }) => wordsOf(settled.get(name)!)[axis]));
    return words.size === 1 && !words.has('stretch') ? [...words][0] : null;
  });
  return [across, down];
}

/** The other's stretch of the axis holds the middle of this one's. */
function isLevel(other: Rect, { x, y, width, height }: Rect, axis: number): boolean {
  const [from, length, at] =
    axis === 0 ? [other.x, other.width, x + width / 2] : [other.y, other.height, y + height / 2];
  return at >= from && at < from + length;
}

const isRegion = ({ path: [section] }: Entry): boolean => section === 'regions';

/** Regions, pictures and popups are part of what holds them altogether; other places of what holds their middle. */
const isLarge = ({ path: [section] }: Entry): boolean =>
  section === 'regions' || section === 'anchors' || section === 'modals';

function containerOf(entry: Entry, { entries, settled }: Layout): Entry | null {
  let best: Entry | null = null;
  for (const other of entries) {
    const [section] = other.path;
    const holds = section === 'regions' || section === 'modals' || settled.has(other.name);
    if (!holds || other.name === entry.name || area(other.rect) <= 1) continue;
    const isAround = isLarge(entry)
      ? containsRect(other.rect, entry.rect) && area(other.rect) > area(entry.rect)
      : containsPoint(other.rect, center(entry.rect));
    if (isAround && (best === null || area(other.rect) < area(best.rect))) best = other;
  }
  return best;
}

/** Large things first, then colours, then what shows nothing. */
function entriesOf({
  points,
  regions,
  swatches,
  anchors,
  counters,
  modals,
  masks,
}: Calibration): readonly Entry[] {
  const entry = (path: PlacePath, pin: Pin, [x, y, width, height]: readonly number[]): Entry => ({
    ...{ path, pin, name: path.join('.') },
    rect: { x, y, width, height },
  });
  const large = [
    ...Object.entries(regions).map(([name, { rect, pin }]) => entry(['regions', name], pin, rect)),
    ...Object.entries(anchors).map(([name, anchor]) => {
      if (!('template' in anchor)) return entry(['anchors', name], anchor.pin, anchor.rect);
      const { at, search, pin } = anchor;
      const rect = typeof search === 'string' ? regions[search].rect : search;
      return entry(['anchors', name], pin, at === undefined ? rect : [...at, 1, 1]);
    }),
    ...Object.entries(modals).map(([name, { box, pin }]) => entry(['modals', name], pin, box)),
  ].sort((a, b) => area(b.rect) - area(a.rect));
  return [
    ...large,
    ...Object.entries(swatches).map(([name, { rect, pin }]) => entry(['swatches', name], pin, rect)),
    ...Object.entries(points).map(([name, { at, pin }]) => entry(['points', name], pin, [...at, 1, 1])),
    ...Object.entries(counters).map(([name, { rect, pin }]) => entry(['counters', name], pin, rect)),
    ...masks.map(({ rect, pin }, i) => entry(['masks', i], pin, rect)),
  ];
}

/** Popups, what marks and closes them, and colours that show only now and then. */
function passingNames({ modals, swatches }: Calibration): ReadonlySet<string> {
  return new Set([
    ...Object.entries(modals).flatMap(([name, { mark, close }]) => [
      `modals.${name}`,
      'swatch' in mark ? `swatches.${mark.swatch}` : `anchors.${mark.anchor}`,
      ...(close === undefined ? [] : [`points.${close}`]),
    ]),
    ...Object.entries(swatches)
      .filter(([, { states }]) => Object.keys(states).length < 2)
      .map(([name]) => `swatches.${name}`),
  ]);
}
