import { existsSync, realpathSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createEventHub } from './event-hub.mjs';
import { SETTINGS, TABS } from './layout.mjs';
import { OptionError } from './misbehave.mjs';
import { HELP, checkOptions, parseCommandLine } from './options.mjs';
import { makeRows } from './rows.mjs';
import { createSessions, readCookie } from './sessions.mjs';
import { createWorld } from './world.mjs';

const MAX_BODY_BYTES = 64 * 1024;
const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/i;
const STATIC_FILES = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  ...Object.fromEntries(
    ['app.js', 'paint.js', 'theme.js', 'crash.js', 'layout.mjs', 'random.mjs'].map((name) => [
      `/${name}`,
      [name, 'text/javascript; charset=utf-8'],
    ]),
  ),
  '/style.css': ['style.css', 'text/css; charset=utf-8'],
  '/dejavu-sans.woff2': [fontFile(400), 'font/woff2'],
  '/dejavu-sans-bold.woff2': [fontFile(700), 'font/woff2'],
};
const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'self'; frame-ancestors 'self'",
};
/** What tells two hits of one kind apart, and whether it can be so. */
const isOrdinal = (value) => Number.isInteger(value) && value > 0;
const oneOf = (things) => (value) => things.some(({ name }) => name === value);
const HIT_KEYS = {
  action: ['row', isOrdinal],
  confirm: ['row', isOrdinal],
  cancel: ['row', isOrdinal],
  dismiss: ['number', isOrdinal],
  tab: ['name', oneOf(TABS)],
  toggle: ['name', oneOf(SETTINGS)],
};
const SYSTEM_CLOCK = { now: () => performance.now(), setTimeout, clearTimeout };

/**
 * Starts the ledger on the loopback interface and resolves when it listens.
 *
 * `close()` ends the event streams, drops effects that are still on their way, and resolves when the port is free.
 *
 * @param {object} [options] see server.d.mts
 * @throws {OptionError} for an option out of its range; the error of `node:net` when the port is taken
 */
export async function startLedgerServer({ clock = SYSTEM_CLOCK, ...options } = {}) {
  const { host, port, seed, rows, misbehave } = checkOptions(options);
  const files = await loadStaticFiles();
  const sessions = createSessions();
  let pageLoads = 0;

  const hub = createEventHub({
    stateFor: (epoch) => ({ ...world.view(), session: world.isLive(epoch) ? 'live' : 'ended' }),
  });
  const world = createWorld({
    rows: makeRows({ seed, count: rows, equal: misbehave.equal }),
    misbehave,
    seed,
    clock,
    onChange: hub.broadcast,
    onCrash: () => hub.crash(),
  });

  const truth = () => ({ ...world.truth(), reloads: Math.max(0, pageLoads - 1), seed, rows, misbehave });

  const routes = {
    'GET /session': (request, response) =>
      sendJson(response, 200, {
        consent: readCookie(request, cookieName('consent')) === 'yes',
        signedIn: world.isLive(epochOf(request)),
        look: {
          theme: misbehave.theme,
          shift: misbehave.shift,
          scale: misbehave.scale,
          redesign: misbehave.redesign,
          recolor: misbehave.recolor,
          ambient: misbehave.ambient,
          black: misbehave.black,
          seed,
        },
      }),
    'POST /consent': (_request, response) => {
      response.setHeader('set-cookie', cookie('consent', 'yes', '; Max-Age=31536000'));
      sendJson(response, 200, { ok: true });
    },
    'POST /login': async (request, response) => {
      const { user, password } = await readJson(request);
      if (user !== 'demo' || password !== 'demo') {
        return sendJson(response, 401, { error: 'Wrong user name or password.' });
      }
      response.setHeader('set-cookie', cookie('session', sessions.start(world.signIn())));
      return sendJson(response, 200, { ok: true });
    },
    'GET /events': (request, response) => {
      const epoch = epochOf(request);
      if (epoch === undefined) return sendJson(response, 401, { error: 'sign in first' });
      return hub.open(response, epoch);
    },
    'POST /click': async (request, response) => {
      const epoch = epochOf(request);
      if (epoch === undefined) return sendJson(response, 401, { error: 'sign in first' });
      return sendJson(response, 200, world.click({ ...readClick(await readJson(request)), epoch }));
    },
    'GET /truth': (_request, response) => sendJson(response, 200, truth()),
    'GET /favicon.ico': (_request, response) => response.writeHead(204).end(),
  };

  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    handle(request, response).catch((error) => {
      // Answered already, or nobody is there to answer to.
      if (response.headersSent || error.code === 'ECONNRESET') return response.destroy();
      if (!request.complete) response.setHeader('connection', 'close');
      if (error instanceof RequestError) return sendJson(response, error.status, { error: error.message });
      process.stderr.write(`ledger app: ${error.stack}\n`);
      return sendJson(response, 500, { error: 'internal error' });
    });
  });

  async function handle(request, response) {
    checkOrigin(request);
    const [pathname] = request.url.split('?', 1);
    const file = Object.hasOwn(files, pathname) ? files[pathname] : undefined;
    if (file !== undefined && (request.method === 'GET' || request.method === 'HEAD')) {
      if (pathname === '/' && request.method === 'GET') pageLoads += 1;
      response.writeHead(200, { 'content-type': file.type }).end(file.body);
      return;
    }
    const route = `${request.method} ${pathname}`;
    if (!Object.hasOwn(routes, route)) throw new RequestError(404, 'not found');
    await routes[route](request, response);
  }

  // Cookies do not tell ports apart, so two ledgers in one browser would take each other's.
  const cookieName = (what) => `ledger_${what}_${server.address()?.port}`;
  const cookie = (what, value, more = '') =>
    `${cookieName(what)}=${value}; Path=/; HttpOnly; SameSite=Strict${more}`;
  const epochOf = (request) => sessions.epochOf(readCookie(request, cookieName('session')));

  try {
    await listen(server, { host, port });
  } catch (error) {
    world.close();
    throw error;
  }
  const boundPort = server.address().port;
  let closing;
  return {
    url: `http://${host}:${boundPort}`,
    port: boundPort,
    truth,
    close: () => {
      closing ??= new Promise((resolve) => {
        world.close();
        hub.close();
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

class RequestError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Refuses names that only point here (DNS rebinding) and pages of other sites. */
function checkOrigin({ headers: { host = '', origin } }) {
  if (!LOOPBACK_HOST.test(host)) throw new RequestError(403, 'Host must be 127.0.0.1 or localhost');
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new RequestError(403, 'Origin must be the ledger itself');
  }
}

async function readJson(request) {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new RequestError(415, 'expected application/json');
  }
  const chunks = [];
  let size = 0;
  // Left early, the request must stay open: destroying it would take the socket, and the answer with it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new RequestError(413, `body is longer than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  let value;
  try {
    value = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new RequestError(400, 'body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RequestError(400, 'body is not a JSON object');
  }
  return value;
}

function readClick({ x, y, hit = null }) {
  if (!Number.isFinite(x) || !Number.isFinite(y)) throw new RequestError(400, 'x and y must be numbers');
  return { x, y, hit: readHit(hit) };
}

/** Takes over the known fields only, so that the truth never repeats what else a page sent. */
function readHit(hit) {
  if (hit === null) return null;
  if (hit.kind === 'signin') return { kind: 'signin' };
  if (Object.hasOwn(HIT_KEYS, hit.kind)) {
    const [key, isValid] = HIT_KEYS[hit.kind];
    if (isValid(hit[key])) return { kind: hit.kind, [key]: hit[key] };
  }
  throw new RequestError(400, 'unknown hit');
}

function sendJson(response, status, value) {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(value));
}

/** Its address. It comes with a package, so that the screen looks the same wherever it is drawn. */
function fontFile(weight) {
  const name = `@fontsource/dejavu-sans/files/dejavu-sans-latin-${weight}-normal.woff2`;
  return pathToFileURL(createRequire(import.meta.url).resolve(name));
}

async function loadStaticFiles() {
  const load = async ([path, [name, type]]) => [
    path,
    { type, body: await readFile(new URL(name, import.meta.url)) },
  ];
  return Object.fromEntries(await Promise.all(Object.entries(STATIC_FILES).map(load)));
}

function listen(server, { host, port }) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function main(args) {
  let options;
  try {
    options = parseCommandLine(args);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    process.stderr.write(`ledger app: ${error.message} (--help lists the options)\n`);
    process.exitCode = 2;
    return;
  }
  if (options.help) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  let server;
  try {
    server = await startLedgerServer(options);
  } catch (error) {
    process.stderr.write(`ledger app: cannot listen on port ${options.port}: ${error.message}\n`);
    process.exitCode = 1;
    return;
  }
  const stop = () => void server.close();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Whoever started us may go away and take the pipe along; the application stays up until it is told to stop.
  process.stdout.on('error', () => {});
  process.stdout.write(`ledger app ready at ${server.url}/\n`);
}

/** Whether node was started with this file, also by a link. A script named without its extension is not a path. */
function isEntry([, script]) {
  return (
    script !== undefined && existsSync(script) && realpathSync(script) === fileURLToPath(import.meta.url)
  );
}

if (isEntry(process.argv)) await main(process.argv.slice(2));
