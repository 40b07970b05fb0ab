import { decode } from '../../image/decode.js';
import { encodeJpeg } from '../../image/encode-jpeg.js';
import { ImageBuffer } from '../../image/image-buffer.js';
import { resize } from '../../image/resize.js';
import { type Rgb, packRgb, squaredDeltaE, toHex, writeLab } from '../../probe/color/color.js';
import { DEFAULT_TOLERANCE } from '../../probe/color/color-selector.js';
import type { ResolvedCalibration } from '../resolved-calibration.js';

export type MutantKind = 'shifted' | 'scaled' | 'dimmed' | 'recoloured' | 'twins' | 're-encoded';

/** A frame as it would be after something changed that a calibration should notice, or in one kind should not. */
export interface Mutant {
  readonly kind: MutantKind;
  readonly name: string;
  readonly image: ImageBuffer;
}

const SHIFTS_PX = [2, 4, 8, 16, 24];
const DIRECTIONS = { right: [1, 0], left: [-1, 0], down: [0, 1], up: [0, -1] } as const;
const SCALES = [0.9, 0.95, 1.05, 1.1];
const DIMMED = [0.8, 0.6];
const CHANNELS = { 'red and blue swapped': [2, 1, 0], 'channels rotated': [1, 2, 0] } as const;
const QUALITY = 60;

/**
 * The mutants of a frame, one after the other: moved by 2 to 24 pixels in four directions, scaled by 0.9 to 1.1 from the top left
 * corner, dimmed, recoloured, with the colours of two states of one thing exchanged (where the frame has them), and
 * encoded again as JPEG of quality 60, which changes pixels and means nothing. What a move uncovers repeats the edge.
 * Errors: PXP_USAGE when the canvas addon does not load.
 */
export function* mutateFrame(frame: ImageBuffer, calibration: ResolvedCalibration): Generator<Mutant> {
  for (const distance of SHIFTS_PX) {
    for (const [direction, [x, y]] of Object.entries(DIRECTIONS)) {
      const image = sampled(frame, (u, v) => [u - x * distance, v - y * distance]);
      yield { kind: 'shifted', name: `${distance} px ${direction}`, image };
    }
  }
  for (const scale of SCALES) {
    const size = { width: Math.round(frame.width * scale), height: Math.round(frame.height * scale) };
    const image = sampled(resize(frame, size), (u, v) => [u, v], frame);
    yield { kind: 'scaled', name: `by ${scale}`, image };
  }
  for (const share of DIMMED) {
    yield {
      kind: 'dimmed',
      name: `to ${share}`,
      image: recoloured(frame, (rgb) => rgb.map((c) => c * share)),
    };
  }
  for (const [name, order] of Object.entries(CHANNELS)) {
    yield {
      kind: 'recoloured',
      name,
      image: recoloured(frame, (rgb) => order.map((channel) => rgb[channel])),
    };
  }
  for (const { a, b, tolerance } of twinsOf(calibration)) {
    const image = exchanged(frame, { a, b, tolerance });
    if (image !== null) yield { kind: 'twins', name: `${toHex(a)} and ${toHex(b)}`, image };
  }
  const image = decode(encodeJpeg(frame, QUALITY)).image;
  yield { kind: 're-encoded', name: `JPEG quality ${QUALITY}`, image };
}

function sampled(
  source: ImageBuffer,
  from: (x: number, y: number) => readonly [number, number],
  { width, height }: Readonly<{ width: number; height: number }> = source,
): ImageBuffer {
  const [words, data] = [source.words(), new Uint32Array(width * height)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = from(x, y);
      const column = Math.min(source.width - 1, Math.max(0, u));
      const row = Math.min(source.height - 1, Math.max(0, v));
      data[y * width + x] = words[row * source.width + column];
    }
  }
  return new ImageBuffer(width, height, new Uint8Array(data.buffer));
}

function recoloured({ width, height, data }: ImageBuffer, to: (rgb: number[]) => number[]): ImageBuffer {
  const changed = Uint8Array.from(data);
  for (let i = 0; i < data.length; i += 4) changed.set(to([data[i], data[i + 1], data[i + 2]]), i);
  return new ImageBuffer(width, height, changed);
}

interface Twins {
  readonly a: Rgb;
  readonly b: Rgb;
  readonly tolerance: number;
}

/** The pairs of colours that tell two states of one thing apart, each once. */
function twinsOf({ swatches, lists }: ResolvedCalibration): readonly Twins[] {
  const pairs = new Map<string, Twins>();
  const add = (a: Rgb, b: Rgb, tolerance: number): void => {
    pairs.set(`${toHex(a)} ${toHex(b)}`, { a, b, tolerance });
  };
  for (const { states, tolerance } of swatches.values()) {
    const colors = Object.values(states);
    for (const [i, a] of colors.entries()) for (const b of colors.slice(i + 1)) add(a, b, tolerance);
  }
  for (const { action } of lists.values()) {
    if (action?.kind === 'component' && action.disabled !== null) {
      add(action.enabled, action.disabled, action.tolerance ?? DEFAULT_TOLERANCE);
    }
  }
  return [...pairs.values()];
}

/** Every pixel within tolerance of one colour becomes the other; null when the frame has neither. */
function exchanged({ width, height, data }: ImageBuffer, { a, b, tolerance }: Twins): ImageBuffer | null {
  const changed = Uint8Array.from(data);
  const labs = [a, b].map((color) => {
    const lab = new Float64Array(3);
    writeLab(packRgb(color), lab, 0);
    return lab;
  });
  const pixel = new Float64Array(3);
  const known = new Map<number, Rgb | null>();
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    const packed = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
    let other = known.get(packed);
    if (other === undefined) {
      writeLab(packed, pixel, 0);
      const [toA, toB] = labs.map((lab) => Math.sqrt(squaredDeltaE(lab, pixel)));
      other = Math.min(toA, toB) > tolerance ? null : toA < toB ? b : a;
      known.set(packed, other);
    }
    if (other === null) continue;
    changed.set(other, i);
    count++;
  }
  return count === 0 ? null : new ImageBuffer(width, height, changed);
}
