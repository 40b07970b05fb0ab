#!/usr/bin/env node
// Serves one page with a cheetah-grid on the loopback interface: rows with a check box and two buttons each, all drawn
// in a canvas. What the widget holds and which clicks it took is at /truth. Plain Node, no build.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { runTarget, wholeNumber } from './run-target.mjs';

/** The package's folder of built files. */
const PACKAGE = new URL('.', import.meta.resolve('cheetah-grid'));
const PAGE = new URL('./cheetah-grid/', import.meta.url);
const SCRIPT = 'text/javascript; charset=utf-8';
const FILES = {
  '/': { url: new URL('index.html', PAGE), type: 'text/html; charset=utf-8' },
  '/page.js': { url: new URL('page.js', PAGE), type: SCRIPT },
  '/cheetah-grid.css': { url: new URL('main.css', PACKAGE), type: 'text/css; charset=utf-8' },
  '/dejavu-sans.woff2': {
    url: new URL(import.meta.resolve('@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff2')),
    type: 'font/woff2',
  },
  '/main.mjs': { url: new URL('main.mjs', PACKAGE), type: SCRIPT },
};
/** The package's own chunks carry a hash in their name. */
const CHUNK = /^\/(chunk-[\w-]+\.mjs)$/;
const EFFECTS = ['check', 'collect', 'hold', 'release'];
const MAX_BODY = 1 << 20;

/** Every seventh row is held from the start, beginning with the third. */
const isHeld = (index) => index % 7 === 2;

/**
 * Starts the target and resolves when it listens.
 *
 * @param {{port?: number, rows?: number, still?: boolean}} [options] `still`: nothing on the page moves by itself
 */
export async function startCheetahGrid({ port = 0, rows: count = 24, still = false } = {}) {
  const rows = new Map(Array.from({ length: count }, (_, i) => [i + 1, rowOf(i)]));
  const collected = [];
  /** Clicks as they came, whatever they hit. */
  const clicks = [];
  /** What the widget did. */
  const effects = [];
  let widget = null;
  /** Where the widget's list stood, as it moved. */
  const scrollTops = [];

  const truth = () => ({ rows: [...rows.values()], collected, clicks, effects, widget, scrollTops });

  const routes = {
    'GET /rows': () => ({ rows: [...rows.values()], still }),
    'GET /truth': truth,
    'POST /event': (event) => record(event),
    'POST /widget': (state) => {
      widget = state;
      if (scrollTops.at(-1) !== state.scrollTop) scrollTops.push(state.scrollTop);
    },
  };

  function record({ kind, id, x, y }) {
    if (kind === 'click') return void clicks.push({ id, x, y });
    const row = rows.get(id);
    if (!EFFECTS.includes(kind) || row === undefined) throw new Error(`no such event: ${kind} of row ${id}`);
    effects.push({ kind, id });
    if (kind === 'check') row.checked = !row.checked;
    if (kind === 'hold') row.held = true;
    if (kind === 'release') row.held = false;
    if (kind === 'collect') {
      rows.delete(id);
      collected.push(id);
    }
  }

  const server = createServer((request, response) => {
    answer(request, response, routes).catch((error) => {
      if (response.headersSent) return response.destroy();
      return response.writeHead(400, { 'content-type': 'text/plain' }).end(error.message);
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, resolve);
  });
  const bound = server.address().port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    truth,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function answer(request, response, routes) {
  const [path] = request.url.split('?', 1);
  const chunk = CHUNK.exec(path);
  const file = chunk ? { url: new URL(chunk[1], PACKAGE), type: SCRIPT } : FILES[path];
  if (request.method === 'GET' && file !== undefined) {
    const body = await readFile(file.url);
    return response.writeHead(200, { 'content-type': file.type, 'cache-control': 'no-store' }).end(body);
  }
  const route = routes[`${request.method} ${path}`];
  if (route === undefined) return response.writeHead(404).end();
  // Only its own page may write: another one would have to send a header that needs leave from here first.
  if (request.method === 'POST' && request.headers['content-type'] !== 'application/json') {
    return response.writeHead(415).end();
  }
  const value = route(request.method === 'POST' ? await readJson(request) : undefined);
  return response
    .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(JSON.stringify(value ?? null));
}

async function readJson(request) {
  let size = 0;
  const parts = [];
  for await (const part of request) {
    size += part.length;
    if (size > MAX_BODY) throw new Error('too much');
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString());
}

const PARTS = [
  'Bearing',
  'Coupling',
  'Gasket',
  'Impeller',
  'Manifold',
  'Rotor',
  'Spindle',
  'Valve',
  'Washer',
];
const CITIES = [
  'Aarhus',
  'Bergen',
  'Cork',
  'Dresden',
  'Eger',
  'Faro',
  'Ghent',
  'Hull',
  'Izmir',
  'Jena',
  'Kiel',
];

function rowOf(index) {
  const id = index + 1;
  return {
    id,
    part: `${PARTS[(index * 5) % PARTS.length]} ${100 + ((index * 37) % 900)}`,
    city: CITIES[(index * 7) % CITIES.length],
    amount: `${((index * 7919) % 9000) + 250}.${String((index * 31) % 100).padStart(2, '0')}`,
    checked: index % 4 === 1,
    held: isHeld(index),
  };
}

await runTarget(import.meta.url, {
  name: 'cheetah-grid',
  help: `Usage: node scripts/targets/cheetah-grid.mjs [options]

Serves a cheetah-grid on the loopback interface.

  --port N    port to listen on, 0 for any free one (default 0)
  --rows N    rows in the grid (default 24)
  --still     nothing on the page moves by itself
  --help      this text

GET /truth answers what the widget holds and which clicks it took.`,
  options: { rows: { type: 'string', default: '24' }, still: { type: 'boolean', default: false } },
  start: ({ port, rows, still }) =>
    startCheetahGrid({ port, rows: wholeNumber('--rows', rows, 100_000), still }),
});
