import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLedgerServer } from '../../calibrations/ledger/app/server.mjs';
import { launchBrowser } from '../../src/cdp/index.js';
import { systemClock } from '../../src/core/index.js';
import {
  type PageWarning,
  type SessionEngine,
  type SessionSpec,
  createSessionEngine,
} from '../../src/session/index.js';

const size = { width: 640, height: 480 };
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A session that is ready when this expression is true in the page. */
function openSession(spec: SessionSpec, ready: string) {
  const warnings: PageWarning[] = [];
  const phases: string[] = [];
  const session: SessionEngine = createSessionEngine({
    ...{ spec, size, deviceScaleFactor: 1, mode: 'launching', clock: systemClock },
    folder: import.meta.dirname,
    openBrowser: (signal) => launchBrowser({ windowSize: size, signal }),
    onPage: () => undefined,
    isReady: async () => ({ ready: (await session.page!.evaluate(ready)) === true, why: ready }),
    onPhase: (phase) => phases.push(phase),
    onWarning: (warning) => warnings.push(warning),
  });
  ends.push(() => session.close());
  return { session, warnings, phases };
}

describe('the ledger', () => {
  let spec: SessionSpec;
  beforeEach(async () => {
    const server = await startLedgerServer({ rows: 3 });
    ends.push(() => server.close());
    process.env.PIXELPROOF_TEST_LEDGER = 'demo';
    spec = {
      url: server.url,
      consent: { when: '#consent', accept: '#accept' },
      login: {
        when: '#login',
        user: { selector: '#user', value: 'demo' },
        password: { selector: '#password', value: 'env:PIXELPROOF_TEST_LEDGER' },
        submit: '#submit',
        failed: '#login-error',
      },
      loading: { when: '#splash' },
    };
  });
  const READY = "document.querySelector('#screen') !== null";

  test('is prepared from consent to ready, again after a crash, and with a new browser', async () => {
    const { session, phases } = openSession(spec, READY);
    await session.prepare();
    expect(phases.filter((phase) => phase !== 'loading')).toEqual([
      ...['launching', 'navigating', 'consent', 'login', 'ready'],
    ]);

    const crashed = session.page!;
    crashed.session.send('Page.crash').catch(() => undefined);
    await expect.poll(() => crashed.session.state).toBe('crashed');
    await session.prepare();
    expect(session.page!.targetId).not.toBe(crashed.targetId);

    const { pid } = session.browser!.process!;
    process.kill(-pid, 'SIGKILL');
    await expect.poll(() => session.browser!.connection.closed).toBe(true);
    await session.prepare();
    expect(session.browser!.process!.pid).not.toBe(pid);
    expect(await session.page!.evaluate(READY)).toBe(true);
    await session.close();
    await session.close();
    expect(session.page).toBeNull();
  });

  test('with a wrong password the sign-in is refused, in words of the session', async () => {
    process.env.PIXELPROOF_TEST_LEDGER = 'wrong';
    const { session, phases } = openSession(spec, READY);
    await expect(session.prepare()).rejects.toMatchObject({
      code: 'PXP_SESSION_REFUSED',
      facts: { where: 'login' },
    });
    expect(phases.at(-1)).toBe('lost');
  });

  test('may open dialogs, windows and other origins as it likes: they are closed and refused', async () => {
    const other = await startLedgerServer({ rows: 1, host: 'localhost' });
    ends.push(() => other.close());
    const { session, warnings } = openSession(spec, READY);
    await session.prepare();
    const page = session.page!;
    const act = (expression: string) =>
      page.session.send('Runtime.evaluate', { expression, userGesture: true, returnByValue: true });
    const seen = (code: PageWarning['code']) => warnings.filter((warning) => warning.code === code);

    await act("globalThis.answers = []; setTimeout(() => answers.push(confirm('sure?')), 0); 1");
    await expect.poll(() => seen('dialog')).toMatchObject([{ detail: 'confirm: sure?' }]);
    await expect.poll(() => page.evaluate('answers')).toEqual([false]);

    for (const features of ['', 'noopener'])
      await act(`window.open('${spec.url}', '_blank', '${features}'); 1`);
    await expect.poll(() => seen('new-window').length).toBe(2);
    const pages = async () => {
      const { targetInfos } = await session.browser!.connection.browser.send('Target.getTargets');
      return targetInfos.filter(({ type, url }) => type === 'page' && url.startsWith('http')).length;
    };
    await expect.poll(pages).toBe(1);

    await act(`location.href = '${other.url}'; 1`);
    await expect.poll(() => seen('navigation-refused')).toMatchObject([{ detail: other.url }]);
    expect(other.truth().reloads).toBe(0);
    await session.prepare();
    expect(await page.evaluate(READY)).toBe(true);
  });
});

test('a form that leads to another document, slowly, is signed in to', async () => {
  const server = createServer((request, response) => {
    const html = (body: string) => response.setHeader('content-type', 'text/html').end(body);
    if (request.method === 'POST') {
      setTimeout(() => response.writeHead(303, { location: '/app' }).end(), 400);
    } else if (request.url === '/app') html('<h1 id="app">in</h1>');
    else
      html(
        '<form id="f" method="post"><input name="u"><input name="p" type="password"><button>Go</button></form>',
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  process.env.PIXELPROOF_TEST_FORM = 'secret';
  const spec: SessionSpec = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    login: {
      when: '#f',
      user: { selector: '[name=u]', value: 'me' },
      password: { selector: '[name=p]', value: 'env:PIXELPROOF_TEST_FORM' },
      submit: 'button',
    },
  };
  const { session } = openSession(spec, "document.querySelector('#app') !== null");
  await session.prepare();
  expect(await session.page!.evaluate('location.pathname')).toBe('/app');
});
