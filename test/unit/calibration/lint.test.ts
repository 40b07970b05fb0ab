import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { lintCalibration, lintFile, parseCalibration } from '../../../src/calibration/index.js';
import { ledger, sections } from './ledger.js';

const lintAll = (yaml: string) => lintCalibration(parseCalibration(sections(yaml), { file: 't' }));
const lint = (yaml: string) => lintAll(yaml).map(({ where }) => where);
const list = (fields: string) =>
  lint(`regions: { r: { rect: [10, 10, 80, 50] } }\nlists: { l: { region: r, ${fields} } }`);

test('nothing to say about the documented example', () => {
  expect(lintCalibration(ledger())).toEqual([]);
});

describe('names', () => {
  test('that differ in case alone', () => {
    expect(lint('points: { tab: { at: [1, 1] }, other: { at: [2, 2] }, Tab: { at: [3, 3] } }')).toEqual([
      'points.Tab',
    ]);
  });

  test('may be the same in two sections', () => {
    expect(lint('points: { tab: { at: [1, 1] } }\nregions: { tab: { rect: [0, 0, 1, 1] } }')).toEqual([]);
  });

  test('that a flow uses for the action of a list', () => {
    const yaml = `points: { l.action: { at: [1, 1] } }\nregions: { r: { rect: [0, 0, 9, 9] } }
lists: { l: { region: r, rows: { minHeight: 5, maxHeight: 9 } } }`;
    expect(lint(yaml)).toEqual(['points.l.action']);
  });
});

test('a fallback that is tried already', () => {
  expect(lint('points: { p: { at: [1, 1], fallbacks: [[2, 2], [1, 1]] } }')).toEqual(['points.p.fallbacks']);
});

describe('states', () => {
  const swatch = (a: string, b: string, tolerance: number) =>
    lint(
      `swatches: { s: { rect: [0, 0, 9, 9], states: { a: '${a}', b: '${b}', c: '#000' }, tolerance: ${tolerance} } }`,
    );

  test('of colours within the tolerance', () => {
    expect(swatch('#ffffff', '#f4f4f4', 12)).toEqual(['swatches.s.states']);
    expect(swatch('#ffffff', '#f4f4f4', 2)).toEqual([]);
    expect(swatch('#2f6fed', '#dfe3e8', 12)).toEqual([]);
  });

  test('that are the same colour', () => {
    expect(swatch('#fff', '#FFFFFF', 1)).toEqual(['swatches.s.states']);
  });
});

test('marks that are not where they belong', () => {
  const at = (x: number) => `points: { p: { at: [1, 1] } }
regions: { strip: { rect: [0, 0, 50, 20] } }
swatches: { s: { rect: [${x}, 5, 9, 9], states: { on: '#000' } } }
tabs: { t: { click: p, mark: { swatch: s, state: on }, region: strip } }
modals: { m: { box: [0, 0, 50, 50], mark: { swatch: s, state: on } } }`;
  const marks = (x: number) => lint(at(x)).filter((where) => where !== 'modals.m.mark' || x > 50);
  expect(marks(10)).toEqual([]);
  expect(lintAll(at(60)).map(({ where, message }) => `${where} ${message}`)).toEqual([
    'modals.m.mark is that of `t` too: nothing tells them apart',
    'tabs.t.region does not hold its mark',
    'modals.m.mark lies outside of its box',
  ]);
});

test('a pointer that is parked on a button', () => {
  const park = (x: number) => `park: p
points: { p: { at: [${x}, 30] } }
regions: { r: { rect: [10, 10, 80, 50] } }
lists:
  l: { region: r, rows: { minHeight: 20, maxHeight: 30 }, action: { columns: [60, 20], enabled: '#0f0' } }`;
  expect(lint(park(70))).toEqual(['park']);
  expect(lint(park(20))).toEqual([]);
});

describe('anchors', () => {
  const anchor = (dhash: string, maxDistance: number) =>
    lintAll(`anchors: { a: { rect: [0, 0, 9, 9], dhash: ${dhash}, maxDistance: ${maxDistance} } }`);

  test('that a blank patch fits are worthless', () => {
    expect(anchor('000000000000000f', 4)).toEqual([
      expect.objectContaining({ severity: 'error', where: 'anchors.a', path: ['anchors', 'a'] }),
    ]);
    expect(anchor('000000000000000f', 3)).toEqual([]);
    expect(anchor('ffffffffffffffff', 10)).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    ['9 bits apart', '[0, 0, 9, 9], dhash: ffffffffffffffff', ['anchors.b.dhash']],
    ['10 bits apart', '[0, 0, 9, 9], dhash: fffffffffffffffe', []],
    ['of two places', '[0, 0, 9, 8], dhash: ffffffffffffffff', []],
  ])('compete at one place: %s', (_, b, where) => {
    const a = 'a: { rect: [0, 0, 9, 9], dhash: fffffffffffffc01 }';
    expect(lint(`anchors: { ${a}, b: { rect: ${b} } }`)).toEqual(where);
  });
});

describe('points that nothing uses', () => {
  const calibration = (yaml: string) => parseCalibration(sections(yaml), { file: 't' });
  const yaml = `park: d
points: { a: { at: [1, 1] }, b: { at: [1, 1] }, c: { at: [1, 1] }, d: { at: [1, 1] }, e: { at: [1, 1] }, f: { at: [1, 1] } }
regions: { r: { rect: [0, 0, 9, 9] } }
swatches: { s: { rect: [0, 0, 9, 9], states: { on: '#fff', off: '#000' } } }
tabs: { t: { click: a, mark: { swatch: s, state: on } } }
lists: { l: { region: r, rows: { minHeight: 5, maxHeight: 9 }, action: { point: b } } }
modals: { m: { box: [0, 0, 9, 9], mark: { swatch: s, state: off }, close: c } }`;

  test('are those no step clicks and no tab, list, popup or park names', () => {
    const found = lintCalibration(calibration(yaml), { clicked: new Set(['e']) });
    expect(found).toMatchObject([{ severity: 'warning', where: 'points.f' }]);
  });

  test('are not known without a flow', () => {
    expect(lintAll(yaml)).toEqual([]);
  });
});

test('no shipped pack has an error', async () => {
  const packs = join(import.meta.dirname, '../../../calibrations');
  const names = await readdir(packs);
  expect(names).toContain('ledger');
  for (const name of names) {
    const findings = await lintFile(join(packs, name, 'calibration.yaml'));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  }
});

describe('marks', () => {
  const base = `points: { p: { at: [1, 1] } }
anchors: { a: { rect: [0, 0, 9, 9], dhash: 00ff00ff00ff00ff } }
swatches: { s: { rect: [0, 0, 9, 9], states: { on: '#fff', off: '#000' } } }\n`;
  const tabs = (one: string, two: string) =>
    lint(`${base}tabs: { one: { click: p, mark: ${one} }, two: { click: p, mark: ${two} } }`);

  test('that two tabs share', () => {
    expect(tabs('{ swatch: s, state: on }', '{ swatch: s, state: on }')).toEqual(['tabs.two.mark']);
    expect(tabs('{ anchor: a }', '{ anchor: a }')).toEqual(['tabs.two.mark']);
    expect(tabs('{ swatch: s, state: on }', '{ swatch: s, state: off }')).toEqual([]);
    expect(tabs('{ swatch: s, state: on }', '{ anchor: a }')).toEqual([]);
  });

  test('that a tab and a modal share', () => {
    const yaml = `${base}tabs: { t: { click: p, mark: { anchor: a } } }\nmodals: { m: { box: [0, 0, 9, 9], mark: { anchor: a } } }`;
    expect(lint(yaml)).toEqual(['modals.m.mark']);
  });

  test('under an ambient mask, but not beside it or under a secret one', () => {
    const masked = (rect: string, why: string) => lint(`${base}masks: [{ rect: ${rect}, why: ${why} }]`);
    expect(masked('[8, 8, 9, 9]', 'ambient')).toEqual(['swatches.s', 'anchors.a']);
    expect(masked('[9, 0, 9, 9]', 'ambient')).toEqual([]);
    expect(masked('[8, 8, 9, 9]', 'secret')).toEqual([]);
  });
});

describe('lists', () => {
  test.each([
    ['that fit', 'rows: { first: 10, pitch: 20, minHeight: 15, maxHeight: 25 }', []],
    ['lower than a row', 'rows: { minHeight: 51, maxHeight: 60 }', ['lists.l.rows']],
    ['of less height than pitch', 'rows: { pitch: 51, minHeight: 40, maxHeight: 60 }', ['lists.l.rows']],
    [
      'that begin above their region',
      'rows: { first: 9, minHeight: 15, maxHeight: 25 }',
      ['lists.l.rows.first'],
    ],
    ['that begin below it', 'rows: { first: 60, minHeight: 15, maxHeight: 25 }', ['lists.l.rows.first']],
    ['of a pitch no row has', 'rows: { pitch: 30, minHeight: 15, maxHeight: 25 }', ['lists.l.rows.pitch']],
    [
      'of columns beside their region',
      'rows: { minHeight: 15, maxHeight: 25 }, identity: { columns: [5, 20] }',
      ['lists.l.identity.columns'],
    ],
    [
      'whose enabled button looks disabled',
      "rows: { minHeight: 15, maxHeight: 25 }, action: { columns: [20, 20], enabled: '#888', disabled: '#999' }",
      ['lists.l.action'],
    ],
  ])('%s', (_, fields, where) => {
    expect(list(fields)).toEqual(where);
  });
});
