import { describe, expect, it } from 'vitest';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

/** Lines of text 21 pixels apart, the first one 16 pixels below the row's top, as many as the row has room for. */
function writeIn(image: ImageBuffer, { y, height }: Row, i: number): ImageBuffer {
  const lines = Math.max(1, Math.floor((height - 22) / 21));
  return Array.from({ length: lines }, (_, line) => ({
    x: 40 + 10 * Math.min(1, line),
    y: y + 16 + 21 * line,
    width: 180 + 23 * ((i + line) % 4),
    grey: 50,
  })).reduce(write, image);
}

describe('rowBands between clear boundaries', () => {
  it('takes a row as high as three for one where all others have a line', () => {
    for (const heights of [
      [43, 43, 129, 43, 43, 43, 43],
      [43, 43, 43, 43, 128, 43, 43],
      [43, 43, 128, 43],
    ]) {
      const rows = stack(heights);
      const ruled = rows.reduce(
        (image, { y, height }) => paint(image, { x: 0, y: y + height - 1, width: 600, height: 1 }, grey(220)),
        solid(600, 470, grey(255)),
      );
      const image = rows.reduce(writeIn, ruled);
      expectRows(image, rows);
      expectRows(jpeg60(image), rows);
    }
  });

  it('takes a card as high as two for one where all others have a gap', () => {
    const rows = stack([69, 69, 138], { first: 2, gap: 13 });
    const cards = rows.reduce(
      (image, { y, height }) => paint(image, { x: 4, y, width: 592, height }, grey(255)),
      solid(600, 700, grey(232)),
    );
    const image = rows.reduce(writeIn, cards);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('leaves a gap of a few pixels, that a JPEG blurs, to no card where the ground shows beside them', () => {
    for (const [first, height] of [
      [2, 38],
      [5, 54],
      [8, 24],
    ]) {
      const rows = stack(Array<number>(7).fill(height), { first, gap: 4 });
      const cards = rows.reduce(
        (drawn, { y }) =>
          paint(
            paint(drawn, { x: 8, y, width: 624, height }, grey(30)),
            { x: 540, y: y + 2, width: 76, height: height - 4 },
            [217, 72, 43],
          ),
        solid(640, rows[6].y + height + 4, grey(22)),
      );
      const image = rows
        .map(({ y }, i) => ({ x: 20, y: y + height / 2 - 5, width: 200 + 61 * (i % 4), grey: 220 }))
        .reduce(write, cards);
      expectRows(image, rows);
      expectRows(jpeg60(image), rows);
    }
  });

  it('leaves the gap beside a selected card to no card, when borders take most of it', () => {
    const rows = stack(Array<number>(6).fill(56), { first: 4, gap: 5 });
    const bordered = (drawn: ImageBuffer, { y }: Row): ImageBuffer =>
      paint(
        paint(drawn, { x: 7, y: y - 1, width: 626, height: 58 }, grey(236)),
        { x: 9, y: y + 1, width: 622, height: 54 },
        grey(241),
      );
    const cards = rows.reduce(bordered, solid(640, 370, grey(250)));
    const selected = paint(cards, { x: 8, y: rows[2].y, width: 624, height: 56 }, [142, 68, 173]);
    const image = rows
      .map(({ y }, i) => ({ x: 20, y: y + 22, width: 200 + 61 * (i % 4), grey: i === 2 ? 255 : 40 }))
      .reduce(write, selected);
    expectRows(image, rows);
  });

  it('leaves a soft shadow to the gap below its card, whatever a JPEG rings on the card', () => {
    const shadow = [190, 205, 215, 226, 236, 242, 244, 245, 245, 245, 240, 232];
    for (const first of [6, 8, 10]) {
      const rows = stack([88, 88, 88, 88, 88], { first, gap: 12 });
      const cards = rows.reduce(
        (page, { y, height }) =>
          shadow.reduce(
            (drawn, level, at) =>
              paint(drawn, { x: 12, y: y + height + at, width: 676, height: 1 }, grey(level)),
            paint(page, { x: 12, y, width: 676, height }, grey(255)),
          ),
        solid(700, 520, grey(245)),
      );
      const image = rows.reduce(writeIn, cards);
      expectRows(image, rows);
      expectRows(jpeg60(image), rows);
    }
  });

  it('takes two parts that together are as high as all others for one row', () => {
    const rows = stack([72, 72, 72, 72, 72]);
    const ruled = rows.reduce(
      (page, { y, height }) => paint(page, { x: 80, y: y + height - 1, width: 520, height: 1 }, grey(220)),
      solid(600, 372, grey(255)),
    );
    const avatars = rows.reduce(
      (page, { y }) => paint(page, { x: 16, y: y + 11, width: 50, height: 50 }, [120, 140, 140]),
      ruled,
    );
    const written = rows.reduce(writeIn, avatars);
    const image = paint(written, { x: 66, y: 3 * 72 + 40, width: 520, height: 1 }, [120, 140, 140]);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('does not take the band of a heading between lines for a bar within a row', () => {
    const rows = stack([110, 110, 36, 110, 110, 110, 36, 110]);
    const isHeading = (row: Row | undefined): boolean => row?.height === 36;
    const image = rows.reduce(
      (page, row, i) => {
        if (isHeading(row)) {
          const band = paint(page, { x: 0, ...row, width: 900 }, [207, 224, 232]);
          return [8, 20].reduce(
            (drawn, line) => write(drawn, { x: 20, y: row.y + line, width: 90, grey: 20 }),
            band,
          );
        }
        const ruled = isHeading(rows[i + 1])
          ? page
          : paint(page, { x: 0, y: row.y + 109, width: 900, height: 1 }, grey(224));
        const button = paint(ruled, { x: 780, y: row.y + 37, width: 90, height: 36 }, [20, 110, 160]);
        return write(button, { x: 20, y: row.y + 50, width: 300 + 20 * i, grey: 40 });
      },
      solid(900, 860, grey(255)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('takes a framed bar in a row for no boundary, nor the one in a row that the region cuts', () => {
    const rows = stack([66, 92, 92, 66, 92, 92]);
    const drawn = rows.reduce(
      (page, row, i) => {
        const ruled = paint(page, { x: 0, y: row.y + row.height - 1, width: 840, height: 1 }, grey(140));
        const icon = paint(ruled, { x: 16, y: row.y + 12, width: 34, height: 34 }, [130, 160, 70]);
        const named = write(icon, { x: 70, y: row.y + 14, width: 180 + 20 * i, grey: 20 });
        const line = { x: 70, y: row.y + (row.height === 92 ? 64 : 38), width: 130, grey: 90 };
        if (row.height === 92) {
          const frame = paint(named, { x: 70, y: row.y + 38, width: 600, height: 17 }, grey(160));
          const track = paint(frame, { x: 71, y: row.y + 39, width: 598, height: 15 }, grey(238));
          const bar = paint(track, { x: 71, y: row.y + 39, width: 90 + 30 * i, height: 15 }, [50, 140, 200]);
          return write(bar, line);
        }
        return write(named, line);
      },
      solid(840, 500, grey(255)),
    );
    expectRows(drawn, rows);
    expectRows(drawn, rows.slice(2), { region: { x: 0, y: 100, width: 840, height: 400 } });
  });

  it('is not sure of a list with a row lower than a line of text', () => {
    const rows = stack([60, 60, 60, 10, 60, 60]);
    const confidence = (heights: readonly Row[]): number => {
      const image = heights.reduce(
        (page, { y, height }, i) =>
          write(paint(page, { x: 0, y, width: 600, height }, grey(i % 2 === 0 ? 255 : 225)), {
            x: 20,
            y: y + Math.max(0, (height - 10) / 2),
            width: 200,
            grey: 30,
          }),
        solid(600, 330, grey(255)),
      );
      return rowBands(image).confidence;
    };
    expect(confidence(rows)).toBeLessThanOrEqual(0.5);
    expect(confidence(stack([60, 60, 60, 13, 60, 60]))).toBeLessThanOrEqual(0.5);
    expect(confidence(stack([60, 60, 60, 60, 60]))).toBeGreaterThanOrEqual(0.9);
  });

  it('takes a thick dark separator above and below a tinted row for one, whatever a JPEG leaves of it', () => {
    const rows = stack([73, 73, 73, 73, 73], { first: 1, gap: 4 });
    for (const tinted of [1, 2, 3]) {
      const image = rows.reduce(
        (drawn, row, i) =>
          writeIn(
            paint(drawn, { x: 0, ...row, width: 480 }, i === tinted ? [255, 243, 160] : grey(255)),
            row,
            i,
          ),
        solid(480, 386, [45, 55, 72]),
      );
      const owned = rows.map(({ y, height }) => ({ y, height: height + 4 }));
      const found = rowBands(jpeg60(image)).rows;
      for (const { y, height } of owned.slice(1, 4)) {
        expect(found.some((row) => Math.abs(row.y - y) <= 2 && Math.abs(row.height - height) <= 4)).toBe(
          true,
        );
      }
    }
  });

  it('keeps both ends of the gap between a strong and a weak card, which a JPEG has in one block', () => {
    const rows = stack([64, 120, 80, 104, 64], { first: 8, gap: 8 });
    const greys = [170, 60, 150, 40, 160];
    const image = rows.reduce(
      (page, row, i) =>
        write(paint(page, { x: 10, y: row.y, width: 580, height: row.height }, grey(greys[i])), {
          x: 30,
          y: row.y + 20,
          width: 200 + 20 * i,
          grey: greys[i] > 100 ? 0 : 255,
        }),
      solid(600, 488, grey(255)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('gives the separator below a selected row to it, as below the other ones of a short list', () => {
    const rows = stack(Array<number>(8).fill(46));
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const row = { x: 0, y, width: 600, height: height - 3 };
        return write(paint(page, row, i === 2 ? [0, 105, 92] : [55, 71, 79]), {
          x: 30,
          y: y + 12,
          width: 160 + 20 * (i % 4),
          grey: 255,
        });
      },
      solid(600, 342, [38, 50, 56]),
    );
    expectRows(image, rows.slice(0, 7));
    expectRows(jpeg60(image), rows.slice(0, 7));
  });

  it('takes no echo of a dotted separator in a JPEG for another one', () => {
    for (const first of [0, 1, 4, 5]) {
      const rows = stack(Array<number>(8).fill(36), { first });
      const dotted = rows.reduce(
        (image, { y, height }) => {
          const data = Uint8Array.from(image.data);
          for (let x = 1; x < 900; x += 2) data.set([150, 140, 130], 4 * ((y + height - 1) * 900 + x));
          return new ImageBuffer(900, 300, data);
        },
        solid(900, 300, [248, 245, 240]),
      );
      const image = rows
        .flatMap(({ y }, i) =>
          [30, 260, 600].map((x) => ({ x, y: y + 12, width: 90 + ((x + 37 * i) % 110), grey: 50 })),
        )
        .reduce(write, dotted);
      const found = rowBands(jpeg60(image)).rows.filter(({ partial }) => !partial);
      for (const { y, height } of rows.slice(1))
        expect(found.some((row) => Math.abs(row.y - y) <= 2 && Math.abs(row.height - height) <= 2)).toBe(
          true,
        );
    }
  });

  it('keeps the selected row of a short table whose lines it covers', () => {
    const rows = Array.from({ length: 5 }, (_, i) => ({ y: 38 * i, height: 38 }));
    const lined = rows.reduce(
      (drawn, { y, height }) => paint(drawn, { x: 0, y: y + height - 1, width: 600, height: 1 }, grey(75)),
      solid(600, 420, grey(45)),
    );
    const selected = paint(lined, { x: 0, y: 76, width: 600, height: 37 }, [21, 83, 158]);
    const ruled = paint(
      paint(selected, { x: 80, y: 0, width: 1, height: 190 }, grey(90)),
      { x: 310, y: 0, width: 1, height: 190 },
      grey(90),
    );
    const image = rows
      .flatMap(({ y }, i) => [8, 96, 330].map((x) => ({ x, y: y + 13, width: 40 + 9 * (i % 3), grey: 240 })))
      .reduce(write, ruled);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });
});
