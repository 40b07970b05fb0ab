import { PixelproofError, nearestName } from '../core/index.js';
import { showValue } from './file/show-value.js';

/** So many names are told; of more, the first ones. */
const MOST_TOLD = 12;

/** PXP_CALIBRATION_NAME: what was asked for is not among `names`, those of the section; the nearest one is the hint. */
export function noSuchName(
  name: string,
  {
    calibration,
    section,
    names,
  }: Readonly<{ calibration: string; section: string; names: readonly string[] }>,
): PixelproofError {
  const meant = nearestName(name, names);
  return new PixelproofError('PXP_CALIBRATION_NAME', 'the calibration has no such name', {
    what: calibration,
    where: section,
    expected: names.length === 0 ? `a name in \`${section}\`, which has none` : `one of ${spell(names)}`,
    received: showValue(name),
    ...(meant === undefined ? {} : { hint: `did you mean \`${meant}\`?` }),
  });
}

function spell(names: readonly string[]): string {
  const more = names.length - MOST_TOLD;
  return more <= 0 ? names.join(', ') : `${names.slice(0, MOST_TOLD).join(', ')} and ${more} more`;
}
