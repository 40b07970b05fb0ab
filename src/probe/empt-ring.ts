import type { Rect } from '../core/geometry.js';
import type { ImageBuffer } from '../image/image-buffer.js';
import { type InkCluster, inkClusters } from './row-clusters.js';
import type { RowProfile } from './row-profile.js';

const SMALLEST = 10;
const LARGEST = 160;
/** Ink of a spinner lies outside of this share of its radius, all but the share below. */
const HOLE = 0.45;
const STRAY = 0.06;
/** A ring of dots or three quarters of an arc leave at least this many of eight directions filled. */
const LEAST_OCTANTS = 5;
/** What stands out, in multiples of the background's noise. */
const FAINT = 5;

/**
 * True when a part of the block is a spinner: as wide as high, hollow in the middle, with ink in most directions. An
 * arc of less than half a turn without its track is not recognised.
 */
export function hasRing(image: ImageBuffer, profile: RowProfile, region: Rect): boolean {
  const parts = inkClusters(profile, { top: 0, bottom: profile.height });
  // The dots of a dotted ring are parts of their own; text may follow below.
  return parts.some(({ bottom }) => isRing(image, profile, region, { top: parts[0].top, bottom }));
}

function isRing(image: ImageBuffer, profile: RowProfile, region: Rect, part: InkCluster): boolean {
  const { from, to, top, bottom } = faintBox(image, profile, region, part);
  const width = to + 1 - from;
  const height = bottom - top;
  const size = Math.max(width, height);
  if (size < SMALLEST || size > LARGEST || Math.min(width, height) < 0.75 * size) return false;
  const radius = size / 2;
  let ink = 0;
  let inside = 0;
  const octants = new Set<number>();
  for (let y = top; y < bottom; y++) {
    for (let x = from; x <= to; x++) {
      if (!standsOut(image, profile, region, { x, y })) continue;
      const dx = x + 0.5 - (from + to + 1) / 2;
      const dy = y + 0.5 - (top + bottom) / 2;
      ink++;
      if (Math.hypot(dx, dy) < HOLE * radius) inside++;
      else octants.add(Math.floor((4 * (Math.atan2(dy, dx) + Math.PI)) / Math.PI) % 8);
    }
  }
  return ink > 0 && inside <= STRAY * ink && octants.size >= LEAST_OCTANTS;
}

/** The box of a part with the fainter pixels around it: the track of a spinner, its fading dots. */
function faintBox(
  image: ImageBuffer,
  profile: RowProfile,
  region: Rect,
  { top, bottom }: InkCluster,
): { from: number; to: number; top: number; bottom: number } {
  let left = Infinity;
  let right = -1;
  for (let y = top; y < bottom; y++) {
    if (profile.left[y] < left) left = profile.left[y];
    if (profile.right[y] > right) right = profile.right[y];
  }
  const grow = Math.max(right + 1 - left, bottom - top);
  if (grow > LARGEST) return { from: left, to: right, top, bottom };
  const box = { from: Infinity, to: -1, top: Infinity, bottom: -1 };
  const { y: first, height } = boundsAround(top, bottom, grow, profile.height);
  const { x } = region;
  for (let y = first; y < first + height; y++) {
    for (let at = Math.max(x, left - grow); at <= Math.min(x + region.width - 1, right + grow); at++) {
      if (!standsOut(image, profile, region, { x: at, y })) continue;
      box.from = Math.min(box.from, at);
      box.to = Math.max(box.to, at);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y + 1);
    }
  }
  return box;
}

/** Half the part's size above and below, less where that would reach the text under a spinner. */
function boundsAround(top: number, bottom: number, size: number, end: number): { y: number; height: number } {
  const margin = Math.floor(size / 8) + 2;
  const y = Math.max(0, top - margin);
  return { y, height: Math.min(end, bottom + margin) - y };
}

function standsOut(
  { data, width: stride }: ImageBuffer,
  { red, green, blue, noise }: RowProfile,
  region: Rect,
  { x, y }: { readonly x: number; readonly y: number },
): boolean {
  const p = 4 * ((region.y + y) * stride + x);
  const most = Math.max(
    Math.abs(data[p] - red[y]),
    Math.abs(data[p + 1] - green[y]),
    Math.abs(data[p + 2] - blue[y]),
  );
  return most > FAINT * noise;
}
