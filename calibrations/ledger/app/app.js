import { crashRenderer } from './crash.js';
import { fit, hitTest } from './layout.mjs';
import { paint } from './paint.js';
import { drawBetween } from './random.mjs';
import { THEMES, recolored } from './theme.js';

const SPLASH_MS = 300;
const CARET_MS = 530;
const MAX_SEARCH_LENGTH = 24;

start().catch(() => {
  show('splash').textContent = 'The server cannot be reached. Reload the page to try again.';
});

/** Consent, sign-in, splash, and then the screen: each is removed from the document before the next is put there. */
async function start() {
  // A canvas draws with what is loaded, and with another font otherwise.
  await Promise.all(Array.from(document.fonts, (font) => font.load()));
  const { consent, signedIn, look } = await (await fetch('/session')).json();
  if (!consent) await askConsent();
  if (!signedIn) await askLogin();
  show('splash');
  await new Promise((resolve) => setTimeout(resolve, SPLASH_MS));
  openScreen(look);
}

function show(name) {
  document.querySelectorAll('body > :not(template)').forEach((element) => element.remove());
  document.body.append(document.querySelector(`#${name}-template`).content.cloneNode(true));
  return document.querySelector(`#${name}`);
}

async function askConsent() {
  const button = show('consent').querySelector('#accept');
  await new Promise((resolve) => button.addEventListener('click', resolve, { once: true }));
  await post('/consent', {});
}

function askLogin() {
  const form = show('login');
  const error = form.querySelector('#login-error');
  return new Promise((resolve) => {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      error.hidden = true;
      const answer = await post('/login', { user: form.user.value, password: form.password.value });
      if (answer.ok) return resolve();
      error.textContent = (await answer.json()).error;
      error.hidden = false;
    });
  });
}

/** From here on there is one canvas and nothing else: no text in the document, no state but what the server sends. */
function openScreen(look) {
  const canvas = document.createElement('canvas');
  canvas.id = 'screen';
  const context = canvas.getContext('2d', { alpha: false });
  const local = { tab: 'inbox', clock: '', caret: true, search: '', black: false, turn: 0 };
  const theme = recolored(THEMES[look.theme], look.recolor);
  let view = null;
  let painted = null;
  let repaint = 0;

  const invalidate = () => {
    if (view === null || repaint !== 0) return;
    repaint = requestAnimationFrame(() => {
      repaint = 0;
      draw();
    });
  };

  function draw() {
    const ratio = devicePixelRatio;
    const width = Math.round(innerWidth * ratio);
    const height = Math.round(innerHeight * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, { width, height });
      Object.assign(canvas.style, { width: `${innerWidth}px`, height: `${innerHeight}px` });
    }
    const { scale, offset } = fit({
      width: innerWidth,
      height: innerHeight,
      shift: look.shift,
      fixed: look.scale,
    });
    context.setTransform(scale * ratio, 0, 0, scale * ratio, offset * ratio, offset * ratio);
    const edge = -offset / scale;
    const page = { x: edge, y: edge, width: innerWidth / scale, height: innerHeight / scale };
    paint({ context, theme, view, local, page, redesign: look.redesign, ambient: look.ambient });
    painted = { view, tab: local.tab, scale, offset };
  }

  listen({
    onView(next) {
      if (view === null) document.body.replaceChildren(canvas);
      view = next;
      invalidate();
    },
  });
  takeClicks(canvas, {
    // What counts is what was on the screen, not what has arrived since and is not painted yet.
    hitAt({ x, y }) {
      if (painted === null) return null;
      const { scale, offset } = painted;
      const at = { x: (x - offset) / scale, y: (y - offset) / scale };
      return hitTest(at, { ...painted, redesign: look.redesign });
    },
    onTab(name) {
      // What came up while a late effect was on its way keeps the tab from changing.
      if (view.popup !== null || view.session === 'ended') return;
      local.tab = name;
      invalidate();
    },
  });
  takeKeys(local, invalidate);
  runAmbient(local, invalidate);
  if (look.ambient > 0) runMarks(local, invalidate);
  runBlackFrames(look, (black) => {
    local.black = black;
    invalidate();
  });
  addEventListener('resize', invalidate);
}

function listen({ onView }) {
  const events = new EventSource('/events');
  let version = 0;
  events.addEventListener('message', ({ data }) => {
    const view = JSON.parse(data);
    if (view.version < version) return;
    version = view.version;
    onView(view);
  });
  events.addEventListener('crash', crashRenderer);
  events.addEventListener('error', () => {
    // Closed for good means that the server does not know our session: it was started anew.
    if (events.readyState === EventSource.CLOSED) location.reload();
  });
}

/**
 * Every press and release of the main button is told to the server once and in order, whatever it hit. It hits a target
 * only when it went down and came up on the same one; a row that moved away in between was not clicked.
 */
function takeClicks(canvas, { hitAt, onTab }) {
  let pressed;
  let sending = Promise.resolve();
  canvas.addEventListener('pointerdown', (event) => {
    pressed = event.button === 0 ? hitAt(event) : undefined;
  });
  canvas.addEventListener('pointercancel', () => (pressed = undefined));
  canvas.addEventListener('pointerup', (event) => {
    if (event.button !== 0 || pressed === undefined) return;
    const released = hitAt(event);
    const hit = JSON.stringify(pressed) === JSON.stringify(released) ? released : null;
    pressed = undefined;
    // A server that cannot be reached takes no clicks, as one that lost them would; the next click finds out again.
    sending = sending.then(() => send({ x: event.clientX, y: event.clientY, hit })).catch(() => {});
  });

  async function send(click) {
    const answer = await post('/click', click);
    if (answer.status === 401) return location.reload();
    const { effect, delayMs } = await answer.json();
    if (effect === 'none') return;
    // The page's own part of the effect: which tab it shows, and that it begins anew.
    if (click.hit.kind === 'tab') setTimeout(() => onTab(click.hit.name), delayMs);
    if (click.hit.kind === 'signin') setTimeout(() => location.reload(), delayMs);
  }
}

/** The search box always has the keyboard; what is typed marks the names that contain it. */
function takeKeys(local, invalidate) {
  addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey || altKey) return;
    if (key === 'Escape') local.search = '';
    else if (key === 'Backspace') local.search = local.search.slice(0, -1);
    else if (key.length === 1) local.search = (local.search + key).slice(0, MAX_SEARCH_LENGTH);
    else return;
    invalidate();
  });
}

function runAmbient(local, invalidate) {
  const two = (number) => String(number).padStart(2, '0');
  const tick = () => {
    const now = new Date();
    local.clock = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join(':');
    invalidate();
    setTimeout(tick, 1000 - now.getMilliseconds());
  };
  tick();
  setInterval(() => {
    local.caret = !local.caret;
    invalidate();
  }, CARET_MS);
}

function runMarks(local, invalidate) {
  const turn = () => {
    local.turn += 1;
    invalidate();
    requestAnimationFrame(turn);
  };
  requestAnimationFrame(turn);
}

/** Bursts of 100..400 ms, with pauses whose mean makes the share of black time come out. */
function runBlackFrames({ black: share, seed }, setBlack) {
  if (share === 0) return;
  const meanBurstMs = 250;
  const meanPauseMs = (meanBurstMs * (1 - share)) / share;
  const next = (n) => {
    setTimeout(
      () => {
        setBlack(true);
        setTimeout(
          () => {
            setBlack(false);
            next(n + 1);
          },
          drawBetween(seed, 'black-burst', n, 100, 400),
        );
      },
      drawBetween(seed, 'black-pause', n, 0.5 * meanPauseMs, 1.5 * meanPauseMs),
    );
  };
  next(1);
}

function post(path, body) {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    // The click counts even when the page is gone before it is answered.
    keepalive: true,
  });
}
