import { describe, expect, test } from 'vitest';
import { renderPage } from '../../../bench/render-page.js';
import { renderTable } from '../../../bench/render-table.js';
import type { BenchResult } from '../../../bench/result.js';

const NAMES = [
  'click-to-proof:frame-control',
  'click-to-proof-animated:playwright',
  'no-change:frame-control',
  'collector-rows-per-second:pixelproof',
  'capture:screenshot:jpeg-q80:row:idle',
  'decode-captured:png:frame:photo',
  'bytes:png:frame:idle',
  'decode:jpeg-q80-1280x720:canvas',
  'probes:transition-row',
  'probe:rowBands-1280x720-photo',
  'parallel-throughput:8',
  'soak:screencast',
];
const result: BenchResult = {
  machine: {
    cpus: 2,
    model: 'A & B <chip>',
    memoryMB: 2048,
    platform: 'linux-x64',
    node: '20.19.0',
    browser: 'HeadlessChrome/156',
    commit: 'abc1234',
  },
  cases: NAMES.map((name, i) => ({ name, unit: 'ms', n: 9, min: i + 1, p50: i + 2, p95: i + 300 })),
  ratios: [{ name: 'click-to-proof:frame-control/playwright', value: 0.217 }],
  notes: ['left out: <nothing>'],
};

describe('page', () => {
  const page = renderPage(result, '2026-01-02');

  test('every case is in a plot and in the table', () => {
    const plots = page.match(/<rect\s/g) ?? [];
    expect(plots).toHaveLength(NAMES.length);
    for (const name of NAMES) expect(page).toContain(`<td>${name}</td>`);
  });

  test('nothing is loaded from elsewhere, and what comes from the machine is escaped', () => {
    expect(page).not.toMatch(/<(script|link|img)|https?:|url\(/);
    expect(page).toContain('A &amp; B &lt;chip&gt;');
    expect(page).toContain('left out: &lt;nothing&gt;');
  });

  test('a run of one case is a page, too', () => {
    expect(
      renderPage({ ...result, cases: [{ ...result.cases[0], p50: 0, p95: 0 }], ratios: [], notes: [] }, ''),
    ).not.toMatch(/NaN|Infinity/);
  });
});

test('the table has a line for each ratio, case and note', () => {
  const lines = renderTable(result).split('\n');
  for (const start of [...NAMES, 'click-to-proof:frame-control/playwright', 'left out']) {
    expect(lines.some((line) => line.startsWith(start))).toBe(true);
  }
  expect(lines[0]).toContain('HeadlessChrome/156');
});
