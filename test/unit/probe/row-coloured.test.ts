import { describe, expect, it } from 'vitest';
import { sizeRect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowEdges } from '../../../src/probe/rows/boundary/row-edges.js';
import { rowProfile } from '../../../src/probe/rows/profile/row-profile.js';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 480;

const edgesOf = (image: ImageBuffer): number[] =>
  rowEdges(rowProfile(image, sizeRect(image), 160)).map(({ y }) => y);
/** The first two are of one brightness. */
const COLOURS = [
  [228, 255, 200],
  [254, 230, 255],
  [205, 238, 250],
  [48, 140, 198],
] as const;
const SELECTED = 3;

/** Rows of a line each, with a ground by what they are about. */
function coloured(turns: readonly number[], height: number) {
  const rows = stack(turns.map(() => height));
  const page = rows.reduce(
    (image, { y }, i) =>
      write(paint(image, { x: 0, y, width: WIDTH, height }, COLOURS[turns[i]]), {
        x: 20,
        y: y + (height >> 1) - 5,
        width: 300,
        grey: 20,
      }),
    solid(WIDTH, turns.length * height, grey(255)),
  );
  return { page, rows };
}

describe('rowBands of rows with colours of one brightness', () => {
  it.each([16, 24, 32])('parts neighbours of %i pixels and of one colour', (height) => {
    for (const turns of [
      [SELECTED, 0, 0, 1, 0, 2, 2, 0, 0, 1, 0, 2],
      [SELECTED, 0, 1, 1, 0, 2, 2, 0, 1, 1, 0, 2, 0],
    ]) {
      const { page, rows } = coloured(turns, height);
      expectRows(jpeg60(page), rows);
      const drawn = rows.filter((_, i) => i > 0 && turns[i] !== turns[i - 1]).map(({ y }) => y);
      const found = edgesOf(jpeg60(page));
      expect(found).toHaveLength(drawn.length);
      for (const [i, y] of found.entries()) expect(Math.abs(y - drawn[i])).toBeLessThanOrEqual(2);
    }
  });

  it('keeps a selected row whole beside a coloured cell that is as bright', () => {
    const rows = stack(Array.from({ length: 8 }, () => 24));
    const page = rows.reduce(
      (image, { y, height }, i) => {
        const ground = [grey(37), grey(48), [11, 92, 173] as const][i === 3 ? 2 : i % 2];
        const row = paint(image, { x: 0, y, width: WIDTH, height }, ground);
        // The cell goes on in the next row, and is as bright but where its letters are.
        const colour = i === 3 || i === 4 ? ([183, 28, 28] as const) : ([46, 125, 50] as const);
        const cell = paint(row, { x: 0, y, width: 34, height }, colour);
        const state = write(cell, { x: 4, y: y + 7, width: 26, grey: 240 });
        return write(state, { x: 70, y: y + 7, width: 200 + 30 * (i % 3), grey: 230 });
      },
      solid(WIDTH, 8 * 24, grey(37)),
    );
    expectRows(page, rows);
  });

  it('takes no echo of the colour of a selection for a boundary in it', () => {
    // As a JPEG with colours at half the size has them below the upper end of a selection: brightness is settled soon.
    const echo = [
      [45, 76, 127],
      [37, 79, 151],
      [20, 76, 159],
      [22, 89, 170],
      [8, 85, 149],
      [11, 90, 146],
      [13, 88, 144],
      [16, 85, 150],
      [19, 81, 164],
      [20, 79, 171],
      [20, 79, 173],
      [19, 81, 166],
      [17, 85, 150],
      [17, 85, 146],
      [19, 84, 152],
    ];
    const rows = (count: number, colour: readonly number[]): (readonly number[])[] =>
      Array<readonly number[]>(count).fill(colour);
    const colours = [...rows(62, grey(45)), ...echo, ...rows(47, [20, 82, 155]), ...rows(62, grey(45))];
    const image = solid(WIDTH, colours.length, grey(45));
    const channel = (at: number): Float32Array => Float32Array.from(colours, (colour) => colour[at]);
    const profile = { ...rowProfile(image, sizeRect(image), 160), noise: 3 };
    const seen = { ...profile, red: channel(0), green: channel(1), blue: channel(2) };
    expect(rowEdges(seen).map(({ y }) => y)).toEqual([62, 124]);
  });
});
