import type { RowProfile } from '../profile/row-profile.js';
import { rowGroups } from '../flat/row-groups.js';
import { inkPitch } from '../flat/row-pitch.js';
import type { Stretch, Typical } from './row-stretches.js';

/** So many rows show their height, one that a JPEG moves among them or not. */
const ENOUGH = 3;
/** A JPEG moves both boundaries of a row by so much together, in pixels. */
const BLURRED = 1.5;
/** Where rows are not a whole number of pixels high, one that begins and ends within a pixel shows less by so much. */
const ROUNDED = 1.1;
/** Rows of one kind repeat as well as this; headings among them, and icons of several sizes, move the distance. */
const ALIKE = 0.7;

/**
 * The height of the one or two rows whose boundaries a JPEG blurred, or a screen's density rounded, is that at which the ink of all the
 * list repeats, where the two differ by no more than that.
 */
export function exactHeight(
  profile: RowProfile,
  inked: readonly Pick<Stretch, 'clusters'>[],
  typical: Typical,
): Typical {
  if (!typical.regular || typical.count >= ENOUGH) return typical;
  const off = profile.noise > 1 ? BLURRED : ROUNDED;
  const clusters = inked.flatMap((stretch) => stretch.clusters);
  const parted = rowGroups(profile, clusters, typical.height);
  if (parted !== null) return { ...typical, height: parted.pitch };
  const shortest = Math.floor(typical.height - off) - 1;
  const longest = Math.ceil(typical.height + off) + 1;
  const found = inkPitch(profile, clusters, { shortest, longest });
  return found !== null && found.score >= ALIKE && Math.abs(found.pitch - typical.height) <= off
    ? { ...typical, height: found.pitch }
    : typical;
}
