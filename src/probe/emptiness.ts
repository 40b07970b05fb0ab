import { PixelproofError } from '../core/errors.js';
import { type Rect, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import { graphicOf } from './emptiness/emptiness-graphic.js';
import { type Texture, rowTexture } from './emptiness/emptiness-texture.js';
import { rowEdges } from './rows/boundary/row-edges.js';
import { rowLayout } from './rows/row-layout.js';
import { centredMessage } from './rows/row-message.js';
import { type RowProfile, rowProfile } from './rows/profile/row-profile.js';

export interface Emptiness {
  readonly state: 'empty' | 'loading' | 'populated' | 'unsure';
  /** Share of the pixel rows on which something stands out from the background, 0..1. */
  readonly activity: number;
  /** Rows found, partial ones included; 0 unless populated or unsure. */
  readonly rows: number;
  /** How clear the answer is, 0..1; 0 when unsure. */
  readonly margin: number;
  readonly reason:
    | 'matches-reference'
    | 'flat-background'
    | 'flat-panel'
    | 'centred-message'
    | 'spinner'
    | 'skeleton'
    | 'rows'
    | 'mid-tone'
    | 'centred-graphic'
    | 'no-rows';
}

export interface EmptinessOptions {
  /** Whole image pixels; default the whole image. */
  readonly region?: Rect;
  /** The list when it is known to be empty: as large as the image, or as the region. */
  readonly reference?: ImageBuffer;
}

const MIN_HEIGHT = 14;
const MAX_HEIGHT = 160;
/** Lists are drawn on light or on dark; a panel between those has nothing to show yet. Grey levels, by design. */
const LIGHT = 240;
const DARK = 72;
const PANEL = { darkest: 96, lightest: 232 };
/** Differences from a reference below this are JPEG's; the ringing of black text at quality 60 reaches about 45. */
const REFERENCE_TOLERANCE = 48;
/** A caret, a clock's colon or dirt; a line of text differs on more consecutive pixel rows. */
const REFERENCE_ROWS = 4;
/** Texture of a skeleton: hardly any strokes, faint, and not just a speck. */
const SKELETON = { strokes: 0.25, contrast: 100, cover: 0.01 };
const FLAT = { specks: 0.0005, cover: 0.005, contrast: 24 };
/** Three blocks have six edges; stripes are of one height, and a line is not far from being a stripe's end. */
const UNEVEN = { edges: 6, ratio: 1.5 };
/** Below this share of strokes and above the skeleton's, blocks and text are mixed. */
const TEXT_STROKES = 0.3;

/**
 * Whether a list has rows. `empty`: it looks like the reference, or is a flat (or striped) background, or has nothing
 * but a short message in its middle, with or without an icon above it. `loading`: a flat mid-grey panel, a ring or dots of
 * which some are fainter, or grey blocks in place of text. `populated`: at least one row. `unsure`: none of these clearly,
 * as a plain circle, a disc or a bar in the middle; never read it as empty. A flat panel whose tone is not the reference's
 * is `loading`. One left-aligned line of text is a row: only a reference tells a message from it.
 * Cost: two passes over the region. Errors: PXP_RECT for a region outside of the image, PXP_PROBE_OPTION for a reference
 * that has neither the image's nor the region's size.
 *
 * @example
 * const { state } = emptiness(frame, { region: inbox, reference: emptyInbox });
 */
export function emptiness(
  image: ImageBuffer,
  { region = sizeRect(image), reference }: EmptinessOptions = {},
): Emptiness {
  requireInside(image, region);
  const profile = rowProfile(image, region, MAX_HEIGHT);
  const activity = activityOf(profile);
  const verdict = (
    state: Emptiness['state'],
    reason: Emptiness['reason'],
    margin: number,
    rows = 0,
  ): Emptiness => ({
    state,
    activity,
    rows,
    margin: state === 'unsure' ? 0 : Math.max(0, Math.min(1, margin)),
    reason,
  });
  if (reference !== undefined) {
    const differing = longestDifference(image, region, reference);
    if (differing < REFERENCE_ROWS) {
      return verdict('empty', 'matches-reference', 1 - differing / REFERENCE_ROWS);
    }
  }
  const texture = rowTexture(image, profile, region.y);
  if (activity === 0 && isFlat(texture)) {
    if (isUneven(profile)) return verdict('unsure', 'no-rows', 0);
    const tone = flatTone(profile, reference !== undefined);
    return verdict(tone.state, tone.reason, tone.margin);
  }
  const message = centredMessage(profile, region);
  const graphic = message === 'none' ? 'none' : graphicOf(image, profile, region);
  if (graphic === 'spinner') return verdict('loading', 'spinner', 0.7);
  if (graphic === 'icon') return verdict('empty', 'centred-message', 0.6);
  if (graphic === 'none' && isSkeleton(texture))
    return verdict('loading', 'skeleton', 1 - texture.strokes / SKELETON.strokes);
  if (message === 'text' && graphic === 'none' && texture.strokes >= TEXT_STROKES)
    return verdict('empty', 'centred-message', 0.6);
  if (message !== 'none') return verdict('unsure', 'centred-graphic', 0);
  const { rows, confidence } = rowLayout(profile, {
    minHeight: MIN_HEIGHT,
    maxHeight: MAX_HEIGHT,
    least: 0,
    most: Infinity,
  });
  if (rows.length === 0) return verdict('unsure', 'no-rows', 0);
  return verdict('populated', 'rows', confidence * Math.min(1, 0.4 + 0.2 * rows.length), rows.length);
}

function activityOf({ ink, height }: RowProfile): number {
  let active = 0;
  for (let y = 0; y < height; y++) if (ink[y] >= 3) active++;
  return active / height;
}

/** Nothing, or what a border outside of the region leaves in its JPEG blocks. */
function isFlat({ cover, contrast }: Texture): boolean {
  return cover < FLAT.specks || (cover < FLAT.cover && contrast < FLAT.contrast);
}

/** True when the background changes as the stripes and lines of an empty list never do: blocks too faint for a JPEG. */
function isUneven(profile: RowProfile): boolean {
  const edges = rowEdges(profile);
  if (edges.length < UNEVEN.edges) return false;
  const heights = edges.slice(1).map(({ y }, i) => y - edges[i].y);
  return Math.max(...heights) > UNEVEN.ratio * Math.min(...heights);
}

function isSkeleton({ strokes, contrast, cover }: Texture): boolean {
  return cover >= SKELETON.cover && strokes < SKELETON.strokes && contrast < SKELETON.contrast;
}

function flatTone(
  { red, green, blue, height }: RowProfile,
  compared: boolean,
): Pick<Emptiness, 'state' | 'reason' | 'margin'> {
  const y = height >> 1;
  const luma = 0.299 * red[y] + 0.587 * green[y] + 0.114 * blue[y];
  // The reference was not met: whatever is flat here is not the empty list.
  if (compared) return { state: 'loading', reason: 'flat-panel', margin: 0.5 };
  if (luma >= LIGHT || luma <= DARK) return { state: 'empty', reason: 'flat-background', margin: 0.8 };
  if (luma >= PANEL.darkest && luma <= PANEL.lightest) {
    return { state: 'loading', reason: 'flat-panel', margin: 0.4 };
  }
  return { state: 'unsure', reason: 'mid-tone', margin: 0 };
}

/** The largest number of consecutive pixel rows that differ from the reference, a stray pixel or two aside. */
function longestDifference(image: ImageBuffer, region: Rect, reference: ImageBuffer): number {
  const whole = reference.width === image.width && reference.height === image.height;
  if (!whole && (reference.width !== region.width || reference.height !== region.height)) {
    throw new PixelproofError('PXP_PROBE_OPTION', 'emptiness reference', {
      expected: `${image.width}x${image.height} or ${region.width}x${region.height}`,
      received: `${reference.width}x${reference.height}`,
    });
  }
  const origin = whole ? region : { x: 0, y: 0 };
  let longest = 0;
  let run = 0;
  for (let y = 0; y < region.height; y++) {
    let p = 4 * ((region.y + y) * image.width + region.x);
    let q = 4 * ((origin.y + y) * reference.width + origin.x);
    let differing = 0;
    for (let x = 0; x < region.width && differing < 3; x++, p += 4, q += 4) {
      if (
        Math.abs(image.data[p] - reference.data[q]) > REFERENCE_TOLERANCE ||
        Math.abs(image.data[p + 1] - reference.data[q + 1]) > REFERENCE_TOLERANCE ||
        Math.abs(image.data[p + 2] - reference.data[q + 2]) > REFERENCE_TOLERANCE
      ) {
        differing++;
      }
    }
    run = differing >= 3 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
