import { expect, test } from 'vitest';
import { chooseSensor } from '../../../src/sensor/choose-sensor.js';
import { paint, solid } from '../../support/draw.js';
import { SimulatedClock } from '../../support/simulated-clock.js';
import { failing, scriptedSource } from './scripted-source.js';

const clock = new SimulatedClock({ autoAdvance: true });
const grey = solid(8, 6, [90, 90, 90]);
const region = { x: 0, y: 0, width: 8, height: 6 };
const source = (name: string, ms: number, shows: (capture: number) => typeof grey = () => grey) =>
  scriptedSource(name, { clock, ms, shows });

test('the fastest whose pixels are right is taken, and all are measured', async () => {
  const candidates = [source('slow', 60), source('quick', 8), source('screenshot', 30)];
  const choice = await chooseSensor({ candidates, region, clock });
  expect(choice.source).toBe(candidates[1]);
  expect(choice.measurements).toMatchObject([
    { name: 'slow', captureMs: 60 },
    { name: 'quick', captureMs: 8 },
    { name: 'screenshot', captureMs: 30 },
  ]);
  expect(choice.measurements.every(({ samples }) => samples > 0)).toBe(true);
  expect(candidates.some(({ closed }) => closed)).toBe(false);
});

test.each([
  [
    'one wrong level in a PNG',
    'png',
    () => paint(grey, { x: 3, y: 3, width: 1, height: 1 }, [91, 90, 90]),
    true,
  ],
  ['a few levels all over in a JPEG', 'jpeg', () => solid(8, 6, [99, 80, 95]), false],
  [
    'a block of another colour in a JPEG',
    'jpeg',
    () => paint(grey, { x: 0, y: 0, width: 4, height: 2 }, [250, 0, 0]),
    true,
  ],
  ['another picture', 'jpeg', () => solid(8, 6, [0, 0, 0]), true],
] as const)('%s is found out: wrong %s', async (_, format, shows, isWrong) => {
  const candidates = [source('quick', 5, shows), source('screenshot', 30)];
  const { source: chosen, measurements } = await chooseSensor({ candidates, region, format, clock });
  expect(chosen.name).toBe(isWrong ? 'screenshot' : 'quick');
  expect(measurements[0].refused).toBe(isWrong ? 'wrong-pixels' : undefined);
});

test('where the page moved between the looks of the reference nothing is compared', async () => {
  const moving = { x: 0, y: 0, width: 2, height: 2 };
  const screenshot = source('screenshot', 30, (capture) => paint(grey, moving, [capture, 0, 0]));
  const quick = source('quick', 5, () => paint(grey, moving, [200, 200, 0]));
  const choice = await chooseSensor({ candidates: [quick, screenshot], region, clock });
  expect(choice.source).toBe(quick);
});

test('motion that comes back to where it was between two looks of the reference is no wrong pixel', async () => {
  const spot = { x: 0, y: 0, width: 2, height: 2 };
  // The reference is looked at in its captures 1, 3 and 4; only the last shows that something moves.
  const screenshot = source('screenshot', 30, (capture) =>
    capture >= 4 ? paint(grey, spot, [1, 1, 1]) : grey,
  );
  const quick = source('quick', 5, () => paint(grey, spot, [200, 200, 0]));
  const choice = await chooseSensor({ candidates: [quick, screenshot], region, clock });
  expect(choice.source).toBe(quick);
  expect(choice.measurements.every(({ refused }) => refused === undefined)).toBe(true);
});

test.each([
  ['beside what moves', { x: 20, y: 3, width: 1, height: 1 }, 'quick'],
  ['far from what moves', { x: 60, y: 3, width: 1, height: 1 }, 'screenshot'],
])('a wrong pixel %s', async (_, spot, chosen) => {
  const viewport = { width: 64, height: 6 };
  const large = solid(64, 6, [90, 90, 90]);
  const moves = { x: 0, y: 0, width: 2, height: 2 };
  const screenshot = scriptedSource('screenshot', {
    ...{ clock, ms: 30, viewport },
    shows: (capture) => paint(large, moves, [capture, 0, 0]),
  });
  const quick = scriptedSource('quick', {
    ...{ clock, ms: 5, viewport },
    shows: () => paint(large, spot, [91, 90, 90]),
  });
  const candidates = [quick, screenshot];
  const choice = await chooseSensor({ candidates, region: { x: 0, y: 0, ...viewport }, clock });
  expect(choice.source.name).toBe(chosen);
});

test('a sensor that fails or never answers is out, and costs no more than its share', async () => {
  const startedAtMs = clock.nowMs();
  const candidates = [source('broken', 5, failing), source('screenshot', 30)];
  const { source: chosen, measurements } = await chooseSensor({ candidates, region, clock, budgetMs: 600 });
  expect(chosen.name).toBe('screenshot');
  expect(measurements[0]).toMatchObject({ captureMs: null, samples: 0, refused: 'PXP_CAPTURE' });
  expect(clock.nowMs() - startedAtMs).toBeLessThan(700);
});

test('without a reference there is no choice', async () => {
  const candidates = [source('quick', 5), source('screenshot', 30, failing)];
  await expect(chooseSensor({ candidates, region, clock })).rejects.toMatchObject({ code: 'PXP_CAPTURE' });
  await expect(chooseSensor({ candidates: [], region, clock })).rejects.toMatchObject({ code: 'PXP_USAGE' });
});
