import { describe, expect, it } from 'vitest';
import type { Browser } from '../../../src/cdp/index.js';
import { PixelproofError } from '../../../src/core/index.js';
import { type SessionPhase, type SessionSpec, createSessionEngine } from '../../../src/session/index.js';
import { JumpingClock } from '../runtime/jumping-clock.js';

const url = 'http://127.0.0.1:9/';

/** Browsers that answer what opening a page needs; a method in `refuse` is refused once. */
function openEngine(
  changes: Readonly<{ spec?: SessionSpec; url?: string; refuse?: string[]; frameControl?: boolean }> = {},
) {
  const log: string[] = [];
  const phases: SessionPhase[] = [];
  const pages: { state: string; targetId: string }[] = [];
  const browsers: { state: string; closed: number }[] = [];
  const refuse = changes.refuse ?? [];
  const listeners = { count: 0 };
  const on = () => {
    listeners.count++;
    return () => {
      listeners.count--;
    };
  };

  const openBrowser = async (): Promise<Browser> => {
    const state = { state: 'open', closed: 0 };
    browsers.push(state);
    log.push('browser');
    const answer = async (method: string): Promise<unknown> => {
      const at = refuse.indexOf(method);
      if (at < 0) return undefined;
      refuse.splice(at, 1);
      throw new PixelproofError('PXP_CDP_TIMEOUT', method);
    };
    const root = {
      id: '',
      get state() {
        return state.state;
      },
      on,
      send: async (method: string, params: { targetId?: string }) => {
        await answer(method);
        if (method === 'Target.createTarget') return { targetId: `T${pages.length + 1}` };
        if (method === 'Target.closeTarget') log.push(`close ${params.targetId!}`);
        return {};
      },
    };
    const attach = async (targetId: string) => {
      const page = { state: 'open', targetId };
      pages.push(page);
      log.push(`page ${targetId}`);
      return {
        id: targetId,
        get state() {
          return page.state;
        },
        on,
        onEnd: () => () => undefined,
        send: async (method: string) => {
          await answer(method);
          // Who keeps it tidy ends: time that jumps would let it look for ever.
          if (method === 'Runtime.getHeapUsage') throw new PixelproofError('PXP_CDP_COMMAND', method);
          return method === 'Runtime.evaluate' ? { result: { value: {} } } : {};
        },
      };
    };
    const close = async () => {
      state.closed++;
    };
    const process = changes.frameControl === true ? { frameControl: true } : undefined;
    return { connection: { browser: root, attach }, version: 'Fake/1', process, close } as unknown as Browser;
  };

  const engine = createSessionEngine({
    spec: changes.spec ?? { url },
    url: changes.url,
    folder: '/',
    size: { width: 10, height: 10 },
    deviceScaleFactor: 1,
    mode: 'launching',
    openBrowser,
    onPage: (page) => log.push(`on ${page.targetId}`),
    isReady: async () => ({ ready: true, why: '' }),
    onPhase: (phase) => phases.push(phase),
    onWarning: () => undefined,
    clock: new JumpingClock(),
  });
  return { engine, log, phases, pages, browsers, listeners };
}

describe('preparing', () => {
  it('starts a browser, opens a page and brings it to ready; again it needs neither', async () => {
    const { engine, log, phases } = openEngine();
    await engine.prepare();
    await engine.prepare();
    expect(log).toEqual(['browser', 'page T1', 'on T1']);
    expect(phases).toEqual(['launching', 'navigating', 'ready', 'navigating', 'ready']);
    expect(engine.page?.targetId).toBe('T1');
  });

  it('opens a new page in the same browser when the page has crashed', async () => {
    const { engine, log, phases, pages, listeners } = openEngine();
    await engine.prepare();
    const before = listeners.count;
    pages[0].state = 'crashed';
    await engine.prepare();
    expect(log).toEqual(['browser', 'page T1', 'on T1', 'close T1', 'page T2', 'on T2']);
    expect(phases).toContain('lost');
    expect(listeners.count).toBe(before);
  });

  it('starts a new browser when the browser is gone', async () => {
    const { engine, log, browsers } = openEngine();
    await engine.prepare();
    browsers[0].state = 'closed';
    await engine.prepare();
    expect(log.filter((line) => line === 'browser')).toHaveLength(2);
    expect(browsers.map(({ closed }) => closed)).toEqual([1, 0]);
    expect(engine.page?.targetId).toBe('T2');
  });

  it('uses no page whose guard did not come up: the next attempt opens another', async () => {
    const { engine, log, listeners } = openEngine({ refuse: ['Fetch.enable'] });
    await expect(engine.prepare()).rejects.toMatchObject({ code: 'PXP_CDP_TIMEOUT' });
    expect(engine.page).toBeNull();
    expect(listeners.count).toBe(0);
    await engine.prepare();
    expect(log).toEqual(['browser', 'page T1', 'close T1', 'page T2', 'on T2']);
  });

  it('takes another browser where one under frame control may still bring its only page', async () => {
    const { engine, browsers } = openEngine({ refuse: ['Target.createTarget'], frameControl: true });
    await expect(engine.prepare()).rejects.toMatchObject({ code: 'PXP_CDP_TIMEOUT' });
    await engine.prepare();
    expect(browsers.map(({ closed }) => closed)).toEqual([1, 0]);
    await engine.close();
  });

  it.each([
    ['a file', { url: 'file:///etc/passwd' }],
    ['a file in place of the application', { spec: { url }, url: 'file:///etc/passwd' }],
    ['no url', { url: 'nowhere' }],
  ])('refuses %s before a browser is started', async (_, changes) => {
    const { engine, log } = openEngine({ spec: { url }, ...changes });
    await expect(engine.prepare()).rejects.toMatchObject({ code: 'PXP_ORIGIN' });
    expect(log).toEqual([]);
  });

  it('opens a file when the flow says so', async () => {
    const { engine } = openEngine({ spec: { url: 'file:///x.html', allowedOrigins: ['file:'] } });
    await engine.prepare();
    expect(engine.page).not.toBeNull();
  });
});

describe('closing', () => {
  it('closes page and browser, once, and is fine before anything was opened', async () => {
    const { engine, log, browsers, listeners } = openEngine();
    await engine.close();
    await engine.prepare();
    await engine.close();
    await engine.close();
    expect(log).toEqual(['browser', 'page T1', 'on T1', 'close T1']);
    expect(browsers[0].closed).toBe(1);
    expect(listeners.count).toBe(0);
    expect([engine.page, engine.browser]).toEqual([null, null]);
  });
});

describe('a page that brings no pictures', () => {
  it('is replaced by another one; when that brings none either, another browser is started', async () => {
    const { engine, log, phases, browsers } = openEngine();
    await engine.prepare();
    engine.distrust();
    await engine.prepare();
    expect(phases).toContain('lost');
    expect([log.filter((line) => line === 'browser').length, engine.page?.targetId]).toEqual([1, 'T2']);
    // It was ready, so the next one is judged anew.
    engine.distrust();
    await engine.prepare();
    expect([browsers.length, engine.page?.targetId]).toEqual([1, 'T3']);
    engine.distrust();
    engine.distrust();
    await engine.prepare();
    expect([browsers.length, browsers[0].closed, engine.page?.targetId]).toEqual([2, 1, 'T4']);
  });
});
