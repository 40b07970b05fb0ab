import { describe, expect, it } from 'vitest';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { endOfGauge } from '../../../src/probe/rows/profile/row-gauges.js';
import { type Row, expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 500;
const BLUE: [number, number, number] = [47, 111, 237];
const TRACK = grey(216);

/** Rows of a line of text with a progress bar below it, of which each row has another part filled. */
function progress(
  count: number,
  drawn: (page: ImageBuffer, row: Row, i: number) => ImageBuffer,
  { thick = 6, margin = 0, gap = 0, track = true } = {},
): { image: ImageBuffer; rows: Row[] } {
  const rows = stack(Array.from({ length: count }, () => 50 + thick + gap)).map(({ y, height }) => ({
    y,
    height: height - gap,
  }));
  const last = rows[rows.length - 1];
  const page = rows.reduce(drawn, solid(WIDTH, last.y + last.height + 40, grey(248)));
  const bars = rows.reduce((image, { y }, i) => {
    const bar = { x: margin + 14, y: y + 36, width: WIDTH - 2 * margin - 60, height: thick };
    const tracked = track ? paint(image, bar, TRACK) : image;
    return paint(tracked, { ...bar, width: Math.round(bar.width * (0.3 + 0.14 * ((3 * i) % 5))) }, BLUE);
  }, page);
  const image = rows.reduce(
    (written, { y }, i) => write(written, { x: margin + 14, y: y + 14, width: 120 + 31 * (i % 4), grey: 50 }),
    bars,
  );
  return { image, rows };
}

const striped = (page: ImageBuffer, { y, height }: Row, i: number): ImageBuffer =>
  i % 2 === 0 ? page : paint(page, { x: 0, y, width: WIDTH, height }, grey(238));
const ruled = (page: ImageBuffer, { y, height }: Row): ImageBuffer =>
  paint(page, { x: 0, y: y + height - 1, width: WIDTH, height: 1 }, grey(212));
const carded = (page: ImageBuffer, { y, height }: Row): ImageBuffer =>
  paint(page, { x: 8, y, width: WIDTH - 16, height }, grey(255));

describe('rowBands of rows with a bar of progress', () => {
  it.each([4, 8, 12, 20])('keeps rows whole whose bar is %i pixels thick', (thick) => {
    for (const drawn of [striped, ruled]) {
      for (const track of [true, false]) {
        const { image, rows } = progress(7, drawn, { thick, track });
        expectRows(image, rows);
      }
    }
  });

  it('keeps rows whole that have two bars beside a picture, up to where a scrollbar would be', () => {
    for (const design of ['flat', 'ruled'] as const) {
      for (const height of [53, 64, 70]) {
        const rows = stack(Array.from({ length: 8 }, () => height));
        const image = rows.reduce(
          (page, { y }, i) => {
            const picture = { x: 16, y: y + 6, width: height - 12, height: height - 12 };
            const bars = [
              { y: y + 27, height: 8, track: [61, 16, 16], fill: [196, 49, 49] },
              { y: y + 37, height: 6, track: [16, 31, 61], fill: [48, 102, 201] },
            ].reduce(
              (drawn, bar, which) => {
                const at = { x: height + 14, y: bar.y, width: 340 - height, height: bar.height };
                const [tr, tg, tb] = bar.track;
                const [r, g, b] = bar.fill;
                const share = 0.35 + 0.12 * ((3 * i + 2 * which) % 5);
                const tracked = paint(drawn, at, [tr, tg, tb]);
                return paint(tracked, { ...at, width: Math.round(share * at.width) }, [r, g, b]);
              },
              paint(page, picture, [120, 90 + 12 * i, 160]),
            );
            const line = { x: 0, y: y + height - 1, width: 372, height: 1 };
            const ruled = design === 'ruled' ? paint(bars, line, [59, 50, 34]) : bars;
            return write(ruled, { x: height + 14, y: y + 10, width: 60 + 17 * (i % 4), grey: 220 });
          },
          solid(372, 8 * height, [27, 23, 18]),
        );
        expectRows(image, rows);
        // A JPEG leaves a tint below some bars of others.
        if (design === 'flat' && height === 70) expectRows(jpeg60(image), rows);
      }
    }
  });

  it('takes a bar that is nearly full, and as thin as a line, for no line of dashes', () => {
    for (const share of [0.6, 0.98]) {
      const rows = stack(Array.from({ length: 7 }, () => 50));
      const image = rows.reduce(
        (page, row, i) => {
          const bar = { x: 16, y: row.y + 34, width: 470, height: 4 };
          const filled = { ...bar, width: Math.round(bar.width * (i === 2 ? share : 0.4)) };
          const drawn = paint(paint(ruled(page, row), bar, TRACK), filled, BLUE);
          return write(drawn, { x: 16, y: row.y + 14, width: 120 + 31 * (i % 4), grey: 50 });
        },
        solid(WIDTH, 350, grey(248)),
      );
      expectRows(image, rows);
      expectRows(jpeg60(image), rows);
    }
  });

  it.each([
    [50, 33],
    [52, 34],
  ])('keeps rows of %i pixels whole whose bar a JPEG blurred', (height, at) => {
    for (const [ground, colour] of [
      [grey(255), [114, 64, 215]],
      [
        [30, 33, 38],
        [82, 148, 255],
      ],
    ] as [[number, number, number], [number, number, number]][]) {
      const rows = stack(Array.from({ length: 7 }, () => height));
      const line = ground.map((level) => level + (level > 99 ? -28 : 24)) as [number, number, number];
      const track = ground.map((level) => level + (level > 99 ? -14 : 16)) as [number, number, number];
      const image = rows.reduce(
        (page, { y }, i) => {
          const bar = { x: 36, y: y + at, width: 440, height: 4 };
          const ruled = paint(page, { x: 0, y: y + height - 1, width: 560, height: 1 }, line);
          const tracked = paint(ruled, bar, track);
          const filled = paint(tracked, { ...bar, width: i % 3 === 0 ? 434 : 120 + 30 * i }, colour);
          const letters = ground[0] > 99 ? 40 : 220;
          const titled = write(filled, { x: 36, y: y + at - 18, width: 90 + 21 * (i % 4), grey: letters });
          return write(titled, { x: 500, y: y + at - 8, width: 40, grey: 128 });
        },
        solid(560, 7 * height + 34, ground),
      );
      expectRows(jpeg60(image), rows);
    }
  });

  it('keeps striped rows whole where letters leave, in a JPEG, no ground beside the first rows of a bar', () => {
    const rows = stack(Array.from({ length: 9 }, () => 54));
    const image = rows.reduce(
      (page, row, i) => {
        const stripe: [number, number, number] = i % 2 === 0 ? [38, 42, 48] : [30, 33, 38];
        const bar = { x: 34, y: row.y + 34, width: 502, height: 4 };
        const filled = { ...bar, width: 160 + 37 * ((5 * i) % 8) };
        const tracked = paint(paint(page, { x: 0, ...row, width: 606 }, stripe), bar, [54, 57, 62]);
        const drawn = paint(tracked, filled, [82, 148, 255]);
        const titled = write(drawn, { x: 34, y: row.y + 15, width: 90 + 21 * (i % 4), grey: 221 });
        return write(titled, { x: 550, y: row.y + 26, width: 46, grey: 150 });
      },
      solid(606, 9 * 54, grey(30)),
    );
    expectRows(jpeg60(image), rows);
  });

  it('keeps striped rows whole where a track is hardly darker than one of the stripes', () => {
    const rows = stack(Array.from({ length: 7 }, () => 54));
    const image = rows.reduce(
      (page, row, i) => {
        const striped = paint(page, { x: 0, ...row, width: 560 }, grey(i % 2 === 0 ? 248 : 234));
        const bar = { x: 36, y: row.y + 36, width: 450, height: 6 };
        const filled = paint(paint(striped, bar, grey(229)), { ...bar, width: 110 + 30 * i }, [16, 198, 107]);
        return write(filled, { x: 36, y: row.y + 16, width: 90 + 21 * (i % 4), grey: 50 });
      },
      solid(560, 7 * 54, grey(248)),
    );
    expectRows(image, rows);
  });

  it('keeps cards whole', () => {
    const { image, rows } = progress(6, carded, { thick: 8, margin: 8, gap: 10 });
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('takes what fills a row from side to side for its background still', () => {
    const rows = stack([40, 40, 40, 20, 40, 40]);
    const page = paint(solid(WIDTH, 260, grey(248)), { x: 0, ...rows[3], width: WIDTH }, grey(216));
    const image = rows.reduce(
      (written, { y }, i) => (i === 3 ? written : write(written, { x: 14, y: y + 15, width: 130, grey: 50 })),
      page,
    );
    const { rows: found } = rowBands(image);
    expect(found.some(({ y, height }) => y < rows[3].y && y + height > rows[4].y)).toBe(false);
  });

  it.each([8, 14, 20])('keeps flat rows whole whose bar of %i pixels lies among letters', (thick) => {
    const rows = stack(Array.from({ length: 10 }, () => 44));
    const image = rows.reduce(
      (page, { y }, i) => {
        const bar = { x: 286, y: y + 22 - thick / 2, width: 302, height: thick };
        const filled = { ...bar, width: Math.round(bar.width * (0.05 + 0.09 * ((7 * i) % 11))) };
        const picture = paint(page, { x: 14, y: y + 8, width: 28, height: 28 }, grey(110 + 9 * i));
        const gauge = paint(paint(picture, bar, grey(236)), filled, BLUE);
        const titled = write(gauge, { x: 54, y: y + 17, width: 120 + 31 * (i % 4), grey: 20 });
        return write(titled, { x: 600, y: y + 17, width: 26, grey: 20 });
      },
      solid(640, 460, grey(255)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it.each([8, 14, 20])(
    'keeps rows whole whose bar of %i pixels lies among letters over most of them',
    (thick) => {
      const rows = stack(Array.from({ length: 7 }, () => 44));
      const image = rows.reduce(
        (page, row, i) => {
          const bar = { x: 150, y: row.y + 22 - thick / 2, width: 280, height: thick };
          const filled = {
            ...bar,
            width: Math.round(bar.width * [0.5, 0.4, 0.98, 0.5, 0.02, 0.6, 0.4][i]),
          };
          const gauge = paint(paint(ruled(page, row), bar, TRACK), filled, BLUE);
          const titled = write(gauge, { x: 16, y: row.y + 17, width: 60 + 11 * (i % 4), grey: 20 });
          return write(titled, { x: 450, y: row.y + 17, width: 26, grey: 20 });
        },
        solid(WIDTH, 308, grey(248)),
      );
      expectRows(image, rows);
    },
  );

  it.each([
    { thick: 5, border: 1 },
    { thick: 8, border: 1 },
    { thick: 18, border: 2 },
  ])('keeps rows whole whose bar of $thick pixels is an outline with little of it filled', (bar) => {
    for (const drawn of [striped, ruled]) {
      for (const corner of [0, 1]) {
        const { image, rows } = outlined(drawn, { ...bar, corner });
        expectRows(image, rows);
      }
    }
  });
});

/** Rows of which the first two have a bar below their text, an outline, filled to a share. */
function outlined(
  drawn: (page: ImageBuffer, row: Row, i: number) => ImageBuffer,
  { thick, border, corner }: { readonly thick: number; readonly border: number; readonly corner: number },
): { image: ImageBuffer; rows: Row[] } {
  const rows = stack(Array.from({ length: 9 }, (_, i) => (i < 2 ? 36 + thick : 30)));
  const last = rows[rows.length - 1];
  const page = rows.reduce(drawn, solid(WIDTH, last.y + last.height + 12, grey(248)));
  const bars = rows.slice(0, 2).reduce((image, { y }, i) => {
    const bar = { x: 14, y: y + 28, width: 320, height: thick };
    const lengths = { ...bar, x: bar.x + corner, width: bar.width - 2 * corner };
    const sides = { ...bar, y: bar.y + corner, height: bar.height - 2 * corner };
    const outline = paint(paint(image, lengths, BLUE), sides, BLUE);
    const inside = {
      x: bar.x + border,
      y: bar.y + border,
      width: bar.width - 2 * border,
      height: thick - 2 * border,
    };
    const ground = drawn === striped && i === 1 ? grey(238) : grey(248);
    return paint(paint(outline, inside, ground), { ...inside, width: 90 * i }, grey(150));
  }, page);
  const image = rows.reduce(
    (written, { y }, i) => write(written, { x: 14, y: y + 10, width: 120 + 31 * (i % 4), grey: 50 }),
    bars,
  );
  return { image, rows };
}

describe('endOfGauge', () => {
  it('takes no gap between two cards for a bar, whose ringing in a JPEG would be its upper and its lower side', () => {
    const ground = { r: 251, g: 243, b: 219 };
    const area = { x: 0, y: 0, width: 400, height: 60 };
    let image = solid(400, 60, [216, 198, 158]);
    for (const y of [0, 36]) image = paint(image, { x: 14, y, width: 372, height: 24 }, [251, 243, 219]);
    for (const y of [22, 36]) {
      const ringing = { x: 80, y, width: 250, height: 2 };
      image = paint(image, ringing, [255, 241, 200]);
    }
    expect(endOfGauge(image, area, 22, ground)).toBe(22);
  });
});
