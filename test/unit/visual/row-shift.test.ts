import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { type RowShift, rankRowShifts } from '../../../src/visual/row-shift.js';
import { Look } from '../../../src/visual/look.js';
import { drawImage, paint } from '../../support/draw.js';

const ROW = 6;
const SHOWN = 5;
/** Where the list lies in the viewport: nothing may depend on the look's origin being 0. */
const region = { x: 32, y: 48, width: 48, height: SHOWN * ROW };

/** Three lines of ink a row, that its letter decides; a blank line above and two below. */
const INK: Record<string, readonly string[]> = {
  a: ['#.##..#..###', '#..#.##.#..#', '##..#..#.#.#'],
  b: ['.##.#.#.#..#', '##.##...#.#.', '..#..###..##'],
  c: ['#..#..##.##.', '.#.#.#..##..', '#.#.##.#...#'],
  d: ['..##.##....#', '#.#...##.##.', '.#.##..#.#.#'],
  e: ['##....#.#.#.', '..##.#.#..##', '#.##...##.#.'],
  f: ['.#.###..#...', '###..#..#.##', '...#.##.#.#.'],
  g: ['#.#.#.##..#.', '.##..#.##..#', '##..#...#.##'],
};

/** The letters of `list` from top to bottom, blank below. */
function list(letters: string): ImageBuffer {
  const blank = '.'.repeat(48);
  const lines = letters
    .slice(0, SHOWN)
    .padEnd(SHOWN)
    .split('')
    .flatMap((letter) => {
      const ink = (INK[letter] ?? ['', '', '']).map((line) => line.replace(/./g, (bit) => bit.repeat(4)));
      return [blank, ...ink.map((line) => line.padEnd(48, '.')), blank, blank];
    });
  return drawImage(lines, { '.': [250, 250, 250], '#': [30, 30, 40] });
}

function look(image: ImageBuffer): Look {
  return new Look(image, region);
}

function rank(
  from: string,
  now: ImageBuffer,
  spans: readonly (readonly [number, number])[] = [[32, 80]],
): readonly RowShift[] {
  const shown = Math.min(SHOWN, from.length);
  return rankRowShifts({
    before: look(list(from)),
    now: look(now),
    rows: Array.from({ length: shown }, (_, row) => ({ y: region.y + row * ROW, height: ROW })),
    region,
    spans,
    endsInside: from.length < SHOWN,
  });
}

const best = (from: string, to: string) => rank(from, list(to))[0];

test.each<[string, string, number, number]>([
  ['abcd', 'abcd', 0, 0],
  ['abcd', 'bcd', 0, 1],
  ['abcd', 'cd', 0, 2],
  ['abcd', 'd', 0, 3],
  ['abcd', 'acd', 1, 1],
  ['abcd', 'abd', 2, 1],
  ['abcd', 'abc', 3, 1],
  ['ab', 'b', 0, 1],
  ['a', '', 0, 1],
  ['a', 'a', 0, 0],
  // More below than is shown.
  ['abcdefg', 'abcdefg', 0, 0],
  ['abcdefg', 'bcdefg', 0, 1],
  ['abcdefg', 'cdefg', 0, 2],
  ['abcdefg', 'abdefg', 2, 1],
  ['abcdefg', 'abcdfg', 4, 1],
])('%s to %s: from %i, %i gone', (from, to, first, count) => {
  expect(best(from, to)).toEqual({ from: first, count, score: expect.closeTo(1, 6) as number });
});

test('every hypothesis is ranked once, best first', () => {
  const shifts = rank('abcd', list('bcd'));
  expect(shifts.map(({ from, count }) => `${from}+${count}`).sort()).toEqual(
    ['0+0', '0+1', '0+2', '0+3', '1+1', '2+1', '3+1'].sort(),
  );
  const scores = shifts.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(shifts[1].score).toBeLessThan(0.85);
});

test('of equal explanations the one with fewer rows gone comes first', () => {
  const [first, second] = rank('aaaaaaa', list('aaaaaa'));
  expect([first, second].map(({ count, score }) => [count, score])).toEqual([
    [0, 1],
    [1, 1],
  ]);
});

test('a list of other rows fits nothing', () => {
  expect(best('abcd', 'gfeg').score).toBeLessThan(0.6);
});

test.each([0.4, 0.6, 0.8])('a page dimmed to %f of its levels fits the same', (factor) => {
  const { data } = list('bcd');
  const dimmed = new ImageBuffer(
    region.width,
    region.height,
    data.map((value, i) => (i % 4 === 3 ? value : Math.round(value * factor))),
  );
  expect(rank('abcd', dimmed)[0]).toMatchObject({ from: 0, count: 1, score: expect.closeTo(1, 2) as number });
});

test('stripes that stay where they are do not count as rows that stayed', () => {
  const striped = (letters: string): ImageBuffer => {
    const { width, height, data } = list(letters);
    const tinted = data.map((value, i) =>
      Math.floor(i / (4 * width * ROW)) % 2 === 1 && i % 4 < 3 ? value - 20 : value,
    );
    return new ImageBuffer(width, height, tinted);
  };
  const ranked = rankRowShifts({
    ...{
      before: look(striped('abcd')),
      now: look(striped('bcd')),
      region,
      endsInside: true,
      spans: [[32, 80]],
    },
    rows: Array.from({ length: 4 }, (_, row) => ({ y: region.y + row * ROW, height: ROW })),
  });
  expect(ranked[0]).toMatchObject({ from: 0, count: 1 });
});

test('only the columns asked for are compared', () => {
  const covered = paint(list('bcd'), { x: 12, y: 0, width: 20, height: 20 }, [200, 0, 0]);
  expect(rank('abcd', covered)[0].score).toBeLessThan(0.9);
  const spans = [
    [32, 44],
    [64, 80],
  ] as const;
  expect(rank('abcd', covered, spans)[0]).toMatchObject({
    from: 0,
    count: 1,
    score: expect.closeTo(1, 6) as number,
  });
});

test('what follows a shorter list has to be blank for rows to be gone', () => {
  const spinner = paint(list('bcd'), { x: 10, y: 3 * ROW + 1, width: 12, height: 3 }, [30, 30, 40]);
  expect(rank('abcd', spinner)[0].score).toBeLessThan(0.9);
});

test('rows of unequal height move up by what is gone', () => {
  const heights = [8, 6, 10, 6];
  const draw = (letters: string): ImageBuffer => {
    const { width, height } = region;
    const data = Uint8Array.from(list('').data);
    let y = 0;
    for (const letter of letters) {
      data.set(list(letter).data.subarray(0, 4 * width * 5), 4 * width * y);
      y += heights['abcd'.indexOf(letter)];
    }
    return new ImageBuffer(width, height, data);
  };
  let y = region.y;
  const rows = heights.map((height) => ({ y: (y += height) - height, height }));
  const shift = (to: string) =>
    rankRowShifts({
      ...{
        before: look(draw('abcd')),
        now: look(draw(to)),
        rows,
        region,
        endsInside: false,
        spans: [[32, 80]],
      },
    })[0];
  expect(shift('bcd')).toMatchObject({ from: 0, count: 1, score: expect.closeTo(1, 6) as number });
  expect(shift('abd')).toMatchObject({ from: 2, count: 1, score: expect.closeTo(1, 6) as number });
});

test('whichever rows of a list go, that is what is found', () => {
  const letters = fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f', 'g'], { minLength: 2 });
  fc.assert(
    fc.property(letters, fc.nat(), (rows, pick) => {
      const from = pick % Math.min(rows.length, SHOWN);
      const to = rows.filter((_, row) => row !== from);
      expect(best(rows.join(''), to.join(''))).toMatchObject({ from, count: 1 });
    }),
    { numRuns: 60 },
  );
});
