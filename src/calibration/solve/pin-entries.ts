import { type Rect, area, center, containsPoint, containsRect } from '../../core/geometry.js';
import type { PlacePath } from './move-places.js';
import type { Calibration, Pin } from '../file/schema.js';

/** Something in a calibration that has a pin. */
export interface PinEntry {
  readonly path: PlacePath;
  /** The path, with dots. */
  readonly name: string;
  readonly pin: Pin;
  /** In the reference screenshot; of a point one pixel. */
  readonly rect: Rect;
}

/** Large things first, the largest before the others; then colours, then what shows nothing. */
export function pinEntries({
  points,
  regions,
  swatches,
  anchors,
  counters,
  modals,
  masks,
}: Calibration): readonly PinEntry[] {
  const entry = (path: PlacePath, pin: Pin, [x, y, width, height]: readonly number[]): PinEntry => ({
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

export const isRegion = ({ path: [section] }: PinEntry): boolean => section === 'regions';

/** Regions, pictures and popups are part of what holds them altogether; other places of what holds their middle. */
export const isLarge = ({ path: [section] }: PinEntry): boolean =>
  section === 'regions' || section === 'anchors' || section === 'modals';

/** The smallest region, popup or entry with a pin (`hasPin`) that an entry is part of. */
export function containerOf(
  entry: PinEntry,
  entries: readonly PinEntry[],
  hasPin: (other: PinEntry) => boolean,
): PinEntry | null {
  let best: PinEntry | null = null;
  for (const other of entries) {
    const [section] = other.path;
    const holds = section === 'regions' || section === 'modals' || hasPin(other);
    if (!holds || other.name === entry.name || area(other.rect) <= 1) continue;
    const isAround = isLarge(entry)
      ? containsRect(other.rect, entry.rect) && area(other.rect) > area(entry.rect)
      : containsPoint(other.rect, center(entry.rect));
    if (isAround && (best === null || area(other.rect) < area(best.rect))) best = other;
  }
  return best;
}

/** Names of popups, of what marks and closes them, and of colours that show only now and then. */
export function passingNames({ modals, swatches }: Calibration): ReadonlySet<string> {
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
