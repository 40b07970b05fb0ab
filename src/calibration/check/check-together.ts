import { enclosing } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import type { Assumption } from './assumption.js';
import { markShows, placeOfMark } from './mark-shows.js';
import type { ResolvedMark } from '../resolved-calibration.js';

/** All of these marks show, or none; where `optional` (behind a popup) anything else says nothing. */
export function checkTogether(
  image: ImageBuffer,
  { name, marks, optional }: Readonly<{ name: string; marks: readonly ResolvedMark[]; optional: boolean }>,
): Assumption {
  const showing = marks.filter((mark) => markShows(image, mark)).map(spell);
  const rect = enclosing(marks.map(placeOfMark));
  const base = {
    name,
    kind: 'together',
    rect,
    expected: `${marks.map(spell).join(' and ')}, or none of them`,
    found: showing.length === 0 ? 'none' : showing.join(' and '),
  } as const;
  if (showing.length === 0 || showing.length === marks.length) return { ...base, state: 'held', margin: 1 };
  return { ...base, state: optional ? 'not-visible' : 'broken', margin: 0 };
}

function spell(mark: ResolvedMark): string {
  return mark.kind === 'swatch' ? `${mark.swatch.name} ${mark.state}` : mark.anchor.name;
}
