import { describe, expect, it } from 'vitest';
import { sizeRect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { picturedRows } from '../../../src/probe/rows/flat/row-pictured.js';
import { rowProfile } from '../../../src/probe/rows/profile/row-profile.js';
import { stretchesOf } from '../../../src/probe/rows/bounded/row-stretches.js';
import { type Row, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

/** As a picture of a person: all of a square but its corners. */
function round(
  image: ImageBuffer,
  { x, y, size, shade }: { x: number; y: number; size: number; shade: number },
): ImageBuffer {
  return Array.from({ length: size }, (_, i) => {
    const half = Math.round(Math.sqrt((size / 2) ** 2 - (i + 0.5 - size / 2) ** 2));
    return { x: x + size / 2 - half, y: y + i, width: 2 * half, height: 1 };
  }).reduce((drawn, line) => paint(drawn, line, [shade, 120, 160]), image);
}

/** Every row found but for the headings, within 2 pixels, and none that is neither. */
function expectGroups(image: ImageBuffer, rows: readonly Row[], isHeading: (i: number) => boolean): void {
  const found = rowBands(image).rows.filter(({ partial }) => !partial);
  const isAt = (row: Row, { y, height }: Row): boolean =>
    Math.abs(row.y - y) <= 2 && Math.abs(row.y + row.height - y - height) <= 2;
  for (const [i, row] of rows.entries()) {
    if (row.y + row.height > image.height || isHeading(i)) continue;
    expect(found.some((other) => isAt(other, row))).toBe(true);
  }
  expect(found.filter((other) => !rows.some((row) => isAt(other, row)))).toEqual([]);
}

describe('rows between headings that nothing is drawn between', () => {
  it.each([
    {
      sizes: [40, 44, 44, 44, 44, 40, 44, 44, 44, 44, 44, 44, 44, 44, 44],
      headings: [0, 5],
      size: 32,
      dark: true,
      cut: 12,
    },
    {
      sizes: [45, 80, 80, 80, 80, 45, 80, 80, 80, 80, 45, 80],
      headings: [0, 5, 10],
      size: 50,
      dark: false,
      cut: 30,
    },
    { sizes: [60, 60, 60, 26, 60, 60, 60, 60, 60], headings: [3], size: 40, dark: false, cut: 0 },
  ])('are told by their pictures: $sizes', ({ sizes, headings, size, dark, cut }) => {
    const rows = stack(sizes);
    const isHeading = (i: number): boolean => headings.includes(i);
    const last = rows[rows.length - 1];
    const [ground, text] = dark ? [45, 200] : [252, 40];
    const image = rows.reduce(
      (page, { y, height }, i) => {
        if (isHeading(i))
          return write(page, {
            x: 16,
            y: y + height / 2 - (dark ? -3 : 4),
            width: 70 + 20 * (i % 3),
            grey: text,
          });
        const pictured = round(page, { x: 16, y: y + (height - size) / 2, size, shade: 70 + 13 * i });
        const x = size + 30;
        const isTwo = (i * i) % 3 === 1;
        const titled = write(pictured, {
          x,
          y: y + height / 2 - (isTwo ? 13 : 5),
          width: 60 + 23 * (i % 4),
          grey: text,
        });
        return isTwo ? write(titled, { x, y: y + height / 2 + 3, width: 90, grey: 130 }) : titled;
      },
      solid(260, last.y + last.height - cut, grey(ground)),
    );
    for (const one of [image, jpeg60(image)]) {
      expectGroups(one, rows, isHeading);
      expect(rowBands(one).confidence).toBeGreaterThan(0.5);
      if (cut > 0) expect(rowBands(one).rows.at(-1)).toMatchObject({ partial: true });
    }
  });

  it('are not told by pictures that begin messages of unequal height', () => {
    const rows = stack([90, 58, 122, 58, 90, 58, 106]);
    const image = rows.reduce(
      (page, { y, height }, i) =>
        Array.from({ length: (height - 42) / 16 }, (_, line) => line).reduce(
          (drawn, line) =>
            write(drawn, { x: 70, y: y + 30 + 16 * line, width: 200 + 21 * ((i + line) % 4), grey: 30 }),
          write(round(page, { x: 16, y: y + 10, size: 36, shade: 90 + 9 * i }), {
            x: 70,
            y: y + 12,
            width: 80,
            grey: 30,
          }),
        ),
      solid(420, 582, grey(255)),
    );
    const { rows: found, confidence } = rowBands(image);
    expect(found.map(({ y }) => y)).not.toContain(rows[1].y - 30);
    if (found.length !== rows.length) expect(confidence).toBeLessThanOrEqual(0.5);
  });

  it('are not told by pictures in the middle of rows of unequal height', () => {
    const rows = stack([60, 60, 76, 60, 60, 60, 76, 60, 60]);
    const image = rows.reduce(
      (page, { y, height }, i) =>
        write(round(page, { x: 16, y: y + height / 2 - 20, size: 40, shade: 90 + 9 * i }), {
          x: 70,
          y: y + height / 2 - 5,
          width: 80 + 23 * (i % 4),
          grey: 30,
        }),
      solid(420, 572, grey(255)),
    );
    const { rows: found } = rowBands(image);
    for (const [i, { y }] of found.entries()) if (i > 0) expect(y).toBe(found[i - 1].y + found[i - 1].height);
    expect(found.some(({ height }) => height > 60)).toBe(true);
  });

  it('are not told by the pictures that only some of them have', () => {
    const rows = stack([60, 60, 60, 26, 60, 60, 60, 60, 60, 60, 60, 60, 60]);
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const hasPicture = height === 60 && (i < 6 || i > 8);
        const pictured = hasPicture ? round(page, { x: 16, y: y + 10, size: 40, shade: 90 + 9 * i }) : page;
        const x = height === 60 ? 70 : 16;
        return write(pictured, { x, y: y + height / 2 - 5, width: 80 + 23 * (i % 4), grey: 30 });
      },
      solid(420, 746, grey(255)),
    );
    expect(rowBands(image).confidence).toBeLessThanOrEqual(0.5);
  });

  it('are told from the piece of one that the region cuts, though the picture of the last whole one was not seen', () => {
    const rows = stack(Array.from({ length: 8 }, () => 76));
    const image = rows.reduce(
      (page, { y }, i) => {
        const shown = i === 6 ? page : paint(page, { x: 70, y: y + 13, width: 70, height: 50 }, grey(120));
        return [16, 32, 48].reduce(
          (drawn, at) => write(drawn, { x: 160, y: y + at, width: 200 + 30 * (i % 3), grey: 40 }),
          shown,
        );
      },
      solid(480, 560, grey(255)),
    );
    const profile = rowProfile(image, sizeRect(image), 160);
    const [stretch] = stretchesOf(profile, []);
    const found = picturedRows(profile, stretch, { minHeight: 14, maxHeight: 160, least: 0, most: Infinity });
    expect(found?.cells).toEqual(rows.map(({ y, height }) => ({ top: y, bottom: y + height })));
  });
});
