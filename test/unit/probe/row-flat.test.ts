import { describe, expect, it } from 'vitest';
import { rowBands } from '../../../src/probe/row-bands.js';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

describe('rowBands without drawn boundaries', () => {
  it('keeps to the pitch of many rows of half pixels below a selected one whose height is in whole pixels', () => {
    const rows = Array.from({ length: 19 }, (_, i) => {
      const y = Math.floor(42.5 * i);
      return { y, height: Math.floor(42.5 * (i + 1)) - y };
    });
    const selected = paint(solid(500, 808, grey(43)), { x: 0, y: 127, width: 500, height: 43 }, grey(66));
    const image = rows.reduce(
      (page, { y }, i) => write(page, { x: 20, y: y + 12 + (i % 2), width: 90 + 37 * (i % 4), grey: 190 }),
      selected,
    );
    expectRows(image, rows);
  });

  it('finds rows of half pixels above, between and below a selected and a hovered one', () => {
    const rows = Array.from({ length: 19 }, (_, i) => {
      const y = Math.floor(27.5 * i);
      return { y, height: Math.floor(27.5 * (i + 1)) - y };
    });
    const ground = [4, 8].reduce(
      (image, i) => paint(image, { x: 0, ...rows[i], width: 700 }, [i === 4 ? 204 : 229, 236, 255]),
      solid(700, 525, grey(255)),
    );
    const marked = rows.reduce(
      (image, { y }, i) => paint(image, { x: 13, y: y + 4, width: 20, height: 20 }, [60 + 9 * i, 130, 80]),
      ground,
    );
    const image = rows
      .flatMap(({ y }, i) => [
        { x: 40, y: y + 9, width: 90 + 13 * (i % 5), grey: 30 },
        { x: 420, y: y + 9, width: 120, grey: 30 },
      ])
      .reduce(write, marked);
    expectRows(image, rows);
  });

  it('takes rows of three lines for rows also above a selected one, where fewer of them are whole', () => {
    const rows = Array.from({ length: 7 }, (_, i) => ({ y: 84 * i, height: 84 }));
    const image = rows
      .flatMap(({ y }, i) => [
        { x: 26, y: y + 18, width: 90 + 7 * (i % 3), grey: 20 },
        { x: 275, y: y + 18, width: 32, grey: 130 },
        { x: 26, y: y + 37, width: 120 + 15 * (i % 4), grey: 20 },
        { x: 26, y: y + 55, width: 281, grey: 140 },
      ])
      .reduce(write, paint(solid(329, 588, grey(255)), { x: 0, ...rows[2], width: 329 }, grey(209)));
    expectRows(image, rows);
  });

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

  it('goes by the distance of icons of all sizes', () => {
    const sizes = [26, 14, 26, 14, 24, 16, 22, 20, 26, 20, 26, 26, 14, 26, 18, 26, 16, 24];
    const rows = sizes.map((_, i) => ({ y: 31 * i, height: 31 }));
    const image = rows.reduce(
      (drawn, { y }, i) => {
        const size = sizes[i];
        const icon = { x: 8, y: y + 16 - size / 2, width: size, height: size };
        const iconed = paint(drawn, icon, [60 + 9 * i, 90, 140]);
        return write(iconed, { x: 50, y: y + 11, width: 90 + 37 * (i % 5), grey: 30 });
      },
      solid(400, 558, grey(250)),
    );
    expectRows(image, rows);
  });

  it('parts rows of which a JPEG leaves one piece of ink', () => {
    const rows = Array.from({ length: 14 }, (_, i) => ({ y: 20 * i, height: 20 }));
    const image = rows.reduce(
      (drawn, { y }, i) => {
        const button = paint(drawn, { x: 400, y: y + 1, width: 76, height: 18 }, [40, 110, 230]);
        return write(button, { x: 10, y: y + 6, width: 150 + 41 * (i % 5), grey: 30 });
      },
      solid(500, 280, grey(250)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('counts the upper and the lower line of an outlined button', () => {
    const rows = Array.from({ length: 8 }, (_, i) => ({ y: 43 * i, height: 43 }));
    const image = rows.reduce(
      (drawn, { y }, i) => {
        const outlined = paint(drawn, { x: 500, y: y + 11, width: 76, height: 22 }, [46, 158, 79]);
        const button = paint(outlined, { x: 501, y: y + 12, width: 74, height: 20 }, grey(250));
        return write(button, { x: 10, y: y + (i % 3 === 0 ? 14 : 18), width: 150 + 41 * (i % 5), grey: 30 });
      },
      solid(600, 344, grey(250)),
    );
    expectRows(image, rows);
  });

  it('takes no label over the end of a list for one of its rows', () => {
    const rows = Array.from({ length: 9 }, (_, i) => ({ y: 23 * i, height: 23 }));
    const listed = rows.reduce(
      (drawn, { y }, i) => write(drawn, { x: 30, y: y + 7, width: 60 + 31 * (i % 5), grey: 20 }),
      solid(700, 600, grey(255)),
    );
    const label = paint(listed, { x: 560, y: 570, width: 140, height: 30 }, grey(225));
    const image = write(label, { x: 570, y: 581, width: 110, grey: 20 });
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('keeps the height of the selected row of a short list with headings', () => {
    const rows = Array.from({ length: 5 }, (_, i) => ({ y: 33 * i, height: 33 }));
    const isHeading = (i: number): boolean => i === 0 || i === 3;
    const image = rows.reduce(
      (drawn, { y }, i) => {
        if (isHeading(i)) return write(drawn, { x: 8, y: y + 16, width: 80, grey: 240 });
        const size = i === 4 ? 22 : 16;
        const icon = paint(drawn, { x: 12, y: y + 8, width: 16, height: size }, [210, 120, 60]);
        return write(icon, { x: 36, y: y + 12, width: 90 + 17 * i, grey: 240 });
      },
      paint(solid(280, 640, grey(40)), { x: 0, y: 33, width: 280, height: 33 }, [20, 90, 170]),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('leaves two pixels between rows where the selected one is that much lower than they are apart', () => {
    const rows = Array.from({ length: 6 }, (_, i) => ({ y: 6 + 38 * i, height: 36 }));
    for (const selected of [0, 2, 5]) {
      const image = rows
        .map(({ y }, i) => ({ x: 40, y: y + 13, width: 90 + 23 * (i % 4), grey: 30 }))
        .reduce(write, paint(solid(260, 400, grey(250)), { x: 6, ...rows[selected], width: 248 }, grey(229)));
      expectRows(image, rows);
    }
  });

  it.each([3, 4])('are %i evenly apart, some of which hold a button that is higher than a line', (count) => {
    const rows = stack(Array.from({ length: count }, () => 50));
    const image = rows.reduce(
      (page, { y }, i) => {
        const titled = write(page, { x: 20, y: y + 20, width: 200 + 31 * (i % 3), grey: 40 });
        return i % 3 === 1 ? titled : paint(titled, { x: 480, y: y + 8, width: 90, height: 34 }, grey(90));
      },
      solid(600, 450, grey(255)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('meet halfway between the middles of what they hold, where a button makes some a little higher', () => {
    const rows = stack([52, 52, 56, 52, 52, 56, 52, 56, 52]);
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const box = paint(page, { x: 12, y: y + height / 2 - 10, width: 20, height: 20 }, grey(90));
        const titled = write(box, { x: 50, y: y + height / 2 - 5, width: 200 + 31 * (i % 3), grey: 40 });
        const button = { x: 480, y: y + (height - 44) / 2, width: 90, height: 44 };
        return height === 56 ? paint(titled, button, grey(90)) : titled;
      },
      solid(600, 540, grey(255)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('keeps rows on one grid below a selected one, whatever the shapes of their icons', () => {
    const rows = stack(Array.from({ length: 8 }, () => 54));
    const selected = paint(solid(300, 432, grey(255)), { x: 0, ...rows[1], width: 300 }, grey(200));
    const icons = [
      [12, 42],
      [11, 46],
      [12, 42],
      [11, 42],
      [13, 46],
      [11, 42],
      [12, 46],
      [11, 42],
    ];
    const marked = icons.reduce(
      (image, [top, bottom], i) =>
        paint(image, { x: 12, y: rows[i].y + top, width: 32, height: bottom - top }, grey(60)),
      selected,
    );
    const image = rows
      .map(({ y }, i) => ({ x: 60, y: y + 22, width: 90 + 31 * (i % 4), grey: 20 }))
      .reduce(write, marked);
    expectRows(image, rows);
  });

  it.each([
    { height: 171, count: 7, lines: [29, 72, 114], picture: 88 },
    { height: 190, count: 9, lines: [42, 84, 126], picture: 96 },
    { height: 182, count: 6, lines: [30, 80, 120], picture: 100 },
  ])('are as high as their first lines are apart, where the last ones have descenders: $height', (drawn) => {
    const { height, count, lines, picture } = drawn;
    const rows = stack(Array.from({ length: count }, () => height));
    const image = rows.reduce(
      (page, { y }, i) => {
        const square = { x: 10, y: y + ((height - picture) >> 1), width: picture, height: picture };
        const pictured = paint(page, square, [90 + 9 * i, 110, 160]);
        const written = lines.reduce((text, line, at) => {
          const letters = { x: 150, width: 150 + 31 * ((i + at) % 5), grey: 30 };
          return [0, 8, 14].reduce((thick, low) => write(thick, { ...letters, y: y + line + low }), text);
        }, pictured);
        const descender = { x: 170, y: y + lines[lines.length - 1] + 22, width: 12, height: 9 };
        return i % 5 === 2 || i === count - 2 ? written : paint(written, descender, grey(30));
      },
      solid(500, rows[count - 1].y + height, grey(255)),
    );
    expectRows(image, rows);
    expectRows(jpeg60(image), rows);
  });

  it('keeps the pitch of rows of two lines, the last of which the region’s end cuts between them', () => {
    const rows = stack(Array<number>(9).fill(64), { first: 8 });
    const page = rows.reduce(
      (image, { y }, i) => {
        const title = write(image, { x: 16, y: y + 17, width: 80 + 17 * (i % 4), grey: 30 });
        // Of some the letters of the upper line reach down to those of the lower one.
        const tail = paint(title, { x: 40, y: y + 17, width: 1, height: i % 3 === 2 ? 21 : 12 }, grey(60));
        return write(tail, { x: 16, y: y + 37, width: 120 + 23 * (i % 5), grey: 120 });
      },
      solid(600, 556, grey(255)),
    );
    expectRows(page, rows.slice(0, -1));
  });
});
