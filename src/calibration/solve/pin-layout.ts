import { type Rect, center, containsPoint, containsRect, sizeRect } from '../../core/geometry.js';
import type { Placement } from '../placement.js';
import { type Pin, SIDES, type Side } from '../file/schema.js';
import { type PinEntry, containerOf, isLarge, isRegion } from './pin-entries.js';

/** A calibration's entries with the pins that each may have; settled is what has one left. */
export interface PinLayout {
  readonly entries: readonly PinEntry[];
  /** The pins left of each region, of what shows and of what has been settled. Never none. */
  readonly possible: ReadonlyMap<string, readonly Pin[]>;
  /** The reference screenshot. */
  readonly screen: Rect;
  readonly placement: Placement;
}

/** What is known of a pin; null where it is not. */
export type PinWords = readonly [horizontal: string | null, vertical: string | null];

export const OPEN: PinWords = [null, null];

export const wordsOf = (pin: Pin): readonly [string, string] => {
  const [horizontal, vertical = horizontal] = pin.split(' ');
  return [horizontal, vertical];
};

export function settledPin({ possible }: PinLayout, { name }: PinEntry): Pin | null {
  const pins = possible.get(name);
  return pins?.length === 1 ? pins[0] : null;
}

export function entryAround(entry: PinEntry, layout: PinLayout): PinEntry | null {
  return containerOf(entry, layout.entries, (other) => settledPin(layout, other) !== null);
}

/**
 * The pin of what is around an entry; along an axis that stretches, of small ones the one word of the settled entries that
 * stand level with it in there.
 */
export function inheritedWords(entry: PinEntry, layout: PinLayout): PinWords {
  const around = entryAround(entry, layout);
  const pin = around === null ? null : settledPin(layout, around);
  if (pin === null) return OPEN;
  const [across, down] = wordsOf(pin).map((word, axis) => {
    if (word !== 'stretch') return word;
    if (isLarge(entry)) return null;
    const beside = layout.entries.flatMap((other) => {
      const own = settledPin(layout, other);
      const isBeside = own !== null && other !== entry && isLevel(other.rect, entry.rect, axis);
      return isBeside && entryAround(other, layout) === around ? [wordsOf(own)[axis]] : [];
    });
    const [only = null, ...others] = new Set(beside);
    return others.length === 0 && only !== 'stretch' ? only : null;
  });
  return [across, down];
}

/** The other's stretch of the axis holds the middle of this one's. */
function isLevel(other: Rect, { x, y, width, height }: Rect, axis: number): boolean {
  const [from, length, at] =
    axis === 0 ? [other.x, other.width, x + width / 2] : [other.y, other.height, y + height / 2];
  return at >= from && at < from + length;
}

/** Of the pins those under which a region still holds the middle of every settled region it held. */
export function holdingInside(
  { rect, name }: PinEntry,
  pins: readonly Pin[],
  layout: PinLayout,
): readonly Pin[] {
  const held = layout.entries.flatMap((other) => {
    const pin = settledPin(layout, other);
    const isIn = isRegion(other) && other.name !== name && containsRect(rect, other.rect);
    return pin !== null && isIn ? [center(put(other.rect, pin, layout))] : [];
  });
  return pins.filter((pin) => held.every((middle) => containsPoint(put(rect, pin, layout), middle)));
}

/** Two sides that touch in the reference are this far apart at most when rounded. */
const TOUCHING_PX = 1;

/**
 * Of the pins those under which most sides that touched another region, or the edge of the screen, still do. Where the pin of
 * the other is open, they may or may not: a pin goes only when another keeps more in any case.
 */
export function keepingTouch(
  { rect, name }: PinEntry,
  pins: readonly Pin[],
  layout: PinLayout,
): readonly Pin[] {
  const { entries, possible, screen, placement } = layout;
  const onScreen = SIDES.filter((side) => sideOf(rect, side) === sideOf(screen, side)).map((side) => ({
    ...{ side, at: [sideOf(sizeRect(placement.size), side)] },
  }));
  const onOthers = entries.flatMap((other) => {
    if (!isRegion(other) || other.name === name) return [];
    return SIDES.filter((side) => touches(rect, other.rect, side)).map((side) => ({
      side,
      at: possible.get(other.name)!.map((pin) => sideOf(put(other.rect, pin, layout), OPPOSITE[side])),
    }));
  });
  const kept = pins.map((pin) => {
    const own = put(rect, pin, layout);
    const near = [...onScreen, ...onOthers].map(({ side, at }) =>
      at.map((each) => Math.abs(sideOf(own, side) - each) <= TOUCHING_PX),
    );
    return {
      least: near.filter((each) => each.every(Boolean)).length,
      most: near.filter((each) => each.some(Boolean)).length,
    };
  });
  const least = Math.max(...kept.map((each) => each.least));
  return pins.filter((_, i) => kept[i].most >= least);
}

function put({ x, y, width, height }: Rect, pin: Pin, { placement }: PinLayout): Rect {
  return placement.rect([x, y, width, height], pin);
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
