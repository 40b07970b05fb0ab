import { describe, expect, test } from 'vitest';
import { Look } from '../../../src/visual/look.js';
import { type RowShift, rankRowShifts } from '../../../src/visual/list/row-shift.js';
import { type ImageBuffer } from '../../../src/image/image-buffer.js';
import { paint, solid } from '../../support/draw.js';

const ROW = 24;
/** Nothing may depend on the look's origin being 0. */
const region = { x: 32, y: 48, width: 400, height: 5 * ROW };

/** A word as wide as its letters say, with strokes that only it has. */
function word(image: ImageBuffer, at: { x: number; y: number }, letters: string): ImageBuffer {
  return letters.split('').reduce((drawn, letter, i) => {
    const code = letter.charCodeAt(0) - 96;
    const x = at.x + 8 * i;
    const stem = paint(drawn, { x, y: at.y, width: 2, height: 10 }, [30, 30, 40]);
    const bar = paint(stem, { x: x + 2, y: at.y + (code % 9), width: 4, height: 1 }, [30, 30, 40]);
    return paint(bar, { x: x + 3, y: at.y + ((code * 5) % 10), width: 2, height: 2 }, [30, 30, 40]);
  }, image);
}

/** A table of two columns, the second at `second`, with a line below each row and one down between the columns. */
function table(rows: readonly (readonly [string, string])[], second: number): Look {
  const image = rows.reduce(
    (page, [left, right], row) => {
      const y = row * ROW + 7;
      const line = paint(page, { x: 0, y: (row + 1) * ROW - 1, width: 400, height: 1 }, [220, 220, 224]);
      const down = paint(line, { x: second - 8, y: row * ROW, width: 1, height: ROW }, [220, 220, 224]);
      return word(word(down, { x: 10, y }, left), { x: second, y }, right);
    },
    solid(region.width, region.height, [250, 250, 250]),
  );
  return new Look(image, region);
}

const ALL = [
  ['consignment', 'harbour'],
  ['maple', 'pending'],
  ['teak', 'north'],
  ['willow', 'approved'],
  ['elm', 'draft'],
  ['cedar', 'south'],
] as const;

function best(before: Look, now: Look): RowShift {
  const rows = Array.from({ length: 5 }, (_, row) => ({ y: region.y + row * ROW, height: ROW }));
  const spans = [[region.x, region.x + region.width]] as const;
  return rankRowShifts({ before, now, rows, region, spans, endsInside: false, sideways: true })[0];
}

describe('rows whose columns move by themselves', () => {
  test.each([0, 1, -1, 40, -40])('by %i pixels are found again', (moved) => {
    expect(best(table(ALL.slice(0, 5), 160), table(ALL.slice(1), 160 + moved))).toMatchObject({
      from: 0,
      count: 1,
      score: expect.closeTo(1, 2) as number,
    });
  });

  test('stand where they stood', () => {
    expect(best(table(ALL.slice(0, 5), 160), table(ALL.slice(0, 5), 120))).toMatchObject({ count: 0 });
  });

  test('a row with another word is another row, with a word more or less too', () => {
    const other = (right: string): Look =>
      table(
        ALL.slice(1).map(([left]) => [left, right] as const),
        130,
      );
    for (const right of ['cancelled', '', 'x']) {
      expect(best(table(ALL.slice(0, 5), 160), other(right)).score).toBeLessThan(0.85);
    }
    const wordless = ALL.slice(0, 5).map(([left]) => [left, ''] as const);
    expect(best(table(wordless, 160), table(ALL.slice(1), 160)).score).toBeLessThan(0.85);
  });

  test('a line of text may be a pixel further than the others', () => {
    const list = (words: readonly string[], second: number): Look =>
      new Look(
        words.reduce(
          (page, letters, row) => {
            const y = row * ROW + 1;
            return word(word(page, { x: 10, y }, letters), { x: 10, y: y + second }, `${letters}s`);
          },
          solid(region.width, region.height, [250, 250, 250]),
        ),
        region,
      );
    const words = ALL.map(([left]) => left);
    const before = list(words.slice(0, 5), 11);
    expect(best(before, list(words.slice(1), 12))).toMatchObject({
      from: 0,
      count: 1,
      score: expect.closeTo(1, 2) as number,
    });
    expect(best(before, list(words.slice(1), 14)).score).toBeLessThan(0.95);
  });

  test('a bar of one colour that is gone is no likeness', () => {
    const list = (words: readonly string[], x: number): ImageBuffer =>
      words.reduce(
        (page, letters, row) => word(page, { x, y: row * ROW + 7 }, letters),
        solid(region.width, region.height, [250, 250, 250]),
      );
    const bar = { x: 300, y: 0, width: 90, height: region.height };
    const before = paint(list(['maple', 'teak', 'willow', 'elm', 'cedar'], 20), bar, [190, 40, 40]);
    const after = list(['oak', 'hazel', 'juniper', 'yew', 'fir'], 25);
    expect(best(new Look(before, region), new Look(after, region)).score).toBeLessThan(0.5);
  });

  test('blank strips are alike', () => {
    const blank = [['', ''] as const];
    expect(best(table([], 160), table([], 160))).toMatchObject({ count: 0, score: 1 });
    expect(best(table([], 160), table(blank, 160)).score).toBe(1);
  });
});
