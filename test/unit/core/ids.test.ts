import { expect, test } from 'vitest';
import { newRunId } from '../../../src/core/ids.js';

test('run ids sort by start time, differ, and are safe as file names', () => {
  const first = newRunId(new Date('2026-11-22T10:15:30.999Z'));
  const second = newRunId(new Date('2026-11-22T10:15:31Z'));
  expect(first).toMatch(/^20261122T101530-[0-9a-f]{6}$/);
  expect([second, first].sort()).toEqual([first, second]);
  const same = new Date(0);
  expect(new Set(Array.from({ length: 20 }, () => newRunId(same))).size).toBeGreaterThan(1);
});
