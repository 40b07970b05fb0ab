import { describe, expect, test } from 'vitest';

import { parseCalibration } from '../../../src/calibration/index.js';
import { PixelproofError } from '../../../src/core/errors.js';
import { LEDGER_YAML, ledger, sections } from './ledger.js';

const parse = (text: string) => parseCalibration(text, { file: 'f.yaml' });

function failure(text: string, file = 'f.yaml'): PixelproofError {
  try {
    parseCalibration(text, { file });
  } catch (error) {
    if (error instanceof PixelproofError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('what is accepted', () => {
  test('the documented example, with defaults filled in and aliases resolved', () => {
    const calibration = ledger();
    expect(calibration.points['tab.inbox']).toEqual({ at: [124, 88], fallbacks: [[100, 90]], pin: 'scale' });
    expect(calibration.swatches['tab.archive']).toEqual({
      rect: [224, 106, 200, 6],
      states: { active: '#2f6fed', inactive: '#dfe3e8' },
      tolerance: 12,
      optional: false,
      pin: 'scale',
    });
    expect(calibration.masks[0].pin).toBe('right top');
  });

  test('the same as JSON, indented with tabs', () => {
    expect(parse(JSON.stringify(ledger(), null, '\t'))).toEqual(ledger());
  });

  test('a byte-order mark and CRLF line ends', () => {
    expect(parse(`\uFEFF${LEDGER_YAML.replaceAll('\n', '\r\n')}`)).toEqual(ledger());
  });

  test('the least there can be', () => {
    expect(parse(sections(''))).toEqual({
      version: 1,
      name: 't',
      viewport: { width: 100, height: 100, deviceScaleFactor: 1 },
      ...{ points: {}, regions: {}, swatches: {}, anchors: {}, tabs: {}, lists: {} },
      ...{ counters: {}, modals: {}, together: [], masks: [] },
    });
  });

  test('names that objects inherit', () => {
    const { regions } = parse(sections('regions: { constructor: { rect: [0, 0, 1, 1] } }'));
    expect(Object.hasOwn(regions, 'constructor')).toBe(true);
  });
});

const rows = 'rows: { minHeight: 5, maxHeight: 9 }';

describe('what is refused, each with one error', () => {
  test.each<[string, string, Partial<PixelproofError['facts']>]>([
    ['an empty file', '', { where: '1:1', received: 'nothing' }],
    ['a comment alone', '# nothing here\n', { where: '1:1', received: 'nothing' }],
    ['a list', '- 1\n', { received: '[1]' }],
    ['a text', 'hello', { received: '"hello"' }],
    ['a tab as indentation', sections('points:\n\ta: { at: [1, 1] }'), { where: '5:1' }],
    ['two documents', `${sections('')}\n---\n${sections('')}`, { where: '5:1' }],
    ['a duplicate key', sections('points: {}\npoints: {}'), { where: '5:1', received: '"points"' }],
    [
      'a duplicate name',
      sections('regions:\n  a: { rect: [0, 0, 1, 1] }\n  a: { rect: [0, 0, 2, 2] }'),
      { where: '6:3' },
    ],
    ['an unknown tag', sections('madeBy: { browser: !secret x }'), { where: '4:20' }],
    ['a known tag no calibration needs', sections('madeBy: { browser: !!binary aGk= }'), { where: '4:20' }],
    ['a key that is a list', sections('? [1]\n: 2'), { where: '4:3' }],
    ['a prototype key', sections('points:\n  __proto__: { at: [1, 1] }'), { where: '5:3' }],
    ['a prototype key at the top', `__proto__: { x: 1 }\n${sections('')}`, { where: '1:1' }],
    ['a prototype key in JSON', '{"version":1,"__proto__":{}}', { where: '1:14' }],
    ['a merge key', sections('points: { <<: { a: { at: [1, 1] } } }'), { where: '4:11', received: '"<<"' }],
    ['an alias of nothing', sections('points: { a: { at: *there } }'), { where: '4:20' }],
    ['an alias of itself', sections('points: &p { a: *p }'), { where: '4:14' }],
    ['another version', 'version: 2\nname: 7\nfuture: {}', { where: '1:10', expected: '1', received: '2' }],
    ['no version', 'name: x\nviewport: { width: 1, height: 1 }', { where: '1:1', received: 'nothing' }],
    ['a version that is a text', 'version: "1"', { received: '"1"' }],
    ['no name', 'version: 1\nviewport: { width: 1, height: 1 }', { expected: 'a text', received: 'nothing' }],
    ['no viewport', 'version: 1\nname: x', { expected: 'a mapping', received: 'nothing' }],
    [
      'an unknown key',
      sections('regoins: {}'),
      { where: '4:1', received: '"regoins"', hint: 'did you mean `regions`?' },
    ],
    [
      'an unknown key below',
      sections('points:\n  a: { att: [1, 1] }'),
      { where: '5:8', received: '"att"', expected: 'one of at, fallbacks, pin', hint: 'did you mean `at`?' },
    ],
    [
      'a misspelt key of one of two alternatives',
      sections('tabs: { a: { click: a, mark: { swach: a, state: b } } }'),
      { where: '4:32', hint: 'did you mean `swatch`?' },
    ],
    [
      'a number that is none',
      sections('regions: { a: { rect: [0, .nan, 1, 1] } }'),
      { received: 'NaN', where: '4:27' },
    ],
    ['an infinite number', sections('regions: { a: { rect: [0, 0, .inf, 1] } }'), { received: 'Infinity' }],
    ['a fraction of a pixel', sections('points: { a: { at: [1.5, 1] } }'), { received: '1.5' }],
    [
      'a hash of digits alone, which YAML reads as a number',
      sections('anchors: { a: { rect: [0, 0, 9, 9], dhash: 80608030308058e8 } }'),
      { expected: 'a text, in quotes' },
    ],
    [
      'a negative corner',
      sections('regions: { a: { rect: [-1, 0, 1, 1] } }'),
      { expected: 'at least 0', received: '-1' },
    ],
    [
      'a width of 0',
      sections('regions: { a: { rect: [0, 0, 0, 1] } }'),
      { expected: 'at least 1', received: '0' },
    ],
    ['a huge width', sections('regions: { a: { rect: [0, 0, 20000, 1] } }'), { expected: 'at most 16384' }],
    ['a number beyond whole ones', sections('points: { a: { at: [1e300, 1] } }'), {}],
    ['three numbers for a rect', sections('regions: { a: { rect: [0, 0, 1] } }'), { received: '[0, 0, 1]' }],
    [
      'five numbers for a rect',
      sections('regions: { a: { rect: [0, 0, 1, 1, 1] } }'),
      { expected: 'at most 4 items' },
    ],
    [
      'a rect beyond the viewport',
      sections('regions: { a: { rect: [50, 0, 51, 1] } }'),
      { where: '4:23', expected: 'pixels within 100x100', received: '[50, 0, 51, 1]' },
    ],
    [
      'a point beyond the viewport',
      sections('points: { a: { at: [100, 0] } }'),
      { where: '4:20', received: '[100, 0]' },
    ],
    [
      'a fallback beyond it',
      sections('points: { a: { at: [1, 1], fallbacks: [[1, 100]] } }'),
      { where: '4:40' },
    ],
    ['a mask beyond it', sections('masks: [{ rect: [0, 0, 101, 1], why: secret }]'), { where: '4:17' }],
    [
      'columns beyond it',
      sections(
        `regions: { r: { rect: [0, 0, 9, 9] } }\nlists: { l: { region: r, ${rows}, identity: { columns: [99, 2] } } }`,
      ),
      { received: '[99, 2]' },
    ],
    [
      'a modal beyond it',
      sections(
        'anchors: { a: { rect: [0, 0, 1, 1], dhash: 00000000000000ff } }\nmodals: { m: { box: [99, 0, 2, 1], mark: { anchor: a } } }',
      ),
      { where: '5:21' },
    ],
    [
      'a path as a name',
      sections('regions: { ../../etc/passwd: { rect: [0, 0, 1, 1] } }'),
      { where: '4:12', received: '"../../etc/passwd"' },
    ],
    ['two dots in a name', sections('regions: { a..b: { rect: [0, 0, 1, 1] } }'), { received: '"a..b"' }],
    [
      'a name that is too long',
      sections(`regions: { ${'a'.repeat(65)}: { rect: [0, 0, 1, 1] } }`),
      { where: '4:12' },
    ],
    [
      'a colour name',
      sections('swatches: { a: { rect: [0, 0, 1, 1], states: { on: red } } }'),
      { expected: '#rgb or #rrggbb', received: '"red"' },
    ],
    [
      'no states',
      sections('swatches: { a: { rect: [0, 0, 1, 1], states: {} } }'),
      { expected: 'at least one state' },
    ],
    [
      'a tolerance of 0',
      sections("swatches: { a: { rect: [0, 0, 1, 1], states: { on: '#fff' }, tolerance: 0 } }"),
      { expected: 'more than 0' },
    ],
    [
      'a pin that is none',
      sections('regions: { a: { rect: [0, 0, 1, 1], pin: left topp } }'),
      { received: '"left topp"', hint: 'did you mean `left top`?' },
    ],
    ['a date that is none', sections('madeBy: { date: 2026-02-30 }'), { expected: 'a date, YYYY-MM-DD' }],
    [
      'control characters in a text',
      sections('madeBy: { browser: "a\\x1b[31mb" }'),
      { received: '"a\\u001b[31mb"' },
    ],
    [
      'rows higher than the highest',
      sections(
        'regions: { r: { rect: [0, 0, 9, 9] } }\nlists: { l: { region: r, rows: { minHeight: 5, maxHeight: 4 } } }',
      ),
      { expected: 'at least 5', received: '4' },
    ],
    [
      'a mark that is neither',
      sections('tabs: { a: { click: a, mark: 3 } }'),
      { expected: 'a mapping', received: '3' },
    ],
  ])('%s', (_, text, facts) => {
    const error = failure(text);
    expect(error.code).toBe('PXP_CALIBRATION');
    expect(error.facts).toMatchObject({
      what: 'f.yaml',
      where: /^\d+:\d+$/.exec(error.facts.where!)![0],
      ...facts,
    });
    expect(error.facts.expected).toBeTruthy();
    expect(error.facts.received).toBeTruthy();
    expect(error.message).not.toMatch(/\p{Cc}/u);
  });
});

describe('names that nothing defines', () => {
  const base = [
    'points: { click.me: { at: [1, 1] } }',
    'regions: { area: { rect: [0, 0, 9, 9] } }',
    "swatches: { tab: { rect: [0, 0, 9, 9], states: { active: '#fff' } } }",
    'anchors: { logo: { rect: [0, 0, 9, 9], dhash: 0123456789abcdef } }',
  ].join('\n');
  test.each([
    ["a tab's point", 'tabs: { t: { click: click.mee, mark: { anchor: logo } } }', '"click.mee"', 'click.me'],
    [
      "a tab's region",
      'tabs: { t: { click: click.me, mark: { anchor: logo }, region: aera } }',
      '"aera"',
      'area',
    ],
    [
      "a mark's swatch",
      'tabs: { t: { click: click.me, mark: { swatch: tabb, state: active } } }',
      '"tabb"',
      'tab',
    ],
    [
      "a mark's state",
      'tabs: { t: { click: click.me, mark: { swatch: tab, state: actve } } }',
      '"actve"',
      'active',
    ],
    ["a mark's anchor", 'tabs: { t: { click: click.me, mark: { anchor: loga } } }', '"loga"', 'logo'],
    ["a list's region", `lists: { l: { region: arae, ${rows} } }`, '"arae"', 'area'],
    ["a list's empty anchor", `lists: { l: { region: area, ${rows}, empty: log } }`, '"log"', 'logo'],
    [
      "a list's action",
      `lists: { l: { region: area, ${rows}, action: { point: clickme } } }`,
      '"clickme"',
      'click.me',
    ],
    [
      "a modal's mark",
      'modals: { m: { box: [0, 0, 9, 9], mark: { anchor: nothing } } }',
      '"nothing"',
      undefined,
    ],
    [
      "a modal's close",
      'modals: { m: { box: [0, 0, 9, 9], mark: { anchor: logo }, close: click.m } }',
      '"click.m"',
      'click.me',
    ],
    ['what every object has', `lists: { l: { region: toString, ${rows} } }`, '"toString"', undefined],
  ])('%s', (_, text, received, meant) => {
    const { code, facts } = failure(sections(`${base}\n${text}`));
    expect({ code, received: facts.received, hint: facts.hint }).toEqual({
      code: 'PXP_CALIBRATION',
      received,
      hint: meant === undefined ? undefined : `did you mean \`${meant}\`?`,
    });
    expect(facts.where).toBe(`8:${text.indexOf(received.slice(1, -1)) + 1}`);
  });
});

describe('several problems', () => {
  test('the first in the text is told, and how many more there are', () => {
    const error = failure(
      sections('regions: { a: { rect: [0, 0, x, 1] } }\npoints: { b: { at: [z, 1] }, c: {} }'),
    );
    expect(error.facts).toMatchObject({ where: '4:30', received: '"x"' });
    expect(error.message).toContain('2 more');
  });

  test('a dropped tag before a broken line comes first', () => {
    expect(failure('a: !tag 1\nb: [').facts.where).toBe('1:4');
  });

  test('of another version nothing else is told, wherever the version stands', () => {
    const error = failure('name: 7\nviewport: 3\nversion: 2');
    expect(error.facts).toMatchObject({ where: '3:10', received: '2' });
    expect(error.message).not.toContain('more');
  });

  test('columns count from behind a byte-order mark', () => {
    expect(failure('\uFEFFversion: 2').facts.where).toBe('1:10');
  });

  test('a misspelt key comes before the key it leaves missing', () => {
    expect(failure('version: 1\nname: x\nviewprot: { width: 1, height: 1 }').facts).toMatchObject({
      where: '3:1',
      hint: 'did you mean `viewport`?',
    });
  });
});

describe('input made to hurt', () => {
  const nested = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`;
  test.each([
    ['a million regions', `regions: {${'a:,'.repeat(1_000_000)}}`, 'the file is too large'],
    [
      'more regions than a section holds',
      sections(`regions: {${Array.from({ length: 2001 }, (_, i) => `r${i}:`).join(',')}}`),
      'too many entries',
    ],
    ['lists in lists', nested(50_000), 'nested too deeply'],
    ['lists in lists that never end', '['.repeat(100_000), 'nested too deeply'],
    ['dashes', '- '.repeat(50_000), 'nested too deeply'],
    ['keys in keys', '? '.repeat(50_000), 'nested too deeply'],
    [
      'deep indentation',
      Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      'nested too deeply',
    ],
    [
      'aliases that multiply',
      [
        'a0: &a0 [x, x, x]',
        ...Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join()}]`),
      ].join('\n'),
      'bad alias',
    ],
  ])('%s', (_, text, problem) => {
    const error = failure(text);
    expect(error.code).toBe('PXP_CALIBRATION');
    expect(error.message).toContain(problem);
  });

  test('more errors than a call can have arguments', { timeout: 30_000 }, () => {
    expect(failure('"'.repeat(250_000))).toMatchObject({ code: 'PXP_CALIBRATION', facts: { where: '1:3' } });
  });

  test('more aliases than anybody shares', () => {
    const uses = (n: number) => `[${Array(n).fill('*a').join()}]`;
    expect(failure(`a: &a 1\nb: ${uses(600)}\nc: ${uses(600)}`).message).toContain('too many aliases');
    expect(failure(`a: &a 1\nb: ${uses(101)}`).facts.where).toBe('2:305');
  });

  test('2000 regions are fine', () => {
    const names = Array.from({ length: 2000 }, (_, i) => `r${i}: { rect: [0, 0, 9, 9] }`);
    expect(Object.keys(parse(sections(`regions: {${names.join(',')}}`)).regions)).toHaveLength(2000);
  });

  test('a hostile value and a hostile file name are shown escaped and cut', () => {
    const error = failure(
      sections(`madeBy: { date: "\\x1b]0;x\\x07${'z'.repeat(500)}" }`),
      'a\u001b[2J\u202Eb.yaml',
    );
    expect(error.message).not.toMatch(/[\p{Cc}\u202E]/u);
    expect(error.facts.received!.length).toBeLessThanOrEqual(80);
    expect(error.facts.what).toBe('a\\u001b[2J\\u202eb.yaml');
  });
});
