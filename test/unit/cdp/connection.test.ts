import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CdpConnection } from '../../../src/cdp/connection.js';
import type { CdpSession } from '../../../src/cdp/session.js';
import { isPixelproofError, type PixelproofError } from '../../../src/core/errors.js';
import { type FakeWire, fakeWire, pageScript } from './fake-wire.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

async function failureOf(work: Promise<unknown>): Promise<PixelproofError> {
  const error: unknown = await work.then(
    () => new Error('it did not fail'),
    (reason: unknown) => reason,
  );
  if (isPixelproofError(error)) return error;
  throw error;
}

async function withPage(): Promise<{ wire: FakeWire; connection: CdpConnection; session: CdpSession }> {
  const silent = fakeWire();
  const script = pageScript(() => silent);
  const wire = Object.assign(silent, {
    send: (message: object) => {
      const command = message as { id: number; method: string };
      silent.sent.push(command);
      if (!command.method.startsWith('Target.')) return;
      const answer = script(command);
      queueMicrotask(() => silent.deliver({ id: command.id, ...answer }));
    },
  });
  const connection = new CdpConnection(wire);
  const session = await connection.attach('T1');
  return { wire, connection, session };
}

describe('answers', () => {
  test('a command resolves with its own result, in whatever order answers come', async () => {
    const wire = fakeWire();
    const { browser } = new CdpConnection(wire);
    const first = browser.send('Browser.getVersion');
    const second = browser.send('Target.getTargets');
    wire.deliver({ id: wire.sent[1].id, result: { targetInfos: [] } });
    wire.deliver({ id: wire.sent[0].id, result: { product: 'Fake/1' } });
    expect(await first).toEqual({ product: 'Fake/1' });
    expect(await second).toEqual({ targetInfos: [] });
  });

  test('a refusal names method, code and text', async () => {
    const connection = new CdpConnection(fakeWire(() => ({ error: { code: -32601, message: 'not found' } })));
    const error = await failureOf(connection.browser.send('Browser.getVersion'));
    expect(error.code).toBe('PXP_CDP_COMMAND');
    expect(error.message).toContain('Browser.getVersion');
    expect(error.message).toContain('-32601');
  });

  test('a command to a session the browser no longer knows is PXP_CDP_CLOSED and names that session', async () => {
    const { wire, session } = await withPage();
    const failure = failureOf(session.send('Page.enable'));
    // As Chromium 156 answers it: without a session id.
    wire.deliver({
      id: wire.sent.at(-1)!.id,
      error: { code: -32001, message: 'Session with given id not found.' },
    });
    const { code, message } = await failure;
    expect(code).toBe('PXP_CDP_CLOSED');
    expect(message).toContain('session S1');
  });

  test('unknown ids, second answers and events of unknown sessions change nothing', async () => {
    const wire = fakeWire();
    const connection = new CdpConnection(wire);
    const answer = connection.browser.send('Browser.getVersion');
    wire.deliver({ id: 999, result: {} });
    wire.deliver({ id: 999, error: { code: 1, message: 'x' } });
    wire.deliver({ method: 'Page.loadEventFired', params: {}, sessionId: 'nobody' });
    wire.deliver({ id: wire.sent[0].id, result: { product: 'first' } });
    wire.deliver({ id: wire.sent[0].id, result: { product: 'second' } });
    expect(await answer).toEqual({ product: 'first' });
    expect(connection.closed).toBe(false);
  });

  test('the error carries the stack of whoever sent the command', async () => {
    const wire = fakeWire();
    const connection = new CdpConnection(wire);
    async function theCaller(): Promise<unknown> {
      return await connection.browser.send('Browser.getVersion');
    }
    const work = theCaller();
    wire.deliver({ id: wire.sent[0].id, error: { code: 1, message: 'several\nlines' } });
    const { stack, message } = await failureOf(work);
    expect(stack).toContain('theCaller');
    expect(stack).toContain(message);
  });
});

describe('deadlines', () => {
  test('a command without an answer ends with PXP_CDP_TIMEOUT after 5000 ms, and says what to raise', async () => {
    const connection = new CdpConnection(fakeWire());
    const timedOut: string[] = [];
    connection.onTimeout((method) => timedOut.push(method));
    const failure = failureOf(connection.browser.send('Browser.getVersion'));
    await vi.advanceTimersByTimeAsync(4999);
    expect(connection.pending).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    const error = await failure;
    expect(error.code).toBe('PXP_CDP_TIMEOUT');
    expect(error.retryable).toBe(true);
    expect(error.facts.hint).toContain('cdpTimeoutMs');
    expect(timedOut).toEqual(['Browser.getVersion']);
    expect(connection.pending).toBe(0);
  });

  test('the connection’s and the command’s own deadline both count', async () => {
    const connection = new CdpConnection(fakeWire(), { cdpTimeoutMs: 100 });
    const slow = failureOf(connection.browser.send('Browser.getVersion', undefined, { timeoutMs: 300 }));
    const quick = failureOf(connection.browser.send('Browser.getVersion'));
    await vi.advanceTimersByTimeAsync(100);
    expect((await quick).code).toBe('PXP_CDP_TIMEOUT');
    expect(connection.pending).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect((await slow).code).toBe('PXP_CDP_TIMEOUT');
  });

  test('a late answer goes to onLate and to nobody else', async () => {
    const wire = fakeWire();
    const connection = new CdpConnection(wire);
    const late: unknown[] = [];
    const options = { timeoutMs: 10, onLate: (result: unknown) => late.push(result) };
    const failure = failureOf(connection.browser.send('Target.createTarget', { url: 'x' }, options));
    await vi.advanceTimersByTimeAsync(10);
    await failure;
    wire.deliver({ id: wire.sent[0].id, result: { targetId: 'T9' } });
    wire.deliver({ id: wire.sent[0].id, result: { targetId: 'T9' } });
    await Promise.resolve();
    expect(late).toEqual([{ targetId: 'T9' }]);
  });

  test('a session that is attached too late is detached', async () => {
    const wire = fakeWire();
    const connection = new CdpConnection(wire);
    const failure = failureOf(connection.attach('T1', { timeoutMs: 10 }));
    await vi.advanceTimersByTimeAsync(10);
    await failure;
    wire.deliver({ id: wire.sent[0].id, result: { sessionId: 'S1' } });
    await Promise.resolve();
    expect(wire.sent[1]).toMatchObject({ method: 'Target.detachFromTarget', params: { sessionId: 'S1' } });
    wire.deliver({ id: wire.sent[1].id, result: {} });
  });

  test('an aborted signal ends the wait; one that was aborted before sends nothing', async () => {
    const wire = fakeWire();
    const connection = new CdpConnection(wire);
    const controller = new AbortController();
    const { signal } = controller;
    const failure = failureOf(connection.browser.send('Browser.getVersion', undefined, { signal }));
    controller.abort();
    expect((await failure).code).toBe('PXP_ABORTED');
    const refused = await failureOf(connection.browser.send('Browser.getVersion', undefined, { signal }));
    expect(refused.code).toBe('PXP_ABORTED');
    expect(wire.sent).toHaveLength(1);
    expect(connection.pending).toBe(0);
  });
});

describe('ends', () => {
  test('a dropped connection settles every pending command of every session, and refuses later ones', async () => {
    const { wire, connection, session } = await withPage();
    const ends: string[] = [];
    session.onEnd(({ code }) => ends.push(code));
    const failures = [connection.browser.send('Browser.getVersion'), session.send('Page.enable')].map(
      failureOf,
    );
    wire.drop();
    expect((await Promise.all(failures)).map(({ code }) => code)).toEqual([
      'PXP_CDP_CLOSED',
      'PXP_CDP_CLOSED',
    ]);
    const sentBefore = wire.sent.length;
    expect((await failureOf(session.send('Page.enable'))).code).toBe('PXP_CDP_CLOSED');
    expect(wire.sent).toHaveLength(sentBefore);
    expect(ends).toEqual(['PXP_CDP_CLOSED']);
    expect(session.state).toBe('closed');
    expect(connection.closed).toBe(true);
  });

  test('our own close settles what is pending and closes the wire', async () => {
    const wire = fakeWire();
    const connection = new CdpConnection(wire);
    const failure = failureOf(connection.browser.send('Browser.getVersion'));
    await connection.close();
    expect((await failure).code).toBe('PXP_CDP_CLOSED');
    expect(wire.closedByUs).toBe(true);
  });

  test.each([
    ['the session’s own event', { method: 'Inspector.targetCrashed', params: {}, sessionId: 'S1' }],
    ['the browser’s event', { method: 'Target.targetCrashed', params: { targetId: 'T1' } }],
  ])('a crash told by %s settles that session and no other', async (_, event) => {
    const { wire, connection, session } = await withPage();
    const crash = failureOf(session.send('Page.enable'));
    const other = connection.browser.send('Browser.getVersion');
    wire.deliver(event);
    expect((await crash).code).toBe('PXP_CDP_CRASHED');
    expect(session.state).toBe('crashed');
    expect((await failureOf(session.send('Page.enable'))).code).toBe('PXP_CDP_CRASHED');
    wire.deliver({ id: wire.sent.at(-1)!.id, result: {} });
    await expect(other).resolves.toEqual({});
  });

  test('Chromium’s own answer for a crashed target is a crash as well', async () => {
    const { wire, session } = await withPage();
    const failure = failureOf(session.send('Page.enable'));
    const error = { code: -32000, message: 'Target crashed' };
    wire.deliver({ id: wire.sent.at(-1)!.id, error, sessionId: 'S1' });
    expect((await failure).code).toBe('PXP_CDP_CRASHED');
  });

  test('a detached session settles its commands with PXP_CDP_CLOSED', async () => {
    const { wire, session } = await withPage();
    const failure = failureOf(session.send('Page.enable'));
    wire.deliver({ method: 'Target.detachedFromTarget', params: { sessionId: 'S1', targetId: 'T1' } });
    expect((await failure).code).toBe('PXP_CDP_CLOSED');
    expect(session.state).toBe('closed');
  });

  test('attaching to a target that closes in the same breath does not leave an open session', async () => {
    const wire = fakeWire();
    const connection = new CdpConnection(wire);
    const failure = failureOf(connection.attach('T1'));
    const params = { sessionId: 'S1', targetInfo: { targetId: 'T1' } };
    wire.deliver({ method: 'Target.attachedToTarget', params });
    wire.deliver({ id: wire.sent[0].id, result: { sessionId: 'S1' } });
    wire.deliver({ method: 'Target.detachedFromTarget', params: { sessionId: 'S1' } });
    expect((await failure).code).toBe('PXP_CDP_CLOSED');
  });

  test.each([
    ['no object', '42'],
    ['null', 'null'],
    ['neither id nor method', '{"jsonrpc":"2.0"}'],
    ['an id that is no number', '{"id":"1","result":{}}'],
    ['an error that is no object', '{"id":1,"error":"no"}'],
  ])('garbage (%s) ends the connection with PXP_CDP_PROTOCOL', async (_, message) => {
    const wire = fakeWire();
    const connection = new CdpConnection(wire);
    const failure = failureOf(connection.browser.send('Browser.getVersion'));
    wire.deliver(JSON.parse(message) as unknown);
    expect((await failure).code).toBe('PXP_CDP_PROTOCOL');
    expect(connection.closed).toBe(true);
    expect(wire.closedByUs).toBe(true);
  });
});

describe('events', () => {
  test('reach the listeners of their session, in order, until they are stopped', async () => {
    const { wire, connection, session } = await withPage();
    const heard: unknown[] = [];
    const stop = session.on('Page.loadEventFired', ({ timestamp }) => heard.push(timestamp));
    connection.browser.on('Page.loadEventFired', () => heard.push('wrong session'));
    for (const timestamp of [1, 2]) {
      wire.deliver({ method: 'Page.loadEventFired', params: { timestamp }, sessionId: 'S1' });
    }
    stop();
    wire.deliver({ method: 'Page.loadEventFired', params: { timestamp: 3 }, sessionId: 'S1' });
    expect(heard).toEqual([1, 2]);
  });

  test('a listener that stops itself, or another, does not disturb the delivery', async () => {
    const { wire, session } = await withPage();
    const heard: string[] = [];
    const stop = session.on('Page.loadEventFired', () => {
      heard.push('first');
      stop();
    });
    session.on('Page.loadEventFired', () => heard.push('second'));
    wire.deliver({ method: 'Page.loadEventFired', params: { timestamp: 1 }, sessionId: 'S1' });
    wire.deliver({ method: 'Page.loadEventFired', params: { timestamp: 2 }, sessionId: 'S1' });
    expect(heard).toEqual(['first', 'second', 'second']);
  });

  test('onEnd of a session that has ended is told at once', async () => {
    const { wire, session } = await withPage();
    wire.drop();
    const heard: string[] = [];
    session.onEnd(({ code }) => heard.push(code));
    expect(heard).toEqual(['PXP_CDP_CLOSED']);
  });
});
