import { expect, test } from 'vitest';

import { parseCalibration, resolveCalibration, scoreMutants } from '../../../src/calibration/index.js';
import { mutateFrame } from '../../../src/calibration/check/mutate-frame.js';
import { changeScore } from '../../../src/probe/index.js';
import { solid } from '../../support/draw.js';
import { frame, shipped } from './ledger-frames.js';
import { sections } from './ledger.js';

test('the shipped calibration notices at least 95 % of what changes, and not a re-encoding', async () => {
  const ledger = await shipped();
  const resolved = resolveCalibration(ledger, ledger.viewport);
  const scores = await Promise.all(
    ['inbox.png', 'settings.png', 'announcement.png'].map(async (name) =>
      scoreMutants(resolved, await frame(name)),
    ),
  );
  const sum = (of: 'mutants' | 'right'): number => scores.reduce((n, score) => n + score[of], 0);
  expect(sum('right') / sum('mutants')).toBeGreaterThanOrEqual(0.95);
  for (const { kinds } of scores) expect(kinds['re-encoded']).toEqual({ mutants: 1, right: 1 });
});

test('every mutant differs from its frame, and each kind is there', async () => {
  const ledger = await shipped();
  const image = await frame('inbox.png');
  const counts = new Map<string, number>();
  for (const mutant of mutateFrame(image, resolveCalibration(ledger, ledger.viewport))) {
    counts.set(mutant.kind, (counts.get(mutant.kind) ?? 0) + 1);
    expect([mutant.image.width, mutant.image.height]).toEqual([image.width, image.height]);
    expect(changeScore(image, mutant.image, { tolerance: 0 }).score, mutant.name).toBeGreaterThan(0);
  }
  expect(Object.fromEntries(counts)).toEqual({
    ...{ shifted: 20, scaled: 4, dimmed: 2, recoloured: 2, twins: 2, 're-encoded': 1 },
  });
});

test('a calibration that alarms always, and one that never does, notice nothing', () => {
  const at = { width: 100, height: 100, deviceScaleFactor: 1 };
  const of = (color: string) => {
    const yaml = sections(
      `swatches: { s: { rect: [10, 10, 9, 9], states: { a: '${color}', b: '#ffffff' } } }`,
    );
    return scoreMutants(
      resolveCalibration(parseCalibration(yaml, { file: 't' }), at),
      solid(100, 100, [250, 0, 0]),
    );
  };
  expect(of('#00ff00')).toMatchObject({
    right: 0,
    wrong: expect.arrayContaining([expect.stringContaining('itself alarms')]) as string[],
  });
  const { kinds } = of('#fa0000');
  expect(kinds.shifted).toEqual({ mutants: 20, right: 0 });
  expect(kinds.recoloured!.right).toBeGreaterThan(0);
});
