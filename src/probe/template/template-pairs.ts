import type { Size } from '../../core/geometry.js';

/**
 * Pairs of the template's pixels of which one is brighter. Offsets are indices into a plane of the searched picture's
 * width, from the template's corner; `least` is by how many levels the bright one has to lead.
 */
export interface TemplatePairs {
  readonly count: number;
  readonly bright: Int32Array;
  readonly dark: Int32Array;
  readonly least: Int32Array;
  /** How many of the first 1, 2, … pairs may fail. */
  readonly mayFail: Int32Array;
}

/** Cells of the grid a pair's pixels come from, spread over the template, and how many pairs are kept. */
const CELLS = 96;
const PAIRS = 24;
/** A pair of less contrast, in levels or by the strongest pair's, is noise as likely as structure. */
const MIN_CONTRAST = 6;
const WEAKEST = 0.3;
/** Of the contrast that the weakest gain leaves, this much may be lost to a codec. */
const KEPT = 0.6;

/**
 * The test that almost no place passes and the template's own always does, dimmed or re-encoded: bright pixels stay
 * brighter than dark ones under any `a * I + b` with a > 0. From each cell of a grid the brightest and the darkest pixel
 * (of its 3x3 neighbourhood, so that the edge of a stroke is not taken), then brightest with darkest, and so on: strong pairs
 * first. One pair in four may fail, and one more. Random pixel pairs as features: M. Calonder et al., BRIEF, ECCV 2010.
 */
export function templatePairs(
  plane: Uint8Array,
  { width, height }: Size,
  { stride, minGain }: { readonly stride: number; readonly minGain: number },
): TemplatePairs {
  const columns = Math.max(1, Math.min(width, Math.round(Math.sqrt((CELLS * width) / height))));
  const rows = Math.max(1, Math.min(height, Math.round(CELLS / columns)));
  const brights: number[] = [];
  const darks: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const cell = {
        left: Math.floor((column * width) / columns),
        right: Math.floor(((column + 1) * width) / columns),
        top: Math.floor((row * height) / rows),
        bottom: Math.floor(((row + 1) * height) / rows),
      };
      const { bright, dark } = extremes(plane, { width, height }, cell);
      brights.push(bright);
      darks.push(dark);
    }
  }
  brights.sort((a, b) => plane[b] - plane[a]);
  darks.sort((a, b) => plane[a] - plane[b]);
  const strongest = plane[brights[0]] - plane[darks[0]];
  const least = Math.max(MIN_CONTRAST, WEAKEST * strongest);
  const contrasts = brights.map((bright, i) => plane[bright] - plane[darks[i]]);
  const count = Math.max(1, Math.min(PAIRS, contrasts.filter((contrast) => contrast >= least).length));
  const offset = (at: number): number => Math.floor(at / width) * stride + (at % width);
  return {
    count,
    bright: Int32Array.from(brights.slice(0, count), offset),
    dark: Int32Array.from(darks.slice(0, count), offset),
    least: Int32Array.from(contrasts.slice(0, count), (contrast) =>
      Math.max(1, Math.floor(KEPT * minGain * contrast)),
    ),
    mayFail: Int32Array.from({ length: count }, (_, i) => (count < 2 ? 0 : 1 + Math.floor((i + 1) / 4))),
  };
}

/**
 * The first of the places `from..to-1` (indices into the searched plane) that passes, or `to`. The first two pairs alone
 * settle nearly every place, because most of a page is flat.
 */
export function nextPassing(
  plane: Uint8Array,
  { from, to }: { readonly from: number; readonly to: number },
  pairs: TemplatePairs,
): number {
  const { count, bright, dark, least } = pairs;
  const second = Math.min(1, count - 1);
  const bright0 = bright[0];
  const dark0 = dark[0];
  const least0 = least[0];
  const bright1 = bright[second];
  const dark1 = dark[second];
  const least1 = least[second];
  for (let at = from; at < to; at++) {
    if (plane[at + bright0] - plane[at + dark0] < least0 && plane[at + bright1] - plane[at + dark1] < least1)
      continue;
    if (passes(plane, at, pairs)) return at;
  }
  return to;
}

function passes(
  plane: Uint8Array,
  at: number,
  { count, bright, dark, least, mayFail }: TemplatePairs,
): boolean {
  let failed = 0;
  for (let i = 0; i < count; i++) {
    if (plane[at + bright[i]] - plane[at + dark[i]] < least[i] && ++failed > mayFail[i]) return false;
  }
  return true;
}

interface Cell {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function extremes(plane: Uint8Array, size: Size, { left, right, top, bottom }: Cell) {
  let bright = top * size.width + left;
  let dark = bright;
  let most = -1;
  let fewest = Infinity;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const at = y * size.width + x;
      const value = plane[at] + around(plane, size, { x, y });
      if (value > most) {
        most = value;
        bright = at;
      }
      if (value < fewest) {
        fewest = value;
        dark = at;
      }
    }
  }
  return { bright, dark };
}

/** Mean of the 3x3 neighbourhood, cut at the border. */
function around(
  plane: Uint8Array,
  { width, height }: Size,
  { x, y }: { readonly x: number; readonly y: number },
): number {
  let sum = 0;
  let pixels = 0;
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
      sum += plane[row * width + column];
      pixels++;
    }
  }
  return sum / pixels;
}
