import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { ImageBuffer, crop } from '../../../src/image/image-buffer.js';
import { readImage } from '../../../src/image/read-image.js';
import { displacement } from '../../../src/probe/displacement.js';
import { likelyShifts } from '../../../src/probe/displacement/phase-correlation.js';
import { solid } from '../../support/draw.js';

const WIDTH = 240;
const ROW = 24;

interface ListLook {
  /** What each row says; rows of one number look the same. */
  readonly rows: readonly number[];
  readonly top: number;
  readonly height?: number;
  /** Every second row is darker: with the rows, or with their places. */
  readonly stripes?: 'rows' | 'places';
  /** Height of a header that stays. */
  readonly header?: number;
  /** So many of the first words are the same in every row. */
  readonly alike?: number;
  /** Index of a row with a darker ground. */
  readonly selected?: number;
}

/** A list scrolled down by `top` pixels, drawn pixel by pixel. */
function list({ rows, top, height = 216, stripes, header = 0, alike = 0, selected }: ListLook): ImageBuffer {
  const data = new Uint8Array(4 * WIDTH * height).fill(255);
  const set = (x: number, y: number, value: number) =>
    data.fill(value, 4 * (y * WIDTH + x), 4 * (y * WIDTH + x) + 3);
  for (let y = 0; y < height; y++) {
    const inHeader = y < header;
    const at = inHeader ? y : y + top;
    const row = Math.floor(at / ROW);
    const striped = stripes === 'rows' ? row : Math.floor(y / ROW);
    const isStriped = stripes !== undefined && striped % 2 === 1;
    const ground = row === selected ? 208 : isStriped ? 236 : 255;
    const seed = inHeader ? 777 : (rows[row] ?? 0);
    for (let x = 0; x < WIDTH; x++) set(x, y, ground);
    if (seed === 0) continue;
    const line = Math.floor(((at % ROW) - 6) / 2);
    if (line < 0 || line >= 6) continue;
    for (let x = 8; x < WIDTH - 8; x++) {
      if ((x >> 2) % 3 === 2) continue;
      const word = scramble((x >> 5 < alike && !inHeader ? 5 : seed) * 31 + (x >> 5));
      if (word % 4 === 0) continue; // A gap between words.
      if (scramble(word + (x >> 2) * 8 + line) % 2 === 0) set(x, y, inHeader ? 20 : 60);
    }
  }
  return new ImageBuffer(WIDTH, height, data);
}

function scramble(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  return (Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b) ^ (mixed >>> 13)) >>> 8;
}

const ROWS = Array.from({ length: 40 }, (_, i) => i + 1);
const EQUAL = ROWS.map(() => 5);

function jpeg(image: ImageBuffer, quality = 60): ImageBuffer {
  return decode(encodeJpeg(image, quality)).image;
}

describe('displacement', () => {
  const distance = fc.integer({ min: 5, max: 90 });

  it('is none where nothing at all differs, however alike the rows are, unless they are the same', () => {
    const still = (alike: number): string => {
      const picture = list({ rows: ROWS, top: 30, alike });
      return displacement(picture, picture).reason;
    };
    expect([5, 6, 7].map(still)).toEqual(Array(3).fill('nothing-moved'));
    const same = list({ rows: EQUAL, top: 30 });
    expect(displacement(same, same).reason).toBe('several-fit');
  });

  it('is how far the list went, up or down, lossless or as JPEG quality 60', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), distance, fc.boolean(), (top, by, lossy) => {
        const codec = lossy ? jpeg : (image: ImageBuffer) => image;
        const [one, another] = [codec(list({ rows: ROWS, top })), codec(list({ rows: ROWS, top: top + by }))];
        expect(displacement(one, another)).toMatchObject({ state: 'moved', by, reason: 'displaced' });
        expect(displacement(another, one)).toMatchObject({ state: 'moved', by: -by });
      }),
      { numRuns: 40 },
    );
  });

  it('is never another, however little is left of what was in view', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 300 }), (top, by) => {
        const found = displacement(list({ rows: ROWS, top }), list({ rows: ROWS, top: top + by }));
        expect(found.state).not.toBe('still');
        if (found.state === 'moved') expect(found.by).toBe(by);
      }),
      { numRuns: 60 },
    );
  });

  it.each([30, 64, 127, 198])('tells one pixel from two, which fit nearly as well, from %i', (top) => {
    const found = displacement(list({ rows: ROWS, top }), list({ rows: ROWS, top: top + 1 }));
    expect(found).toMatchObject({ state: 'moved', by: 1 });
  });

  it('is 0 when nothing moved', () => {
    const image = list({ rows: ROWS, top: 17 });
    const still = { state: 'still', by: 0, score: 1, reason: 'nothing-moved' };
    expect(displacement(image, image)).toMatchObject(still);
    expect(displacement(jpeg(image), jpeg(image, 80)).state).toBe('still');
    expect(displacement(image, image).margin).toBeGreaterThan(0.4);
  });

  it('is that of the list below a header that stays, and of stripes that stay', () => {
    fc.assert(
      fc.property(distance, fc.constantFrom('rows' as const, 'places' as const), (by, stripes) => {
        const look = { rows: ROWS, stripes, header: 48 };
        const found = displacement(jpeg(list({ ...look, top: 96 })), jpeg(list({ ...look, top: 96 + by })));
        // Stripes that stay make the lines that cross their edges fit worse.
        if (found.state !== 'unsure') expect(found).toMatchObject({ state: 'moved', by });
        if (stripes === 'rows') expect(found.state).toBe('moved');
      }),
      { numRuns: 40 },
    );
    const look = { rows: ROWS, header: 48 };
    const end = list({ ...look, top: 96 });
    expect(displacement(end, end)).toMatchObject({ state: 'still' });
  });

  it('is none when a selection goes from one row to another, in lists of few rows and of many', () => {
    for (const height of [72, 84, 96, 144, 216]) {
      for (const to of [1, Math.floor(height / ROW) - 1]) {
        for (const codec of [jpeg, (image: ImageBuffer) => image]) {
          const [one, another] = [0, to].map((selected) =>
            codec(list({ rows: ROWS, top: 0, height, alike: 6, selected })),
          );
          expect(displacement(one, another).state, `to row ${to} of ${height} pixels`).not.toBe('moved');
        }
      }
    }
  });

  it('is that of the list with the selected row, or of all rows but the one that is selected now', () => {
    const before = list({ rows: ROWS, top: 0, selected: 7 });
    for (const selected of [7, 9]) {
      const now = list({ rows: ROWS, top: 2 * ROW, selected });
      expect(displacement(before, now)).toMatchObject({ state: 'moved', by: 2 * ROW });
    }
  });

  it.each([5, 6])('tells rows apart of whose eight words %i are alike', (alike) => {
    const look = { rows: ROWS, alike, height: 432 };
    for (const by of [61, -61]) {
      const [one, another] = [list({ ...look, top: 96 }), list({ ...look, top: 96 + by })];
      expect(displacement(one, another)).toMatchObject({ state: 'moved', by });
    }
  });

  it('is unsure of rows that are all alike, moved or not', () => {
    const [one, another] = [list({ rows: EQUAL, top: 0 }), list({ rows: EQUAL, top: 10 })];
    expect(displacement(one, another)).toMatchObject({ state: 'unsure', by: 0, reason: 'several-fit' });
    expect(displacement(one, list({ rows: EQUAL, top: ROW })).state).toBe('unsure');
    expect(displacement(one, one)).toMatchObject({ state: 'unsure', reason: 'several-fit' });
  });

  it('is sure again when one row among equal ones tells the way', () => {
    const rows = EQUAL.map((row, i) => (i % 5 === 3 ? 100 + i : row));
    const found = displacement(list({ rows, top: 0 }), list({ rows, top: 30 }));
    if (found.state !== 'unsure') expect(found.by).toBe(30);
    expect(found.score).toBeGreaterThan(0.9);
  });

  it('is unsure of stripes without text, of one tone, and of another list', () => {
    const blank = ROWS.map(() => 0);
    const stripes = (top: number) => list({ rows: blank, top, stripes: 'rows' });
    expect(displacement(stripes(0), stripes(12)).state).toBe('unsure');
    expect(displacement(stripes(0), stripes(0)).state).toBe('unsure');
    const white = solid(WIDTH, 216, [255, 255, 255]);
    expect(displacement(white, white)).toMatchObject({ state: 'unsure', reason: 'nothing-to-compare' });
    const other = list({ rows: ROWS.map((row) => row + 500), top: 0 });
    expect(displacement(list({ rows: ROWS, top: 0 }), other)).toMatchObject({ reason: 'none-fits' });
  });

  it('is that of the part that has come from within, most of it new', () => {
    const found = displacement(list({ rows: ROWS, top: 0 }), list({ rows: ROWS, top: 150 }));
    expect(found).toMatchObject({ state: 'moved', by: 150 });
    // The end of the list, with blank space below its last row.
    const short = ROWS.slice(0, 12);
    const end = displacement(list({ rows: short, top: 40 }), list({ rows: short, top: 120 }));
    expect(end).toMatchObject({ state: 'moved', by: 80 });
  });

  it('goes along the other axis too', () => {
    const turn = ({ width, height, data }: ImageBuffer) => {
      const turned = new Uint8Array(data.length);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          turned.set(data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4), 4 * (x * height + y));
        }
      }
      return new ImageBuffer(height, width, turned);
    };
    const [one, another] = [list({ rows: ROWS, top: 10 }), list({ rows: ROWS, top: 53 })];
    const straight = displacement(one, another);
    expect(displacement(turn(one), turn(another), { axis: 'x' })).toEqual(straight);
    expect(straight).toMatchObject({ state: 'moved', by: 43 });
  });

  it('looks only at the region', () => {
    const [one, another] = [list({ rows: ROWS, top: 0 }), list({ rows: ROWS, top: 31 })];
    const both = (image: ImageBuffer) => {
      const data = new Uint8Array(8 * WIDTH * 216);
      for (let y = 0; y < 216; y++) {
        data.set(image.data.subarray(4 * y * WIDTH, 4 * (y + 1) * WIDTH), 8 * y * WIDTH);
        data.set(one.data.subarray(4 * y * WIDTH, 4 * (y + 1) * WIDTH), 8 * y * WIDTH + 4 * WIDTH);
      }
      return new ImageBuffer(2 * WIDTH, 216, data);
    };
    const side = { y: 0, width: WIDTH, height: 216 };
    expect(displacement(both(one), both(another), { region: { ...side, x: 0 } }).by).toBe(31);
    expect(displacement(both(one), both(another), { region: { ...side, x: WIDTH } }).state).toBe('still');
  });

  it.each([
    'gtk3-lists/unequal.png',
    'gtk3-lists/selected.q80.jpg',
    'cheetah-grid/dark.png',
    'glide-data-grid/striped.q60.jpg',
  ])('is never wrong on %s', async (file) => {
    const { image } = await readImage(`test/golden/${file}`);
    const window = (top: number) => jpeg(crop(image, { x: 0, y: top, width: image.width, height: 390 }), 70);
    const before = window(100);
    let sure = 0;
    for (const by of [-90, -40, 0, 7, 33, 64, 120, 200]) {
      const found = displacement(before, window(100 + by));
      if (found.state === 'unsure') continue;
      sure++;
      expect(found.by).toBe(by);
    }
    expect(sure).toBeGreaterThanOrEqual(7);
  });

  it.each([
    ['two sizes', solid(40, 41, [0, 0, 0]), {}, 'PXP_IMAGE_SIZE'],
    [
      'a region outside',
      solid(40, 40, [0, 0, 0]),
      { region: { x: 0, y: 0, width: 41, height: 9 } },
      'PXP_RECT',
    ],
    [
      'a narrow region',
      solid(40, 40, [0, 0, 0]),
      { region: { x: 0, y: 0, width: 23, height: 9 } },
      'PXP_PROBE_OPTION',
    ],
  ] as const)('refuses %s', (_, after, options, code) => {
    expect(() => displacement(solid(40, 40, [0, 0, 0]), after, options)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('likelyShifts', () => {
  it('has the shift of one signal against the other first, whatever their sizes', () => {
    const signals = fc.record({
      lines: fc.integer({ min: 30, max: 90 }),
      width: fc.integer({ min: 2, max: 5 }),
      shift: fc.integer({ min: 1, max: 4 }),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(signals, ({ lines, width, shift, seed }) => {
        const value = (line: number, strip: number) =>
          (scramble(scramble(line + 9999) + strip * 17 + seed) % 2048) / 1024 - 1;
        const from = (start: number) => ({
          values: Float32Array.from({ length: lines * width }, (_, i) =>
            value(start + Math.floor(i / width), i % width),
          ),
          ...{ lines, width },
        });
        expect(likelyShifts(from(0), from(shift), 3)[0]).toBe(shift);
        expect(likelyShifts(from(shift), from(0), 3)[0]).toBe(-shift);
      }),
    );
  });
});
