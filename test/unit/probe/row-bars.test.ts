import { describe, it } from 'vitest';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 420;

/** Numbers in three columns over a bar from the left or from the right, of another length in each row. */
function orderBook(rows: readonly Row[], fromLeft: boolean, { selling = 8, last = 300 } = {}) {
  const barred = rows.reduce(
    (image, { y, height }, i) => {
      const width = 40 + ((i * 137) % 300);
      const x = fromLeft ? 0 : WIDTH - width;
      return paint(image, { x, y, width, height }, i < selling ? [251, 227, 227] : [224, 244, 232]);
    },
    solid(WIDTH, 340, grey(255)),
  );
  return rows
    .flatMap(({ y }, i) => [20, 160, last].map((x) => ({ x, y: y + 4, width: 50 + 8 * (i % 3), grey: 40 })))
    .reduce(write, barred);
}

describe('rowBands of a list with a bar behind each row', () => {
  it.each([true, false])('finds the rows, whatever the lengths of the bars: from the left %s', (fromLeft) => {
    const rows = stack(Array<number>(16).fill(20));
    const image = orderBook(rows, fromLeft);
    for (const one of [image, jpeg60(image)]) expectRows(one, rows);
  });

  it.each([8, 13])(
    'finds them where numbers reach to where a scrollbar would begin: %i of one colour',
    (selling) => {
      const rows = stack(Array<number>(16).fill(20));
      const image = orderBook(rows, false, { selling, last: 345 });
      for (const one of [image, jpeg60(image)]) expectRows(one, rows);
    },
  );
});
