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
