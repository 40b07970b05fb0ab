import { describe, expect, test } from 'vitest';
import { type Side, interleave } from '../../../bench/interleave.js';

/** A clock on which every sample lasts `ms`, and sides that write down what happens to them. */
function rig(names: readonly string[], { ms = 10, failsAt = Infinity } = {}) {
  let now = 0;
  let taken = 0;
  const log: string[] = [];
  const sides: Side[] = names.map((name) => ({
    name,
    resume: async () => void log.push(`${name}+`),
    pause: async () => void log.push(`${name}-`),
    sample: () => {
      now += ms;
      if (++taken === failsAt) throw new Error('the page is gone');
      log.push(name);
      return taken;
    },
  }));
  return { sides, log, clock: { nowMs: () => now } };
}

describe('interleave', () => {
  test('sides take turns; warm-up and the first sample of a turn do not count', async () => {
    const { sides, log, clock } = rig(['a', 'b']);
    const samples = await interleave(sides, { turns: 2, perTurn: 2, budgetMs: 1e9 }, clock);
    const warmUp = 'a+ a a- b+ b b-';
    const round = 'a+ a a a a- b+ b b b b-';
    expect(log.join(' ')).toBe([warmUp, round, round].join(' '));
    expect(samples.get('a')).toEqual([4, 5, 10, 11]);
    expect(samples.get('b')).toEqual([7, 8, 13, 14]);
  });

  test('warm-up lasts as long as asked, for each side', async () => {
    const { sides, log, clock } = rig(['a', 'b']);
    await interleave(sides, { turns: 1, warmUpMs: 35, perTurn: 1, discard: 0, budgetMs: 1e9 }, clock);
    expect(log.filter((entry) => entry === 'a')).toHaveLength(4 + 1);
    expect(log.filter((entry) => entry === 'b')).toHaveLength(4 + 1);
  });

  test('no round begins after the budget, and each side has as many samples as the other', async () => {
    const { sides, clock } = rig(['a', 'b']);
    // A round is 2 x 4 samples of 10 ms; the second begins at 80 ms, the third would at 160.
    const samples = await interleave(sides, { turns: 9, perTurn: 3, budgetMs: 100 }, clock);
    expect([...samples.values()].map(({ length }) => length)).toEqual([6, 6]);
  });

  test('one round counts even without a budget', async () => {
    const { sides, clock } = rig(['a']);
    const samples = await interleave(sides, { turns: 9, perTurn: 3, budgetMs: 0 }, clock);
    expect(samples.get('a')).toHaveLength(3);
  });

  test('a side that throws is paused, and ends the comparison', async () => {
    const { sides, log, clock } = rig(['a', 'b'], { failsAt: 4 });
    const work = interleave(sides, { turns: 2, perTurn: 2, budgetMs: 1e9 }, clock);
    await expect(work).rejects.toThrow('the page is gone');
    expect(log.join(' ')).toBe('a+ a a- b+ b b- a+ a a-');
  });
});
