import { enclosing } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import type { Assumption } from './assumption.js';
import { markShows, placeOfMark } from './mark-shows.js';
import type { ResolvedCalibration } from '../resolved-calibration.js';

/** Exactly one tab is active; where `optional` (behind a popup) anything else says nothing. */
export function checkTabs(
  image: ImageBuffer,
  { calibration, optional }: Readonly<{ calibration: ResolvedCalibration; optional: boolean }>,
): Assumption | null {
  const tabs = [...calibration.tabs.values()];
  if (tabs.length < 2) return null;
  const active = tabs.filter(({ mark }) => markShows(image, mark)).map(({ name }) => name);
  const rect = enclosing(tabs.map(({ mark }) => placeOfMark(mark)));
  const found = active.length === 0 ? 'none' : active.join(', ');
  const base = { name: 'tabs', kind: 'tabs', rect, expected: 'exactly one active', found } as const;
  if (active.length === 1) return { ...base, state: 'held', margin: 1 };
  return { ...base, state: optional ? 'not-visible' : 'broken', margin: 0 };
}
