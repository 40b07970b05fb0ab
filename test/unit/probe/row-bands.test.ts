import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

type Color = readonly [number, number, number];

interface List {
  readonly width: number;
  readonly height: number;
  readonly heights: readonly number[];
  readonly background: Color;
  readonly text: Color;
  readonly stripe?: Color;
  readonly separator?: Color;
  /** Pixels, default 1. */
  readonly thickness?: number;
  /** A line of dashes instead. */
  readonly dashes?: Color;
  /** By how many levels each row gets darker from its top to its bottom. */
  readonly shade?: number;
  readonly selected?: number;
  /** Pixels of the first row that lie above the picture. */
  readonly scrolled?: number;
}

const light = { background: [255, 255, 255], text: [34, 34, 34] } as const;
const dark = { background: [43, 43, 43], text: [221, 221, 221] } as const;
const SELECTION: Color = [53, 132, 228];

/** A list of rows with seeded letters: stems on a baseline, some with ascenders, some with descenders. */
function drawList(list: List): { image: ImageBuffer; rows: { y: number; height: number }[] } {
  const { width, height } = list;
  const data = new Uint8Array(4 * width * height);
  const fill = (x: number, y: number, w: number, h: number, [r, g, b]: Color) => {
    for (let py = Math.max(0, y); py < Math.min(height, y + h); py++) {
      for (let px = x; px < Math.min(width, x + w); px++) data.set([r, g, b, 255], 4 * (py * width + px));
    }
  };
  fill(0, 0, width, height, list.background);
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const rows: { y: number; height: number }[] = [];
  let y = -(list.scrolled ?? 0);
  for (const [i, rowHeight] of list.heights.entries()) {
    const selected = i === list.selected;
    if (list.stripe !== undefined && i % 2 === 1) fill(0, y, width, rowHeight, list.stripe);
    for (let line = 0; line < rowHeight && list.shade !== undefined; line++) {
      const darker = Math.round((list.shade * line) / rowHeight);
      const [r, g, b] = list.background;
      fill(0, y + line, width, 1, [r - darker, g - darker, b - darker]);
    }
    if (selected) fill(0, y, width, rowHeight, SELECTION);
    if (list.dashes !== undefined) {
      for (let x = 0; x < width; x += 6) fill(x, y + rowHeight - 1, 3, 1, list.dashes);
    }
    const { separator, thickness = 1 } = list;
    if (separator !== undefined) fill(0, y + rowHeight - thickness, width, thickness, separator);
    // Capital height 10, x-height 7, descenders 3: a 14 pixel font; its capitals stand in the middle of the row.
    const baseline = y + Math.round(rowHeight / 2) + 5;
    const colour = selected ? light.background : list.text;
    for (let letter = 0, x = 12; letter < 12 + random(30); letter++, x += 7) {
      const shape = random(6);
      if (letter > 0 && shape === 0) continue;
      const top = letter === 0 || shape < 3 ? 10 : 7;
      fill(x, baseline - top, 2, top, colour);
      fill(x, baseline - 7, 5, 1, colour);
      fill(x + 4, baseline - 7, 1, shape === 5 ? 10 : 7, colour);
    }
    if (y >= 0 && y + rowHeight <= height) rows.push({ y, height: rowHeight });
    y += rowHeight;
  }
  return { image: new ImageBuffer(width, height, data), rows };
}

function throughJpeg({ width, height, data }: ImageBuffer, quality: number): ImageBuffer {
  const { data: bytes } = jpeg.encode({ width, height, data }, quality);
  return new ImageBuffer(width, height, jpeg.decode(bytes, { useTArray: true }).data);
}

function repeat(count: number, height: number): number[] {
  return Array.from({ length: count }, () => height);
}

/** Another background, under the same letters. */
function tinted(image: ImageBuffer, bands: readonly { y: number; height: number }[]): ImageBuffer {
  const data = Uint8Array.from(image.data);
  for (const { y, height } of bands)
    for (let p = 4 * y * image.width; p < 4 * (y + height) * image.width; p += 4)
      if (data[p] === 255) data.set([225, 228, 235], p);
  return new ImageBuffer(image.width, image.height, data);
}

/** Every whole row found, none invented, edges within 2 pixels. */
function expectRows(image: ImageBuffer, rows: readonly { y: number; height: number }[]): void {
  const found = rowBands(image).rows.filter(({ partial }) => !partial);
  expect(found).toHaveLength(rows.length);
  for (const [i, row] of rows.entries()) {
    expect(Math.abs(found[i].y - row.y)).toBeLessThanOrEqual(2);
    expect(Math.abs(found[i].y + found[i].height - row.y - row.height)).toBeLessThanOrEqual(2);
  }
}

const kinds: Record<string, Omit<List, 'heights'>> = {
  'flat, light': { ...light, width: 360, height: 400 },
  'flat, dark': { ...dark, width: 360, height: 400 },
  'flat with a selection': { ...light, width: 360, height: 400, selected: 2 },
  'faint stripes': { ...light, width: 360, height: 400, stripe: [247, 248, 250] },
  'dark stripes': { ...dark, width: 360, height: 400, stripe: [50, 50, 50] },
  separators: { ...light, width: 360, height: 400, separator: [221, 221, 221] },
  'dark separators': { ...dark, width: 360, height: 400, separator: [64, 64, 64] },
  'separators and a selection': {
    ...light,
    width: 360,
    height: 400,
    separator: [221, 221, 221],
    selected: 3,
  },
};

describe('rowBands', () => {
  for (const [name, kind] of Object.entries(kinds)) {
    for (const height of [24, 32, 44, 56]) {
      it(`finds the rows of ${height} pixels: ${name}`, () => {
        const { image, rows } = drawList({ ...kind, heights: repeat(30, height) });
        expectRows(image, rows);
        expectRows(throughJpeg(image, 60), rows);
      });

      it(`invents none below the last of five rows of ${height} pixels: ${name}`, () => {
        const { image, rows } = drawList({ ...kind, heights: repeat(5, height) });
        expectRows(image, rows);
        expectRows(throughJpeg(image, 60), rows);
      });
    }
  }

  it('follows heights from 50 to 58 between separators and on stripes', () => {
    const heights = [53, 58, 54, 50, 55, 51, 56, 52, 57];
    for (const kind of ['separators', 'dark separators', 'faint stripes', 'dark stripes']) {
      const { image, rows } = drawList({ ...kinds[kind], height: 470, heights });
      expectRows(image, rows);
      expectRows(throughJpeg(image, 60), rows);
    }
  });

  it.each([2, 4, 5, 6, 8, 12])('separators of %i pixels belong to the row above', (thickness) => {
    for (const kind of [kinds.separators, kinds['dark separators']]) {
      for (const heights of [repeat(12, 48), repeat(4, 48), [53, 58, 54, 60, 55, 51]]) {
        const { image, rows } = drawList({ ...kind, height: 420, heights, thickness });
        expectRows(image, rows);
        expectRows(throughJpeg(image, 60), rows);
        // They may be gaps between cards.
        if (thickness > 4) expect(rowBands(image).confidence).toBeLessThan(0.8);
      }
    }
  });

  it.each([
    ['beside them', 10],
    ['at their corners', 2],
  ])('gaps between cards belong to none: the page shows %s', (_, rounded) => {
    const gap = 8;
    const separator = [221, 221, 221] as const;
    const list = { ...kinds.separators, height: 400, heights: repeat(12, 48), separator, thickness: gap };
    const { image, rows } = drawList(list);
    for (let y = 0; y < image.height; y++) {
      const inRow = y % 48;
      const margin = rounded === 10 || inRow < 2 || (inRow >= 38 && inRow < 40) ? rounded : 0;
      for (let x = 0; x < margin; x++) image.data.set(separator, 4 * (y * image.width + x));
    }
    expectRows(
      image,
      rows.map(({ y, height }) => ({ y, height: height - gap })),
    );
  });

  it('room above the first row is no part of it', () => {
    for (const kind of ['separators', 'dark separators', 'faint stripes', 'dark stripes']) {
      for (const heights of [repeat(6, 32), repeat(12, 44)]) {
        const { image, rows } = drawList({ ...kinds[kind], height: 430, heights, scrolled: -7 });
        expectRows(image, rows);
        expectRows(throughJpeg(image, 60), rows);
      }
    }
  });

  it('a first row higher than the only other one is whole, at any density', () => {
    for (const density of [1, 1.5, 2]) {
      const heights = [56, 51].map((height) => Math.round(height * density));
      const { image, rows } = drawList({ ...kinds.separators, height: 600, heights });
      expectRows(image, rows);
    }
  });

  it.each([
    [51, 58],
    [58, 51],
    [50, 54],
    [45, 62],
    [62, 45],
  ])('two rows of %i and %i keep their edges, whichever is the higher one', (...heights) => {
    for (const kind of ['separators', 'dark separators', 'faint stripes', 'dark stripes']) {
      const { image, rows } = drawList({ ...kinds[kind], height: 512, heights });
      // The first one may pass for cut: at the region's end a lower row looks like that.
      const found = rowBands(image).rows;
      expect(found).toHaveLength(2);
      found.forEach(({ y, height }, row) => {
        expect(Math.abs(y - rows[row].y)).toBeLessThanOrEqual(2);
        expect(Math.abs(y + height - rows[row].y - rows[row].height)).toBeLessThanOrEqual(2);
      });
    }
  });

  it('finds rows that are shaded from top to bottom, and rows between dashes', () => {
    for (const kind of [
      { ...light, shade: 26 },
      { ...light, dashes: [150, 150, 150] as const },
      { ...dark, dashes: [120, 120, 120] as const },
    ]) {
      const { image, rows } = drawList({ ...kind, width: 360, height: 400, heights: repeat(30, 38) });
      expectRows(image, rows);
      expectRows(throughJpeg(image, 60), rows);
    }
  });

  it('keeps the height of rows between headings that nothing parts from them', () => {
    const heights = [44, 44, 44, 44, 32, 44, 44, 44, 44, 32, 44, 44];
    const { image, rows } = drawList({ ...kinds['flat, light'], height: 504, heights });
    expectRows(image, rows);
    expectRows(throughJpeg(image, 60), rows);
  });

  it('believes a row between two lines to be higher than others', () => {
    const { image, rows } = drawList({
      ...kinds.separators,
      height: 900,
      heights: [176, 90, 176, 90, 176, 90],
    });
    expectRows(image, rows);
  });

  it('marks the rows that the region cuts off, and only those', () => {
    for (const kind of ['flat, light', 'separators', 'faint stripes']) {
      const { image, rows } = drawList({
        ...kinds[kind],
        height: 415,
        heights: repeat(30, 40),
        scrolled: 15,
      });
      const found = rowBands(image).rows;
      expect(found.map(({ partial }) => partial)).toEqual([true, ...rows.map(() => false), true]);
      expect(found[0]).toMatchObject({ y: 0 });
      expect(found[found.length - 1].y + found[found.length - 1].height).toBe(415);
    }
  });

  it('tells the pitch of equal rows and none of unequal ones', () => {
    expect(rowBands(drawList({ ...kinds.separators, heights: repeat(9, 40) }).image).pitch).toBe(40);
    const unequal = drawList({ ...kinds.separators, heights: [40, 60, 40, 80, 40, 60] });
    expect(rowBands(unequal.image).pitch).toBeNull();
  });

  it('answers in image pixels for a region that includes a border', () => {
    const { image, rows } = drawList({ ...kinds.separators, heights: repeat(5, 36) });
    const framed = solid(500, 500, [240, 240, 240]);
    const data = Uint8Array.from(framed.data);
    for (let y = -1; y <= image.height; y++) {
      for (let x = -1; x <= image.width; x++) {
        const inside = x >= 0 && y >= 0 && x < image.width && y < image.height;
        const from = 4 * (y * image.width + x);
        data.set(
          inside ? image.data.subarray(from, from + 4) : [192, 192, 192, 255],
          4 * ((y + 60) * 500 + x + 40),
        );
      }
    }
    const region = { x: 37, y: 57, width: image.width + 6, height: image.height + 6 };
    const found = rowBands(new ImageBuffer(500, 500, data), { region }).rows;
    expect(found.map(({ y, height }) => ({ y, height }))).toEqual(
      rows.map((row) => ({ ...row, y: row.y + 60 })),
    );
  });

  it('does not give a row the sliver of the next one that a border leaves below it', () => {
    for (const border of [
      [140, 140, 140],
      [222, 222, 222],
    ] as const) {
      const { image, rows } = drawList({ ...kinds.separators, height: 372, heights: repeat(9, 40) });
      const framed = paint(image, { x: 0, y: 363, width: image.width, height: 1 }, border);
      expectRows(framed, rows);
      expectRows(throughJpeg(framed, 80), rows);
    }
  });

  it('parts two flat rows of one colour that other colours enclose', () => {
    const { image, rows } = drawList({ ...kinds['flat, light'], height: 384, heights: repeat(16, 24) });
    const two = (y: number): { y: number; height: number } => ({ y, height: 48 });
    expectRows(tinted(image, [two(24), two(120)]), rows);
  });

  it('parts the flat rows of a short list above and below the selected one', () => {
    const { image, rows } = drawList({ ...kinds['flat, light'], height: 400, heights: repeat(6, 28) });
    expectRows(tinted(image, [rows[3]]), rows);
  });

  it.each([
    [-47, 1],
    [-47, 2],
    [-45, 2],
    [-40, 2],
  ])('finds rows of two lines when the first begins at %i and whole row %i is selected', (y, chosen) => {
    const rows = Array.from({ length: 6 }, (_, i) => ({ y: y + 64 * (i + 1), height: 64 }));
    const lines = [{ y, height: 64 }, ...rows].flatMap((row, i) => [
      { x: 16, y: row.y + 17, width: 80 + 11 * (i % 3), height: 15 },
      { x: 16, y: row.y + 38, width: 210 - 17 * (i % 4), height: 14 },
    ]);
    const selected = paint(
      solid(500, 420, [255, 255, 255]),
      { x: 0, ...rows[chosen], width: 500 },
      [222, 235, 250],
    );
    const image = lines
      .filter((line) => line.y + line.height > 0)
      .map((line) => ({ ...line, y: Math.max(0, line.y), height: line.height + Math.min(0, line.y) }))
      .reduce((drawn, line) => paint(drawn, line, [60, 60, 60]), selected);
    expectRows(image, rows);
    const [first, second] = rowBands(image).rows;
    expect(first.y + first.height).toBeLessThanOrEqual(second.y);
  });

  it('takes neither a scrollbar nor the row that it cuts for a whole one', () => {
    const { image, rows } = drawList({ ...kinds.separators, height: 410, heights: repeat(18, 24) });
    const { width } = image;
    const track = paint(image, { x: 0, y: 400, width, height: 10 }, [239, 239, 239]);
    const barred = paint(track, { x: 40, y: 402, width: 120, height: 6 }, [120, 120, 120]);
    expectRows(barred, rows.slice(0, -1));
  });

  it('ends the last whole row at its line when the border cuts a stripe of another colour', () => {
    const colours = { stripe: [235, 238, 244], separator: [200, 200, 200] } as const;
    const { image, rows } = drawList({
      ...kinds.separators,
      ...colours,
      height: 372,
      heights: repeat(10, 40),
    });
    const { width } = image;
    const framed = paint(image, { x: 0, y: 363, width, height: 1 }, [90, 90, 90]);
    expectRows(paint(framed, { x: 0, y: 364, width, height: 8 }, [20, 20, 20]), rows);
  });

  it('finds flat rows between bands of headings that are lower', () => {
    const heights = [60, 60, 60, 26, 60, 60, 60, 60, 26, 60, 60];
    const { image, rows } = drawList({ ...kinds['flat, light'], height: 532, heights });
    const bands = heights.flatMap((own, i) =>
      own === 26 ? [{ y: heights.slice(0, i).reduce((sum, height) => sum + height, 0), height: own }] : [],
    );
    expectRows(tinted(image, bands), rows);
  });

  it('is not sure of ink in one piece that is higher than any row to expect', () => {
    const titled = paint(
      solid(500, 400, [255, 255, 255]),
      { x: 0, y: 0, width: 500, height: 30 },
      [200, 200, 200],
    );
    const pieces = Array.from({ length: 13 }, (_, i) => ({
      x: 20 + 90 * (i % 2),
      y: 40 + 25 * i,
      width: 90,
      height: 26,
    }));
    const image = pieces.reduce((drawn, piece) => paint(drawn, piece, [60, 60, 60]), titled);
    const { rows, confidence } = rowBands(paint(image, { x: 20, y: 10, width: 60, height: 10 }, [0, 0, 0]));
    expect(rows.some(({ height }) => height > 160)).toBe(true);
    expect(confidence).toBeLessThanOrEqual(0.5);
  });

  it('takes strips that are shaded for the shadows of cards, not for separators', () => {
    const { image, rows } = drawList({ ...kinds['flat, light'], height: 400, heights: repeat(7, 60) });
    const { width } = image;
    const shadow = (cards: ImageBuffer, y: number): ImageBuffer =>
      [241, 242, 243, 244, 245, 245, 246, 246, 246, 247].reduce(
        (drawn, level, i) => paint(drawn, { x: 0, y: y + i, width, height: 1 }, [level, level, level]),
        cards,
      );
    const cards = rows.reduce((drawn, { y, height }) => shadow(drawn, y + height - 10), image);
    expectRows(
      cards,
      rows.map(({ y, height }) => ({ y, height: height - 10 })),
    );
  });

  describe('white cards on a near-white ground', () => {
    const SHADOWS = {
      'a pixel of shadow': { below: [192, 224, 240], above: [240] },
      'a soft edge': { below: [219, 198, 219, 234, 241], above: [245, 241] },
      'a wide shadow': { below: [199, 208, 217, 225, 233, 240, 244, 247], above: [233, 240, 244, 247] },
    };
    const GAP = 16;

    function drawCards(
      heights: readonly number[],
      { below, above }: { readonly below: readonly number[]; readonly above: readonly number[] },
    ): { image: ImageBuffer; rows: { y: number; height: number }[] } {
      const list = { ...light, width: 360, height: 900, heights: heights.map((height) => height + GAP) };
      const { image, rows } = drawList({ ...list, scrolled: -GAP });
      const { width, height } = image;
      const ground = (y: number, lines: number, level: number): void => {
        for (let p = 4 * y * width; p < 4 * Math.min(height, y + lines) * width; p += 4)
          image.data.set([level, level, level], p);
      };
      ground(0, GAP, 249);
      const cards = rows.map((row) => ({ ...row, height: row.height - GAP }));
      for (const { y, height: own } of cards) {
        ground(y + own, GAP, 249);
        below.forEach((level, i) => ground(y + own + i, 1, level));
        above.forEach((level, i) => ground(y - 1 - i, 1, level));
      }
      const end = cards[cards.length - 1];
      ground(end.y + end.height + GAP, height, 249);
      return { image, rows: cards };
    }

    it.each(Object.entries(SHADOWS))('are told apart by %s', (_, shadow) => {
      const { image, rows } = drawCards([90, 132, 90, 110], shadow);
      expectRows(image, rows);
    });

    it.each(['a pixel of shadow', 'a soft edge'] as const)('are told apart by %s in a JPEG', (name) => {
      const { image, rows } = drawCards([90, 132, 90, 110], SHADOWS[name]);
      expectRows(throughJpeg(image, 60), rows);
    });

    it('may be higher than rows are else, and as high as two others', () => {
      const { image, rows } = drawCards([70, 140, 208, 70, 208], SHADOWS['a soft edge']);
      expectRows(image, rows);
      expectRows(throughJpeg(image, 60), rows);
    });

    it('are cut by the end of the region, and the lower of two is not', () => {
      const { image, rows } = drawCards([90, 132, 208], SHADOWS['a soft edge']);
      const shown = (height: number) =>
        rowBands(image, { region: { x: 0, y: 0, width: image.width, height } }).rows;
      expect(shown(rows[2].y - 4).map(({ partial }) => partial)).toEqual([false, false]);
      const third = shown(rows[2].y + 190)[2];
      expect(third).toMatchObject({ y: rows[2].y, height: 190 });
    });
  });

  it.each([
    ['a panel by itself is no card', [4]],
    ['panels with a group each are no cards', [3, 5, 1]],
  ])('%s: it holds flat rows', (_, groups) => {
    const [width, height, gap] = [360, 48, 16];
    const panels = groups.map((n) =>
      drawList({ ...light, width, height: n * height, heights: repeat(n, height) }),
    );
    const total = panels.reduce((sum, { image }) => sum + image.height + gap, gap);
    const page = solid(width, total, [240, 242, 245]);
    const rows: { y: number; height: number }[] = [];
    let top = gap;
    for (const panel of panels) {
      page.data.set(panel.image.data, 4 * width * top);
      for (const row of panel.rows) rows.push({ y: top + row.y, height });
      top += panel.image.height + gap;
    }
    expectRows(page, rows);
  });

  it.each([1, 2, 3, 4])('leaves flat rows where they are when the region begins %i pixels too low', (y) => {
    for (const height of [47, 48, 56]) {
      const { image, rows } = drawList({ ...kinds['flat, light'], heights: repeat(20, height) });
      const region = { x: 0, y, width: image.width, height: image.height - y };
      const found = rowBands(image, { region }).rows;
      rows.slice(1).forEach((row, i) => expect(Math.abs(found[i + 1].y - row.y)).toBeLessThanOrEqual(2));
    }
  });

  it('finds no rows on a flat, a striped and a ruled background without ink', () => {
    expect(rowBands(solid(300, 300, [255, 255, 255])).rows).toEqual([]);
    const bare = (kind: string) => {
      const list = kinds[kind];
      return drawList({ ...list, text: list.background, heights: repeat(10, 40) }).image;
    };
    expect(rowBands(bare('separators')).rows).toEqual([]);
    expect(rowBands(throughJpeg(bare('separators'), 60)).rows).toEqual([]);
  });

  it('does not take a message in the middle for a row', () => {
    const { image } = drawList({ ...light, width: 120, height: 24, heights: [24] });
    const data = Uint8Array.from(solid(400, 300, light.background).data);
    for (let y = 0; y < 24; y++) {
      data.set(image.data.subarray(4 * (y * 120 + 12), 4 * (y * 120 + 108)), 4 * ((y + 130) * 400 + 152));
    }
    expect(rowBands(new ImageBuffer(400, 300, data)).rows).toEqual([]);
  });

  it('takes centred lines at one distance from the top on for rows', () => {
    const rows = stack([60, 60, 60]);
    const page = rows.reduce(
      (drawn, { y }, i) => write(drawn, { x: 160 - 20 * i, y: y + 24, width: 80 + 40 * i, grey: 40 }),
      solid(400, 700, [255, 255, 255]),
    );
    expectRows(page, rows);
  });

  it('tells a first row that is lower by itself from one that the region cuts', () => {
    const list = { ...light, separator: [221, 221, 221] as const, width: 360, height: 400 };
    const heights = [56, 57, 55, 58, 56, 57];
    const lower = rowBands(drawList({ ...list, heights: [50, ...heights] }).image).rows;
    expect(lower[0]).toEqual({ y: 0, height: 50, partial: false });
    const cut = rowBands(drawList({ ...list, heights: [58, ...heights], scrolled: 8 }).image).rows;
    expect(cut[0]).toEqual({ y: 0, height: 50, partial: true });
  });

  it('finds the same rows lower down when the list is moved', () => {
    const { image, rows } = drawList({ ...kinds.separators, height: 280, heights: repeat(7, 40) });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), (shift) => {
        const data = Uint8Array.from(solid(360, 360, light.background).data);
        data.set(image.data, 4 * 360 * shift);
        const region = { x: 0, y: shift, width: 360, height: 280 };
        const found = rowBands(new ImageBuffer(360, 360, data), { region }).rows;
        expect(found.map(({ y }) => y)).toEqual(rows.map(({ y }) => y + shift));
      }),
      { numRuns: 15 },
    );
  });

  it('stays inside of the region for any picture', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 400 }),
        (width, height, bytes) => {
          const data = Uint8Array.from({ length: 4 * width * height }, (_, i) => bytes[i % bytes.length]);
          for (const { y, height: h } of rowBands(new ImageBuffer(width, height, data)).rows) {
            expect(y).toBeGreaterThanOrEqual(0);
            expect(h).toBeGreaterThan(0);
            expect(y + h).toBeLessThanOrEqual(height);
          }
        },
      ),
    );
  });

  it('refuses a region outside of the image and heights out of order', () => {
    const image = solid(40, 40, [0, 0, 0]);
    expect(() => rowBands(image, { region: { x: 0, y: 0, width: 41, height: 4 } })).toThrow(
      expect.objectContaining({ code: 'PXP_RECT' }),
    );
    expect(() => rowBands(image, { minHeight: 50, maxHeight: 40 })).toThrow(
      expect.objectContaining({ code: 'PXP_PROBE_OPTION' }),
    );
  });
});
