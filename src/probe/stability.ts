import { PixelproofError } from '../core/errors.js';
import { type Rect, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import { hasCodecNoise } from './change/codec-noise.js';
import { requireSameSize } from './same-size.js';
import { type TileMotion, tileMotion } from './change/tile-motion.js';

export interface StabilityOptions {
  /** Where to look; the whole picture by default. */
  readonly region?: Rect;
  /** Side of a tile in pixels, default 16. */
  readonly tile?: number;
  /** One byte per tile of the region, rows first, as for `changeScore`: tiles not 0 are not looked at. */
  readonly ambient?: Uint8Array;
}

export interface MovedTile extends Rect, TileMotion {}

export interface Stability {
  /** `flat`: the newest frame shows one tone, or the mask leaves nothing: whatever came before, nothing can be told. */
  readonly state: 'stable' | 'moving' | 'flat';
  /** Tiles in which an earlier frame differs from the newest, rows first; image pixels. */
  readonly moved: readonly MovedTile[];
  /** Moved tiles by all tiles looked at, 0..1. */
  readonly share: number;
  /** 0..1: how far the tile that moved most is from deciding otherwise. 1 for frames that are equal, 0 for `flat`. */
  readonly margin: number;
  readonly reason: 'settled' | 'level' | 'structure' | 'one-tone' | 'nothing-looked-at';
}

const DEFAULT_TILE = 16;
/** Levels between the darkest and the brightest value of a channel in a frame that shows nothing. */
const FLAT_LEVELS = 6;
/**
 * What a tile may differ by, in levels: its mean, and the deviation around that, which may grow with the tile's own. Frames of
 * a lossless sensor that differ by less are the rounding of a compositor. Between frames with codec noise, just above what a
 * frame and itself as JPEG quality 60 differ by (measured on five applications: 6.5, and 7 + 0.2 of the contrast): a fade slower
 * than seven levels a frame shows over a sequence, not between neighbours.
 */
const LOSSLESS = { level: 0.25, structure: 0.75, byContrast: 0 };
const LOSSY = { level: 7, structure: 9, byContrast: 0.22 };

/**
 * Has it settled? Each earlier frame is compared with the newest one, tile by tile: by `level`, the shift of the mean
 * (largest of the channels), which a fade changes, and by `structure`, what differs once that shift is taken away,
 * which text and edges change. A frame of one tone (black, white, half painted away) is `flat`, never `stable`.
 *
 * Order of the earlier frames does not matter, an earlier frame that is the newest adds nothing. Cost: 1280x720 4 to 7 ms a pair;
 * frames that are the same object nothing. Errors: PXP_IMAGE_SIZE when sizes differ, PXP_RECT for a region outside,
 * PXP_PROBE_OPTION for fewer than two frames, a tile that is not a whole number from 1, or an `ambient` of another length.
 *
 * @example
 * if (stability([earlier, now], { ambient }).state === 'stable') read(now);
 */
export function stability(frames: readonly ImageBuffer[], options: StabilityOptions = {}): Stability {
  const now = frames.at(-1);
  if (now === undefined || frames.length < 2) throw badOption('frames', 'at least two', frames.length);
  const { region = sizeRect(now), tile = DEFAULT_TILE, ambient } = options;
  for (const frame of frames) requireSameSize(now, frame);
  requireInside(now, region);
  if (!Number.isInteger(tile) || tile < 1) throw badOption('tile', 'a whole number from 1', tile);
  const tiles = cutTiles(region, tile);
  if (ambient !== undefined && ambient.length !== tiles.length) {
    throw badOption('ambient', `one byte for each of ${tiles.length} tiles`, ambient.length);
  }
  const looked = tiles.filter((_, i) => ambient === undefined || ambient[i] === 0);
  if (looked.length === 0) return nothing('nothing-looked-at');
  if (isOneTone(now, looked)) return nothing('one-tone');

  const earlier = [...new Set(frames)].filter((frame) => frame !== now);
  const limits = earlier.map((frame) => (hasCodecNoise(frame, now) ? LOSSY : LOSSLESS));
  const moved: MovedTile[] = [];
  let most = 0;
  let reason: Stability['reason'] = 'settled';
  for (const rect of looked) {
    let found: MovedTile | null = null;
    for (const [i, frame] of earlier.entries()) {
      const motion = tileMotion(frame, now, rect);
      const byLevel = motion.level / limits[i].level;
      const byStructure = motion.structure / (limits[i].structure + limits[i].byContrast * motion.contrast);
      const by = Math.max(byLevel, byStructure);
      if (by > 1 && (found === null || motion.level + motion.structure > found.level + found.structure)) {
        found = { ...rect, ...motion };
      }
      if (by <= most) continue;
      most = by;
      if (by > 1) reason = byLevel >= byStructure ? 'level' : 'structure';
    }
    if (found !== null) moved.push(found);
  }
  return {
    state: moved.length === 0 ? 'stable' : 'moving',
    moved,
    share: moved.length / looked.length,
    margin: moved.length === 0 ? 1 - most : Math.min(1, most - 1),
    reason,
  };
}

function nothing(reason: 'one-tone' | 'nothing-looked-at'): Stability {
  return { state: 'flat', moved: [], share: 0, margin: 0, reason };
}

function cutTiles(region: Rect, tile: number): readonly Rect[] {
  const tiles: Rect[] = [];
  for (let y = 0; y < region.height; y += tile) {
    for (let x = 0; x < region.width; x += tile) {
      const [width, height] = [Math.min(tile, region.width - x), Math.min(tile, region.height - y)];
      tiles.push({ x: region.x + x, y: region.y + y, width, height });
    }
  }
  return tiles;
}

function isOneTone({ data, width: stride }: ImageBuffer, tiles: readonly Rect[]): boolean {
  const low = [255, 255, 255];
  const high = [0, 0, 0];
  for (const { x, y, width, height } of tiles) {
    for (let row = y; row < y + height; row++) {
      for (let p = 4 * (row * stride + x); p < 4 * (row * stride + x + width); p += 4) {
        for (let channel = 0; channel < 3; channel++) {
          const value = data[p + channel];
          if (value < low[channel]) low[channel] = value;
          if (value > high[channel]) high[channel] = value;
        }
      }
    }
    if (high.some((value, channel) => value - low[channel] > FLAT_LEVELS)) return false;
  }
  return true;
}

function badOption(what: string, expected: string, received: number): PixelproofError {
  return new PixelproofError('PXP_PROBE_OPTION', 'option of stability', {
    what,
    expected,
    received: String(received),
  });
}
