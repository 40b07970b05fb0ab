import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

import {
  type LoadedCalibration,
  assumptionShapes,
  checkCalibration,
  combineAssumptions,
  loadCalibration,
  parseCalibration,
  resolveCalibration,
} from '../../../src/calibration/index.js';
import { type ImageBuffer, crop, decode, encodeJpeg } from '../../../src/image/index.js';
import { signature } from '../../../src/probe/index.js';
import { noisy, paint, solid } from '../../support/draw.js';
import { alarms, frame, shipped } from './ledger-frames.js';
import { sections } from './ledger.js';

const SCREENS = ['inbox', 'archive', 'reports', 'settings', 'confirm', 'announcement'];

let ledger: LoadedCalibration;
beforeAll(async () => {
  ledger = await shipped();
});

/** The picture with `by` white columns before it. */
function besideBlank(image: ImageBuffer, by: number): ImageBuffer {
  const whole = solid(image.width + by, image.height, [255, 255, 255]);
  for (let y = 0; y < image.height; y++) {
    const line = image.data.subarray(4 * y * image.width, 4 * (y + 1) * image.width);
    whole.data.set(line, 4 * (y * whole.width + by));
  }
  return whole;
}

const states = (image: ImageBuffer) =>
  Object.fromEntries(
    checkCalibration(resolveCalibration(ledger, ledger.viewport), image).map(({ name, state }) => [
      name,
      state,
    ]),
  );

describe('the shipped calibration on its application', () => {
  test.each(SCREENS)('nothing is wrong on %s, nor in a JPEG of it', async (name) => {
    const image = await frame(`${name}.png`);
    expect(alarms(ledger, image)).toEqual({});
    expect(alarms(ledger, decode(encodeJpeg(image, 60)).image)).toEqual({});
  });

  test('anchors of one place are what may be there, one at a time', async () => {
    const file = join('calibrations', 'gtk-widget-factory', 'calibration.yaml');
    const calibration = await loadCalibration(file);
    const page = await frame(join('..', 'gtk-widget-factory', 'page.png'));
    const states = checkCalibration(resolveCalibration(calibration, calibration.viewport), page);
    const combo = states.filter(({ name }) => name.startsWith('anchors.combo.'));
    expect(combo.map(({ state }) => state).sort()).toEqual(['held', 'not-visible']);
    expect(states.filter(({ state }) => state === 'drifted' || state === 'broken')).toEqual([]);
  });

  test.each(['one', 'two'])('a list of few rows is no broken one: %s', async (name) => {
    expect(alarms(ledger, await frame(join('..', 'ledger-looks', `${name}.png`)))).toEqual({});
  });

  test('a counter tells what it reads, also where the layout has moved to', async () => {
    const counterOf = (image: ImageBuffer) =>
      checkCalibration(resolveCalibration(ledger, ledger.viewport), image).find(
        ({ kind }) => kind === 'counter',
      );
    const inbox = await frame('inbox.png');
    const { rect } = resolveCalibration(ledger, ledger.viewport).counter('remaining');
    expect(counterOf(inbox)).toMatchObject({ name: 'counters.remaining', state: 'held', found: '200' });
    const shifted = await frame('shift-12.q80.jpg');
    const at = `${rect.x + 12}, ${rect.y + 12}`;
    expect(counterOf(shifted)).toMatchObject({ state: 'drifted', found: `200 at ${at}` });
    // Moved sideways, a part of the number may stand in its place.
    for (const by of [14, 16, 26]) {
      const moved = crop(inbox, { x: 0, y: 0, width: inbox.width - by, height: inbox.height });
      const shown = counterOf(besideBlank(moved, by))!;
      expect(shown.state === 'not-visible' || shown.found.startsWith('200')).toBe(true);
    }
    const blank = paint(inbox, rect, [255, 255, 255]);
    expect(counterOf(blank)).toMatchObject({ state: 'not-visible', found: 'no number: blank' });
  });

  test('what a screen does not show is not visible, what it shows is held', async () => {
    expect(states(await frame('inbox.png'))).toEqual({
      'regions.header': 'held',
      'regions.search': 'held',
      'regions.tabs': 'held',
      'regions.list': 'held',
      'swatches.tab.inbox': 'held',
      'swatches.tab.archive': 'held',
      'swatches.tab.reports': 'held',
      'swatches.tab.settings': 'held',
      'swatches.confirm': 'not-visible',
      'swatches.announcement': 'not-visible',
      'swatches.expired': 'not-visible',
      'anchors.nothing': 'not-visible',
      tabs: 'held',
      'lists.list.rows': 'held',
      'lists.list.action': 'held',
      'counters.remaining': 'held',
      'modals.confirm': 'not-visible',
      'modals.announcement': 'not-visible',
      'modals.expired': 'not-visible',
    });
    expect(states(await frame('reports.png'))).toMatchObject({
      'lists.list.rows': 'not-visible',
      'lists.list.action': 'not-visible',
      'counters.remaining': 'held',
      tabs: 'held',
    });
    expect(states(await frame('confirm.png'))).toMatchObject({
      'regions.header': 'held',
      'swatches.tab.inbox': 'not-visible',
      'swatches.confirm': 'held',
      'modals.confirm': 'held',
      tabs: 'not-visible',
    });
  });

  test('what has the colour of an action is none above the list', async () => {
    const tab = { x: 300, y: 124, width: 110, height: 24 };
    const image = paint(await frame('inbox.png'), tab, [46, 158, 79]);
    expect(states(image)['lists.list.action']).toBe('held');
  });

  test('a layout that has moved is named, with how far', async () => {
    expect(alarms(ledger, await frame('shift-12.q80.jpg'))).toEqual({
      'regions.header': 'drifted 0,12',
      'regions.search': 'drifted 12,0',
      'regions.tabs': 'drifted 0,12',
      'regions.list': 'drifted 12,12',
      tabs: 'broken',
      'lists.list.rows': 'drifted 0,12',
      'lists.list.action': expect.stringMatching(/^drifted 1[123],0$/) as string,
      'counters.remaining': 'drifted 12,12',
    });
  });

  test('a layout that was redesigned is broken', async () => {
    expect(alarms(ledger, await frame('redesign.q80.jpg'))).toMatchObject({ tabs: 'broken' });
  });

  test('the overlay shows each that is visible, and where what has moved was found', async () => {
    const image = await frame('shift-12.q80.jpg');
    const checked = checkCalibration(resolveCalibration(ledger, ledger.viewport), image);
    const labels = assumptionShapes(checked).map((shape) =>
      shape.kind === 'rect' ? shape.label : shape.kind,
    );
    expect(labels).toEqual([
      ...[
        'regions.header: drifted',
        'found 0, 12',
        'regions.search: drifted',
        'found 12, 0',
        'regions.tabs: drifted',
        'found 0, 12',
      ],
      ...['regions.list: drifted', 'found 12, 12'],
      ...['inbox', 'archive', 'reports', 'settings'].map((tab) => `swatches.tab.${tab}`),
      ...['tabs: broken', 'lists.list.rows: drifted', 'found 0, 12'],
      ...['lists.list.action: drifted', expect.stringMatching(/^found 1[123], 0$/) as string],
      ...['counters.remaining: drifted', 'found 12, 12', 'legend'],
    ]);
  });

  test('a picture of another size is refused', async () => {
    const cut = crop(await frame('inbox.png'), { x: 0, y: 0, width: 1280, height: 700 });
    expect(() => states(cut)).toThrow(expect.objectContaining({ code: 'PXP_IMAGE_SIZE' }) as Error);
  });
});

describe('each kind', () => {
  const check = (yaml: string, image: ImageBuffer) =>
    checkCalibration(
      resolveCalibration(parseCalibration(sections(yaml), { file: 't' }), {
        width: 100,
        height: 100,
        deviceScaleFactor: 1,
      }),
      image,
    );
  const WHITE = solid(100, 100, [255, 255, 255]);
  const swatch = (states: string) => `swatches: { s: { rect: [40, 40, 10, 4], states: ${states} } }`;
  const BOTH = "{ on: '#2e9e4f', off: '#b4b9c0' }";

  test('a swatch: in a state, moved, of another colour', () => {
    const green = (x: number, y: number) => paint(WHITE, { x, y, width: 12, height: 6 }, [46, 158, 79]);
    expect(check(swatch(BOTH), green(39, 39))[0]).toMatchObject({ state: 'held', margin: 1 });
    expect(check(swatch(BOTH), green(50, 39))[0]).toMatchObject({
      state: 'drifted',
      offset: { x: 10, y: 0 },
      foundRect: { x: 50, y: 40, width: 10, height: 4 },
    });
    expect(check(swatch(BOTH), WHITE)[0]).toMatchObject({ state: 'broken', found: '#ffffff', margin: 0 });
  });

  test('a swatch that is optional may be away', () => {
    const optional = swatch(`${BOTH}, optional: true`);
    expect(check(swatch(BOTH), WHITE)[0]).toMatchObject({ state: 'broken' });
    expect(check(optional, WHITE)[0]).toMatchObject({ state: 'not-visible' });
  });

  test('a swatch of one state, or of a popup, may be away', () => {
    expect(check(swatch("{ open: '#2e9e4f' }"), WHITE)[0].state).toBe('not-visible');
    const popup = `${swatch(BOTH)}\nmodals: { m: { box: [30, 30, 40, 40], mark: { swatch: s, state: on } } }`;
    expect(check(popup, WHITE).map(({ state }) => state)).toEqual(['not-visible', 'not-visible']);
  });

  test('the margin of a swatch shrinks with its colour', () => {
    const nearly = paint(WHITE, { x: 40, y: 40, width: 10, height: 4 }, [66, 168, 99]);
    const [{ state, margin }] = check(swatch(BOTH), nearly);
    expect(state).toBe('held');
    expect(margin).toBeGreaterThan(0);
    expect(margin).toBeLessThan(0.5);
  });

  const BOX = paint(WHITE, { x: 20, y: 20, width: 60, height: 60 }, [0, 0, 0]);

  test('an anchor: there, moved, gone', () => {
    const pattern = [0, 1, 2, 3, 4].reduce(
      (image, i) =>
        paint(image, { x: 40 + 7 * i, y: 40 + 6 * i, width: 5, height: 20 - 3 * i }, [20 * i, 40, 90]),
      WHITE,
    );
    const rect = { x: 36, y: 36, width: 44, height: 44 };
    const { dhash } = signature(pattern, { region: rect });
    const yaml = (x: number) =>
      `anchors: { a: { rect: [${x}, 36, 44, 44], dhash: '${dhash}', maxDistance: 2 } }`;
    expect(check(yaml(36), pattern)[0]).toMatchObject({ state: 'held' });
    const [moved] = check(yaml(18), pattern);
    expect(moved.state).toBe('drifted');
    expect(Math.abs(moved.offset!.x - 18)).toBeLessThan(3);
    expect(check(yaml(36), WHITE)[0]).toMatchObject({ state: 'broken' });
    for (const seed of [1, 2, 3]) {
      // Far only by the noise of the picture.
      const [{ state, margin, found }] = check(yaml(36), noisy(pattern, seed));
      expect({ state, margin }).toEqual({ state: 'held', margin: 0 });
      expect(found).toMatch(/^\d+ bits, [012] without the picture's noise/);
      expect(check(yaml(36), noisy(WHITE, seed))[0]).toMatchObject({ state: 'broken' });
    }
    const rivals = `anchors:
  a: { rect: [36, 36, 44, 44], dhash: '${dhash}' }
  near: { rect: [36, 36, 44, 44], dhash: '${(BigInt(`0x${dhash}`) ^ 7n).toString(16).padStart(16, '0')}' }`;
    expect(check(rivals, pattern).map(({ state, found }) => [state, found])).toEqual([
      ['held', '0 bits'],
      ['not-visible', '3 bits, nearer to anchors.a'],
    ]);
    const optional = (x: number) => yaml(x).replace('maxDistance', 'optional: true, maxDistance');
    expect(check(optional(36), pattern)[0]).toMatchObject({ state: 'held' });
    expect(check(optional(36), WHITE)[0]).toMatchObject({ state: 'not-visible' });
  });

  test('a template: in its place, moved, gone', () => {
    const patch = crop(BOX, { x: 14, y: 14, width: 12, height: 12 });
    const at = (x: number, image: ImageBuffer, optional = false) => {
      const yaml = `anchors: { t: { template: t.png, search: [0, 0, 100, 100], at: [${x}, 14], optional: ${optional} } }`;
      const loaded = {
        ...parseCalibration(sections(yaml), { file: 't' }),
        pictures: new Map([['t', patch]]),
      };
      return checkCalibration(
        resolveCalibration(loaded, { width: 100, height: 100, deviceScaleFactor: 1 }),
        image,
      )[0];
    };
    expect(at(14, BOX)).toMatchObject({ state: 'held', margin: 1, kind: 'template' });
    expect(at(4, BOX)).toMatchObject({ state: 'drifted', offset: { x: 10, y: 0 } });
    expect(at(14, WHITE)).toMatchObject({ state: 'broken' });
    expect(at(14, WHITE, true)).toMatchObject({ state: 'not-visible' });
    expect(at(4, BOX, true)).toMatchObject({ state: 'drifted' });
  });

  test('edges: in place, moved, gone; without edges a region is no assumption', () => {
    const edges = (x: number) => `regions: { r: { rect: [${x}, 20, 60, 60], edges: [left, top] } }`;
    expect(check(edges(20), BOX)[0]).toMatchObject({ state: 'held', expected: 'left 20, top 20' });
    expect(check(edges(15), BOX)[0]).toMatchObject({ state: 'drifted', offset: { x: 5, y: 0 } });
    expect(check(edges(20), WHITE)[0]).toMatchObject({ state: 'broken', found: 'left -, top -' });
    expect(check('regions: { r: { rect: [20, 20, 60, 60] } }', BOX)).toEqual([]);
  });
});

test('of several pictures the worst state counts, of an anchor the best that is found', () => {
  const of = (kind: 'swatch' | 'anchor', state: 'held' | 'broken' | 'not-visible' | 'drifted') => ({
    ...{ name: kind, kind, state, expected: '', found: '', margin: state === 'held' ? 1 : 0 },
    rect: { x: 0, y: 0, width: 1, height: 1 },
  });
  const combined = (kind: 'swatch' | 'anchor', ...all: Parameters<typeof of>[1][]) =>
    combineAssumptions(all.map((state) => [of(kind, state)]))[0].state;
  expect(combined('swatch', 'held', 'broken', 'not-visible')).toBe('broken');
  expect(combined('swatch', 'not-visible', 'held')).toBe('held');
  expect(combined('anchor', 'broken', 'held')).toBe('held');
  expect(combined('anchor', 'held', 'drifted')).toBe('drifted');
  expect(combined('anchor', 'not-visible', 'broken')).toBe('broken');
});

describe('marks that show together or not at all', () => {
  const calibration = parseCalibration(
    sections(`swatches:
  button: { rect: [10, 10, 8, 8], states: { free: '#00a000', held: '#909090' } }
  lock: { rect: [60, 10, 8, 8], states: { lock: '#0000c0', unlock: '#d08000' } }
together:
  - [{ swatch: button, state: held }, { swatch: lock, state: unlock }]
`),
    { file: 't' },
  );
  const [FREE, HELD, LOCK, UNLOCK] = [
    [0, 160, 0],
    [144, 144, 144],
    [0, 0, 192],
    [208, 128, 0],
  ] as const;
  test.each([
    ['held', 'none', FREE, LOCK],
    ['held', 'button held and lock unlock', HELD, UNLOCK],
    ['broken', 'button held', HELD, LOCK],
    ['broken', 'lock unlock', FREE, UNLOCK],
  ] as const)('%s: %s', (state, found, button, lock) => {
    let image = paint(solid(100, 100, [255, 255, 255]), { x: 5, y: 5, width: 20, height: 20 }, button);
    image = paint(image, { x: 55, y: 5, width: 20, height: 20 }, lock);
    const checked = checkCalibration(resolveCalibration(calibration, calibration.viewport), image);
    expect(checked.find(({ name }) => name === 'together.0')).toMatchObject({
      ...{ state, found, expected: 'button held and lock unlock, or none of them' },
      rect: { x: 10, y: 10, width: 58, height: 8 },
    });
  });
});

test('a mark that shows together with what is not defined is refused', () => {
  const unknown = sections(`swatches: { a: { rect: [0, 0, 4, 4], states: { on: '#fff' } } }
together: [[{ swatch: a, state: on }, { swatch: b, state: on }]]`);
  expect(() => parseCalibration(unknown, { file: 't' })).toThrow(
    '`together.0.1.swatch` names what is not defined',
  );
});
