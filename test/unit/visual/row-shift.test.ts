import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { type RowShift, rankRowShifts } from '../../../src/visual/list/row-shift.js';
import { Look } from '../../../src/visual/look.js';
import { drawImage, paint, solid } from '../../support/draw.js';

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

test.each([
  ['abcdefg', 'bcdefg', { from: 0, count: 1 }],
  ['abcdefg', 'acdefg', { from: 1, count: 1 }],
  ['abcdefg', 'cdefg', { from: 0, count: 2 }],
  ['abcde', 'abcdf', { from: 4, count: 1 }],
  ['abcdefg', 'abcdefg', { from: 0, count: 0 }],
  ['abc', 'bc', { from: 0, count: 1 }],
])('rows with room between them: %s to %s', (from, to, shift) => {
  const shown = Math.min(SHOWN, from.length);
  const [found] = rankRowShifts({
    before: look(list(from)),
    now: look(list(to)),
    // Cards: a line above and below each belongs to none.
    rows: Array.from({ length: shown }, (_, row) => ({ y: region.y + row * ROW + 1, height: ROW - 2 })),
    region,
    spans: [[32, 80]],
    endsInside: from.length < SHOWN,
  });
  expect(found).toMatchObject({ ...shift, score: 1 });
});

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
  const score = expect.closeTo(1, 6) as number;
  expect(best(from, to)).toEqual({
    from: first,
    count,
    score,
    isWhole: true,
    // The last one in view may have been written anew.
    isTold: first < 4,
    misfit: 0,
    isRecoloured: false,
  });
});

describe('what a row that was written anew would show as well', () => {
  /** Five rows and the upper lines of the sixth. */
  const view = (letters: string): Look => {
    const height = SHOWN * ROW + 3;
    const data = [letters.slice(0, 5), letters.slice(5)].flatMap((part) => [...list(part).data]);
    const image = new ImageBuffer(
      region.width,
      height,
      Uint8Array.from(data).slice(0, 4 * region.width * height),
    );
    return new Look(image, { ...region, height });
  };
  const told = (from: string, to: string): readonly string[] => {
    const rows = Array.from({ length: SHOWN }, (_, row) => ({ y: region.y + row * ROW, height: ROW }));
    const [before, now] = [view(from), view(to)];
    return rankRowShifts({ before, now, rows, region: now.rect, spans: [[32, 80]], endsInside: false })
      .filter(({ score, isWhole, isTold }) => score > 0.99 && isWhole && isTold)
      .map((shift) => `${shift.from}+${shift.count}`);
  };

  test.each([
    ['the last row in view is gone', 'abcdefg', 'abcdfg', ['4+1']],
    ['it is written anew', 'abcdef', 'abcdgf', []],
    ['another one has pushed it out', 'abcdef', 'abcdge', []],
    ['a second row is gone', 'abcdefg', 'acdefg', ['1+1']],
    ['rows that look alike below one that is gone, or became one of them', 'abbbbb', 'bbbbbb', []],
    ['one of rows that look alike', 'aaaaaa', 'aagaaa', []],
  ])('%s', (_, from, to, shifts) => {
    expect(told(from, to)).toEqual(shifts);
  });
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

test('where rows that look alike make room, what follows them has to be blank', () => {
  const spinner = (letters: string): ImageBuffer =>
    paint(list(letters), { x: 10, y: 3 * ROW + 1, width: 12, height: 3 }, [30, 30, 40]);
  expect(rank('aaaa', spinner('aaa'))[0].score).toBeLessThan(0.85);
  expect(rank('aaaa', list('aaab'))[0].score).toBeLessThan(0.85);
});

test('what a codec leaves of the last row where it stood is blank', () => {
  const ghost = paint(list('bcd'), { x: 4, y: 3 * ROW + 1, width: 16, height: 3 }, [245, 245, 245]);
  expect(rank('abcd', ghost)[0]).toMatchObject({ from: 0, count: 1, score: 1, isWhole: true });
  const faded = (share: number): ImageBuffer => {
    const { data } = list('a');
    return new ImageBuffer(
      48,
      SHOWN * ROW,
      data.map((level, i) => (i % 4 === 3 ? 255 : 250 - share * (250 - level))),
    );
  };
  expect(rank('a', faded(0.05)).find(({ count }) => count === 1)).toMatchObject({ isWhole: false });
  expect(rank('a', faded(0.01)).find(({ count }) => count === 1)).toMatchObject({ isWhole: true });
});

test('a place that something of another colour has come over is not blank', () => {
  const panel = (y: number, height: number): ImageBuffer =>
    paint(list('abcd'), { x: 0, y, width: 48, height }, [225, 228, 232]);
  const gone = ({ from, count }: RowShift): boolean => from === 3 && count === 1;
  expect(rank('abcd', list('abc')).find(gone)).toMatchObject({ isWhole: true });
  expect(rank('abcd', panel(3 * ROW, ROW)).find(gone)).toMatchObject({ isWhole: false });
  expect(rank('abcd', panel(3 * ROW, 2 * ROW)).find(gone)).toMatchObject({ isWhole: false });
  const covered = paint(list('a'), { x: 0, y: 0, width: 48, height: SHOWN * ROW }, [11, 19, 43]);
  expect(rank('a', covered).find(({ count }) => count === 1)).toMatchObject({ isWhole: false });
});

test('new rows may have come where others moved up', () => {
  expect(rank('abcd', list('bcde'))[0]).toMatchObject({ from: 0, count: 1 });
  expect(rank('abcd', list('bcde'))[0].score).toBeGreaterThan(0.85);
});

test('a line below the list moves up with it', () => {
  const footer = (letters: string): ImageBuffer =>
    paint(list(letters), { x: 4, y: letters.length * ROW + 2, width: 20, height: 2 }, [30, 30, 40]);
  const shift = (to: string): RowShift =>
    rankRowShifts({
      before: look(footer('abc')),
      now: look(footer(to)),
      rows: [0, 1, 2].map((row) => ({ y: region.y + row * ROW, height: ROW })),
      region,
      spans: [[32, 80]],
      endsInside: true,
    })[0];
  expect(shift('bc')).toMatchObject({ from: 0, count: 1, score: expect.closeTo(1, 2) as number });
  expect(shift('ab')).toMatchObject({ from: 2, count: 1, score: expect.closeTo(1, 2) as number });
  expect(shift('abc')).toMatchObject({ count: 0 });
});

const fits = (from: string, to: string) => {
  const { score, isWhole, ...shift } = best(from, to);
  return score >= 0.85 && isWhole ? shift : null;
};

test('nothing is unchanged whose first row is another, and nothing else gains by it', () => {
  expect(fits('abcdefg', 'gbcdefg')).toBeNull();
  const ranked = rank('abcde', list('gbcde'));
  expect(ranked.find(({ count }) => count === 0)?.score).toBeGreaterThan(0.75);
});

test.each([
  ['abcd', 'bcda'],
  ['abcd', 'abdc'],
  ['abcd', 'acdb'],
  ['abc', 'bcda'],
  ['abc', 'acdb'],
  // A row more that went, which those that fit would hide.
  ['abcd', 'bce'],
  ['abcd', 'bcef'],
  ['abcd', 'bfd'],
])('rows that stand elsewhere now, and all but one, are no single row that went: %s to %s', (from, to) => {
  expect(fits(from, to)).toBeNull();
});

test('nor where the list is long, or below gaps', () => {
  const height = 14 * ROW;
  const tall = (letters: string, gap: number): Look => {
    const data = new Uint8Array(4 * region.width * height).fill(250);
    letters.split('').forEach((letter, i) => {
      data.set(list(letter).data.subarray(0, 4 * region.width * ROW), 4 * region.width * i * (ROW + gap));
    });
    return new Look(new ImageBuffer(region.width, height, data), { ...region, height });
  };
  const fitting = (from: string, to: string, gap: number): number =>
    rankRowShifts({
      before: tall(from, gap),
      now: tall(to, gap),
      rows: from.split('').map((_, i) => ({ y: region.y + i * (ROW + gap), height: ROW })),
      region: { ...region, height },
      spans: [[32, 80]],
      endsInside: true,
    }).filter(({ score, isWhole, count }) => score >= 0.85 && isWhole && count === 1).length;
  expect(fitting('abcdefg', 'bcdefg', 0)).toBe(1);
  expect(fitting('abcdefg', 'bcdefga', 0)).toBe(0);
  expect(fitting('abcdefg', 'abcdegf', 0)).toBe(0);
  expect(fitting('abc', 'bc', 4)).toBe(1);
  expect(fitting('abc', 'bca', 4)).toBe(0);
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

describe('a layout scaled by a fraction: text on whole pixels row by row, separators in between, bands a pixel or two off', () => {
  const HEIGHTS = [31, 34, 30, 33, 32, 34, 31];
  const space = { x: 32, y: 48, width: 48, height: 260 };

  interface Drawn {
    readonly image: ImageBuffer;
    /** Fractional. */
    readonly tops: readonly number[];
  }

  /** Rows of the letters' heights times `scale`, three pixels to a line of ink; a separator that straddles two lines. */
  function scaled(letters: string, scale: number): Drawn {
    const data = new Uint8Array(4 * space.width * space.height).fill(250);
    const put = (x: number, y: number, level: number): void => {
      if (y >= 0 && y < space.height)
        data.fill(level, 4 * (y * space.width + x), 4 * (y * space.width + x) + 3);
    };
    const tops: number[] = [];
    let y = 0;
    for (const letter of letters) {
      tops.push(y);
      const height = HEIGHTS['abcdefg'.indexOf(letter)] * scale;
      const textTop = Math.floor(y + height / 2) - 5;
      INK[letter].forEach((line, i) => {
        for (let x = 0; x < space.width; x++) {
          if (line[x >> 2] !== '#') continue;
          for (let k = 0; k < 3; k++) put(x, textTop + 3 * i + k, 30);
        }
      });
      const [edge, share] = [Math.floor(y + height - 1), (y + height) % 1];
      for (let x = 0; x < space.width; x++) {
        put(x, edge, 250 - Math.round(25 * (1 - share)));
        put(x, edge + 1, 250 - Math.round(25 * share));
      }
      y += height;
    }
    for (let i = 3; i < data.length; i += 4) data[i] = 255;
    return { image: new ImageBuffer(space.width, space.height, data), tops: [...tops, y] };
  }

  function rankScaled(from: string, to: string, scale: number, off: readonly number[]): readonly RowShift[] {
    const { image, tops } = scaled(from, scale);
    const bounds = tops.map((top, i) => space.y + Math.round(top) + (i === 0 ? 0 : off[i % off.length]));
    const rows = bounds.slice(1).map((bottom, i) => ({ y: bounds[i], height: bottom - bounds[i] }));
    return rankRowShifts({
      before: new Look(image, space),
      now: new Look(scaled(to, scale).image, space),
      ...{ rows, region: space, spans: [[32, 80]], endsInside: true },
    });
  }

  test.each([0.8, 0.9, 1, 1.1])('at %f', (scale) => {
    for (const off of [[0], [1, -1, 0], [-2, 0, 1]]) {
      for (const [to, first, count] of [
        ['abcdef', 0, 0],
        ['bcdef', 0, 1],
        ['cdef', 0, 2],
        ['acdef', 1, 1],
        ['abcef', 3, 1],
        ['abcde', 5, 1],
      ] as const) {
        const ranked = rankScaled('abcdef', to, scale, off);
        expect(ranked[0], `${to} ${off.join()}`).toMatchObject({ from: first, count });
        expect(ranked[0].score).toBeGreaterThan(0.9);
        const others = ranked.filter((each) => each.count !== count);
        const next = Math.max(...others.map(({ score }) => score));
        expect((ranked[0].score - next) * 6).toBeGreaterThan(0.5);
      }
    }
  });

  test('other rows than those that followed fit nothing', () => {
    for (const to of ['gedcb', 'bdcfe', 'fedcb']) {
      expect(rankScaled('abcdef', to, 1.1, [0, 1])[0].score, to).toBeLessThan(0.8);
    }
  });
});

test('thick separators, on whole pixels below rows that are not, say nothing of the rows', () => {
  const area = { x: 0, y: 0, width: 400, height: 310 };
  const ruled = (letters: string): Look =>
    new Look(
      letters.split('').reduce(
        (page, letter, row) => {
          const [top, bottom] = [Math.round(row * 60.5), Math.round((row + 1) * 60.5)];
          const line = paint(page, { x: 0, y: bottom - 4, width: 400, height: 4 }, [33, 37, 41]);
          return INK[letter].reduce(
            (drawn, bits, i) =>
              bits.split('').reduce((text, bit, column) => {
                const at = { x: 20 + 5 * column, y: top + 20 + 5 * i, width: 3, height: 3 };
                return bit === '#' ? paint(text, at, [33, 37, 41]) : text;
              }, drawn),
            line,
          );
        },
        solid(area.width, area.height, [255, 255, 255]),
      ),
      area,
    );
  const rows = [0, 1, 2, 3, 4].map((row) => ({ y: Math.round(row * 60.5), height: row % 2 === 0 ? 61 : 60 }));
  const shift = (to: string): RowShift =>
    rankRowShifts({
      ...{ before: ruled('abcde'), now: ruled(to), rows, region: area, spans: [[0, 400]], endsInside: false },
    })[0];
  expect(shift('bcdef')).toMatchObject({ from: 0, count: 1, score: expect.closeTo(1, 2) as number });
  expect(shift('acdef')).toMatchObject({ from: 1, count: 1, score: expect.closeTo(1, 2) as number });
  expect(shift('gfgfg').score).toBeLessThan(0.85);
});

describe('the last row of a list that goes on below', () => {
  /** The region shows the fifth row, but it is none of those that were read, as if its end cut it. */
  const rankCut = (from: string, to: ImageBuffer): RowShift =>
    rankRowShifts({
      before: look(list(from)),
      now: look(to),
      rows: Array.from({ length: SHOWN - 1 }, (_, row) => ({ y: region.y + row * ROW, height: ROW })),
      region,
      spans: [[32, 80]],
      endsInside: false,
    })[0];

  test('is gone when what followed it has moved up', () => {
    expect(rankCut('abcde', list('abcef'))).toMatchObject({ from: 3, count: 1, score: 1, isWhole: true });
  });

  test('is not gone when another is written in its place and what follows it stays', () => {
    expect(rankCut('abcde', list('abcfe')).score).toBeLessThan(0.85);
  });

  test('is not gone when it is selected: its letters have the other tone', () => {
    expect(rank('abcde', selected('abcde', 4))[0]).toMatchObject({ count: 0, score: 1 });
  });
});

describe('a selected row has light letters on a dark ground', () => {
  test.each([
    [
      'the first row is taken, and the next one is selected',
      ['abcdefg', 0],
      ['bcdefg', 0],
      { from: 0, count: 1 },
    ],
    ['of a short list', ['abc', 0], ['bc', 0], { from: 0, count: 1 }],
    ['and the same place, further down', ['abcdefg', 2], ['bcdefg', 2], { from: 0, count: 1 }],
    [
      'the second is taken, and the first stays selected',
      ['abcdefg', 0],
      ['acdefg', 0],
      { from: 1, count: 1 },
    ],
    [
      'the second is taken, and the one below it is selected',
      ['abcdefg', 0],
      ['acdefg', 1],
      { from: 1, count: 1 },
    ],
    ['two are taken', ['abcdefg', 0], ['cdefg', 0], { from: 0, count: 2 }],
    ['only the selection moves', ['abcdefg', 0], ['abcdefg', 1], { from: 0, count: 0 }],
    ['only the selection goes', ['abcdefg', 0], ['abcdefg', -1], { from: 0, count: 0 }],
    ['only the selection comes', ['abcdefg', -1], ['abcdefg', 3], { from: 0, count: 0 }],
  ] as const)('%s', (_, [from, was], [to, is], shift) => {
    const [found, next] = rankSelected({ from, was, to, is });
    expect(found).toMatchObject({ ...shift, score: 1, isWhole: true });
    expect((found.score - next.score) * SHOWN).toBeGreaterThan(0.5);
  });

  test('another row that is selected in its place is none that was there', () => {
    expect(rankSelected({ from: 'abcde', was: -1, to: 'gbcde', is: 0 })[0].isWhole).toBe(false);
  });

  test.each(['ab', 'abc', 'bcdefg'])(
    'a page of rows %s that a popup has dimmed has no selected row',
    (rows) => {
      const dimmed = list(rows);
      const data = dimmed.data.map((level, i) => (i % 4 === 3 ? level : Math.round(0.4 * level)));
      const [found] = rank(rows, new ImageBuffer(dimmed.width, dimmed.height, data));
      expect(found).toMatchObject({ from: 0, count: 0, isRecoloured: false });
    },
  );

  test('nor has one of which all colours are another theme’s', () => {
    const { width, height, data } = list('acdefg');
    const inverted = data.map((level, i) => (i % 4 === 3 ? level : 255 - level));
    for (const { score } of rank('abcdefg', new ImageBuffer(width, height, inverted))) {
      expect(score).toBeLessThan(0.85);
    }
  });
});

/** The list with one of its rows in the other tone; none below 0. */
function selected(letters: string, row: number): ImageBuffer {
  const { width, height, data } = list(letters);
  const [from, to] = [4 * width * ROW * row, 4 * width * ROW * (row + 1)];
  const toned = data.map((level, i) =>
    row >= 0 && i >= from && i < to && i % 4 !== 3 ? 255 - level : level,
  );
  return new ImageBuffer(width, height, toned);
}

function rankSelected({
  from,
  was,
  to,
  is,
}: Readonly<{ from: string; was: number; to: string; is: number }>): readonly RowShift[] {
  const shown = Math.min(SHOWN, from.length);
  return rankRowShifts({
    before: look(selected(from, was)),
    now: look(selected(to, is)),
    rows: Array.from({ length: shown }, (_, row) => ({ y: region.y + row * ROW, height: ROW })),
    region,
    spans: [[32, 80]],
    endsInside: from.length < SHOWN,
  });
}
