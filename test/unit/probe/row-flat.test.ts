import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { paint, solid } from '../../support/draw.js';

type Grey = readonly [number, number, number];

interface Line {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly grey: number;
}

const grey = (level: number): Grey => [level, level, level];

/** Ten pixel high letters, close to each other: stems with a bar. */
function write(image: ImageBuffer, { x, y, width, grey: level }: Line): ImageBuffer {
  const data = Uint8Array.from(image.data);
  const dot = (px: number, py: number): void => {
    if (px < x + width && py < image.height) data.set(grey(level), 4 * (py * image.width + px));
  };
  let seed = x + y;
  for (let px = x; px < x + width; px += 4 + (seed % 3)) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    const shape = seed >> 8;
    for (let py = y + (shape % 2 === 0 ? 0 : 3); py < y + 10; py++) dot(px, py);
    for (let along = 1; along < 3; along++) dot(px + along, y + 3 + (shape % 7));
  }
  return new ImageBuffer(image.width, image.height, data);
}

function jpeg60({ width, height, data }: ImageBuffer): ImageBuffer {
  const { data: bytes } = jpeg.encode({ width, height, data }, 60);
  return new ImageBuffer(width, height, jpeg.decode(bytes, { useTArray: true }).data);
}

function wholeRows(image: ImageBuffer): { y: number; height: number }[] {
  return rowBands(image).rows.flatMap(({ y, height, partial }) => (partial ? [] : [{ y, height }]));
}

function expectRows(image: ImageBuffer, rows: readonly { y: number; height: number }[]): void {
  const found = wholeRows(image);
  expect(found).toHaveLength(rows.length);
  for (const [i, { y, height }] of rows.entries()) {
    expect(Math.abs(found[i].y - y)).toBeLessThanOrEqual(2);
    expect(Math.abs(found[i].y + found[i].height - y - height)).toBeLessThanOrEqual(2);
  }
}

describe('rowBands without drawn boundaries', () => {
  it('does not take the white that a JPEG leaves between letters for a background', () => {
    const rows = Array.from({ length: 5 }, (_, i) => ({ y: 85 * i, height: 85 }));
    const image = rows
      .flatMap(({ y }, i) => [
        { x: 16, y: y + 15, width: 70 + 9 * (i % 3), grey: 20 },
        { x: 16, y: y + 36, width: 200 + 23 * (i % 4), grey: 60 },
        { x: 16, y: y + 56, width: 420 - 11 * (i % 2), grey: 120 },
      ])
      .reduce(write, solid(475, 500, grey(246)));
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('counts a short last line as much as the long ones above it', () => {
    const rows = Array.from({ length: 3 }, (_, i) => ({ y: 116 * i, height: 116 }));
    const image = rows
      .flatMap(({ y }, i) => [
        { x: 70, y: y + 14, width: 600, grey: 30 },
        { x: 70, y: y + 36, width: 610 - 20 * i, grey: 30 },
        { x: 70, y: y + 62, width: 580 - 30 * i, grey: 30 },
        { x: 70 + 20 * i, y: y + 88, width: 30, grey: 130 },
      ])
      .reduce(
        write,
        rows.reduce(
          (drawn, { y }) => paint(drawn, { x: 16, y: y + 12, width: 40, height: 40 }, [40, 90, 160]),
          solid(720, 690, grey(255)),
        ),
      );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('leaves rows with pictures where they are when the region holds some of the room above and below', () => {
    const rows = Array.from({ length: 11 }, (_, i) => ({ y: 4 + 56 * i, height: 56 }));
    const drawn = rows.reduce(
      (image, { y }, i) =>
        write(paint(image, { x: 50, y: y + 8, width: 40, height: 40 }, [60 + 9 * i, 90, 140]), {
          x: 110,
          y: y + 14,
          width: 120 + 17 * (i % 3),
          grey: 230,
        }),
      solid(600, 4 + 56 * 10 + 32, grey(18)),
    );
    const image = paint(drawn, { x: 0, y: 4 + 56 * 10 + 28, width: 600, height: 4 }, grey(18));
    for (const one of [image, jpeg60(image)]) {
      expectRows(one, rows.slice(0, 10));
      expect(rowBands(one).rows.at(-1)).toMatchObject({ partial: true });
    }
  });
});
