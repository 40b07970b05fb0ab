import { describe, expect, it } from 'vitest';
import { sizeRect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { rowEdges } from '../../../src/probe/rows/boundary/row-edges.js';
import { rowProfile } from '../../../src/probe/rows/profile/row-profile.js';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 560;

const edgesOf = (image: ImageBuffer): number[] =>
  rowEdges(rowProfile(image, sizeRect(image), 160)).map(({ y }) => y);

/** Stripes with a picture in each row, some of which leave no pixel above and below, one row selected, the last one cut. */
function pictured(height: number, step: number) {
  const rows = stack(Array<number>(12).fill(height));
  const all = [...rows, { y: 12 * height, height: height - 6 }];
  const page = all.reduce(
    (image, { y }, i) => {
      const ground = i === 3 ? ([48, 140, 198] as const) : grey(255 - step * (i % 2));
      const row = paint(image, { x: 0, y, width: WIDTH, height }, ground);
      const room = i >= 4 && i <= 6 ? 0 : 1;
      const picture = { x: 4, y: y + room, width: height - 2, height: height - 2 * room };
      const colour = [60 + 37 * (i % 5), 80 + 29 * (i % 6), 200 - 31 * (i % 4)] as const;
      return write(paint(row, picture, colour), {
        x: height + 12,
        y: y + (height >> 1) - 5,
        width: 80 + 20 * (i % 3),
        grey: 20,
      });
    },
    solid(WIDTH, 13 * height - 6, grey(255)),
  );
  return { page, rows };
}

describe('rowBands of faint stripes in a JPEG', () => {
  it.each([
    [34, 8],
    [34, 9],
    [42, 8],
    [26, 9],
  ])('finds rows of %i pixels, which differ by %i levels, where some pictures meet', (height, step) => {
    const { page, rows } = pictured(height, step);
    expectRows(jpeg60(page), rows);
    const edges = edgesOf(jpeg60(page));
    expect(edges).toHaveLength(12);
    for (const [i, y] of edges.entries()) expect(Math.abs(y - height * (i + 1))).toBeLessThanOrEqual(1);
    const last = rowBands(jpeg60(page)).rows.at(-1);
    expect(last?.partial).toBe(true);
  });
});

/** Paragraphs between lines, `size` pixels from line to line, in letters that nearly fill their lines. */
function paragraphs(ground: number, size: number, ink: number) {
  const lines = [3, 1, 4, 1, 1, 2, 3];
  const rows = stack(lines.map((count) => 22 + size * count));
  const last = rows[rows.length - 1];
  const page = rows.reduce(
    (image, { y, height }, i) => {
      const ruled = paint(image, { x: 0, y: y + height - 1, width: 480, height: 1 }, grey(224));
      const texts = Array.from({ length: lines[i] }, (_, k) => ({
        y: y + 12 + size * k,
        width: k === lines[i] - 1 && k > 0 ? 210 + 31 * i : 452 - 7 * ((i + k) % 4),
        grey: k === 0 ? 30 : ink,
      }));
      return texts
        .flatMap((text) => [14, 16].map((x) => ({ ...text, x })))
        .reduce((drawn, text) => write(drawn, text), ruled);
    },
    solid(480, last.y + last.height, grey(ground)),
  );
  return { page, rows };
}

describe('rowBands of paragraphs between lines in a JPEG', () => {
  it.each([90, 110, 130])('takes no ringing between letters of grey %i for a boundary', (ink) => {
    const { page, rows } = paragraphs(252, 15, ink);
    expectRows(jpeg60(page), rows);
  });
});
