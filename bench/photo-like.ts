import { ImageBuffer } from '../src/image/index.js';

/** Octaves of the noise: cell sizes in pixels, and how many levels each adds at most. */
const OCTAVES = [
  { cell: 160, levels: 110 },
  { cell: 40, levels: 60 },
  { cell: 10, levels: 30 },
  { cell: 2, levels: 12 },
] as const;

/**
 * A picture that compresses like a photograph: smooth shapes, texture and grain, by value noise. The same for the same
 * size. Takes a second at 1280x720.
 */
export function photoLike({ width, height }: Readonly<{ width: number; height: number }>): ImageBuffer {
  const data = new Uint8Array(4 * width * height).fill(255);
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let level = 20;
        for (const { cell, levels } of OCTAVES)
          level += levels * noise(x / cell, y / cell, channel * 0.7 + cell);
        data[4 * (y * width + x) + channel] = level;
      }
    }
  }
  return new ImageBuffer(width, height, data);
}

/** Bilinear between hashed lattice points, 0..1. */
function noise(x: number, y: number, seed: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [x - column, y - row];
  const top = hash(column, row, seed) * (1 - u) + hash(column + 1, row, seed) * u;
  const bottom = hash(column, row + 1, seed) * (1 - u) + hash(column + 1, row + 1, seed) * u;
  return top * (1 - v) + bottom * v;
}

function hash(x: number, y: number, seed: number): number {
  let bits = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(Math.round(seed * 10), 1274126177);
  bits = Math.imul(bits ^ (bits >>> 13), 1103515245);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}
