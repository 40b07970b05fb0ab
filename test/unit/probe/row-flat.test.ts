import { describe, expect, it } from 'vitest';
import { rowBands } from '../../../src/probe/row-bands.js';
import { expectRows, grey, jpeg60, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

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

  it('keeps the height of flat rows above and below a selected one that shows more', () => {
    for (const [above, cut] of [
      [3, 0],
      [6, 7],
      [8, 13],
    ]) {
      const rows = Array.from({ length: above + 9 }, (_, i) => ({
        y: 26 * i + (i > above ? 66 : 0),
        height: i === above ? 92 : 26,
      }));
      const selected = rows[above];
      const page = paint(
        solid(640, rows[rows.length - 1].y + 26, grey(255)),
        { x: 0, ...selected, width: 640 },
        [49, 106, 197],
      );
      const more = [24, 58].reduce(
        (drawn, line) => write(drawn, { x: 30, y: selected.y + line, width: 190 + 3 * line, grey: 255 }),
        paint(page, { x: 540, y: selected.y + 58, width: 90, height: 24 }, [236, 233, 216]),
      );
      const image = rows.reduce((drawn, { y, height }, i) => {
        const icon = paint(drawn, { x: 6, y: y + 5, width: 16, height: 16 }, [210, 100 + 9 * i, 60]);
        const level = height === 26 ? 0 : 255;
        const named = write(icon, { x: 30, y: y + 7, width: 60 + 31 * (i % 5), grey: level });
        return write(named, { x: 560, y: y + 7, width: 50, grey: level });
      }, more);
      const region = { x: 0, y: cut, width: 640, height: image.height - cut };
      const whole = rows.filter(({ y }) => y >= cut);
      expectRows(image, whole, { region });
      expectRows(jpeg60(image), whole, { region });
    }
  });
});
