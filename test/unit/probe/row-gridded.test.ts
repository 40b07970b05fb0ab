import { describe, it } from 'vitest';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 560;

describe('rowBands of a JPEG that swallowed some separators', () => {
  it('parts each line where all are as far apart as the rows between separators are high', () => {
    const rows = stack(Array<number>(12).fill(28));
    const seen = [1, 3, 4, 5, 7, 9, 11];
    const ruled = seen.reduce(
      (image, i) => paint(image, { x: 0, y: rows[i].y - 1, width: WIDTH, height: 1 }, grey(215)),
      solid(WIDTH, 12 * 28, grey(250)),
    );
    const page = rows
      .flatMap(({ y }, i) =>
        [20, 200, 380].map((x, j) => ({ x, y: y + 9, width: 70 + 23 * ((i + j) % 4), grey: 40 })),
      )
      .reduce(write, ruled);
    expectRows(jpeg60(page), rows);
  });
});
