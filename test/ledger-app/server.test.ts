import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { startLedgerServer } from '../../calibrations/ledger/app/server.mjs';
import type { LedgerOptions, LedgerServer } from '../../calibrations/ledger/app/server.mjs';
import type { Hit, View } from '../../calibrations/ledger/app/world.mjs';
import { simulatedTime } from './simulated-time.js';

const SERVER_FILE = fileURLToPath(new URL('../../calibrations/ledger/app/server.mjs', import.meta.url));
const open: LedgerServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(options: LedgerOptions = {}): Promise<LedgerServer> {
  const server = await startLedgerServer({ rows: 20, ...options });
  open.push(server);
  return server;
}

function post(url: string, path: string, body: unknown, cookie = ''): Promise<Response> {
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function signIn({ url }: LedgerServer): Promise<string> {
  const answer = await post(url, '/login', { user: 'demo', password: 'demo' });
  expect(answer.status).toBe(200);
  return answer.headers.get('set-cookie')!.split(';', 1)[0];
}

async function click(url: string, hit: Hit | null, cookie: string): Promise<{ effect: string }> {
  const answer = await post(url, '/click', { x: 1185, y: 178, hit }, cookie);
  expect(answer.status).toBe(200);
  return (await answer.json()) as { effect: string };
}

/** The states an open page is sent, one after the other; ends when the server ends the stream. */
async function* states(url: string, cookie: string): AsyncGenerator<View & { session: string }, undefined> {
  const response = await fetch(`${url}/events`, { headers: { cookie } });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block);
      if (data) yield JSON.parse(data[1]) as View & { session: string };
    }
  }
  return undefined;
}

async function next<T>(stream: AsyncGenerator<T, undefined>): Promise<T> {
  const result = await stream.next();
  if (result.done) throw new Error('the stream has ended');
  return result.value;
}

describe('the page', () => {
  it('is served with everything it imports, and nothing else is', async () => {
    const { url } = await start();
    const seen = new Set<string>();
    const queue = ['/'];
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const answer = await fetch(url + path);
      expect([path, answer.status]).toEqual([path, 200]);
      for (const [, name] of (await answer.text()).matchAll(/(?:from '\.\/|src="|href=")([\w./-]+)['"]/g)) {
        queue.push(`/${name}`);
      }
    }
    expect([...seen].sort()).toEqual([
      '/',
      '/app.js',
      '/crash.js',
      '/layout.mjs',
      '/paint.js',
      '/random.mjs',
      '/style.css',
      '/theme.js',
    ]);
    for (const path of [
      '/server.mjs',
      '/world.mjs',
      '/../package.json',
      '/%2e%2e/package.json',
      '/__proto__',
    ]) {
      expect((await fetch(url + path)).status).toBe(404);
    }
  });

  it('is told whether to ask for consent and sign-in', async () => {
    const server = await start({ misbehave: 'theme=dark,shift=9' });
    const session = async (cookie: string): Promise<unknown> =>
      (await fetch(`${server.url}/session`, { headers: { cookie } })).json();
    expect(await session('')).toMatchObject({
      consent: false,
      signedIn: false,
      look: { theme: 'dark', shift: 9, black: 0 },
    });
    const consent = (await post(server.url, '/consent', {})).headers.get('set-cookie')!.split(';', 1)[0];
    expect(await session(consent)).toMatchObject({ consent: true, signedIn: false });
    expect(await session(`${consent}; ${await signIn(server)}`)).toMatchObject({
      consent: true,
      signedIn: true,
    });
  });
});

describe('sign-in', () => {
  it('takes demo and demo only', async () => {
    const { url } = await start();
    const wrong = await post(url, '/login', { user: 'demo', password: 'Demo' });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('set-cookie')).toBeNull();
    expect((await post(url, '/login', { user: 'demo', password: 'demo' })).status).toBe(200);
  });

  it('is needed to click and to look', async () => {
    const server = await start();
    expect((await post(server.url, '/click', { x: 1, y: 1, hit: null })).status).toBe(401);
    expect((await fetch(`${server.url}/events`)).status).toBe(401);
    expect((await post(server.url, '/click', { x: 1, y: 1, hit: null }, 'ledger_session=guess')).status).toBe(
      401,
    );
    expect(server.truth().clicks).toEqual([]);
  });

  it('is not shared between two ledgers in one browser', async () => {
    const [one, two] = [await start(), await start()];
    const cookie = await signIn(one);
    expect((await signIn(two)).split('=', 1)).not.toEqual(cookie.split('=', 1));
    expect((await post(two.url, '/click', { x: 1, y: 1, hit: null }, cookie)).status).toBe(401);
  });
});

describe('the truth', () => {
  it('is answered as the counters have it, and is kept when the page is loaded again', async () => {
    const server = await start({ seed: 5, misbehave: { lost: 0 } });
    await fetch(`${server.url}/`);
    const cookie = await signIn(server);
    await click(server.url, { kind: 'action', row: 2 }, cookie);
    await click(server.url, null, cookie);
    await fetch(`${server.url}/`);
    const truth = (await (await fetch(`${server.url}/truth`)).json()) as object;
    expect(truth).toEqual(server.truth());
    expect(truth).toMatchObject({
      clicks: [
        { n: 1, x: 1185, y: 178, row: 2 },
        { n: 2, row: null },
      ],
      reloads: 1,
      doubles: 0,
      expired: 0,
      seed: 5,
      rows: 20,
      misbehave: { lost: 0, theme: 'light' },
    });
  });

  it('goes on in another browser where the first one stopped', async () => {
    const server = await start();
    const rows = async (): Promise<number[]> => {
      const stream = states(server.url, await signIn(server));
      const { rows: shown } = await next(stream);
      await stream.return(undefined);
      return shown.map(({ id }) => id);
    };
    const before = await rows();
    await click(server.url, { kind: 'action', row: 1 }, await signIn(server));
    const after = await rows();
    expect(after).toEqual([...before.slice(1), before.length + 1]);
    expect(server.truth().collected).toEqual([1]);
  });
});

describe('the event stream', () => {
  it('sends the state at once and after each change', async () => {
    const clock = simulatedTime();
    const server = await start({ clock });
    const cookie = await signIn(server);
    const stream = states(server.url, cookie);
    const first = await next(stream);
    expect(first).toMatchObject({ remaining: 20, toast: null, session: 'live' });
    await click(server.url, { kind: 'action', row: 1 }, cookie);
    const second = await next(stream);
    expect(second).toMatchObject({ remaining: 19, toast: 'Collected #0001' });
    expect(second.version).toBeGreaterThan(first.version);
    clock.advance(1200);
    expect(await next(stream)).toMatchObject({ toast: null });
  });

  it('tells the page that its session has ended, and a new sign-in that it has not', async () => {
    const server = await start({ misbehave: { expire: 1 } });
    const cookie = await signIn(server);
    const stream = states(server.url, cookie);
    await next(stream);
    await click(server.url, { kind: 'action', row: 1 }, cookie);
    expect(await next(stream)).toMatchObject({ session: 'ended', collected: 1 });
    expect(await click(server.url, { kind: 'signin' }, cookie)).toMatchObject({ effect: 'signin' });
    expect(await next(states(server.url, await signIn(server)))).toMatchObject({ session: 'live' });
  });

  it('is told to crash once; the page that opens after it is spared', async () => {
    const server = await start({ misbehave: { crash: 1 } });
    const cookie = await signIn(server);
    await click(server.url, { kind: 'action', row: 1 }, cookie);
    const openPage = (): Promise<Response> => fetch(`${server.url}/events`, { headers: { cookie } });
    const readUntil = async ({ body }: Response, wanted: string): Promise<string> => {
      let text = '';
      for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        if (text.includes(wanted)) break;
      }
      return text;
    };
    expect(await readUntil(await openPage(), 'event: crash')).toContain('"collected":1');
    const second = await openPage();
    await click(server.url, { kind: 'action', row: 2 }, cookie);
    expect(await readUntil(second, '"collected":2')).not.toContain('event: crash');
    expect(server.truth().crashes).toBe(1);
  });

  it('ends at once when the server closes', async () => {
    const server = await start();
    const stream = states(server.url, await signIn(server));
    await next(stream);
    const ended = stream.next().catch(() => ({ done: true }));
    await Promise.all([server.close(), server.close()]);
    expect(await ended).toMatchObject({ done: true });
    await expect(fetch(server.url)).rejects.toThrow();
  });
});

it('does not wait for a request that is never finished', async () => {
  const server = await start();
  const socket = connect(server.port, '127.0.0.1');
  // Cut off by the server, which is what is wanted here.
  socket.on('error', () => {});
  socket.write(
    'POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
  );
  // Answered after the server has seen the other request.
  await fetch(`${server.url}/truth`);
  await server.close();
  await new Promise((resolve) => socket.once('close', resolve));
});

describe('bad requests', () => {
  it.each([
    ['not JSON', '{', 400],
    ['an array', [], 400],
    ['no coordinates', {}, 400],
    ['a coordinate that is text', { x: '1', y: 1 }, 400],
    ['an unknown hit', { x: 1, y: 1, hit: { kind: 'launch' } }, 400],
    ['a hit that is text', { x: 1, y: 1, hit: 'action' }, 400],
    ['a row of no kind', { x: 1, y: 1, hit: { kind: 'action', row: 'first' } }, 400],
    ['an unknown tab', { x: 1, y: 1, hit: { kind: 'tab', name: 'hidden' } }, 400],
    ['a hit of the prototype', { x: 1, y: 1, hit: { kind: 'constructor' } }, 400],
    ['a body that is too long', { x: 1, y: 1, hit: null, more: 'x'.repeat(70_000) }, 413],
  ])('answers %s with a status and keeps it out of the truth', async (_what, body, status) => {
    const server = await start();
    expect((await post(server.url, '/click', body, await signIn(server))).status).toBe(status);
    expect(server.truth().clicks).toEqual([]);
  });

  it('refuses pages of other sites', async () => {
    const { url } = await start();
    const foreign = await fetch(`${url}/truth`, { headers: { origin: 'http://elsewhere.example' } });
    expect(foreign.status).toBe(403);
    const plain = await fetch(`${url}/login`, { method: 'POST', body: 'user=demo' });
    expect(plain.status).toBe(415);
  });
});

describe('startLedgerServer', () => {
  it.each([
    { port: 70_000 },
    { port: -1 },
    { seed: 1.5 },
    { rows: -1 },
    { host: '0.0.0.0' },
    { misbehave: 'lost=2' },
  ])('rejects %o', async (options) => {
    await expect(startLedgerServer(options as LedgerOptions)).rejects.toMatchObject({ name: 'OptionError' });
  });

  it('rejects when the port is taken', async () => {
    const { port } = await start();
    await expect(startLedgerServer({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('can serve a ledger that is empty from the start', async () => {
    const server = await start({ rows: 0 });
    expect(await next(states(server.url, await signIn(server)))).toMatchObject({ remaining: 0, rows: [] });
  });
});

describe('the command line', () => {
  const run = (...args: string[]) => spawn(process.execPath, [SERVER_FILE, ...args]);
  const output = async (stream: AsyncIterable<Buffer>): Promise<string> => {
    let text = '';
    for await (const chunk of stream) text += chunk.toString();
    return text;
  };
  const exit = (child: ReturnType<typeof run>): Promise<unknown> =>
    new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));

  it.each([
    [['--port', 'x'], 'port'],
    [['--port', '-1'], '--port'],
    [['--rows=0x10'], 'rows'],
    [['--misbehave', 'lots=1'], 'lots'],
    [['--bogus'], '--bogus'],
  ])('answers %o with one line and exit code 2', async (args, named) => {
    const child = run(...args);
    const [code, errors, printed] = await Promise.all([
      exit(child),
      output(child.stderr),
      output(child.stdout),
    ]);
    expect(code).toBe(2);
    expect(printed).toBe('');
    expect(errors).toMatch(/^[^\n]+\n$/);
    expect(errors).toContain(named);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'prints its address when it is ready, and ends on %s with a page still open',
    async (signal) => {
      const child = run('--port', '0', '--rows', '3', '--misbehave', 'lost=0.05,delay=1000');
      const exited = exit(child);
      const url = await new Promise<string>((resolve) => {
        child.stdout.on('data', (chunk: Buffer) => {
          const found = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk.toString());
          if (found) resolve(found[0]);
        });
      });
      const truth = await (await fetch(`${url}/truth`)).json();
      expect(truth).toMatchObject({ rows: 3, misbehave: { lost: 0.05, delay: 1000 } });
      const login = await post(url, '/login', { user: 'demo', password: 'demo' });
      const stream = states(url, login.headers.get('set-cookie')!.split(';', 1)[0]);
      await next(stream);
      child.kill(signal);
      expect(await exited).toBe(0);
    },
  );
});
