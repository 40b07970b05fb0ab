import { describe, expect, test } from 'vitest';

import {
  checkCalibration,
  lintCalibration,
  parseCalibration,
  proposeCalibration,
  resolveCalibration,
  solveCalibration,
} from '../../../src/calibration/index.js';
import type { Rect } from '../../../src/core/index.js';
import { type ImageBuffer, readImage } from '../../../src/image/index.js';
import type { Rgb } from '../../../src/probe/index.js';
import { paint, solid } from '../../support/draw.js';

type Box = Rect & { readonly color: Rgb };

function propose(image: ImageBuffer) {
  const viewport = { width: image.width, height: image.height, deviceScaleFactor: 1 };
  const text = proposeCalibration(image, { name: 'first', viewport, madeBy: 'date: 2026-01-02' });
  const calibration = parseCalibration(text, { file: 'proposed' });
  return { text, calibration, resolved: resolveCalibration(calibration, viewport) };
}

describe('what is proposed holds on the picture it was made from, and passes the lint', () => {
  test.each([
    ...['ledger/inbox.png', 'ledger/reports.png', 'ledger/settings.png', 'ledger/confirm.png'],
    ...['cheetah-grid/light.png', 'cheetah-grid/dark.png', 'glide-data-grid/few-dark.png'],
    ...['gtk3-lists/page.q80.jpg', 'gtk3-lists/separators-dark.q80.jpg', 'gtk3-lists/empty.png'],
    // Nothing that a region could be, and a list whose columns are found elsewhere.
    ...['typed-fields/light-full.png', 'scrolled-lists/stripes-dark-1.png'],
  ])('%s', async (name) => {
    const { image } = await readImage(`test/golden/${name}`);
    const { calibration, resolved } = propose(image);
    expect(lintCalibration(calibration).filter(({ severity }) => severity === 'error')).toEqual([]);
    const wrong = checkCalibration(resolved, image).filter(
      ({ state }) => state === 'broken' || state === 'drifted',
    );
    expect(wrong).toEqual([]);
  });
});

test('what does not hold on the picture is named, with what was found instead', async () => {
  const { text } = propose((await readImage('test/golden/scrolled-lists/stripes-dark-1.png')).image);
  expect(text).toMatch(
    /# Left out, .*\n# {3}regions\.list: expected left \d+, right \d+, found left \d+, right \d+\n/,
  );
});

test("the ledger's inbox: bands, tabs, list and action where they are", async () => {
  const { calibration, text } = propose((await readImage('test/golden/ledger/inbox.png')).image);
  expect(calibration.regions['band.1'].rect).toEqual([0, 0, 1280, 64]);
  expect(calibration.regions['band.2'].rect).toEqual([0, 64, 1280, 48]);
  const [x, y, width, height] = calibration.regions.list.rect;
  expect([x, width, y + height]).toEqual([24, 1232, 664]);
  expect(Math.abs(y - 152)).toBeLessThanOrEqual(1);
  expect(calibration.regions['list.columns'].edges).toEqual(['left', 'right']);
  expect(calibration.lists.list.action).toMatchObject({ columns: [1120, 130], enabled: '#2e9e4f' });
  // The search field, and no letter of the title.
  expect(Object.keys(calibration.points).filter((name) => name.startsWith('button'))).toEqual(['button.1']);
  expect(calibration.points['button.1'].at).toEqual([640, 32]);
  const tabs = Object.values(calibration.tabs).map(({ click }) => calibration.points[click].at[0]);
  expect(tabs.map((at) => Math.round(at / 10))).toEqual([12, 32, 52, 72]);
  expect(calibration.swatches['tab.3'].states).toEqual({ active: '#2f6fed', inactive: '#dfe3e8' });
  expect(calibration.madeBy).toEqual({ date: '2026-01-02' });
  expect(text).toMatch(/^# Proposed/);
});

test('buttons are proposed with the sides by which the file can be solved when the layout has moved', () => {
  const draw = (shift: number) =>
    [
      [90, 40],
      [220, 40],
      [400, 300],
    ].reduce(
      (image, [x, y]) => paint(image, { x: x + shift, y: y + shift, width: 96, height: 32 }, [13, 110, 253]),
      solid(640, 360, [255, 255, 255]),
    );
  const { text, calibration } = propose(draw(0));
  expect(calibration.regions['button.2']).toMatchObject({
    rect: [220, 40, 96, 32],
    edges: ['left', 'top', 'right', 'bottom'],
  });
  const loaded = { ...calibration, pictures: new Map(), digits: new Map() };
  const solution = solveCalibration({ calibration: loaded, text, image: draw(9) });
  expect(solution).toMatchObject({ kind: 'solved', x: { scale: 1, shift: 9 }, y: { scale: 1, shift: 9 } });
});

test.each(['archive', 'reports', 'settings'])(
  'all four tabs are found whichever is active: %s',
  async (picture) => {
    const { calibration } = propose((await readImage(`test/golden/ledger/${picture}.png`)).image);
    expect(Object.keys(calibration.tabs)).toHaveLength(4);
  },
);

test.each(['shift-12', 'shift-12-scale-0.9', 'shift-12-scale-1.1'])(
  'what is proposed is checked and solved when the layout is changed: %s',
  async (change) => {
    const { text, calibration } = propose((await readImage('test/golden/ledger/inbox.png')).image);
    const { image } = await readImage(`test/golden/ledger/${change}.q80.jpg`);
    const loaded = { ...calibration, pictures: new Map(), digits: new Map() };
    const solution = solveCalibration({ calibration: loaded, text, image });
    expect(solution.kind).toBe('solved');
    if (solution.kind !== 'solved') return;
    const moved = parseCalibration(solution.text, { file: 'solved' });
    const states = checkCalibration(resolveCalibration(moved, moved.viewport), image).map(
      ({ state }) => state,
    );
    expect(states).not.toContain('broken');
    expect(states).not.toContain('drifted');
  },
);

describe('a page with a list beside other things', () => {
  const boxes: Box[] = [
    { x: 0, y: 0, width: 800, height: 40, color: [32, 48, 63] },
    // Three tabs, the first active.
    ...[0, 1, 2].flatMap((i): Box[] => [
      { x: 20 + i * 120, y: 44, width: 118, height: 30, color: [232, 236, 240] },
      { x: 50 + i * 120, y: 54, width: 50, height: 10, color: [40, 40, 40] },
      { x: 20 + i * 120, y: 74, width: 118, height: 4, color: i === 0 ? [47, 111, 237] : [208, 213, 218] },
    ]),
    // A switch that is off, and a field with a frame.
    { x: 40, y: 96, width: 60, height: 28, color: [180, 185, 192] },
    { x: 42, y: 98, width: 24, height: 24, color: [255, 255, 255] },
    { x: 240, y: 94, width: 300, height: 32, color: [153, 153, 153] },
    { x: 241, y: 95, width: 298, height: 30, color: [255, 255, 255] },
    ...Array.from({ length: 8 }, (_, i): Box[] => [
      { x: 20, y: 140 + i * 40, width: 420, height: 39, color: [250, 251, 252] },
      { x: 20, y: 179 + i * 40, width: 420, height: 1, color: [216, 220, 224] },
      { x: 32, y: 154 + i * 40, width: 120 + 7 * i, height: 11, color: [34, 34, 34] },
      { x: 370, y: 148 + i * 40, width: 56, height: 24, color: [46, 158, 79] },
    ]).flat(),
    // A drawing area, and two buttons without colour below it.
    { x: 480, y: 140, width: 281, height: 201, color: [187, 187, 187] },
    { x: 481, y: 141, width: 279, height: 199, color: [255, 255, 255] },
    { x: 480, y: 360, width: 120, height: 34, color: [136, 136, 136] },
    { x: 620, y: 360, width: 120, height: 34, color: [85, 85, 85] },
  ];
  const page = boxes.reduce(
    (image, { color, ...rect }) => paint(image, rect, color),
    solid(800, 600, [255, 255, 255]),
  );
  const { calibration } = propose(page);

  test('the list is as wide as its rows', () => {
    expect(Object.keys(calibration.lists)).toEqual(['list']);
    const [x, y, width, height] = calibration.regions.list.rect;
    expect([x, y, width]).toEqual([20, 140, 420]);
    expect(Math.abs(y + height - 460)).toBeLessThanOrEqual(1);
    expect(calibration.lists.list.action).toMatchObject({ columns: [360, 76] });
  });

  test('each tab has a point on its label, and the colours of both states', () => {
    expect(['tab.1', 'tab.2', 'tab.3'].map((name) => calibration.points[name].at[0])).toEqual([75, 195, 315]);
    expect(calibration.swatches['tab.2'].states).toEqual({ active: '#2f6fed', inactive: '#d0d5da' });
  });

  test('switch, field and grey buttons have points in their middles, and nothing else has', () => {
    const at = Object.entries(calibration.points)
      .filter(([name]) => name.startsWith('button.'))
      .map(([, point]) => point.at);
    const middles = [
      [390, 110],
      [70, 110],
      [540, 377],
      [680, 377],
    ];
    expect(at).toHaveLength(middles.length);
    for (const [i, [x, y]] of middles.entries()) {
      expect(Math.abs(at[i][0] - x)).toBeLessThanOrEqual(1);
      expect(Math.abs(at[i][1] - y)).toBeLessThanOrEqual(1);
    }
  });

  test('the drawing area is a panel with all its edges', () => {
    expect(calibration.regions['panel.1']).toMatchObject({
      rect: [480, 140, 281, 201],
      edges: ['left', 'top', 'right', 'bottom'],
    });
  });
});

test('tiles of one size are buttons, and the heading above a list is none of its rows', () => {
  const tiles = [0, 1, 2, 3, 4, 5].map((i) => ({
    ...{ x: 20 + (i % 2) * 200, y: 20 + Math.floor(i / 2) * 150, width: 190, height: 140 },
  }));
  const boxes: Box[] = [
    ...tiles.flatMap((tile, i): Box[] => [
      { ...tile, color: [60 + 30 * i, 90, 160] },
      { x: tile.x + 60, y: tile.y + 60, width: 70, height: 14, color: [255, 255, 255] },
    ]),
    { x: 440, y: 0, width: 360, height: 500, color: [255, 255, 255] },
    ...Array.from({ length: 9 }, (_, i) => ({
      ...{ x: 460 + i * 11, y: 14, width: 8, height: 12, color: [30, 30, 30] as const },
    })),
    { x: 440, y: 40, width: 360, height: 2, color: [190, 190, 180] },
    ...Array.from({ length: 7 }, (_, i): Box[] => [
      { x: 460, y: 57 + i * 46, width: 90 + 9 * i, height: 12, color: [34, 34, 34] },
      { x: 750, y: 51 + i * 46, width: 30, height: 26, color: [224, 49, 49] },
      { x: 440, y: 87 + i * 46, width: 360, height: 1, color: [221, 221, 221] },
    ]).flat(),
  ];
  const page = boxes.reduce(
    (image, { color, ...rect }) => paint(image, rect, color),
    solid(800, 500, [242, 241, 236]),
  );
  const { calibration } = propose(page);
  const at = Object.values(calibration.points).map((point) => point.at);
  expect(at).toEqual(tiles.map(({ x, y }) => [x + 95, y + 70]));
  expect(calibration.lists.list).toMatchObject({ rows: { first: 42 }, action: { enabled: '#e03131' } });
});

test('of a blank picture there is nothing but the head', () => {
  const { calibration } = propose(solid(200, 100, [240, 240, 240]));
  const { points, regions, swatches, tabs, lists } = calibration;
  expect([points, swatches, tabs, lists]).toEqual([{}, {}, {}, {}]);
  expect(Object.values(regions)).toEqual([expect.objectContaining({ rect: [0, 0, 200, 100], edges: [] })]);
});

test('rows of very unequal height between separators are one list', () => {
  const heights = [32, 84, 32, 58, 84, 32];
  let y = 100;
  const boxes = heights.flatMap((height, i): Box[] => {
    const top = y;
    y += height;
    const lines = Array.from({ length: Math.floor(height / 26) }, (_, line): Box => {
      return {
        x: 112,
        y: top + 12 + 26 * line,
        width: 150 + 9 * i - 20 * line,
        height: 10,
        color: [34, 34, 34],
      };
    });
    return [{ x: 100, y: top - 1, width: 500, height: 1, color: [200, 205, 210] }, ...lines];
  });
  const end: Box = { x: 100, y: y - 1, width: 500, height: 1, color: [200, 205, 210] };
  const page = [...boxes, end].reduce(
    (image, { color, ...rect }) => paint(image, rect, color),
    solid(800, 600, [255, 255, 255]),
  );
  const { regions, lists } = propose(page).calibration;
  expect(Object.keys(lists)).toEqual(['list']);
  const [x, top, width, height] = regions.list.rect;
  expect([x, width]).toEqual([100, 500]);
  expect(Math.abs(top - 100)).toBeLessThanOrEqual(2);
  expect(Math.abs(top + height - y)).toBeLessThanOrEqual(2);
});

describe('the ends of a list', () => {
  const ROW = 26;
  const CELLS = [40, 120, 300, 460];
  const VALUES = [44, 90, 70, 60];

  /** Rows of four cells at x 40, the first at y 100, on what `ground` says; a column of buttons, and lines between, where asked for. */
  function pageWith({
    rows = 14,
    ground = () => null,
    text = (_, cell) => VALUES[cell],
    hasButton = () => false,
    isRuled = true,
  }: {
    rows?: number;
    ground?: (row: number) => Box['color'] | null;
    text?: (row: number, cell: number) => number;
    hasButton?: (row: number) => boolean;
    isRuled?: boolean;
  }) {
    const boxes = Array.from({ length: rows }, (_, row): Box[] => {
      const y = 100 + row * ROW;
      const color = ground(row);
      return [
        ...(color === null ? [] : [{ x: 30, y, width: 640, height: ROW, color }]),
        ...(isRuled
          ? [{ x: 30, y: y + ROW - 1, width: 640, height: 1, color: [216, 220, 224] as const }]
          : []),
        ...CELLS.map((x, cell): Box => {
          const width = text(row, cell) + ((row * 7 + cell * 5) % 11);
          return { x, y: y + 8, width, height: 10, color: [34, 34, 34] };
        }),
        ...(hasButton(row)
          ? [{ x: 590, y: y + 4, width: 60, height: 18, color: [46, 158, 79] as const }]
          : []),
      ];
    }).flat();
    return boxes.reduce(
      (image, { color, ...rect }) => paint(image, rect, color),
      solid(800, 600, [255, 255, 255]),
    );
  }

  /** First and last pixel row of the list. */
  function endsOf(image: ImageBuffer) {
    const [, y, , height] = propose(image).calibration.regions.list.rect;
    return [y, y + height];
  }

  const near = (ends: readonly number[], [top, bottom]: readonly [number, number]): void => {
    expect(Math.abs(ends[0] - top)).toBeLessThanOrEqual(2);
    expect(Math.abs(ends[1] - bottom)).toBeLessThanOrEqual(2);
  };
  const whole = [100, 100 + 14 * ROW] as const;

  test('titles of columns above the rows, and a status bar below, are none', () => {
    near(endsOf(pageWith({ text: (row, cell) => (row === 0 ? 14 : VALUES[cell]) })), [126, whole[1]]);
    near(
      endsOf(pageWith({ text: (row, cell) => (row === 13 && cell > 0 ? -20 : VALUES[cell]) })),
      [100, 438],
    );
  });

  test('the first row is kept when it is selected, has no button, or is the shortest of a few', () => {
    const selected = (row: number): Box['color'] | null => (row === 0 ? [190, 210, 240] : null);
    const button = (row: number): boolean => row > 0;
    near(endsOf(pageWith({ ground: selected })), whole);
    near(endsOf(pageWith({ ground: selected, hasButton: button })), whole);
    const short = (row: number, cell: number): number => (row === 0 ? 14 : VALUES[cell]);
    near(endsOf(pageWith({ rows: 6, text: short })), [100, 100 + 6 * ROW]);
  });

  test('rows that nothing parts go on below the selected one', () => {
    const ground = (row: number): Box['color'] | null =>
      row === 0 ? [228, 230, 233] : row === 4 ? [190, 210, 240] : null;
    const [, bottom] = endsOf(pageWith({ ground, isRuled: false }));
    expect(bottom).toBeGreaterThan(100 + 13 * ROW);
  });
});

describe('labels in a row', () => {
  const WIDTHS = [62, 48, 80, 55];
  const INK: Box['color'] = [40, 40, 40];
  const WHITE: Box['color'] = [255, 255, 255];

  /** Labels 40 px apart, or as far as `rooms` says, on what is drawn around each. */
  function pageWith(
    around: (label: Rect, i: number) => readonly Box[],
    { inks = WIDTHS.map(() => INK), rooms = [40, 40, 40] } = {},
  ) {
    let x = 60;
    const boxes = WIDTHS.flatMap((width, i): readonly Box[] => {
      const label = { x, y: 50, width, height: 10 };
      x += width + (rooms[i] ?? 0);
      return [...around(label, i), { ...label, color: inks[i] }];
    });
    const page = boxes.reduce(
      (image, { color, ...rect }) => paint(image, rect, color),
      solid(800, 600, WHITE),
    );
    return propose(page).calibration;
  }

  const box = ({ x, width }: Rect, color: Box['color']): Box => ({
    x: x - 16,
    y: 38,
    width: width + 32,
    height: 34,
    color,
  });
  const line = ({ x, width }: Rect, color: Box['color']): Box => ({
    x: x - 20,
    y: 71,
    width: width + 40,
    height: 1,
    color,
  });

  test.each<[string, (label: Rect, i: number) => readonly Box[], string, string]>([
    ['a box behind one', (label, i) => (i === 1 ? [box(label, [47, 111, 237])] : []), '#2f6fed', '#ffffff'],
    ['a pale one', (label, i) => (i === 2 ? [box(label, [240, 240, 240])] : []), '#f0f0f0', '#ffffff'],
    [
      'one box of another colour',
      (label, i) => [box(label, i === 0 ? [70, 70, 160] : [200, 200, 210])],
      '#4646a0',
      '#c8c8d2',
    ],
    ['a line below one', (label, i) => (i === 3 ? [line(label, [217, 72, 43])] : []), '#d9482b', '#ffffff'],
    [
      'a gap in the line below all',
      (label, i) => (i === 0 ? [] : [line(label, [200, 205, 210])]),
      '#ffffff',
      '#c8cdd2',
    ],
  ])('%s are tabs', (_, around, active, inactive) => {
    const { tabs, swatches } = pageWith(around);
    expect(Object.keys(tabs)).toHaveLength(4);
    expect(swatches['tab.1'].states).toEqual({ active, inactive });
  });

  test('buttons of which none is marked, or two are, are none', () => {
    expect(pageWith((label) => [box(label, [47, 111, 237])]).tabs).toEqual({});
    expect(pageWith((label, i) => (i % 2 ? [box(label, [47, 111, 237])] : [])).tabs).toEqual({});
  });

  test('nor are labels at uneven distances, nor of several colours beside a button', () => {
    const one = (label: Rect, i: number): readonly Box[] => (i === 1 ? [box(label, [47, 111, 237])] : []);
    expect(pageWith(one, { rooms: [40, 90, 60] }).tabs).toEqual({});
    expect(pageWith(one, { inks: [INK, WHITE, INK, [47, 111, 237]] }).tabs).toEqual({});
  });
});
