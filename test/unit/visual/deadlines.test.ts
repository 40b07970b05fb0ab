import { expect, test } from 'vitest';
import { Deadlines } from '../../../src/visual/deadlines.js';

const learnt = (ms: readonly number[]): Deadlines => {
  const deadlines = new Deadlines();
  for (const each of ms) deadlines.learn('s', each, { late: false });
  return deadlines;
};

test('before a few proofs were seen the first deadline stands', () => {
  expect(learnt(Array(7).fill(50)).of('s', {})).toBe(2500);
});

test.each([
  ['fast ones end at the floor', Array<number>(8).fill(50), 600],
  ['the slowest counts, three times', [...Array<number>(9).fill(50), 400], 1200],
  ['slow ones end at the ceiling', Array<number>(8).fill(6000), 10_000],
  ['what was slow once is forgotten', [3000, ...Array<number>(32).fill(300)], 900],
])('%s', (_, seen, deadline) => {
  expect(learnt(seen).of('s', {})).toBe(deadline);
  expect(learnt(seen).of('another', {})).toBe(2500);
});

test('a timeout of the step’s own is kept, and raised by late effects alone', () => {
  const deadlines = learnt(Array(20).fill(50));
  expect(deadlines.of('s', { timeoutMs: 30_000 })).toBe(30_000);
  expect(deadlines.of('s', { timeoutMs: 200 })).toBe(200);
  deadlines.learn('s', 3000, { late: true });
  expect(deadlines.of('s', { timeoutMs: 200 })).toBe(4500);
  expect(deadlines.of('s', { timeoutMs: 30_000 })).toBe(30_000);
  deadlines.learn('s', 9000, { late: true });
  expect(deadlines.of('s', { timeoutMs: 200 })).toBe(10_000);
});
