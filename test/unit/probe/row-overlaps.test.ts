import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { inOrder, withoutOverlaps } from '../../../src/probe/rows/flat/row-overlaps.js';
import { grey, jpeg60, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

describe('rows that overlap', () => {
  it('end where the next one begins, but for a pixel', () => {
    const rows = [
      { top: 0, bottom: 30 },
      { top: 29, bottom: 60 },
      { top: 55, bottom: 90 },
      { top: 95, bottom: 120 },
    ];
    expect(withoutOverlaps(rows).map(({ bottom }) => bottom)).toEqual([30, 55, 90, 120]);
  });

  it('are one where they were found twice, and in order', () => {
    const rows = [
      { top: 0, bottom: 40 },
      { top: 40, bottom: 80 },
      { top: 60, bottom: 110 },
      { top: 41, bottom: 80 },
    ];
    expect(inOrder(rows)).toEqual(rows.slice(0, 3));
    expect(withoutOverlaps([rows[1], { top: 41, bottom: 120 }])).toEqual([{ top: 41, bottom: 120 }]);
  });
});

interface Drawn {
  readonly height: number;
  readonly count: number;
  /** Size of a picture at the left; 0 for none. */
  readonly picture: number;
  readonly lines: number;
  /** A bar from side to side of what is beside the picture, as high. */
  readonly bar: number;
  readonly boundary: 'none' | 'separators' | 'stripes';
  /** A heading after so many rows. */
  readonly group: number;
}

const WIDTH = 320;

function draw({ height, count, picture, lines, bar, boundary, group }: Drawn): ImageBuffer {
  const heading = 30;
  const size = Math.min(picture, height - 4);
  let image = solid(WIDTH, count * height + heading * Math.floor(count / group), grey(250));
  for (let i = 0; i < count; i++) {
    const y = i * height + heading * Math.floor(i / group);
    if (boundary === 'stripes' && i % 2 === 1)
      image = paint(image, { x: 0, y, width: WIDTH, height }, grey(236));
    if (boundary === 'separators')
      image = paint(image, { x: 0, y: y + height - 1, width: WIDTH, height: 1 }, grey(210));
    const x = size > 0 ? size + 20 : 12;
    if (size > 0)
      image = paint(
        image,
        { x: 10, y: y + ((height - size) >> 1), width: size, height: size },
        grey(90 + 9 * (i % 5)),
      );
    for (let line = 0; line < lines && 6 + 16 * line + 10 < height - bar; line++)
      image = write(image, { x, y: y + 6 + 16 * line, width: 60 + 37 * ((i + line) % 5), grey: 40 });
    if (bar > 0)
      image = paint(image, { x, y: y + height - bar - 4, width: WIDTH - x - 10, height: bar }, grey(180));
    if (i % group === group - 1) image = write(image, { x: 12, y: y + height + 14, width: 90, grey: 120 });
  }
  return image;
}

describe('the rows of any part of a list', () => {
  it('have a height, and reach no further than a pixel into the next one', () => {
    const list = fc.record({
      height: fc.integer({ min: 20, max: 90 }),
      count: fc.integer({ min: 2, max: 9 }),
      picture: fc.constantFrom(0, 16, 40, 64),
      lines: fc.integer({ min: 1, max: 3 }),
      bar: fc.constantFrom(0, 0, 3, 8),
      boundary: fc.constantFrom<Drawn['boundary']>('none', 'separators', 'stripes'),
      group: fc.constantFrom(2, 3, 99),
    });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(list, fc.boolean(), fc.tuple(share, share, share, share), (drawn, isJpeg, shares) => {
        const image = isJpeg ? jpeg60(draw(drawn)) : draw(drawn);
        const [left, top, right, bottom] = shares;
        const x = Math.floor((left * WIDTH) / 2);
        const y = Math.floor((top * image.height) / 2);
        const region: Rect = {
          x,
          y,
          width: WIDTH - x - Math.floor((right * WIDTH) / 3),
          height: image.height - y - Math.floor((bottom * image.height) / 3),
        };
        const { rows } = rowBands(image, { region });
        for (const [i, row] of rows.entries()) {
          expect(row.height).toBeGreaterThan(0);
          if (i > 0) expect(row.y).toBeGreaterThanOrEqual(rows[i - 1].y + rows[i - 1].height - 1);
        }
        expect(rows.at(0)?.y ?? y).toBeGreaterThanOrEqual(y);
        expect((rows.at(-1)?.y ?? y) + (rows.at(-1)?.height ?? 0)).toBeLessThanOrEqual(y + region.height);
      }),
      {
        numRuns: 80,
        examples: [
          [
            { height: 26, count: 4, picture: 0, lines: 1, bar: 0, boundary: 'none', group: 3 },
            true,
            [0, 0, 0, 0],
          ],
        ],
      },
    );
  });
});
