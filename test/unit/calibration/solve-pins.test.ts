import { describe, expect, test } from 'vitest';
import {
  type Pin,
  type Solution,
  parseCalibration,
  resolveCalibration,
  solveCalibration,
} from '../../../src/calibration/index.js';
import type { Rect, Size } from '../../../src/core/geometry.js';
import {
  type Drawn,
  type Layout,
  calibrationText,
  card,
  draw,
  placed,
  randomLayout,
} from './pinned-layouts.js';

const read = (text: string) => ({
  ...parseCalibration(text, { file: 'drawn' }),
  pictures: new Map(),
  digits: new Map(),
});

function solve(text: string, layout: Layout, size: Size, noise = 0): Solution {
  return solveCalibration({ calibration: read(text), text, image: draw(layout, size, noise) });
}

/** Places that the file puts more than 2 px from where they are drawn. */
function astray(text: string, layout: Layout, size: Size, except: readonly string[]): string[] {
  const resolved = resolveCalibration(read(text), { ...size, deviceScaleFactor: 1 });
  return layout.drawn.flatMap((each) => {
    if (each.section === undefined || except.includes(`${each.section}.${each.name}`)) return [];
    const truth = inside(placed(each, layout.size, size), size);
    const put = placeOf(each, resolved);
    const off = Math.max(
      ...(['x', 'y', 'width', 'height'] as const).map((key) => Math.abs(truth[key] - put[key])),
    );
    return off <= 2
      ? []
      : [`${each.section}.${each.name} (${each.pin}) ${JSON.stringify(truth)} ${JSON.stringify(put)}`];
  });
}

function placeOf({ section, name }: Drawn, resolved: ReturnType<typeof resolveCalibration>): Rect {
  if (section === 'points') return { ...resolved.point(name).at, width: 1, height: 1 };
  return section === 'swatches' ? resolved.swatch(name).rect : resolved.region(name);
}

function inside({ x, y, width, height }: Rect, size: Size): Rect {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return {
    x: left,
    y: top,
    width: Math.min(size.width, x + width) - left,
    height: Math.min(size.height, y + height) - top,
  };
}

/** How many of `runs` drawn windows (others for another seed), or of those `only`, end how, and the places that a proposed file has wrong without a word. */
function solveRandom(
  runs: number,
  seed: number,
  only?: readonly number[],
): { counts: Record<Solution['kind'], number>; wrong: string[] } {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state >>> 8) % 65536) / 65536;
  };
  const whole = (min: number, max: number): number => min + Math.floor(random() * (max - min + 1));
  const counts = { pinned: 0, solved: 0, unchanged: 0, refused: 0 };
  const wrong: string[] = [];
  for (let i = 0; i < runs; i++) {
    const layout = randomLayout(random);
    const { width, height } = layout.size;
    const second = { width: width + whole(-40, 300), height: height + whole(-30, 220) };
    const third = { width: width + whole(0, 400), height: height + whole(0, 300) };
    const given: Pin[] = random() < 0.3 ? ['scale', 'left top', 'right top', 'stretch top'] : ['scale'];
    const text = calibrationText(layout, () => given[whole(0, given.length - 1)]);
    if (only?.includes(i) === false) continue;
    const solution = solve(text, layout, second, i % 3);
    counts[solution.kind]++;
    const told =
      solution.kind === 'pinned' ? [...solution.untold, ...solution.undecided.map(({ name }) => name)] : [];
    // A file that a single map repairs has the picture's viewport for its reference from then on.
    const sizes =
      solution.kind === 'pinned' ? [layout.size, second, third] : solution.kind === 'solved' ? [second] : [];
    for (const size of sizes) {
      wrong.push(
        ...astray((solution as { text: string }).text, layout, size, told).map((line) => `${i}: ${line}`),
      );
    }
  }
  return { counts, wrong };
}

test(
  'of 25 random windows no proposed file is wrong at any of three sizes without saying so',
  {
    timeout: 120_000,
  },
  () => {
    const { counts, wrong } = solveRandom(25, 7);
    expect(wrong).toEqual([]);
    expect(counts.pinned).toBeGreaterThan(17);
  },
);

test.each([
  { seed: 4242, only: [53], what: 'a side bar beside a header whose pin is a choice' },
  { seed: 2011, only: [9], what: 'a side bar beside a footer whose pin is a choice' },
  {
    seed: 4242,
    only: [80],
    what: 'a list that grows down, with columns that the narrower window leaves as they were',
  },
  { seed: 2011, only: [12, 30, 34, 78], what: 'lists whose columns stay on one side' },
])('nothing is wrong without a word: $what', ({ seed, only }) => {
  const { counts, wrong } = solveRandom(100, seed, only);
  expect(wrong).toEqual([]);
  expect(counts.pinned).toBe(only.length);
});

describe('one window', () => {
  const size = { width: 640, height: 400 };
  const wider = { width: 800, height: 520 };
  const region = (name: string, rect: Drawn['rect'], pin: Pin, edges: string): Drawn => ({
    ...{ name, rect, pin, color: [207, 216, 220], section: 'regions', entry: `, edges: [${edges}]` },
  });
  const tone = { color: [200, 160, 170] } as const;
  const layout: Layout = {
    size,
    drawn: [
      region('header', [0, 0, 640, 48], 'stretch top', 'bottom'),
      region('footer', [0, 360, 640, 40], 'stretch bottom', 'top'),
      ...card('tools', [500, 6, 120, 36], { pin: 'right top', ...tone }),
      ...card('dialog', [230, 150, 180, 100], { pin: 'center middle', ...tone }),
      ...card('menu', [20, 80, 120, 60], { pin: 'left top', ...tone }),
    ],
  };

  test.each([0, 2])('toolbar, footer and dialog are pinned, with noise of %i levels', (noise) => {
    const text = calibrationText(layout, () => 'scale');
    const solution = solve(text, layout, wider, noise);
    expect(solution).toMatchObject({ kind: 'pinned', shift: { x: 0, y: 0 }, undecided: [], untold: [] });
    expect(solution.kind === 'pinned' && solution.text).toBe(calibrationText(layout, ({ pin }) => pin));
  });

  test('the file that holds there stays as it is', () => {
    expect(
      solve(
        calibrationText(layout, ({ pin }) => pin),
        layout,
        wider,
      ),
    ).toEqual({ kind: 'unchanged' });
  });

  test('moved as well: the places move in the reference, the pins carry them', () => {
    const text = calibrationText(layout, () => 'scale');
    const moved = { size, drawn: layout.drawn.map((each) => ({ ...each, rect: shifted(each) })) };
    const solution = solve(text, moved, wider);
    expect(solution).toMatchObject({ kind: 'pinned', shift: { x: 0, y: 9 } });
  });

  describe('of twice as many pixels, which a denser screen and a larger window have alike', () => {
    const text = calibrationText(layout, ({ pin }) => pin);
    const denser = { size, drawn: layout.drawn.map((each) => ({ ...each, pin: 'scale' as const })) };
    const image = draw(denser, { width: 1280, height: 800 });
    const solveAt = (deviceScaleFactor?: number, of = image): Solution =>
      solveCalibration({ calibration: read(text), text, image: of, deviceScaleFactor });

    test('is refused, with how to say which', () => {
      expect(solveAt()).toEqual({
        kind: 'refused',
        reason: expect.stringContaining('at a device scale factor of 2 the file holds as it is') as string,
        details: [expect.stringMatching(/`--scale 2`.*`--scale 1`/) as string],
      });
    });

    test('holds on the denser screen, and asks the larger window for its pins', () => {
      expect(solveAt(2)).toEqual({ kind: 'unchanged' });
      expect(solveAt(1)).toMatchObject({ kind: 'pinned' });
    });

    test('is repaired at its own density only', () => {
      const moved = { size, drawn: denser.drawn.map((each) => ({ ...each, rect: shifted(each) })) };
      expect(solveAt(2, draw(moved, { width: 1280, height: 800 }))).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('repaired by a picture at its own, 1') as string,
      });
    });
  });

  test('another layout is refused, with what does not hold', () => {
    const other = { size, drawn: layout.drawn.map((each) => ({ ...each, rect: swapped(each.rect) })) };
    const solution = solve(
      calibrationText(layout, () => 'scale'),
      other,
      wider,
    );
    expect(solution.kind).toBe('refused');
    expect(solution.kind === 'refused' && solution.details.join()).toMatch(/regions\./);
  });

  test('of a picture that is only wider, pins that differ only down are told, not taken', () => {
    const solution = solve(
      calibrationText(layout, () => 'scale'),
      layout,
      { width: 800, height: 400 },
    );
    expect(solution).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('several pins fit this picture alike') as string,
    });
  });

  const shifted = ({ rect: [x, y, width, height] }: Drawn): Drawn['rect'] => [x, y + 9, width, height];
  const swapped = ([x, y, width, height]: Drawn['rect']): Drawn['rect'] => [
    Math.round(0.6 * x) + 37,
    400 - y - height - Math.round(x / 9),
    Math.round(0.8 * width),
    height,
  ];
});
