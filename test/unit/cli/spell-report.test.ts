import { expect, test } from 'vitest';
import { spellReport } from '../../../src/cli/run-and-report.js';

test.each([
  [0, 'run       run-1: done'],
  [2, 'run       run-1: done, 2 to review'],
])('the summary says what is left to review: %i', (reviews, line) => {
  const report = {
    ...({ runId: 'run-1', outcome: 'done', units: 3, verdicts: {}, sensor: 'screenshot' } as const),
    ...{ reviews, cycleMs: { p50: 1, p95: 2 }, confirmMs: { p50: 1, p95: 2 }, dataDir: 'd', report: 'r' },
  };
  expect(spellReport(report).split('\n')[0]).toBe(line);
});
