import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../src/cdp/browser.js';
import { findBrowser } from '../../src/cdp/find-browser.js';
import { launchBrowser } from '../../src/cdp/launch.js';
import { type Page, openPage } from '../../src/cdp/open-page.js';
import { systemClock } from '../../src/core/clock.js';
import type { Rect, Size } from '../../src/core/geometry.js';
import { InputEpoch } from '../../src/core/input-epoch.js';
import { crop } from '../../src/image/image-buffer.js';
import type { ImageBuffer } from '../../src/image/image-buffer.js';
import { type Actuator } from '../../src/input/actuator.js';
import { createCdpActuator } from '../../src/input/cdp-actuator.js';
import type { FrameSource } from '../../src/sensor/frame-source.js';
import { mayProve } from '../../src/visual/transition/may-prove.js';
import { createScreenshotSource } from '../../src/sensor/screenshot-source.js';

const TILE = 20;
const COLUMNS = 16;
const ROWS = 12;

/** Every 20 px tile of the canvas (device pixels) has a colour that says where it is. A click whitens its tile. */
const PAGE = `data:text/html;charset=utf-8,<body style="margin:0"><canvas id=c></canvas><script>
  const ratio = devicePixelRatio;
  c.width = ${COLUMNS * TILE}; c.height = ${ROWS * TILE};
  c.style = 'display:block;width:' + c.width / ratio + 'px;height:' + c.height / ratio + 'px';
  const g = c.getContext('2d');
  for (let y = 0; y < ${ROWS}; y++) for (let x = 0; x < ${COLUMNS}; x++) {
    g.fillStyle = 'rgb(' + [x * 10, y * 20, 40] + ')';
    g.fillRect(x * ${TILE}, y * ${TILE}, ${TILE}, ${TILE});
  }
  window.resizes = 0; window.events = [];
  addEventListener('resize', () => { resizes++; });
  for (const name of ['mousemove', 'mousedown', 'mouseup', 'click']) addEventListener(name, (e) => {
    events.push([name, e.clientX * ratio, e.clientY * ratio, e.buttons]);
    if (name !== 'click') return;
    g.fillStyle = 'white';
    const at = (v) => Math.floor(v * ratio / ${TILE}) * ${TILE};
    g.fillRect(at(e.clientX), at(e.clientY), ${TILE}, ${TILE});
  });
  addEventListener('wheel', (e) => events.push(['wheel', e.clientX * ratio, e.clientY * ratio, e.deltaY * ratio]));
  for (const name of ['keydown', 'keyup']) addEventListener(name, (e) => events.push([name, e.key, e.code]));
</script>`.replaceAll('#', '%23');

const size: Size = { width: COLUMNS * TILE, height: ROWS * TILE };
let root: string;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pixelproof-test-'));
});
afterAll(() => rm(root, { recursive: true }));

describe.each([
  ['headless-shell', 1],
  ['headless-shell', 2],
  ['chromium', 1],
  ['chromium', 2],
] as const)('%s at device scale factor %d', (prefer, deviceScaleFactor) => {
  const clock = systemClock;
  const epoch = new InputEpoch();
  let source: FrameSource;
  let actuator: Actuator;

  beforeAll(async () => {
    const { path } = findBrowser({ prefer });
    browser = await launchBrowser({ path, windowSize: size, profileRoot: root });
    page = await openPage(browser, { size, deviceScaleFactor });
    await page.navigate(PAGE);
    source = createScreenshotSource({ page, epoch, clock });
    actuator = createCdpActuator({ page, epoch, clock });
  });
  afterEach(() => page.navigate(PAGE));
  afterAll(() => browser.close());

  test('a PNG of the viewport has every pixel the page drew', async () => {
    const frame = await source.capture();
    expect(frame.rect).toEqual({ x: 0, y: 0, ...size });
    expectTiles(frame.decode(), frame.rect);
    expect(frame.decode()).toBe(frame.decode());
    expect(frame.provenance).toMatchObject({
      sensor: 'screenshot',
      format: 'png',
      targetId: page.targetId,
      viewport: size,
      deviceScaleFactor,
      inputEpoch: epoch.current,
    });
    expect(frame.provenance.decoder).toBeDefined();
    expect(frame.provenance.receivedAtMs).toBeGreaterThan(frame.provenance.requestedAtMs);
  });

  test.each<Rect>([
    { x: 0, y: 0, width: 20, height: 20 },
    { x: 38, y: 34, width: 64, height: 50 },
    { x: 300, y: 220, width: 20, height: 20 },
    { x: 40, y: 100, width: 2, height: 2 },
  ])('a PNG of $x,$y $width x $height is exact', async (region) => {
    const frame = await source.capture({ region });
    expect(frame.rect).toEqual(region);
    expectTiles(frame.decode(), region);
  });

  test('the first look at a new document is answered too', async () => {
    for (let document = 0; document < 20; document++) {
      await page.navigate(PAGE);
      const { rect } = await source.capture({ region: { x: 40, y: 100, width: 2, height: 2 } });
      expect(rect.width).toBe(2);
    }
  });

  test('odd regions are exact, or refused where they cut a CSS pixel; never another picture', async () => {
    const region = { x: 41, y: 63, width: 33, height: 21 };
    const frame = await source.capture({ region }).catch((error: unknown) => error as { code: string });
    if ('code' in frame) expect([deviceScaleFactor, frame.code]).toEqual([2, 'PXP_CAPTURE']);
    else expectTiles(frame.decode(), region);
  });

  test('a JPEG is close to the PNG inside the tiles', async () => {
    const frame = await source.capture({ format: 'jpeg', quality: 90 });
    expect(frame.provenance.quality).toBe(90);
    const image = frame.decode();
    for (let y = 0; y < ROWS; y++) {
      for (let x = 0; x < COLUMNS; x++) {
        const [r, g, b] = pixel(image, x * TILE + TILE / 2, y * TILE + TILE / 2);
        expect(Math.max(Math.abs(r - x * 10), Math.abs(g - y * 20), Math.abs(b - 40))).toBeLessThan(10);
      }
    }
  });

  test('captures asked for at once each bring their own region, and the page sees no resize', async () => {
    const other = createScreenshotSource({ page, epoch, clock });
    const regions = Array.from({ length: 12 }, (_, i) => ({
      x: i * TILE,
      y: i * TILE,
      width: 20,
      height: 20,
    }));
    const frames = await Promise.all(
      regions.map((region, i) => (i % 2 === 0 ? source : other).capture({ region })),
    );
    for (const [i, frame] of frames.entries()) expectTiles(frame.decode(), regions[i]);
    expect(await page.evaluate('resizes')).toBe(0);
  });

  test('a click reaches the page at its device pixel, and a later frame proves it', async () => {
    const before = await source.capture();
    const { epoch: inputEpoch, acknowledged } = await actuator.click({ x: 130, y: 90 });
    const scope = { inputEpoch, targetId: page.targetId, viewport: size, deviceScaleFactor };
    const after = await source.capture();
    expect(mayProve(before, scope)).toEqual({ ok: false, reason: 'before-input' });
    expect(mayProve(after, scope)).toEqual({ ok: true });
    await acknowledged;
    await expect.poll(async () => pixel((await source.capture()).decode(), 125, 85)).toEqual([255, 255, 255]);
    expect(pixel(before.decode(), 125, 85)).toEqual([60, 80, 40]);
    // headless-shell makes up a move to 0,0 of its own.
    expect(await page.evaluate("events.filter(([name]) => name !== 'mousemove')")).toEqual([
      ['mousedown', 130, 90, 1],
      ['mouseup', 130, 90, 0],
      ['click', 130, 90, 0],
    ]);
  });

  test('a double click, a right one, and a key with others held reach the page as such', async () => {
    await page.evaluate(`for (const name of ['dblclick', 'auxclick', 'contextmenu'])
      addEventListener(name, (e) => { e.preventDefault(); events.push([name, e.button, e.detail]); });
      addEventListener('keydown', (e) => events.push([e.key, e.ctrlKey, e.shiftKey]));`);
    const inputs = [
      await actuator.click({ x: 130, y: 90 }, { count: 2 }),
      await actuator.click({ x: 130, y: 90 }, { button: 'right' }),
      await actuator.press('Control+Shift+s'),
    ];
    await Promise.all(inputs.map(({ acknowledged }) => acknowledged));
    const seen = (await page.evaluate('events')) as unknown[][];
    expect(seen.filter(([name]) => name === 'click')).toHaveLength(2);
    expect(seen).toEqual(
      expect.arrayContaining([
        ['dblclick', 0, 2],
        ['contextmenu', 2, expect.any(Number)],
        ['Shift', true, true],
        ['S', true, true],
      ]),
    );
  });

  test('a drag is seen move by move with the button down, and dropped where it goes', async () => {
    await page.evaluate('events.length = 0');
    const { acknowledged } = await actuator.drag({ x: 30, y: 70 }, { x: 270, y: 150 });
    await acknowledged;
    const seen = (await page.evaluate('events')) as [string, number, number, number][];
    expect(seen[0]).toEqual(['mousedown', 30, 70, 1]);
    expect(seen.find(([name]) => name === 'mouseup')).toEqual(['mouseup', 270, 150, 0]);
    const up = seen.findIndex(([name]) => name === 'mouseup');
    const moves = seen.slice(1, up);
    expect(moves).toEqual(Array.from({ length: 8 }, (_, i) => ['mousemove', 60 + 30 * i, 80 + 10 * i, 1]));
  });

  test('a move is a hover, and releasing when nothing is down sends nothing', async () => {
    const { acknowledged } = await actuator.move({ x: 50, y: 70 });
    await acknowledged;
    await actuator.releaseAll();
    await expect.poll(() => page.evaluate('events.at(-1)')).toEqual(['mousemove', 50, 70, 0]);
  });

  test('wheel, text and keys reach the page, in order', async () => {
    await page.evaluate(
      "document.body.append(Object.assign(document.createElement('input'), { id: 'i' })); i.focus()",
    );
    const wheel = await actuator.scroll({ x: 50, y: 70 }, { dy: 60 });
    await wheel.acknowledged;
    const inputs = [
      await actuator.type('aZ é'),
      await actuator.press('Backspace'),
      await actuator.press('F2'),
    ];
    await Promise.all(inputs.map(({ acknowledged }) => acknowledged));
    expect(inputs.map((receipt) => receipt.epoch - wheel.epoch)).toEqual([1, 2, 3]);
    await expect.poll(() => page.evaluate('i.value')).toBe('aZ ');
    const events = (await page.evaluate("events.filter(([name]) => name !== 'mousemove')")) as unknown[][];
    expect(events.filter(([name]) => name === 'wheel')).toEqual([['wheel', 50, 70, 60]]);
    expect(events.filter(([name]) => name !== 'wheel')).toEqual(
      [
        ['a', 'KeyA'],
        ['Z', 'KeyZ'],
        [' ', 'Space'],
        ['Backspace', 'Backspace'],
        ['F2', 'F2'],
      ].flatMap((key) => [
        ['keydown', ...key],
        ['keyup', ...key],
      ]),
    );
  });
});

test('a capture of a crashed page is an error', async () => {
  browser = await launchBrowser({ windowSize: size, profileRoot: root });
  try {
    page = await openPage(browser, { size });
    const source = createScreenshotSource({ page, epoch: new InputEpoch(), clock: systemClock });
    await source.capture();
    await expect(page.session.send('Page.crash')).rejects.toMatchObject({ code: 'PXP_CDP_CRASHED' });
    await expect(source.capture()).rejects.toMatchObject({ code: 'PXP_CDP_CRASHED' });
  } finally {
    await browser.close();
  }
});

test('a capture while a dialog is open ends at its deadline, and the next one after it works', async () => {
  browser = await launchBrowser({ windowSize: size, profileRoot: root });
  try {
    page = await openPage(browser, { size });
    const source = createScreenshotSource({ page, epoch: new InputEpoch(), clock: systemClock });
    // A document that has drawn: before, some copies are refused, and a dialog keeps it from drawing.
    await source.capture();
    const opened = new Promise((resolve) => page.session.on('Page.javascriptDialogOpening', resolve));
    const alert = page.evaluate('alert(1)');
    await opened;
    await expect(source.capture({ timeoutMs: 300 })).rejects.toMatchObject({ code: 'PXP_CDP_TIMEOUT' });
    await page.session.send('Page.handleJavaScriptDialog', { accept: true });
    await alert;
    expect((await source.capture()).rect).toEqual({ x: 0, y: 0, ...size });
  } finally {
    await browser.close();
  }
});

test('a page that navigates again and again is captured all the time', async () => {
  browser = await launchBrowser({ windowSize: size, profileRoot: root });
  try {
    page = await openPage(browser, { size });
    await page.navigate(PAGE);
    const source = createScreenshotSource({ page, epoch: new InputEpoch(), clock: systemClock });
    const navigating = (async () => {
      for (let i = 0; i < 5; i++) {
        await systemClock.sleep(150);
        await page.navigate(PAGE);
      }
    })();
    const untilMs = systemClock.nowMs() + 1200;
    while (systemClock.nowMs() < untilMs)
      expect((await source.capture({ timeoutMs: 2000 })).rect).toMatchObject(size);
    await navigating;
  } finally {
    await browser.close();
  }
});

function expectTiles(image: ImageBuffer, rect: Rect): void {
  expect({ width: image.width, height: image.height }).toEqual({ width: rect.width, height: rect.height });
  const expected = new Uint8Array(4 * rect.width * rect.height);
  for (let y = 0, i = 0; y < rect.height; y++) {
    for (let x = 0; x < rect.width; x++, i += 4) {
      const column = Math.floor((rect.x + x) / TILE);
      const row = Math.floor((rect.y + y) / TILE);
      expected.set([column * 10, row * 20, 40, 255], i);
    }
  }
  expect(Buffer.compare(image.data, expected)).toBe(0);
}

function pixel(image: ImageBuffer, x: number, y: number): number[] {
  return [...crop(image, { x, y, width: 1, height: 1 }).data.subarray(0, 3)];
}
