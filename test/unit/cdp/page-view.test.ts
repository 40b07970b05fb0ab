import { beforeEach, describe, expect, test } from 'vitest';
import { CdpConnection } from '../../../src/cdp/connection.js';
import { type PageView, createPageView } from '../../../src/cdp/page-view.js';
import { type Command, type FakeWire, fakeWire, pageScript } from './fake-wire.js';

const size = { width: 1280, height: 720 };
const whole = { x: 0, y: 0, ...size };
const row = { x: 20, y: 104, width: 1240, height: 56 };

let wire: FakeWire;
let view: PageView;
/** Answers before the script of the page does. */
let intercept: (command: Command) => { error: { message: string } } | undefined;

beforeEach(async () => {
  intercept = () => undefined;
  ({ wire, view } = await open(1));
});

async function open(deviceScaleFactor: number) {
  const wire: FakeWire = fakeWire((command) => intercept(command) ?? pageScript(() => wire)(command));
  const connection = new CdpConnection(wire);
  const session = await connection.attach('T1');
  return {
    wire,
    view: createPageView({ session, root: connection.browser, size, deviceScaleFactor }),
  };
}

const emulations = (): Command[] => wire.sent.filter(({ method }) => method.startsWith('Emulation.'));
const iframe = (type = 'iframe'): unknown => ({
  method: 'Target.targetCreated',
  params: {
    targetInfo: { targetId: 'F1', type, title: '', url: '', attached: false, canAccessOpener: false },
  },
});

test('the page learns where the part lies before it learns its size', async () => {
  expect(view.rect).toEqual(whole);
  expect(await view.show(row)).toEqual(row);
  expect(emulations().map(({ method, params }) => [method, params])).toEqual([
    [
      'Emulation.setDeviceMetricsOverride',
      {
        ...{ ...size, deviceScaleFactor: 1, mobile: false, dontSetVisibleSize: true },
        viewport: { ...row, scale: 1 },
      },
    ],
    ['Emulation.setVisibleSize', { width: 1240, height: 56 }],
  ]);
  await view.show(whole);
  expect(emulations().at(-2)?.params).not.toHaveProperty('viewport');
  expect(emulations().at(-1)?.params).toEqual(size);
});

test('what is drawn already, with little beside it, is not told again', async () => {
  await view.show(row);
  const told = emulations().length;
  await view.show(row);
  expect(await view.show({ ...row, width: 1100 })).toEqual(row);
  expect(emulations()).toHaveLength(told);
  expect(await view.show({ ...row, width: 300 })).not.toEqual(row);
});

test.each([
  ['another row of the same size', { ...row, y: 164 }, { ...row, y: 164, height: 64 }],
  ['one at the lower edge', { ...row, y: 664 }, { ...row, y: 656, height: 64 }],
])('%s is drawn in another shape, so that its size tells it apart', async (_, region, drawn) => {
  await view.show(row);
  expect(await view.show(region)).toEqual(drawn);
});

// A screencast fits the stale picture of the part before into the new size, its sides rounded outwards to even numbers.
test.each([
  [
    { width: 20, height: 76 },
    { width: 12, height: 48 },
  ],
  [
    { width: 80, height: 84 },
    { width: 48, height: 48 },
  ],
  [
    { width: 56, height: 32 },
    { width: 80, height: 48 },
  ],
])('a part of nearly the shape of the one before is drawn in another: %j, %j', async (before, next) => {
  const at = { x: 190, y: 288 };
  await view.show({ ...at, ...before });
  expect(await view.show({ ...at, ...next })).not.toEqual({ ...at, ...next });
});

test('a part of the shape of the whole, or nearly all of it, is never drawn', async () => {
  expect(await view.show({ x: 10, y: 10, width: 640, height: 360 })).toEqual({
    x: 10,
    y: 10,
    width: 640,
    height: 368,
  });
  expect(await view.show({ x: 0, y: 0, width: 1280, height: 700 })).toEqual(whole);
});

test('at a scale of 2 a part has whole CSS pixels, and its corner is told in device pixels', async () => {
  ({ wire, view } = await open(2));
  expect(await view.show({ x: 101, y: 51, width: 98, height: 20 })).toEqual({
    ...{ x: 100, y: 50, width: 100, height: 22 },
  });
  expect(emulations()[0].params?.viewport).toMatchObject({ x: 100, y: 50 });
  expect(emulations()[1].params).toEqual({ width: 50, height: 11 });
});

describe('with a frame of another process in the page', () => {
  test('the whole viewport stays', async () => {
    intercept = ({ method }) => {
      if (method === 'Target.setDiscoverTargets') wire.deliver(iframe());
      return undefined;
    };
    expect(await view.show(row)).toEqual(whole);
    expect(emulations()).toEqual([]);
    wire.deliver({ method: 'Target.targetDestroyed', params: { targetId: 'F1' } });
    expect(await view.show(row)).toEqual(row);
  });

  test('that comes later, the whole is drawn at once; other targets do not matter', async () => {
    await view.show(row);
    wire.deliver(iframe('page'));
    expect(view.rect).toEqual(row);
    wire.deliver(iframe());
    expect(view.rect).toEqual(whole);
    await new Promise(setImmediate);
    expect(emulations().at(-1)?.params).toEqual(size);
  });
});

test('a browser that cannot draw a part is asked once, and draws the whole', async () => {
  intercept = ({ method, params }) =>
    method === 'Emulation.setVisibleSize' && params?.height !== 720
      ? { error: { message: 'not found' } }
      : undefined;
  expect(await view.show(row)).toEqual(whole);
  const told = emulations().length;
  expect(await view.show(row)).toEqual(whole);
  expect(emulations()).toHaveLength(told);
});

test('after a change that failed the next one is told in full', async () => {
  let isDown = true;
  intercept = ({ method }) =>
    isDown && method === 'Emulation.setVisibleSize' ? { error: { message: 'Target crashed' } } : undefined;
  await expect(view.show(row)).rejects.toMatchObject({ code: 'PXP_CDP_CRASHED' });
  isDown = false;
  const told = emulations().length;
  await view.show(whole);
  await view.show(whole);
  expect(emulations()).toHaveLength(told + 2);
});
