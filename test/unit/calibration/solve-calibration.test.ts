import { readFile } from 'node:fs/promises';

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';

import {
  type LoadedCalibration,
  type Solution,
  parseCalibration,
  resolveCalibration,
  solveCalibration,
} from '../../../src/calibration/index.js';
import { fitAxis, fitTogether, scoreMap } from '../../../src/calibration/measure/fit-axis.js';
import type { Rect } from '../../../src/core/index.js';
import { type ImageBuffer, crop, decode, encodeJpeg, resize } from '../../../src/image/index.js';
import { paint, solid } from '../../support/draw.js';
import { text as words } from '../../support/draw-page.js';
import { LEDGER_FILE, alarms, frame, shipped } from './ledger-frames.js';
import { sections } from './ledger.js';

let ledger: LoadedCalibration;
let text: string;
beforeAll(async () => {
  ledger = await shipped();
  text = await readFile(LEDGER_FILE, 'utf8');
});

const solve = (image: ImageBuffer): Solution => solveCalibration({ calibration: ledger, text, image });

function solved(solution: Solution): Extract<Solution, { kind: 'solved' }> {
  if (solution.kind !== 'solved') throw new Error(JSON.stringify(solution));
  return solution;
}

describe('the shipped calibration', () => {
  test.each([
    ['shift-12.q80.jpg', 1, 12],
    ['shift-12-scale-0.9.q80.jpg', 0.9, 10.8],
    ['shift-12-scale-1.1.q80.jpg', 1.1, 13.2],
  ])('%s: is repaired', async (name, scale, shift) => {
    const image = await frame(name);
    const { x, y, text: repaired, recut } = solved(solve(image));
    for (const fit of [x, y]) {
      // Half a pixel at the far end of the picture.
      expect(Math.abs(fit.scale - scale) * 1280).toBeLessThan(1);
      expect(Math.abs(fit.shift - shift)).toBeLessThan(0.5);
    }
    const calibration = {
      ...parseCalibration(repaired, { file: 'repaired' }),
      pictures: new Map(),
      digits: ledger.digits,
    };
    expect(calibration.viewport).toMatchObject({ width: image.width, height: image.height });
    expect(alarms(calibration, image)).toEqual({});
    expect(recut).toEqual([]);
    // The popups were not on the picture: they move with the rest.
    const { x: left, y: top } = resolveCalibration(calibration, calibration.viewport).modal('confirm').box;
    expect([left, top].map((at, i) => Math.abs(at - ([410, 260][i] * scale + shift)))).toEqual([
      expect.closeTo(0, -0.3) as number,
      expect.closeTo(0, -0.3) as number,
    ]);
  });

  test.each([1.05, 1.1])(
    'a layout that outgrew its window by %d on the far sides is repaired',
    async (scale) => {
      const inbox = await frame('inbox.png');
      const grown = resize(inbox, { width: Math.round(1280 * scale), height: Math.round(720 * scale) });
      const { x, y } = solved(solve(crop(grown, { x: 0, y: 0, width: 1280, height: 720 })));
      for (const fit of [x, y]) {
        expect(Math.abs(fit.scale - scale) * 1280).toBeLessThan(1.5);
        expect(Math.abs(fit.shift)).toBeLessThan(1);
      }
    },
  );

  test('comments, order and layout of the file stay', async () => {
    const { text: repaired } = solved(solve(await frame('shift-12-scale-1.1.q80.jpg')));
    const withoutNumbers = (yaml: string) => yaml.replace(/\d+(\.\d+)?/g, '0');
    expect(withoutNumbers(repaired)).toBe(withoutNumbers(text));
    expect(repaired).not.toBe(text);
  });

  test('what holds stays as it is', async () => {
    expect(solve(await frame('inbox.png'))).toEqual({ kind: 'unchanged' });
    expect(solve(await frame('confirm.png'))).toEqual({ kind: 'unchanged' });
  });

  test('a redesigned layout is refused, with what does not fit', async () => {
    const solution = solve(await frame('redesign.q80.jpg'));
    expect(solution).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('no scale and shift fits') as string,
    });
    expect(solution.kind === 'refused' && solution.details.join()).toContain(
      'tabs: expected exactly one active',
    );
  });

  test('a layout that went out of the window is refused, with the place that is lost', async () => {
    const inbox = await frame('inbox.png');
    const lower = solid(1280, 720, [245, 246, 248]);
    lower.data.set(inbox.data.subarray(0, 4 * 1280 * 420), 4 * 1280 * 300);
    const solution = solve(lower);
    expect(solution).toMatchObject({ kind: 'refused' });
    expect(solution.kind === 'refused' && solution.reason).toMatch(
      /y × 1\.0000 \+ 300\.0 px.*`points\.confirm\.yes\.at` is no longer in view.*use a larger window/,
    );
  });

  test('a picture of something else is refused', () => {
    expect(solve(solid(1280, 720, [240, 240, 240]))).toMatchObject({ kind: 'refused' });
  });
});

describe('a file whose lines across are short, such as the sides of a field and a button', () => {
  const yaml = `version: 1
name: t
viewport: { width: 640, height: 400 }
regions:
  bar: { rect: [0, 0, 640, 60], edges: [bottom] }
  field: { rect: [120, 16, 160, 30], edges: [left, top, right, bottom] }
  button: { rect: [500, 120, 90, 32], edges: [left, top, right, bottom] }
swatches: { button: { rect: [505, 124, 80, 8], states: { on: '#2e9e4f', off: '#b4b9c0' } } }
`;
  const calibration = { ...parseCalibration(yaml, { file: 't' }), pictures: new Map(), digits: new Map() };
  type Mark = Rect & { color: readonly [number, number, number] };
  const field: Mark = { x: 120, y: 16, width: 160, height: 30, color: [255, 255, 255] };
  const button: Mark = { x: 500, y: 120, width: 90, height: 32, color: [46, 158, 79] };
  const bar: Mark = { x: -50, y: -50, width: 800, height: 110, color: [220, 226, 235] };
  /** Stems as long as letters of 18 pixels have, anywhere: none of them is a side. */
  const letters: readonly Mark[] = Array.from({ length: 40 }, (_, i) => ({
    ...{
      x: 20 + ((i * 67) % 560),
      y: 90 + ((i * 31) % 280),
      width: 2,
      height: 14,
      color: [60, 60, 60] as const,
    },
  }));
  const draw = (marks: readonly Mark[], scale: number, shift: number) =>
    marks.reduce(
      (image, { color, ...rect }) => {
        const [x, right] = [rect.x, rect.x + rect.width].map((at) => Math.round(at * scale + shift));
        const [y, bottom] = [rect.y, rect.y + rect.height].map((at) => Math.round(at * scale + shift));
        return paint(image, { x, y, width: right - x, height: bottom - y }, color);
      },
      solid(640, 400, [245, 246, 248]),
    );

  test.each([
    [1, 12],
    [1, -6],
    [1.05, 0],
    [0.9, 7],
  ])('scale %d, shift %d: is repaired', (scale, shift) => {
    const { x, y } = solved(
      solveCalibration({
        calibration,
        text: yaml,
        image: draw([bar, field, ...letters, button], scale, shift),
      }),
    );
    for (const fit of [x, y]) {
      expect(Math.abs(fit.scale - scale) * 640).toBeLessThan(2);
      expect(Math.abs(fit.shift - shift)).toBeLessThan(1);
    }
  });

  test('two places where it fits alike are refused', () => {
    const twice = [8, 150].flatMap((down) => [field, button].map((mark) => ({ ...mark, y: mark.y + down })));
    const text = yaml.replace(', edges: [bottom]', '');
    const unbarred = { ...parseCalibration(text, { file: 't' }), pictures: new Map(), digits: new Map() };
    expect(solveCalibration({ calibration: unbarred, text, image: draw(twice, 1, 0) })).toEqual({
      kind: 'refused',
      reason: expect.stringContaining('two maps fit this picture alike') as string,
      details: [expect.stringContaining('+ 8.0 px'), expect.stringContaining('+ 150.0 px')],
    });
  });
});

test('a file without findable places is told which would help', () => {
  const yaml = sections(
    "swatches: { s: { rect: [0, 0, 9, 9], states: { a: '#fff', b: '#000' } } }\nregions: { r: { rect: [10, 10, 20, 20] } }",
  );
  const calibration = { ...parseCalibration(yaml, { file: 't' }), pictures: new Map(), digits: new Map() };
  const image = solid(100, 100, [200, 0, 0]);
  expect(solveCalibration({ calibration, text: yaml, image })).toEqual({
    kind: 'refused',
    reason: expect.stringContaining('too poor to be solved') as string,
    details: expect.arrayContaining([expect.stringContaining('regions whose borders show: r')]) as string[],
  });
});

describe('a window whose frame is several lines', () => {
  const yaml = `
version: 1
name: desk
viewport: { width: 480, height: 320 }
points: { ok: { at: [120, 100] } }
regions:
  window: { rect: [40, 30, 360, 240], edges: [left, top, right, bottom] }
  panel: { rect: [42, 60, 356, 208], edges: [left, top, right, bottom] }
`;
  const calibration = { ...parseCalibration(yaml, { file: 't' }), pictures: new Map(), digits: new Map() };
  const draw = (dx: number, dy: number): ImageBuffer =>
    [
      { x: 40, y: 30, width: 360, height: 240, color: [120, 118, 112] as const },
      { x: 41, y: 31, width: 358, height: 238, color: [210, 207, 203] as const },
      { x: 42, y: 32, width: 356, height: 236, color: [245, 244, 242] as const },
      { x: 42, y: 59, width: 356, height: 1, color: [190, 186, 180] as const },
      { x: 42, y: 60, width: 356, height: 208, color: [255, 255, 255] as const },
    ].reduce(
      (image, { color, x, y, ...size }) => paint(image, { ...size, x: x + dx, y: y + dy }, color),
      solid(480, 320, [91, 103, 112]),
    );

  test.each([
    [13, 7],
    [5, 3],
    [-17, -9],
    [40, 25],
  ])('is moved by %i and %i pixels, and by nothing else', (dx, dy) => {
    const { x, y } = solved(solveCalibration({ calibration, text: yaml, image: draw(dx, dy) }));
    expect([x, y]).toMatchObject([
      { scale: 1, shift: dx, rms: 0 },
      { scale: 1, shift: dy, rms: 0 },
    ]);
  });
});

describe('a terminal, which is all lines of text', () => {
  const yaml = `version: 1
name: t
viewport: { width: 640, height: 400 }
regions:
  title: { rect: [40, 30, 500, 28], edges: [left, top, right, bottom] }
  screen: { rect: [41, 58, 498, 288], edges: [left, right, bottom] }
  status: { rect: [41, 328, 498, 18], edges: [top] }
swatches:
  selected: { rect: [440, 79, 60, 6], states: { on: '#33cccc', off: '#101418' } }
lists:
  list: { region: screen, rows: { first: 58, pitch: 18, minHeight: 14, maxHeight: 22 } }
`;
  const calibration = { ...parseCalibration(yaml, { file: 't' }), pictures: new Map(), digits: new Map() };
  const terminal = ({ dx = 0, dy = 0, grown = 0 }): ImageBuffer => {
    let image = solid(640, 400, [45, 58, 74]);
    const box = (
      x: number,
      y: number,
      width: number,
      height: number,
      color: [number, number, number],
    ): void => {
      image = paint(image, { x: x + dx, y: y + dy, width, height }, color);
    };
    box(40, 30, 500 + grown, 28, [216, 216, 216]);
    box(41, 58, 498 + grown, 288 + grown, [16, 20, 24]);
    box(41, 58 + 18, 498 + grown, 18, [51, 204, 204]);
    box(41, 328 + grown, 498 + grown, 18, [58, 63, 68]);
    for (let row = 0; row < 16; row++) {
      const ink: [number, number, number] = row === 1 ? [0, 0, 0] : [207, 214, 216];
      image = words(image, { x: 48 + dx, y: 63 + 18 * row + dy, seed: row, length: 90, ink });
    }
    return image;
  };
  const solveIt = (image: ImageBuffer): Solution => solveCalibration({ calibration, text: yaml, image });

  test.each([
    [9, 6],
    [12, 8],
    [7, -4],
    [16, 11],
  ])('is moved by %i and %i pixels, not scaled, whatever lines its letters have', (dx, dy) => {
    const moved = terminal({ dx, dy });
    const encoded = [50, 80].map((quality) => decode(encodeJpeg(moved, quality), { what: 't' }).image);
    for (const image of [moved, ...encoded]) {
      const { x, y } = solved(solveIt(image));
      expect([x, y]).toMatchObject([
        { scale: 1, shift: dx },
        { scale: 1, shift: dy },
      ]);
    }
  });

  test.each([2, 4])('that grew by %i pixels is not called scaled', (grown) => {
    expect(solveIt(terminal({ grown }))).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('scales by less than 1 %: a part of the layout grew') as string,
      details: expect.arrayContaining([
        expect.stringContaining('regions.title: expected left 40, top 30, right 540'),
      ]) as string[],
    });
  });
});

test('a template is found where it went, and cut anew when its size has changed', () => {
  const white = solid(200, 200, [255, 255, 255]);
  const screen = (scale: number, shift: number) =>
    [
      { x: 30, y: 40, width: 120, height: 100, color: [30, 40, 60] as const },
      { x: 50, y: 60, width: 60, height: 50, color: [230, 120, 60] as const },
    ].reduce((image, { color, ...rect }) => {
      const [x, y, width, height] = [rect.x, rect.y, rect.width, rect.height].map((v) => v * scale);
      return paint(image, { x: x + shift, y: y + shift, width, height }, color);
    }, white);
  const yaml = `version: 1
name: t
viewport: { width: 200, height: 200 }
regions:
  outer: { rect: [30, 40, 120, 100], edges: [left, top, right, bottom] }
  inner: { rect: [50, 60, 60, 50], edges: [left, top, right, bottom] }
anchors: { corner: { template: corner.png, search: [0, 0, 200, 200], at: [40, 50] } }
`;
  const patch = resize(screen(1, 0), { width: 200, height: 200 });
  const cut = solid(20, 20, [0, 0, 0]);
  for (let row = 0; row < 20; row++) {
    cut.data.set(patch.data.subarray(4 * ((50 + row) * 200 + 40), 4 * ((50 + row) * 200 + 60)), 80 * row);
  }
  const calibration = {
    ...parseCalibration(yaml, { file: 't' }),
    pictures: new Map([['corner', cut]]),
    digits: new Map(),
  };
  const moved = solved(solveCalibration({ calibration, text: yaml, image: screen(1, 10) }));
  expect(moved.recut).toEqual([]);
  expect(moved.text).toContain('at: [50, 60]');
  const grown = solved(solveCalibration({ calibration, text: yaml, image: screen(1.2, 0) }));
  expect(grown.recut).toEqual([
    { name: 'corner', rect: expect.objectContaining({ width: 24, height: 24 }) as object },
  ]);
  // A patch of the old size is not found to the pixel in a picture of another scale.
  const [{ rect }] = grown.recut;
  expect(Math.hypot(rect.x - 48, rect.y - 60)).toBeLessThan(2);
});

describe('fitAxis', () => {
  const places = [0, 64, 112, 152, 300, 664];

  test('finds any scale and shift among lines that are none of its own', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.7, max: 1.4, noNaN: true }),
        fc.integer({ min: -20, max: 60 }),
        fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 12 }),
        (scale, shift, noise) => {
          const lines = [...places.map((at) => Math.round(scale * at + shift)), ...noise].sort(
            (a, b) => a - b,
          );
          const features = places.map((at, i) => ({ name: String(i), at, candidates: lines, weight: 1 }));
          const [best] = fitAxis(features, { length: 1100, keep: 3 });
          expect(best.inliers).toHaveLength(places.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('of nothing there is no fit', () => {
    expect(fitAxis([], { length: 100, keep: 3 })).toEqual([]);
    expect(fitAxis([{ name: 'a', at: 5, candidates: [], weight: 1 }], { length: 100, keep: 3 })).toEqual([]);
  });

  test('a shift alone keeps the scale, whatever the rounding', () => {
    const features = places.map((at, i) => ({
      name: String(i),
      at,
      candidates: [at + 12 + (i % 2) * 0.3],
      weight: 1,
    }));
    expect(fitAxis(features, { length: 720, keep: 1 })[0]).toMatchObject({ scale: 1, shift: 12 });
  });

  test('a scale that is given stays, where the features found are too near to each other to tell it', () => {
    const features = [0, 24, 1280].map((at, i) => ({
      name: String(i),
      at,
      candidates: at === 1280 ? [] : [Math.round(1.1 * at + 13.2)],
      weight: 1,
    }));
    const [best] = fitAxis(features, { length: 1280, keep: 3, scales: [1.1] });
    expect(best.scale).toBe(1.1);
    expect(Math.abs(best.shift - 13.2)).toBeLessThan(0.5);
    // Nor a scale that they cannot tell from 1.
    const slightly = features.map(({ at, candidates, ...rest }) => {
      return { ...rest, at, candidates: candidates.map(() => Math.round(1.03 * at + 12)) };
    });
    expect(fitAxis(slightly, { length: 1280, keep: 3, scales: [1.03] })[0].scale).toBe(1.03);
  });

  test('of few that are kept, those that explain most', () => {
    const sides = [28.8, 246, 466, 528, 880];
    const features = [
      { at: 0, candidates: sides },
      { at: 1280, candidates: sides },
      { at: 480, candidates: [528, 880] },
      { at: 800, candidates: [528, 880] },
      { at: 24, candidates: [] },
      { at: 1256, candidates: [] },
    ].map((feature, i) => ({ ...feature, name: String(i), weight: 1 }));
    const [best] = fitAxis(features, { length: 1280, keep: 2, scales: [1, 1.098] });
    expect(best).toMatchObject({ inliers: ['2', '3'], missing: ['4'] });
    expect(best.scale).toBeCloseTo(1.1, 2);
  });

  test('an axis that explains nothing has no say in the scale of both, and keeps its own map', () => {
    const features = places.map((at, i) => ({ name: String(i), at, candidates: places, weight: 1 }));
    const none = features.map((each) => ({ ...each, candidates: [] }));
    const known = { features, fit: scoreMap(features, { scale: 1, shift: 0 }, 720), length: 720 };
    const lost = { features: none, fit: scoreMap(none, { scale: 1, shift: 40 }, 720), length: 720 };
    expect(fitTogether(known, lost)).toEqual({ x: known.fit, y: lost.fit });
  });

  test('each map once, whatever proposed it', () => {
    const features = places.map((at, i) => ({ name: String(i), at, candidates: places, weight: 1 }));
    const fits = fitAxis(features, { length: 720, keep: 8, scales: [1, 1.0001, 0.9999] });
    const ends = fits.map(({ scale, shift }) => [shift, shift + 720 * scale].map(Math.round).join(' '));
    expect(new Set(ends).size).toBe(fits.length);
    expect(fits).toHaveLength(8);
  });
});
