import { ImageBuffer } from '../src/image/index.js';

const BACKGROUND = [245, 246, 248] as const;
const STRIPES = [
  [255, 255, 255],
  [241, 244, 249],
] as const;
const INK = [31, 39, 51] as const;
const GREEN = [46, 158, 79] as const;
const SEPARATOR = [227, 231, 236] as const;

/** A drawn 1280x720 list of striped rows with pseudo-random strokes of text and a button each. The same for the same row. */
export function ledgerLike({ firstRow }: Readonly<{ firstRow: number }>): ImageBuffer {
  const data = new Uint8Array(4 * 1280 * 720);
  const fill = (x: number, y: number, width: number, height: number, [r, g, b]: readonly number[]): void => {
    for (let row = y; row < Math.min(y + height, 664); row++) {
      for (let p = 4 * (row * 1280 + x); p < 4 * (row * 1280 + x + width); p += 4) {
        data[p] = r;
        data[p + 1] = g;
        data[p + 2] = b;
        data[p + 3] = 255;
      }
    }
  };
  data.set([...BACKGROUND, 255]);
  for (let filled = 4; filled < data.length; filled *= 2) data.copyWithin(filled, 0, filled);
  for (let y = 152, position = 0; y < 664; position++) {
    const row = firstRow + position;
    const height = 50 + ((row * 7) % 9);
    fill(24, y, 1232, height, STRIPES[position % 2]);
    fill(24, y + height - 1, 1232, 1, SEPARATOR);
    for (let stroke = 0; stroke < 90; stroke++) {
      const tall = 4 + ((row * 13 + stroke * 5) % 9);
      fill(40 + stroke * 9 + ((row * stroke) % 3), y + 30 - tall, 2, tall, INK);
    }
    fill(1130, y + 10, 110, 32, GREEN);
    y += height;
  }
  return new ImageBuffer(1280, 720, data);
}
