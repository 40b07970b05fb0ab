import { describe, it } from 'vitest';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 620;

/** A menu of large rows, of which one has the focus: a frame around it, within its own place. */
function menu(height: number, thickness: number, design: 'ruled' | 'striped') {
  const rows = stack([height, height, height, height, height, height, height]);
  const image = rows.reduce(
    (page, { y }, i) => {
      const own = design === 'striped' && i % 2 === 1 ? [32, 46, 50] : [24, 35, 37];
      const [r, g, b] = own;
      const striped = paint(page, { x: 0, y, width: WIDTH, height }, [r, g, b]);
      const line = { x: 0, y: y + height - 2, width: WIDTH, height: 2 };
      const ruled = design === 'ruled' ? paint(striped, line, [66, 84, 88]) : striped;
      const outer = { x: 0, y, width: WIDTH, height: height - (design === 'ruled' ? 2 : 0) };
      const inner = {
        x: thickness,
        y: y + thickness,
        width: WIDTH - 2 * thickness,
        height: outer.height - 2 * thickness,
      };
      const framed = i === 4 ? paint(paint(ruled, outer, [103, 191, 213]), inner, [r, g, b]) : ruled;
      return write(framed, { x: 70, y: y + (height >> 1) - 5, width: 90 + 31 * (i % 4), grey: 225 });
    },
    solid(WIDTH, 7 * height, grey(24)),
  );
  return { image, rows };
}

describe('rowBands of a row with a frame around it', () => {
  it.each([
    [68, 3, 'striped'],
    [68, 4, 'striped'],
    [90, 6, 'ruled'],
    [146, 6, 'ruled'],
  ] as const)('counts the frame to its row, %i pixels high, %i thick, %s', (height, thickness, design) => {
    const { image, rows } = menu(height, thickness, design);
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });
});

describe('rowBands of few rows', () => {
  it('counts the frame to the last one, above the blank rest of the region', () => {
    const rows = stack([55, 55, 55, 55, 55]);
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const ruled = paint(page, { x: 0, y: y + height - 1, width: WIDTH, height: 1 }, [44, 37, 22]);
        const framed = paint(ruled, { x: 1, y, width: WIDTH - 2, height: height - 1 }, [212, 175, 55]);
        const own = i === 4 ? framed : ruled;
        const inner = { x: 4, y: y + 3, width: WIDTH - 8, height: height - 7 };
        const drawn = i === 4 ? paint(own, inner, [20, 17, 10]) : own;
        return write(drawn, { x: 70, y: y + 22, width: 90 + 31 * (i % 4), grey: 225 });
      },
      solid(WIDTH, 363, [20, 17, 10]),
    );
    expectRows(image, rows);
  });

  it('takes a thick line of dashes that covers most of a row for its separator', () => {
    const rows = stack([158, 158, 158, 158], { first: 66 });
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const dashes = Array.from({ length: 44 }, (_, at) => ({
          x: 14 * at,
          y: y + height - 4,
          width: 9,
          height: 4,
        }));
        const ruled = dashes.reduce((drawn, dash) => paint(drawn, dash, [51, 47, 58]), page);
        const picture = paint(ruled, { x: 30, y: y + 50, width: 56, height: 56 }, [150, 140 + 10 * i, 150]);
        const title = write(picture, { x: 110, y: y + 52, width: 120 + 31 * (i % 4), grey: 240 });
        return write(title, { x: 110, y: y + 84, width: 260 - 31 * (i % 3), grey: 150 });
      },
      solid(WIDTH, 66 + 4 * 158, [20, 18, 24]),
    );
    const region = { x: 0, y: 66, width: WIDTH, height: 4 * 158 - 60 };
    expectRows(image, rows.slice(0, 3), { region, maxHeight: 200 });
  });
});

describe('rowBands of a last row', () => {
  it.each([3, 4, 5, 6])('ends before the %i pixels that the region shows of a gap, as a JPEG', (more) => {
    const rows = stack([126, 126, 126, 126], { gap: 7 });
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const card = paint(page, { x: 14, y, width: WIDTH - 28, height }, grey(255));
        const title = write(card, { x: 120, y: y + 44, width: 120 + 31 * (i % 4), grey: 30 });
        return write(title, { x: 120, y: y + 72, width: 150 + 17 * (i % 3), grey: 120 });
      },
      solid(WIDTH, 600, [232, 222, 238]),
    );
    const region = { x: 0, y: 0, width: WIDTH, height: 525 + more };
    expectRows(image, rows, { region });
    expectRows(jpeg60(image), rows, { region });
  });
});
