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
