import { decode, encodeJpeg } from '../../src/image/index.js';
import { ImageBuffer } from '../../src/image/image-buffer.js';

/** How a stored picture may reach the probes: as it was stored, or changed as sensors, codecs and screens change pictures. */
export interface Variant {
  readonly name: string;
  /** Times which the picture is larger. */
  readonly scale: number;
  /** Whether `seed` makes a difference. */
  readonly isRandom?: boolean;
  /** Every level is another than that of the stored picture, and nothing else is. */
  readonly hasOtherLevels?: boolean;
  apply(image: ImageBuffer, seed: number): ImageBuffer;
}

const MOST_DOUBLED_PIXELS = 180_000;

/** What a picture of this file is tried as: a stored JPEG has its noise already, and only small ones are worth doubling. */
export function variantsOf(name: string, { width, height }: ImageBuffer): readonly Variant[] {
  if (name.endsWith('.jpg')) return [{ ...STORED, name: 'stored JPEG' }];
  return [
    STORED,
    JPEG_80,
    JPEG_60,
    NOISE,
    BRIGHTER,
    ...(width * height <= MOST_DOUBLED_PIXELS ? [DOUBLED] : []),
  ];
}

const STORED: Variant = { name: 'lossless', scale: 1, apply: (image) => image };
/** What sensors take by default. */
const JPEG_80: Variant = { name: 'JPEG 80', scale: 1, apply: (image) => throughJpeg(image, 80) };
const JPEG_60: Variant = { name: 'JPEG 60', scale: 1, apply: (image) => throughJpeg(image, 60) };
const BRIGHTER: Variant = {
  name: 'brighter',
  scale: 1,
  hasOtherLevels: true,
  apply: (image) => mapLevels(image, (level) => 0.94 * level + 12),
};
const DOUBLED: Variant = { name: 'doubled', scale: 2, apply: doubled };
const NOISE: Variant = { name: 'VNC noise', scale: 1, isRandom: true, apply: withVncNoise };

function throughJpeg(image: ImageBuffer, quality: number): ImageBuffer {
  // One decoder everywhere: an optional faster one differs by a few levels.
  return decode(encodeJpeg(image, quality), { decoder: 'canvas' }).image;
}

function mapLevels({ width, height, data }: ImageBuffer, level: (from: number) => number): ImageBuffer {
  const table = Uint8Array.from({ length: 256 }, (_, from) =>
    Math.round(Math.min(255, Math.max(0, level(from)))),
  );
  const result = Uint8Array.from(data);
  for (let i = 0; i < result.length; i++) if (i % 4 !== 3) result[i] = table[result[i]];
  return new ImageBuffer(width, height, result);
}

function doubled({ width, height, data }: ImageBuffer): ImageBuffer {
  const pixels = new Uint32Array(Uint8Array.from(data).buffer);
  const result = new Uint32Array(4 * pixels.length);
  for (let y = 0; y < height; y++) {
    const line = 4 * y * width;
    for (let x = 0; x < width; x++) result[line + 2 * x] = result[line + 2 * x + 1] = pixels[y * width + x];
    result.copyWithin(line + 2 * width, line, line + 2 * width);
  }
  return new ImageBuffer(2 * width, 2 * height, new Uint8Array(result.buffer));
}

/**
 * Tight encoding sends what looks like a picture as JPEG and the rest without loss, a rectangle at a time; what does not
 * change stays as it was sent.
 */
const TILE = 64;
const TILE_QUALITY = 50;
/** Of a capture card, which is never the same twice: levels, standard deviation. */
const SIGMA = 1.2;

const lossyTiles = new WeakMap<ImageBuffer, ImageBuffer>();

function withVncNoise(image: ImageBuffer, seed: number): ImageBuffer {
  const isLossy = generator(0);
  const { width, height } = image;
  const lossy = lossyTiles.get(image) ?? throughJpeg(image, TILE_QUALITY);
  // Two looks differ in their noise alone.
  lossyTiles.set(image, lossy);
  const data = Uint8ClampedArray.from(image.data);
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      if (isLossy() < 0.5) continue;
      for (let y = top; y < Math.min(height, top + TILE); y++) {
        const [from, to] = [4 * (y * width + left), 4 * (y * width + Math.min(width, left + TILE))];
        data.set(lossy.data.subarray(from, to), from);
      }
    }
  }
  for (let i = 0, at = (seed * 7919) % NORMALS.length; i < data.length; i++) {
    if (i % 4 === 3) continue;
    data[i] += SIGMA * NORMALS[at];
    at = at + 1 === NORMALS.length ? 0 : at + 1;
  }
  return new ImageBuffer(width, height, new Uint8Array(data.buffer));
}

/** Mulberry32: the same noise on every machine. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Normal deviates, of which pictures take as many as they need: four uniform numbers have a variance of a third. */
const NORMALS = ((random) =>
  Float32Array.from(
    { length: 65_537 },
    () => (random() + random() + random() + random() - 2) * Math.sqrt(3),
  ))(generator(1));
