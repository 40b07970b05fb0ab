import { expect, test } from 'vitest';
import { CdpConnection } from '../../../src/cdp/connection.js';
import { openPage } from '../../../src/cdp/open-page.js';
import { InputEpoch } from '../../../src/core/input-epoch.js';
import type { Actuator } from '../../../src/input/actuator.js';
import { createCdpActuator } from '../../../src/input/cdp-actuator.js';
import { type Command, type FakeWire, fakeWire, pageScript } from '../cdp/fake-wire.js';

async function setUp({ isAnswered = true, deviceScaleFactor = 1 } = {}): Promise<{
  wire: FakeWire;
  epoch: InputEpoch;
  actuator: Actuator;
  inputs: () => (Command['params'] & { epoch?: number })[];
}> {
  const epoch = new InputEpoch();
  const epochs: number[] = [];
  const wire: FakeWire = fakeWire((command) => {
    if (!command.method.startsWith('Input.')) return pageScript(() => wire)(command);
    epochs.push(epoch.current);
    return isAnswered ? { result: {} } : undefined;
  });
  const connection = new CdpConnection(wire, { cdpTimeoutMs: 60_000 });
  const page = await openPage({ connection }, { size: { width: 80, height: 60 }, deviceScaleFactor });
  const clock = { nowMs: () => 12.5, date: () => new Date(0), sleep: () => Promise.resolve() };
  return {
    wire,
    epoch,
    actuator: createCdpActuator({ page, epoch, clock }),
    inputs: () =>
      wire.sent
        .filter(({ method }) => method.startsWith('Input.'))
        .map(({ params }, i) => ({ ...params, epoch: epochs[i] })),
  };
}

test('a click is press and release together, in an epoch that began before they left', async () => {
  const { actuator, inputs } = await setUp({ isAnswered: false, deviceScaleFactor: 2 });
  const receipt = await actuator.click({ x: 30, y: 21 });
  expect(receipt).toMatchObject({ epoch: 1, sentAtMs: 12.5 });
  const at = { x: 15, y: 10.5, button: 'left', clickCount: 1, epoch: 1 };
  expect(inputs()).toEqual([
    { ...at, type: 'mousePressed', buttons: 1 },
    { ...at, type: 'mouseReleased', buttons: 0 },
  ]);
});

test('a double click of another button is twice press and release, counted, in one epoch', async () => {
  const { actuator, inputs } = await setUp({ isAnswered: false });
  await actuator.click({ x: 30, y: 21 }, { button: 'right', count: 2 });
  const at = { x: 30, y: 21, button: 'right', epoch: 1 };
  const up = { ...at, type: 'mouseReleased', buttons: 0 };
  expect(inputs()).toEqual(
    [1, 2].flatMap((clickCount) => [
      { ...at, type: 'mousePressed', buttons: 2, clickCount },
      { ...up, clickCount },
    ]),
  );
  const released = actuator.releaseAll();
  expect(inputs().slice(4)).toMatchObject([{ type: 'mouseReleased', button: 'right' }, { button: 'right' }]);
  await Promise.race([released, Promise.resolve()]);
});

test('each input has an epoch of its own', async () => {
  const { actuator, epoch } = await setUp();
  const receipts = [await actuator.click({ x: 1, y: 1 }), await actuator.move({ x: 2, y: 2 })];
  expect(receipts.map((receipt) => receipt.epoch)).toEqual([1, 2]);
  expect(epoch.current).toBe(2);
  await Promise.all(receipts.map(({ acknowledged }) => acknowledged));
});

test('a wheel turn has its point in CSS pixels and its way in device pixels', async () => {
  const { actuator, inputs } = await setUp({ isAnswered: false, deviceScaleFactor: 2 });
  const receipt = await actuator.scroll({ x: 30, y: 21 }, { dy: 120 });
  expect(receipt).toMatchObject({ epoch: 1, sentAtMs: 12.5 });
  expect(inputs()).toEqual([{ x: 15, y: 10.5, type: 'mouseWheel', deltaX: 0, deltaY: 120, epoch: 1 }]);
});

test('text is typed key by key in one epoch, and what no key writes is inserted', async () => {
  const { actuator, epoch, inputs } = await setUp({ isAnswered: false });
  expect(await actuator.type('aB\né')).toMatchObject({ epoch: 1 });
  expect(epoch.current).toBe(1);
  const typed = inputs().map(({ type, key, code, text }) => [type, key ?? '', code ?? '', text ?? '']);
  expect(typed).toEqual([
    ['keyDown', 'a', 'KeyA', 'a'],
    ['keyUp', 'a', 'KeyA', ''],
    ['keyDown', 'B', 'KeyB', 'B'],
    ['keyUp', 'B', 'KeyB', ''],
    ['keyDown', 'Enter', 'Enter', '\r'],
    ['keyUp', 'Enter', 'Enter', ''],
    [undefined, '', '', 'é'],
  ]);
});

test.each([
  ['PageDown', { type: 'rawKeyDown', code: 'PageDown', windowsVirtualKeyCode: 34 }],
  ['Enter', { type: 'keyDown', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }],
  ['F5', { type: 'rawKeyDown', code: 'F5', windowsVirtualKeyCode: 116 }],
  ['Z', { type: 'keyDown', code: 'KeyZ', windowsVirtualKeyCode: 90, text: 'Z' }],
  ['+', { type: 'keyDown', code: 'Equal', windowsVirtualKeyCode: 187, text: '+' }],
  [':', { type: 'keyDown', code: 'Semicolon', windowsVirtualKeyCode: 186, text: ':' }],
])('the key %s is down and up together', async (key, down) => {
  const { actuator, inputs } = await setUp();
  await (
    await actuator.press(key)
  ).acknowledged;
  const { text: _, ...up } = { text: '', ...down };
  expect(inputs()).toEqual([
    { ...down, key, epoch: 1 },
    { ...up, key, type: 'keyUp', epoch: 1 },
  ]);
  await actuator.releaseAll();
  expect(inputs()).toHaveLength(2);
});

test.each([
  [
    'Control+s',
    [
      ['Control', 2, ''],
      ['s', 2, ''],
    ],
  ],
  [
    'Control+Shift+s',
    [
      ['Control', 2, ''],
      ['Shift', 10, ''],
      ['S', 10, ''],
    ],
  ],
  [
    'Shift+Tab',
    [
      ['Shift', 8, ''],
      ['Tab', 8, ''],
    ],
  ],
  [
    'Shift+a',
    [
      ['Shift', 8, ''],
      ['A', 8, 'A'],
    ],
  ],
  [
    'Alt+F4',
    [
      ['Alt', 1, ''],
      ['F4', 1, ''],
    ],
  ],
  [
    'Control++',
    [
      ['Control', 2, ''],
      ['+', 2, ''],
    ],
  ],
])('the keys of %s go down in order and up in reverse, together', async (chord, downs) => {
  const { actuator, epoch, inputs } = await setUp();
  await (
    await actuator.press(chord)
  ).acknowledged;
  const sent = inputs().map(({ type, key, modifiers, text }) => ({ type, key, modifiers, text }));
  expect(sent.slice(0, downs.length)).toEqual(
    downs.map(([key, modifiers, text]) => ({
      ...{ key, modifiers, type: text === '' ? 'rawKeyDown' : 'keyDown' },
      text: text === '' ? undefined : text,
    })),
  );
  // A modifier is no longer held when it goes up itself.
  const bits = [0, ...downs.slice(0, -1).map(([, held]) => held)];
  expect(sent.slice(downs.length).map(({ type, key, modifiers }) => [type, key, modifiers ?? 0])).toEqual(
    downs.map(([key], i) => ['keyUp', key, bits[i]]).reverse(),
  );
  expect(epoch.current).toBe(1);
});

test.each(['Ctrl+s', 'Control+', 'Control+Control+s', 's+Control', '+s', 'Shift+1'])(
  '%s is no key',
  async (chord) => {
    const { actuator, inputs } = await setUp();
    await expect(actuator.press(chord)).rejects.toMatchObject({ code: 'PXP_INPUT' });
    expect(inputs()).toEqual([]);
  },
);

test('a key that is none, and no text, send nothing and begin no epoch', async () => {
  const { actuator, epoch, inputs } = await setUp();
  for (const refused of [actuator.press('Return'), actuator.press('toString'), actuator.type('')]) {
    await expect(refused).rejects.toMatchObject({ code: 'PXP_INPUT' });
  }
  const signal = AbortSignal.abort();
  await expect(actuator.type('a', { signal })).rejects.toMatchObject({ code: 'PXP_ABORTED' });
  await expect(actuator.press('a', { signal })).rejects.toMatchObject({ code: 'PXP_ABORTED' });
  await expect(actuator.scroll({ x: 1, y: 1 }, { dy: 1 }, { signal })).rejects.toMatchObject({
    code: 'PXP_ABORTED',
  });
  await expect(actuator.scroll({ x: 80, y: 0 }, { dy: 1 })).rejects.toMatchObject({ code: 'PXP_RECT' });
  expect([epoch.current, inputs().length]).toEqual([0, 0]);
});

test('releaseAll releases the keys that were not acknowledged', async () => {
  const { wire, actuator, inputs } = await setUp({ isAnswered: false });
  await actuator.type('ab');
  const released = actuator.releaseAll();
  expect(inputs().slice(4)).toMatchObject([
    { type: 'keyUp', key: 'b' },
    { type: 'keyUp', key: 'a' },
  ]);
  wire.drop();
  await released;
});

test.each([
  { x: 80, y: 0 },
  { x: 0, y: 60 },
  { x: -0.1, y: 0 },
  { x: Number.NaN, y: 0 },
])('a point at $x,$y is outside: nothing is sent and no epoch begins', async (point) => {
  const { actuator, epoch, inputs } = await setUp();
  await expect(actuator.click(point)).rejects.toMatchObject({ code: 'PXP_RECT' });
  await expect(actuator.move(point)).rejects.toMatchObject({ code: 'PXP_RECT' });
  expect([epoch.current, inputs().length]).toEqual([0, 0]);
});

test('a drag is a press, moves of which each waits for the one before, and the release, in whose epoch it is', async () => {
  const { actuator, inputs } = await setUp({ deviceScaleFactor: 2 });
  const receipt = await actuator.drag({ x: 20, y: 40 }, { x: 36, y: 8 });
  await receipt.acknowledged;
  const sent = inputs();
  expect(sent[0]).toMatchObject({ type: 'mousePressed', x: 10, y: 20, button: 'left', buttons: 1, epoch: 0 });
  expect(sent.slice(1, -1)).toEqual(
    Array.from({ length: 8 }, (_, i) => ({
      ...{ type: 'mouseMoved', button: 'left', buttons: 1, epoch: 0 },
      ...{ x: 11 + i, y: 18 - 2 * i },
    })),
  );
  expect(sent.at(-1)).toMatchObject({ type: 'mouseReleased', x: 18, y: 4, buttons: 0, epoch: 1 });
  expect(receipt).toMatchObject({ epoch: 1, sentAtMs: 12.5 });
  await actuator.releaseAll();
  expect(inputs()).toHaveLength(sent.length);
});

test('of a drag that a busy page does not take, one move is waited for, and all of them are sent', async () => {
  const { wire, actuator, inputs } = await setUp({ isAnswered: false });
  const { acknowledged } = await actuator.drag({ x: 20, y: 40 }, { x: 60, y: 40 });
  expect(inputs().map(({ type, x }) => [type, x])).toEqual([
    ['mousePressed', 20],
    ...Array.from({ length: 8 }, (_, i) => ['mouseMoved', 25 + 5 * i]),
    ['mouseReleased', 60],
  ]);
  wire.drop();
  await expect(acknowledged).rejects.toMatchObject({ code: 'PXP_CDP_CLOSED' });
});

test('an abort drops what is dragged where it was taken up, and nothing is moved any more', async () => {
  const { wire, actuator, inputs } = await setUp({ isAnswered: false });
  const dragged = actuator.drag({ x: 20, y: 40 }, { x: 60, y: 40 });
  const released = actuator.releaseAll();
  const { acknowledged } = await dragged;
  expect(inputs().map(({ type, x }) => [type, x])).toEqual([
    ['mousePressed', 20],
    ['mouseMoved', 25],
    ['mouseReleased', 20],
  ]);
  wire.drop();
  await expect(acknowledged).rejects.toMatchObject({ code: 'PXP_CDP_CLOSED' });
  await released;
});

test('an aborted signal, or a drag to the outside, sends nothing', async () => {
  const { actuator, epoch, inputs } = await setUp();
  const signal = AbortSignal.abort();
  await expect(actuator.click({ x: 1, y: 1 }, { signal })).rejects.toMatchObject({ code: 'PXP_ABORTED' });
  const dragged = actuator.drag({ x: 1, y: 1 }, { x: 9, y: 9 }, { signal });
  await expect(dragged).rejects.toMatchObject({ code: 'PXP_ABORTED' });
  const outside = actuator.drag({ x: 1, y: 1 }, { x: 80, y: 9 });
  await expect(outside).rejects.toMatchObject({ code: 'PXP_RECT' });
  expect([epoch.current, inputs().length]).toEqual([0, 0]);
});

test('releaseAll releases what was not acknowledged, where it was pressed, and nothing else', async () => {
  const answered = await setUp();
  await (
    await answered.actuator.click({ x: 1, y: 1 })
  ).acknowledged;
  await answered.actuator.releaseAll();
  expect(answered.inputs()).toHaveLength(2);

  const { wire, actuator, inputs } = await setUp({ isAnswered: false });
  await actuator.click({ x: 7, y: 8 });
  const released = actuator.releaseAll();
  expect(inputs()[2]).toMatchObject({ type: 'mouseReleased', x: 7, y: 8 });
  wire.drop();
  await released;
});

test('a page that goes away rejects the acknowledgement only, and only for who looks', async () => {
  const { wire, actuator } = await setUp({ isAnswered: false });
  const { acknowledged } = await actuator.click({ x: 1, y: 1 });
  wire.drop();
  await expect(acknowledged).rejects.toMatchObject({ code: 'PXP_CDP_CLOSED' });
  await expect(actuator.releaseAll()).resolves.toBeUndefined();
});
