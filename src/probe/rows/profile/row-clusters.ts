import type { RowProfile } from './row-profile.js';

/** Consecutive pixel rows with ink, relative to the region, `bottom` exclusive. */
export interface InkCluster {
  readonly top: number;
  readonly bottom: number;
}

/** Blank rows inside of one glyph line: below the dot of an i, between a letter and its underline. */
const GLYPH_GAP = 2;
/** Less than this is dirt: the end of a rule, and in a JPEG a stray artefact. Two are the sides of a button that has but an outline. */
const FEWEST_PIXELS = 2;
const FEWEST_OF_JPEG = 3;
const LOWEST_CLUSTER = 3;
const THICKEST_LINE = 4;

/** The ink between `top` and `bottom`, above whatever level all of these rows share (vertical rules). */
export function inkClusters(profile: RowProfile, span: InkCluster): InkCluster[] {
  return clustersAbove(profile, span, inkFloor(profile.ink, span));
}

/** The lines of one cluster or of several. */
export function inkLines(profile: RowProfile, span: InkCluster): InkCluster[] {
  return clustersAbove(profile, span, 0);
}

function clustersAbove({ ink, noise }: RowProfile, { top, bottom }: InkCluster, floor: number): InkCluster[] {
  const fewest = noise > 1 ? FEWEST_OF_JPEG : FEWEST_PIXELS;
  const clusters: InkCluster[] = [];
  let start = -1;
  let end = -1;
  for (let y = top; y <= bottom; y++) {
    const filled = y < bottom && ink[y] - floor >= fewest;
    if (filled) {
      if (start < 0) start = y;
      end = y + 1;
    } else if (start >= 0 && (y === bottom || y - end >= GLYPH_GAP)) {
      if (end - start >= LOWEST_CLUSTER) clusters.push({ top: start, bottom: end });
      start = -1;
    }
  }
  return clusters;
}

/** The ink that every row of the stretch has, but for the separator at its end: where lines cross, rules are no ink. */
export function inkFloor(ink: Int32Array, { top, bottom }: InkCluster): number {
  const end = bottom - Math.min(THICKEST_LINE, Math.floor((bottom - top) / 6));
  let floor = Infinity;
  for (let y = top; y < end; y++) if (ink[y] < floor) floor = ink[y];
  return floor;
}
