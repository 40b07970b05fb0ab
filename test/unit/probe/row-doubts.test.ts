import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

function writeMiddle(image: ImageBuffer, { y, height }: Row, i: number): ImageBuffer {
  return write(image, { x: 30, y: y + ((height - 10) >> 1), width: 180 + 23 * (i % 4), grey: 40 });
}

describe('rowBands where the background says little', () => {
  it('sees dotted lines of a wide list, whichever columns their dots are in', () => {
    const rows = stack([28, 36, 36, 36, 28, 36, 36, 36, 36, 28, 36, 36]);
    const drawn = rows.reduce(
      (image, { y, height }) =>
        height === 28
          ? paint(image, { x: 0, y, width: 1000, height }, [90, 110, 150])
          : Array.from({ length: 500 }, (_, dot) => dot).reduce((dotted, dot) => {
              dotted.data.set(grey(140), 4 * ((y + height - 1) * 1000 + 2 * dot + 1));
              return dotted;
            }, image),
      solid(1000, 408, grey(250)),
    );
    expectRows(rows.reduce(writeMiddle, drawn), rows);
  });

  it('keeps the background where bold letters and buttons cover more of a row than they leave', () => {
    const rows = stack([80, 80, 80, 80], { first: 10, gap: 16 });
    const image = rows.reduce(
      (page, { y, height }, i) =>
        [
          { x: 6, y, width: 608, height },
          { x: 10, y: y + 8, width: 200, height: 4 },
        ].reduce(
          (card, rect, part) => paint(card, rect, grey([56, 250][part])),
          paint(page, { x: 0, y, width: 6, height: 1 + (i % 2) }, grey(30)),
        ),
      solid(620, 394, grey(30)),
    );
    // A word in letters of 12 pixels, so bold that nearly half of the row is theirs, and a button beside it.
    const lettered = rows.reduce(
      (page, { y }) =>
        paint(
          paint(page, { x: 40, y: y + 34, width: 230, height: 12 }, grey(250)),
          { x: 310, y: y + 24, width: 220, height: 32 },
          [200, 90, 60],
        ),
      image,
    );
    expectRows(lettered, rows);
  });

  it('tells rows of wrapped lines by the distance of their baselines, and what the region cuts above', () => {
    const counts = [2, 1, 3, 2, 1, 1, 2, 3, 1];
    let y = 0;
    const rows = counts.map((count) => {
      const height = 19 * count + 4;
      y += height;
      return { y: y - height, height, count };
    });
    const image = rows
      .flatMap((row) =>
        Array.from({ length: row.count }, (_, line) => ({
          x: 20 + 60 * Math.min(1, line),
          y: row.y + 2 + 19 * line + 4,
          width: line + 1 < row.count ? 400 : 90 + 40 * (row.y % 7),
          grey: 60,
        })),
      )
      .reduce(write, solid(520, y, grey(254)));
    const whole = rows.slice(1);
    // The first row's second line is cut.
    const region = { x: 0, y: 30, width: 520, height: y - 30 };
    expectRows(image, whole, { region });
    expectRows(jpeg60(image), whole, { region });
  });

  it('takes letters that the region cuts at its top for no dashed line', () => {
    const rows = stack([48, 28, 48, 28, 28, 48], { first: 14 });
    const drawn = rows
      .flatMap(({ y, height }) =>
        Array.from({ length: (height - 8) / 20 }, (_, line) => ({
          x: 4,
          y: y + 9 + 20 * line,
          width: 590 - 190 * line,
          grey: 30,
        })),
      )
      .reduce(write, solid(600, 242, grey(255)));
    const image = Array.from({ length: 150 }, (_, i) => i).reduce(
      (cut, i) => paint(cut, { x: 4 * i, y: 0, width: 2, height: i % 10 === 0 ? 5 : 4 }, grey(30)),
      drawn,
    );
    expectRows(image, rows);
  });

  it('puts the boundary of a selection that covers the line above it where the other rows have theirs', () => {
    const rows = stack(Array.from({ length: 12 }, () => 60));
    const ruled = rows.reduce(
      (image, { y, height }) => paint(image, { x: 0, y: y + height - 3, width: 500, height: 3 }, grey(215)),
      solid(500, 760, grey(255)),
    );
    const selected = paint(ruled, { x: 0, y: rows[4].y - 3, width: 500, height: 60 }, grey(190));
    const image = rows.reduce(writeMiddle, selected);
    expectRows(image, rows);
  });

  it('doubts a first row that is lower than all the others and that nothing but the region bounds above', () => {
    const rows = stack([38, 72, 72, 56, 72]);
    const ruled = rows.reduce(
      (image, { y, height }) => paint(image, { x: 0, y: y + height - 1, width: 500, height: 1 }, grey(200)),
      solid(500, 310, grey(255)),
    );
    const image = rows.reduce(writeMiddle, ruled);
    expect(rowBands(image).confidence).toBeLessThanOrEqual(0.8);
    const below = { x: 0, y: 38, width: 500, height: 272 };
    expect(rowBands(image, { region: below }).confidence).toBeGreaterThanOrEqual(0.9);
  });

  it('takes a gap for a gap where a JPEG carries the colour of a card over its boundary', () => {
    const rows = stack([78, 120, 78, 78], { first: 8, gap: 16 });
    const cards = rows.reduce(
      (page, { y, height }, i) =>
        paint(
          i === 1 ? paint(page, { x: 8, y, width: 584, height }, [255, 120, 40]) : page,
          { x: 10, y: y + 2 * Number(i === 1), width: 580, height: height - 4 * Number(i === 1) },
          [36, 52, 80],
        ),
      solid(600, 430, [22, 34, 56]),
    );
    const image = rows.reduce(
      (page, { y }, i) => write(page, { x: 40, y: y + 34, width: 180 + 30 * i, grey: 235 }),
      cards,
    );
    expectRows(jpeg60(image), rows);
  });
});
