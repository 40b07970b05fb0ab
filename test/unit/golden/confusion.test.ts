import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Confusion, compare, renderConfusion } from '../../corpus/confusion.js';
import { measureCorpus } from '../../corpus/measure.js';
import { GOLDEN } from '../../corpus/truth.js';

/** On an idle machine it takes twenty seconds. */
const MOST_MS = 240_000;
const UPDATE = 'node scripts/golden.mjs baseline';
const baseline = JSON.parse(readFileSync(join(GOLDEN, 'confusion.json'), 'utf8')) as Confusion;

describe('the corpus', () => {
  let confusion: Confusion;
  let findings: readonly string[];
  beforeAll(() => {
    ({ confusion, findings } = measureCorpus());
    process.stdout.write(`${renderConfusion(confusion)}\n`);
  }, MOST_MS);

  it('is answered no worse than by test/golden/confusion.json', () => {
    const { worse, better } = compare(confusion, baseline);
    if (worse.length === 0 && better.length > 0) {
      process.stdout.write(`Better than the baseline; ${UPDATE} keeps it:\n${better.join('\n')}\n`);
    }
    expect(worse, `worse, or asked of other pictures (then ${UPDATE}):\n${findings.join('\n')}`).toEqual([]);
  });

  // What is unsure the table counts; what is claimed where it is not, or denied where it is, never is allowed of these.
  it.each([
    ['swatch', 'active > inactive'],
    ['swatch', 'inactive > active'],
    ['tabActive', 'holds > fails'],
    ['tabActive', 'fails > holds'],
    ['veil', 'none > opened'],
    ['veil', 'opened > none'],
    ['veil', 'opened > elsewhere'],
    ['modalOpen', 'fails > holds'],
    ['modalOpen', 'holds > fails'],
    ['modalClosed', 'holds > fails'],
    ['modalClosed', 'fails > holds'],
    ['listEmpty', 'fails > holds'],
    ['listEmpty', 'holds > fails'],
    ['emptiness', 'empty > populated'],
    ['emptiness', 'populated > empty'],
    ['rowBands', 'row > nothing'],
    ['rowAdvanced', 'fails > holds'],
    ['rowAdvanced', 'holds > fails'],
    ['rowRemoved', 'fails > holds'],
    ['rowRemoved', 'holds > fails'],
    ['rowAdded', 'fails > holds'],
    ['rowAdded', 'holds > fails'],
    ['changed', 'holds > fails'],
    ['unchanged', 'fails > holds'],
    ['matches', 'holds > fails'],
    ['matches', 'fails > holds'],
    ['matchTemplate', 'there > elsewhere'],
    ['on', 'fails > holds'],
    ['on', 'holds > fails'],
    ['swatchIs', 'holds > fails'],
    ['swatchIs', 'fails > holds'],
    ['scrolled', 'holds > fails'],
    ['scrolled', 'fails > holds'],
    ['displacement', 'moved > elsewhere'],
    ['textGrew', 'fails > holds'],
    ['readNumber', 'number > another'],
  ])('%s never answers %s', (asked, cell) => {
    expect(Object.values(confusion[asked]).reduce((sum, cells) => sum + (cells[cell] ?? 0), 0)).toBe(0);
  });
});

describe('compare', () => {
  const was: Confusion = {
    veil: { lossless: { 'none > none': 3, 'opened > opened': 2, 'opened > none': 1 } },
  };
  const is = (cells: Record<string, number>): Confusion => ({ veil: { lossless: cells } });

  it('finds nothing in equal tables', () => {
    expect(compare(was, was)).toEqual({ worse: [], better: [] });
  });

  it('calls a right answer that became wrong worse, in both cells', () => {
    const now = is({ 'none > none': 2, 'none > opened': 1, 'opened > opened': 2, 'opened > none': 1 });
    expect(compare(now, was).worse).toEqual([
      'veil, lossless: none > none: 3 before, 2 now',
      'veil, lossless: none > opened: 0 before, 1 now',
    ]);
  });

  it('calls a wrong answer that became right better', () => {
    const { worse, better } = compare(is({ 'none > none': 3, 'opened > opened': 3 }), was);
    expect(worse).toEqual([]);
    expect(better).toHaveLength(2);
  });

  it('calls a right answer that became unsure worse', () => {
    const now = is({ 'none > none': 3, 'opened > opened': 1, 'opened > unsure': 1, 'opened > none': 1 });
    expect(compare(now, was).worse).toHaveLength(2);
  });
});
