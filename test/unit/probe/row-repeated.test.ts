import { expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const LINE = 18;
/** Of the questions whose answer is shown. */
const OPEN = [1, 5];

/** Questions of a line each, of which two show an answer of two or three lines, just as high as two or three of the others are. */
function questions(
  times: number,
  drawn: (page: ImageBuffer, row: Row, i: number) => ImageBuffer,
): { readonly image: ImageBuffer; readonly rows: readonly Row[] } {
  const height = times === 3 ? 34 : 44;
  const rows = stack(Array.from({ length: 8 }, (_, i) => height * (OPEN.includes(i) ? times : 1)));
  const last = rows[7];
  const page = rows.reduce(drawn, solid(480, last.y + last.height, grey(255)));
  const lines = rows.flatMap(({ y }, i) =>
    Array.from({ length: OPEN.includes(i) ? times + 1 : 1 }, (_, line) => ({
      ...{ x: 12, y: y + (height - 10) / 2 + line * (times === 3 ? 22 : LINE), grey: line === 0 ? 30 : 110 },
      width: line === 0 ? 150 + 23 * (i % 4) : 330 + 31 * ((i + line) % 3),
    })),
  );
  return { image: lines.reduce(write, page), rows };
}

const striped = (page: ImageBuffer, { y, height }: Row, i: number): ImageBuffer =>
  i % 2 === 0 ? page : paint(page, { x: 0, y, width: 480, height }, grey(240));
/** A line below each, and the selected one filled. */
const ruled =
  (selected: number) =>
  (page: ImageBuffer, { y, height }: Row, i: number): ImageBuffer => {
    const filled = i === selected ? paint(page, { x: 0, y, width: 480, height }, [205, 225, 250]) : page;
    return paint(filled, { x: 0, y: y + height - 1, width: 480, height: 1 }, grey(215));
  };

it.each([
  { times: 2, drawn: striped, how: 'stripes' },
  { times: 3, drawn: striped, how: 'stripes' },
  { times: 2, drawn: ruled(3), how: 'lines' },
  { times: 3, drawn: ruled(3), how: 'lines' },
  { times: 2, drawn: ruled(1), how: 'lines, an open one selected' },
])(
  'rowBands takes a row of a paragraph, $times times as high as the others, for one: $how',
  ({ times, drawn }) => {
    const { image, rows } = questions(times, drawn);
    expectRows(image, rows);
    // Where it runs two lines together that the end of a row would part, a JPEG does not tell.
    if (drawn === striped || times === 3) expectRows(jpeg60(image), rows);
    expect(rowBands(image).confidence).toBeGreaterThan(0.8);
  },
);
