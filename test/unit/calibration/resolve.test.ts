import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  type Pin,
  type Viewport,
  parseCalibration,
  resolveCalibration,
} from '../../../src/calibration/index.js';
import { PixelproofError } from '../../../src/core/errors.js';
import { containsRect, sizeRect } from '../../../src/core/geometry.js';
import { ledger, sections } from './ledger.js';

const REFERENCE = { width: 1280, height: 720, deviceScaleFactor: 1 };
const parse = (yaml: string) => parseCalibration(sections(yaml), { file: 't' });
const square = (side: number, deviceScaleFactor = 1): Viewport => ({
  width: side,
  height: side,
  deviceScaleFactor,
});

/** Where a 100x100 reference puts a rect and a point of that pin in another viewport. */
function moved(pin: Pin, viewport: Viewport, rect: readonly number[] = [10, 20, 30, 40]) {
  const resolved = resolveCalibration(
    parse(
      `regions: { r: { rect: [${rect.join()}], pin: ${pin} } }\npoints: { p: { at: [10, 20], pin: ${pin} } }`,
    ),
    viewport,
  );
  const { x, y, width, height } = resolved.region('r');
  const { at } = resolved.point('p');
  return { rect: [x, y, width, height], point: [at.x, at.y] };
}

function failureOf(run: () => unknown): PixelproofError | null {
  try {
    run();
  } catch (error) {
    if (error instanceof PixelproofError) return error;
    throw error;
  }
  return null;
}

const codeOf = (run: () => unknown) => failureOf(run)?.code;

describe('at the reference viewport', () => {
  test('the documented example is where it was, its colours parsed and its names resolved', () => {
    const at = resolveCalibration(ledger(), REFERENCE);
    const inbox = {
      name: 'tab.inbox',
      rect: { x: 24, y: 106, width: 200, height: 6 },
      states: { active: [47, 111, 237], inactive: [223, 227, 232] },
      tolerance: 12,
    };
    expect(at.size).toEqual({ width: 1280, height: 720 });
    expect(at.tab('inbox')).toEqual({
      name: 'inbox',
      click: { name: 'tab.inbox', at: { x: 124, y: 88 }, fallbacks: [{ x: 100, y: 90 }] },
      mark: { kind: 'swatch', swatch: inbox, state: 'active' },
      region: { x: 0, y: 64, width: 1280, height: 48 },
    });
    expect(at.list('list')).toEqual({
      region: 'list',
      name: 'list',
      rect: { x: 24, y: 152, width: 1232, height: 512 },
      rows: { first: 152, pitch: 54, minHeight: 40, maxHeight: 70 },
      action: {
        kind: 'component',
        rect: { x: 1130, y: 152, width: 110, height: 512 },
        enabled: [46, 158, 79],
        disabled: [180, 185, 192],
        tolerance: 14,
        minArea: 800,
      },
      identity: { x: 24, y: 152, width: 1080, height: 512 },
      empty: null,
      counter: null,
    });
    expect(at.modal('confirm')).toMatchObject({
      box: { x: 410, y: 260, width: 460, height: 200 },
      mark: { state: 'shown' },
      close: { name: 'confirm.ok' },
    });
    expect(at.anchor('header')).toEqual({
      name: 'header',
      rect: { x: 0, y: 0, width: 460, height: 64 },
      dhash: '00ff00ff00ff00ff',
      maxDistance: 10,
      rivals: [],
    });
    expect(at.masks).toEqual([{ rect: { x: 1180, y: 20, width: 80, height: 24 }, why: 'ambient' }]);
  });

  test('no pin moves anything', () => {
    fc.assert(
      fc.property(
        anyPin(),
        anyRect(100),
        fc.constantFrom(0.5, 1, 1.1, 1.25, 2, 3),
        (pin, rect, deviceScaleFactor) => {
          const side = Math.ceil(100 / deviceScaleFactor) + 1;
          const viewport = `{ width: ${side}, height: ${side}, deviceScaleFactor: ${deviceScaleFactor} }`;
          const yaml = `regions: { r: { rect: [${rect.join()}], pin: ${pin} } }\npoints: { p: { at: [${rect[0]}, ${rect[1]}], pin: ${pin} } }`;
          const calibration = parseCalibration(sections(yaml, viewport), { file: 't' });
          const at = resolveCalibration(calibration, { width: side, height: side, deviceScaleFactor });
          const [x, y, width, height] = rect;
          expect(at.region('r')).toEqual({ x, y, width, height });
          expect(at.point('p').at).toEqual({ x, y });
        },
      ),
    );
  });
});

describe('at another viewport', () => {
  test.each<[Pin, Viewport, number[], number[]]>([
    ['scale', square(200), [20, 40, 60, 80], [21, 41]],
    ['scale', { width: 200, height: 150, deviceScaleFactor: 1 }, [15, 30, 45, 60], [15, 30]],
    ['scale', square(100, 2), [20, 40, 60, 80], [21, 41]],
    ['scale', square(50), [5, 10, 15, 20], [5, 10]],
    ['left top', square(200), [10, 20, 30, 40], [10, 20]],
    ['right bottom', square(200), [110, 120, 30, 40], [110, 120]],
    ['center middle', square(200), [60, 70, 30, 40], [60, 70]],
    ['stretch stretch', square(200), [10, 20, 130, 140], [21, 41]],
    ['right stretch', square(200), [110, 20, 30, 140], [110, 41]],
    ['stretch top', square(200), [10, 20, 130, 40], [21, 20]],
    ['left bottom', { width: 100, height: 160, deviceScaleFactor: 2 }, [20, 160, 60, 80], [21, 161]],
    ['center middle', square(150, 2), [70, 90, 60, 80], [71, 91]],
  ])('%s in %o', (pin, viewport, rect, point) => {
    expect(moved(pin, viewport)).toEqual({ rect, point });
  });

  test('the size of a screenshot is that of its whole pixels', () => {
    const at = (viewport: Viewport) => resolveCalibration(parse(''), viewport).size;
    // 1000 * 1.15 is 1149.9999999999998 in floating point.
    expect(at({ width: 1000, height: 999, deviceScaleFactor: 1.15 })).toEqual({ width: 1150, height: 1148 });
    expect(at({ width: 1, height: 1, deviceScaleFactor: 0.5 })).toEqual({ width: 1, height: 1 });
  });

  test('the documented example in a larger window', () => {
    const at = resolveCalibration(ledger(), { width: 1920, height: 1080, deviceScaleFactor: 1 });
    expect(at.point('tab.inbox').at).toEqual({ x: 186, y: 132 });
    expect(at.region('header')).toEqual({ x: 0, y: 0, width: 1920, height: 64 });
    expect(at.modal('confirm').box).toEqual({ x: 730, y: 440, width: 460, height: 200 });
    expect(at.list('list')).toMatchObject({
      rect: { x: 36, y: 228, width: 1848, height: 768 },
      rows: { first: 228, pitch: 81, minHeight: 60, maxHeight: 105 },
      action: { rect: { x: 1695, y: 228, width: 165, height: 768 }, minArea: 1800 },
      identity: { x: 36, y: 228, width: 1620, height: 768 },
    });
  });

  test('columns may be pinned apart from their list', () => {
    const yaml = `regions: { r: { rect: [10, 10, 80, 80], pin: stretch stretch } }
lists:
  l:
    region: r
    rows: { minHeight: 5, maxHeight: 9 }
    action: { columns: [70, 10], pin: right top, enabled: '#fff' }
    identity: { columns: [10, 40] }`;
    const list = resolveCalibration(parse(yaml), square(200)).list('l');
    expect(list.action).toMatchObject({ rect: { x: 170, y: 10, width: 10, height: 180 } });
    expect(list.identity).toEqual({ x: 10, y: 10, width: 140, height: 180 });
    expect(list.rows).toEqual({ first: 10, pitch: null, minHeight: 5, maxHeight: 9 });
  });

  test('a list whose rows are clicked at a point', () => {
    const yaml = `points: { p: { at: [5, 5] } }\nregions: { r: { rect: [0, 0, 9, 9] } }
anchors: { none: { rect: [0, 0, 9, 9], dhash: 00ff00ff00ff00ff } }
lists: { l: { region: r, rows: { minHeight: 5, maxHeight: 9 }, action: { point: p }, empty: none } }`;
    const list = resolveCalibration(parse(yaml), square(100)).list('l');
    expect(list).toMatchObject({ action: { kind: 'point', point: { name: 'p' } }, empty: { name: 'none' } });
  });

  test('a tab and a popup give their points names, which points of their own go before', () => {
    const yaml = `points: { a: { at: [1, 2] }, b: { at: [3, 4] }, tabs.u.click: { at: [5, 6] } }
swatches: { s: { rect: [0, 0, 9, 9], states: { on: '#fff' } } }
tabs: { t: { click: a, mark: &m { swatch: s, state: on } }, u: { click: a, mark: *m } }
modals: { n: { box: [0, 0, 9, 9], mark: *m, close: b }, o: { box: [0, 0, 9, 9], mark: *m } }`;
    const at = resolveCalibration(parse(yaml), square(100));
    expect(at.point('tabs.t.click').at).toEqual({ x: 1, y: 2 });
    expect(at.point('modals.n.close').at).toEqual({ x: 3, y: 4 });
    expect(at.point('tabs.u.click').at).toEqual({ x: 5, y: 6 });
    expect(codeOf(() => at.point('modals.o.close'))).toBe('PXP_CALIBRATION_NAME');
  });

  test('where rows become too low to be found, the size is what is wrong', () => {
    const yaml = `regions: { r: { rect: [0, 0, 99, 99] } }
lists: { l: { region: r, rows: { minHeight: 20, maxHeight: 25 } } }`;
    expect(() => resolveCalibration(parse(yaml), square(10))).toThrow(
      /received 2 and 3 pixels at 10x10; use a/,
    );
    expect(resolveCalibration(parse(yaml), square(20)).list('l').rows).toMatchObject({ minHeight: 4 });
  });

  test('an anchor by signature is told from one that is not there, where a picture is asked for', () => {
    const at = resolveCalibration(
      parse('anchors: { title: { rect: [0, 0, 9, 9], dhash: 00ff00ff00ff00ff } }'),
      square(100),
    );
    expect(() => at.template('title')).toThrow(/a signature, not a picture.*visible\(title\)/);
    expect(() => at.template('titel')).toThrow(/no such name/);
  });

  test('what sticks out is cut off, what is out is refused, a mask of nothing is dropped', () => {
    expect(moved('left top', square(25)).rect).toEqual([10, 20, 15, 5]);
    expect(codeOf(() => moved('left top', square(15)))).toBe('PXP_CALIBRATION');
    expect(codeOf(() => moved('stretch top', square(60)))).toBe('PXP_CALIBRATION');
    const anchor = parse(
      'anchors: { a: { rect: [10, 10, 20, 20], dhash: 00ff00ff00ff00ff, pin: left top } }',
    );
    expect(resolveCalibration(anchor, square(30)).anchor('a').rect.width).toBe(20);
    expect(codeOf(() => resolveCalibration(anchor, square(29)))).toBe('PXP_CALIBRATION');
    const mask = parse('masks: [{ rect: [50, 50, 9, 9], why: secret, pin: left top }]');
    expect(resolveCalibration(mask, square(50)).masks).toEqual([]);
  });

  test('every place is inside, whole, and not empty, or the calibration is refused', () => {
    fc.assert(
      fc.property(anyPin(), anyRect(100), anyViewport(), (pin, rect, viewport) => {
        const calibration = parse(
          `regions: { r: { rect: [${rect.join()}], pin: ${pin} } }\npoints: { p: { at: [${rect[0]}, ${rect[1]}], pin: ${pin} } }`,
        );
        let at;
        try {
          at = resolveCalibration(calibration, viewport);
        } catch (error) {
          expect(pin).not.toBe('scale');
          expect(error).toMatchObject({ code: 'PXP_CALIBRATION' });
          return;
        }
        const region = at.region('r');
        const point = { ...at.point('p').at, width: 1, height: 1 };
        for (const place of [region, point]) {
          expect(Object.values(place).every(Number.isInteger)).toBe(true);
          expect(place.width * place.height).toBeGreaterThan(0);
          expect(containsRect(sizeRect(at.size), place)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('rects that touch still touch, and a rect keeps its middle in reach', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), anyViewport(), (edge, viewport) => {
        const yaml = `regions: { a: { rect: [0, 0, ${edge}, 100] }, b: { rect: [${edge}, 0, ${100 - edge}, 100] } }`;
        const at = resolveCalibration(parse(yaml), viewport);
        const [a, b] = [at.region('a'), at.region('b')];
        // Of a screen so small that a region is less than half a pixel, the region keeps one and overlaps.
        const scale = Math.min(at.size.width, at.size.height) / 100;
        if (Math.min(edge, 100 - edge) * scale > 1) expect(a.x + a.width).toBe(b.x);
        expect(Math.abs(a.width - edge * scale)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('asking for a name', () => {
  const at = resolveCalibration(ledger(), REFERENCE);
  test.each([
    [() => at.point('tab.inbx'), 'points', 'tab.inbox'],
    [() => at.region('heder'), 'regions', 'header'],
    [() => at.swatch('tab.archiv'), 'swatches', 'tab.archive'],
    [() => at.anchor('Headr'), 'anchors', 'header'],
    [() => at.tab('inbix'), 'tabs', 'inbox'],
    [() => at.list('lists'), 'lists', 'list'],
    [() => at.modal('confrim'), 'modals', 'confirm'],
  ])('that is missing names the nearest: %s', (ask, section, meant) => {
    expect(failureOf(ask)).toMatchObject({
      code: 'PXP_CALIBRATION_NAME',
      facts: { what: 'ledger', where: section, hint: `did you mean \`${meant}\`?` },
    });
  });

  test('that is missing tells those there are, or the first ones', () => {
    const expectedOf = (ask: () => unknown): unknown => failureOf(ask)?.facts.expected;
    expect(expectedOf(() => at.list('x'))).toBe('one of list');
    const points = Object.fromEntries(
      Array.from({ length: 15 }, (_, i) => [`p${i}`, { at: [i, 0], fallbacks: [], pin: 'left top' }]),
    );
    const many = resolveCalibration(
      { ...ledger(), points: { ...points, ...ledger().points } as never },
      REFERENCE,
    );
    expect(expectedOf(() => many.point('x'))).toMatch(/^one of (\S+, ){11}\S+ and \d+ more$/);
  });

  test.each(['constructor', '__proto__', 'toString', ''])(
    'that every object has is missing too: %s',
    (name) => {
      expect(codeOf(() => at.region(name))).toBe('PXP_CALIBRATION_NAME');
    },
  );
});

function anyPin(): fc.Arbitrary<Pin> {
  const pinned = fc
    .tuple(
      fc.constantFrom('left', 'right', 'center', 'stretch'),
      fc.constantFrom('top', 'bottom', 'middle', 'stretch'),
    )
    .map((words) => words.join(' ') as Pin);
  return fc.oneof({ weight: 1, arbitrary: fc.constant<Pin>('scale') }, { weight: 3, arbitrary: pinned });
}

function anyRect(side: number): fc.Arbitrary<[number, number, number, number]> {
  const span = fc
    .tuple(fc.integer({ min: 0, max: side - 1 }), fc.integer({ min: 1, max: side }))
    .map(([start, length]) => [start, Math.min(length, side - start)] as const);
  return fc.tuple(span, span).map(([[x, width], [y, height]]) => [x, y, width, height]);
}

function anyViewport(): fc.Arbitrary<Viewport> {
  return fc.record({
    width: fc.integer({ min: 1, max: 400 }),
    height: fc.integer({ min: 1, max: 400 }),
    deviceScaleFactor: fc.constantFrom(0.5, 1, 1.25, 1.5, 2, 3),
  });
}
