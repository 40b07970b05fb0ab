import { expect, test } from 'vitest';
import { InputEpoch } from '../../../src/core/input-epoch.js';
import { createPlaceboActuator } from '../../../src/input/placebo-actuator.js';
import { SimulatedClock } from '../../support/simulated-clock.js';

test('it begins a new epoch with each input, at the instant it was asked', async () => {
  const [epoch, clock] = [new InputEpoch(), new SimulatedClock()];
  const actuator = createPlaceboActuator({ epoch, clock });
  const first = await actuator.click({ x: 1, y: 1 });
  await clock.advance(50);
  const second = await actuator.move({ x: 1, y: 1 });
  expect([first.epoch, second.epoch, epoch.current]).toEqual([1, 2, 2]);
  expect(second.sentAtMs - first.sentAtMs).toBe(50);
  await second.acknowledged;
});
