import { afterEach, expect, test, vi } from 'vitest';
import type { FrameClock } from '../../../src/cdp/frame-clock.js';
import { CdpConnection } from '../../../src/cdp/connection.js';
import { openPage } from '../../../src/cdp/open-page.js';
import { type ChosenSensor, type SensorName, createRunSensor } from '../../../src/cli/open-sensor.js';
import { InputEpoch, type PixelproofError, systemClock } from '../../../src/core/index.js';
import { encodePng } from '../../../src/image/encode-png.js';
import { solid } from '../../support/draw.js';
import { type Command, type FakeWire, fakeWire, pageScript } from '../cdp/fake-wire.js';

const size = { width: 8, height: 6 };
const grey = (level: number): Buffer => Buffer.from(encodePng(solid(8, 6, [level, level, level])));

afterEach(() => void vi.useRealTimers());

/** A page whose screenshots are of level 90 and take so long, and whose frames, when it has a clock, of the level told. */
async function pageOf(frameLevel?: number, { ms = 0 } = {}) {
  const answer = ({ id }: Command): undefined => {
    setTimeout(() => wire.deliver({ id, result: { data: grey(90) } }), ms);
  };
  const wire: FakeWire = fakeWire((command) =>
    command.method === 'Page.captureScreenshot'
      ? answer(command)
      : command.method === 'Runtime.evaluate'
        ? { result: { result: { type: 'undefined' } } }
        : pageScript(() => wire)(command),
  );
  const page = await openPage({ connection: new CdpConnection(wire) }, { size });
  const frames: FrameClock = {
    damage: 0,
    draws: 0,
    doubts: 0,
    frame: () => Promise.resolve(false),
    picture: () => Promise.resolve(grey(frameLevel ?? 0)),
    during: (work) => work,
    pause: () => () => undefined,
    stop: () => undefined,
  };
  return frameLevel === undefined ? page : { ...page, frames };
}

function sensorOf(wanted: SensorName) {
  const told: ChosenSensor[] = [];
  const sensor = createRunSensor({
    ...{ wanted, mayLaunch: true, region: { x: 0, y: 0, ...size } },
    ...{ epoch: new InputEpoch(), clock: systemClock },
    onChosen: (chosen) => told.push(chosen),
    onFallback: () => undefined,
    onExhausted: () => undefined,
  });
  return { sensor, told };
}

test('what was asked for is taken and told once', async () => {
  const { sensor, told } = sensorOf('screenshot');
  expect(() => sensor.source).toThrow(expect.objectContaining({ code: 'PXP_USAGE' }));
  sensor.usePage(await pageOf());
  await sensor.settle();
  sensor.usePage(await pageOf());
  await sensor.settle();
  expect(told).toEqual([{ sensor: 'screenshot', reason: 'as asked', measurements: [] }]);
  expect([sensor.name, sensor.frameControl, sensor.source.name]).toEqual(['screenshot', false, 'screenshot']);
});

test('auto takes frame control where its pixels are right, and says what it measured', async () => {
  const { sensor, told } = sensorOf('auto');
  expect(sensor.frameControl).toBe(true);
  sensor.usePage(await pageOf(90));
  expect(await sensor.settle()).toBe('settled');
  expect(told).toHaveLength(1);
  expect(told[0].measurements.map(({ name }) => name)).toEqual(['frame-control', 'screenshot']);
  expect(told[0].sensor).toBe(sensor.source.name);
});

test('where its pixels are wrong, another browser is asked for, which has no frame control', async () => {
  const { sensor, told } = sensorOf('auto');
  sensor.usePage(await pageOf(91));
  expect(await sensor.settle()).toBe('relaunch');
  expect(sensor.frameControl).toBe(false);
  expect(told[0].measurements[0]).toMatchObject({ name: 'frame-control', refused: 'wrong-pixels' });
  sensor.usePage(await pageOf());
  expect(await sensor.settle()).toBe('settled');
  // The scripted page sends no stream.
  expect(told[1]).toMatchObject({ sensor: 'screenshot' });
  expect(told[1].measurements.map(({ name }) => name)).toEqual(['screencast', 'screenshot']);
});

test('a page that is only slow is lost once: the next one has longer for each picture', async () => {
  const { sensor } = sensorOf('screenshot');
  vi.useFakeTimers();
  const capture = async () => {
    sensor.usePage(await pageOf(undefined, { ms: 2500 }));
    const captured = sensor.source.capture().then(
      ({ provenance }) => provenance.sensor,
      (error: unknown) => (error as PixelproofError).code,
    );
    await vi.advanceTimersByTimeAsync(20_000);
    return captured;
  };
  expect(await capture()).toBe('PXP_CAPTURE');
  expect(await capture()).toBe('screenshot');
});
