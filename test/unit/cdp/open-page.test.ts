import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CdpConnection } from '../../../src/cdp/connection.js';
import { openPage } from '../../../src/cdp/open-page.js';
import { type FakeWire, fakeWire, pageScript } from './fake-wire.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const size = { width: 800, height: 600 };

/** A browser whose n-th command (from 1) is refused, or never answered. */
function browserFailingAt(
  n: number,
  how: 'refused' | 'silent',
): { wire: FakeWire; connection: CdpConnection } {
  let count = 0;
  const wire: FakeWire = fakeWire((command) => {
    if (++count !== n) return pageScript(() => wire)(command);
    return how === 'refused' ? { error: { code: -32000, message: 'the test says no' } } : undefined;
  });
  return { wire, connection: new CdpConnection(wire) };
}

describe.each(['refused', 'silent'] as const)('the n-th command is %s', (how) => {
  test('each time a typed error, no target left open, nothing pending; until it passes', async () => {
    const code = how === 'refused' ? 'PXP_CDP_COMMAND' : 'PXP_CDP_TIMEOUT';
    let n = 1;
    for (; ; n++) {
      const { wire, connection } = browserFailingAt(n, how);
      const outcome = openPage({ connection }, { size }).then(
        () => 'opened',
        (error: unknown) => (error as { code: string }).code,
      );
      await vi.advanceTimersByTimeAsync(20_000);
      expect(connection.pending).toBe(0);
      if ((await outcome) === 'opened') break;
      expect(await outcome).toBe(code);
      const closed = wire.sent.filter(({ method }) => method === 'Target.closeTarget');
      expect(closed).toHaveLength(n === 1 ? 0 : 1);
    }
    // createTarget, attachToTarget and the five that set it up.
    expect(n).toBe(8);
  });
});

test('a target that is made too late is closed', async () => {
  const { wire, connection } = browserFailingAt(1, 'silent');
  const outcome = openPage({ connection }, { size }).catch(
    (error: unknown) => (error as { code: string }).code,
  );
  await vi.advanceTimersByTimeAsync(5000);
  expect(await outcome).toBe('PXP_CDP_TIMEOUT');
  wire.deliver({ id: 1, result: { targetId: 'LATE' } });
  await vi.advanceTimersByTimeAsync(0);
  expect(wire.sent.at(-1)).toMatchObject({ method: 'Target.closeTarget', params: { targetId: 'LATE' } });
});

test('the size is device pixels; CSS pixels that are not whole are refused before anything is sent', async () => {
  const { wire, connection } = browserFailingAt(0, 'silent');
  const page = await openPage({ connection }, { size, deviceScaleFactor: 2 });
  expect(page.size).toEqual(size);
  expect(wire.sent.find(({ method }) => method.endsWith('setDeviceMetricsOverride'))?.params).toEqual({
    width: 400,
    height: 300,
    deviceScaleFactor: 2,
    mobile: false,
  });
  const before = wire.sent.length;
  for (const deviceScaleFactor of [3, 0, -1, Number.NaN]) {
    await expect(openPage({ connection }, { size, deviceScaleFactor })).rejects.toMatchObject({
      code: 'PXP_USAGE',
    });
  }
  expect(wire.sent).toHaveLength(before);
});

test('under begin-frame control it has a clock, and is the only page until it is closed or was never made', async () => {
  const { wire, connection } = browserFailingAt(0, 'silent');
  const controlled = { size, beginFrameControl: true };
  const page = await openPage({ connection }, controlled);
  expect(wire.sent.find(({ method }) => method === 'Target.createTarget')?.params).toMatchObject({
    enableBeginFrameControl: true,
  });
  await vi.advanceTimersByTimeAsync(17);
  expect(wire.sent.at(-1)?.method).toBe('HeadlessExperimental.beginFrame');
  await expect(openPage({ connection }, controlled)).rejects.toMatchObject({ code: 'PXP_USAGE' });
  await page.close();
  const count = wire.sent.length;
  await vi.advanceTimersByTimeAsync(1000);
  expect(wire.sent).toHaveLength(count);
  await (await openPage({ connection }, controlled)).close();

  const refusing = browserFailingAt(1, 'refused');
  await expect(openPage(refusing, controlled)).rejects.toMatchObject({ code: 'PXP_CDP_COMMAND' });
  await (await openPage(refusing, controlled)).close();
});

describe('navigate', () => {
  const load = (loaderId: string): unknown => ({
    method: 'Page.lifecycleEvent',
    params: { name: 'load', loaderId },
    sessionId: 'S1',
  });

  async function navigating(loaderId?: string): Promise<{ wire: FakeWire; done: Promise<string> }> {
    const wire: FakeWire = fakeWire((command) =>
      command.method === 'Page.navigate' ? undefined : pageScript(() => wire)(command),
    );
    const page = await openPage({ connection: new CdpConnection(wire) }, { size });
    const done = page.navigate('http://x/').then(
      () => 'loaded',
      (error: unknown) => (error as { code: string }).code,
    );
    wire.deliver(load('an older document'));
    if (loaderId === 'early') wire.deliver(load('early'));
    wire.deliver({ id: wire.sent.at(-1)!.id, result: { frameId: 'F', loaderId } });
    return { wire, done };
  }

  test('waits for the load of its own document', async () => {
    const { wire, done } = await navigating('D2');
    wire.deliver(load('another'));
    await vi.advanceTimersByTimeAsync(14_999);
    wire.deliver(load('D2'));
    expect(await done).toBe('loaded');
  });

  test('a load that was told before the answer counts', async () => {
    expect(await (await navigating('early')).done).toBe('loaded');
  });

  test('within the document there is nothing to wait for', async () => {
    expect(await (await navigating()).done).toBe('loaded');
  });

  test('a document that never loads is PXP_TIMEOUT; one that crashes PXP_CDP_CRASHED', async () => {
    const slow = await navigating('D2');
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await slow.done).toBe('PXP_TIMEOUT');
    const crashing = await navigating('D2');
    await vi.advanceTimersByTimeAsync(0);
    crashing.wire.deliver({ method: 'Inspector.targetCrashed', params: {}, sessionId: 'S1' });
    expect(await crashing.done).toBe('PXP_CDP_CRASHED');
  });
});
