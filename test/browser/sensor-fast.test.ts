import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../../src/cdp/browser.js';
import { launchBrowser } from '../../src/cdp/launch.js';
import { type Page, openPage } from '../../src/cdp/open-page.js';
import { livingInGroup } from '../../src/cdp/process-table.js';
import { systemClock as clock } from '../../src/core/clock.js';
import { InputEpoch } from '../../src/core/input-epoch.js';
import type { Actuator } from '../../src/input/actuator.js';
import { createCdpActuator } from '../../src/input/cdp-actuator.js';
import { chooseSensor } from '../../src/sensor/choose-sensor.js';
import type { Frame } from '../../src/sensor/frame.js';
import { createFrameControlSource } from '../../src/sensor/frame-control-source.js';
import type { FrameSource } from '../../src/sensor/frame-source.js';
import { createScreencastSource } from '../../src/sensor/screencast-source.js';
import { createScreenshotSource } from '../../src/sensor/screenshot-source.js';
import { mayProve } from '../../src/visual/transition/may-prove.js';

/** A click counts up; the count is 12 blocks, red for 1 and green for 0. `spin(true)` moves a square at the right. */
const PAGE =
  `data:text/html;charset=utf-8,<body style="margin:0"><canvas id=c width=480 height=300 style="display:block"></canvas>
<script>
  const g = c.getContext('2d');
  let n = 0, turning = false, t = 0;
  function draw() {
    g.fillStyle = 'rgb(240,240,240)'; g.fillRect(0, 0, 400, 300);
    for (let b = 0; b < 12; b++) {
      g.fillStyle = (n >> b) & 1 ? 'rgb(200,0,0)' : 'rgb(0,140,0)';
      g.fillRect(40 + b * 16, 100, 16, 32);
    }
  }
  function turn() {
    g.fillStyle = 'hsl(' + (t += 7) % 360 + ' 80% 50%)'; g.fillRect(420, 20, 40, 40);
    if (turning) requestAnimationFrame(turn);
  }
  function spin(on) { turning = on; if (on) requestAnimationFrame(turn); }
  function count(by) { n += by; draw(); }
  draw();
  addEventListener('mousedown', () => count(1));
</script>`.replaceAll('#', '%23');

const size = { width: 480, height: 300 };
const region = { x: 32, y: 96, width: 208, height: 40 };

function shownCount(frame: Frame): number {
  const { width, data } = frame.decode();
  expect(frame.rect).toEqual(region);
  let count = 0;
  for (let bit = 0; bit < 12; bit++) {
    const at = 4 * (20 * width + 8 + bit * 16 + 8);
    if (data[at] > data[at + 1]) count |= 1 << bit;
  }
  return count;
}

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pixelproof-test-'));
});
afterAll(async () => {
  expect(await readdir(root), 'profiles left behind').toEqual([]);
  await rm(root, { recursive: true });
});

describe.each([
  ['frame-control', createFrameControlSource, true],
  ['screencast', createScreencastSource, false],
  ['screenshot', createScreenshotSource, false],
] as const)('%s', (name, create, frameControl) => {
  const transitions = name === 'screenshot' ? 60 : 300;
  let browser: Browser;
  let page: Page;
  let source: FrameSource;
  let actuator: Actuator;
  let epoch: InputEpoch;
  let clicks = 0;

  beforeAll(async () => {
    browser = await launchBrowser({ windowSize: size, profileRoot: root, frameControl });
    page = await openPage(browser, { size });
    await page.navigate(PAGE);
    epoch = new InputEpoch();
    source = create({ page, epoch, clock, defaults: { format: 'jpeg', quality: 80 } });
    actuator = createCdpActuator({ page, epoch, clock });
  });
  afterAll(async () => {
    await source.close();
    await browser.close();
    expect(livingInGroup(browser.process!.pid)).toEqual([]);
  });

  const clickAndProve = async (): Promise<Frame> => {
    const { epoch: inputEpoch } = await actuator.click({ x: 200, y: 250 });
    clicks++;
    const seen: number[] = [];
    const { frame, satisfied } = await source.until({
      region,
      timeoutMs: 3000,
      satisfies: (candidate) => {
        const scope = { inputEpoch, targetId: page.targetId, viewport: size, deviceScaleFactor: 1 };
        expect(mayProve(candidate, scope)).toEqual({ ok: true });
        seen.push(shownCount(candidate));
        return seen.at(-1) === clicks % 4096;
      },
    });
    expect(satisfied, `saw ${seen.join(' ')} for ${clicks}`).toBe(true);
    // Before its effect the last count, and never an older one.
    expect(seen.slice(0, -1).every((count) => count === clicks - 1)).toBe(true);
    return frame;
  };

  test(`${transitions} clicks in a row are each proved by the right count`, async () => {
    for (let i = 0; i < transitions; i++) await clickAndProve();
    expect(await page.evaluate('n')).toBe(clicks);
  });

  test('a still page has not changed, and a change between two questions is seen each time', async () => {
    let frame = await clickAndProve();
    for (let i = 0; i < (name === 'frame-control' ? 100 : 10); i++) {
      expect(await source.changedSince(frame)).toBe(false);
      await page.evaluate('count(1)');
      clicks++;
      expect(await source.changedSince(frame), `change ${i}`).toBe(true);
      frame = await source.capture({ region });
      expect(shownCount(frame)).toBe(clicks);
    }
  });

  test('until ends at its deadline with a frame of the unchanged page', async () => {
    const startedAtMs = clock.nowMs();
    const { frame, satisfied } = await source.until({ region, timeoutMs: 200, satisfies: () => false });
    expect(satisfied).toBe(false);
    expect(shownCount(frame)).toBe(clicks);
    expect(clock.nowMs() - startedAtMs).toBeGreaterThanOrEqual(200);
  });

  test('an effect that comes by itself, later, is seen by until', async () => {
    for (const delayMs of [0, 3, 10, 40, 150]) {
      await page.evaluate(`void setTimeout(() => count(1), ${delayMs})`);
      clicks++;
      const { satisfied } = await source.until({
        region,
        timeoutMs: 3000,
        satisfies: (frame) => shownCount(frame) === clicks,
      });
      expect(satisfied, `after ${delayMs} ms`).toBe(true);
    }
  });

  test('a page that animates elsewhere is proved all the same, and its region has not changed', async () => {
    await page.evaluate('spin(true)');
    for (let i = 0; i < 15; i++) {
      const frame = await clickAndProve();
      expect(await source.changedSince(frame)).toBe(false);
    }
    await page.evaluate('spin(false)');
  });

  test('several callers at once each get their own region', async () => {
    const regions = Array.from({ length: 6 }, (_, i) => ({ x: 40 + 16 * i, y: 100, width: 16, height: 32 }));
    const frames = await Promise.all(regions.map((rect) => source.capture({ region: rect, format: 'png' })));
    for (const [bit, frame] of frames.entries()) {
      expect(frame.rect).toEqual(regions[bit]);
      expect([...frame.decode().data.subarray(0, 3)]).toEqual(
        (clicks >> bit) & 1 ? [200, 0, 0] : [0, 140, 0],
      );
    }
  });

  test('it can be chosen, and its pixels are found right', async () => {
    const screenshot = createScreenshotSource({ page, epoch, clock });
    const candidates = name === 'screenshot' ? [screenshot] : [source, screenshot];
    const { measurements } = await chooseSensor({
      candidates,
      region,
      format: 'jpeg',
      clock,
      budgetMs: 3000,
    });
    for (const { refused, captureMs } of measurements) {
      expect(refused).toBeUndefined();
      expect(captureMs).toBeGreaterThan(0);
    }
  });

  test('a crash of the page is told at once, also to a look that waits', async () => {
    const looking = source.until({ region, timeoutMs: 5000, satisfies: () => false });
    // A page that crashes while `captureScreenshot` copies it takes a headless-shell with it, one in seven here.
    const codes = ['PXP_CDP_CRASHED', ...(name === 'screenshot' ? ['PXP_CDP_CLOSED'] : [])];
    const codeOf = (look: Promise<unknown>): Promise<unknown> =>
      look.catch((error: unknown) => (error as { code?: unknown }).code);
    const outcome = codeOf(looking);
    await clock.sleep(50);
    await page.session.send('Page.crash').catch(() => undefined);
    expect(codes).toContain(await outcome);
    expect(codes).toContain(await codeOf(source.capture()));
  });
});

describe('a browser with frame control', () => {
  test('takes one page at a time, and another when that is closed', async () => {
    const browser = await launchBrowser({ windowSize: size, profileRoot: root, frameControl: true });
    try {
      const page = await openPage(browser, { size });
      await expect(openPage(browser, { size })).rejects.toMatchObject({ code: 'PXP_USAGE' });
      await page.close();
      const next = await openPage(browser, { size });
      await next.navigate(PAGE);
      expect(await next.evaluate('n')).toBe(0);
    } finally {
      await browser.close();
    }
  });
});

test.each([
  ['frame-control', createFrameControlSource, true],
  ['screencast', createScreencastSource, false],
  ['screenshot', createScreenshotSource, false],
] as const)('%s draws what a page at scale 2 draws, to the pixel', async (_, create, frameControl) => {
  const size = { width: 960, height: 600 };
  const browser = await launchBrowser({
    ...{ windowSize: size, deviceScaleFactor: 2, profileRoot: root, frameControl },
  });
  try {
    const page = await openPage(browser, { size, deviceScaleFactor: 2 });
    await page.navigate(PAGE);
    const source = create({ page, epoch: new InputEpoch(), clock, defaults: { format: 'png' } });
    // The middle of the first block: at its edges the canvas is interpolated.
    const frame = await source.capture({ region: { x: 90, y: 220, width: 8, height: 8 } });
    expect([...frame.decode().data.subarray(0, 3)]).toEqual([0, 140, 0]);
    await source.close();
  } finally {
    await browser.close();
  }
});

test('a document that has only just loaded shows the parts it is asked for, in their places', async () => {
  const size = { width: 960, height: 600 };
  // The colour of a pixel tells where it is.
  const page = `data:text/html;charset=utf-8,<body style="margin:0">
    <canvas id=c width=960 height=600 style="display:block;width:480px;height:300px"></canvas><script>
    const g = c.getContext('2d'), picture = g.createImageData(960, 600);
    for (let i = 0; i < picture.data.length / 4; i++) {
      const x = i % 960, y = Math.floor(i / 960);
      picture.data.set([x >> 2, y >> 2, (x & 3) * 16 + (y & 3), 255], 4 * i);
    }
    g.putImageData(picture, 0, 0);</script>`.replaceAll('#', '%23');
  const placeOf = ([r, g, b]: Uint8Array): number[] => [4 * r + (b >> 4), 4 * g + (b & 15)];
  const small = { x: 90, y: 220, width: 8, height: 8 };
  const regions = [small, { x: 300, y: 100, width: 90, height: 40 }, small];
  const options = { windowSize: size, deviceScaleFactor: 2, profileRoot: root };
  for (let i = 0; i < 10; i++) {
    const browser = await launchBrowser(options);
    try {
      const opened = await openPage(browser, { size, deviceScaleFactor: 2 });
      await opened.navigate(page);
      const defaults = { format: 'png' } as const;
      const source = createScreencastSource({ page: opened, epoch: new InputEpoch(), clock, defaults });
      for (const region of regions) {
        const { data } = (await source.capture({ region })).decode();
        const corners = [data.subarray(0, 4), data.subarray(-4)].map(placeOf);
        const { x, y, width, height } = region;
        expect(corners).toEqual([
          [x, y],
          [x + width - 1, y + height - 1],
        ]);
      }
      await source.close();
    } finally {
      await browser.close();
    }
  }
});

test.each([
  ['frame-control', createFrameControlSource, true],
  ['screencast', createScreencastSource, false],
] as const)('%s: a page that draws a part notices nothing', async (_, create, frameControl) => {
  const browser = await launchBrowser({ windowSize: size, profileRoot: root, frameControl });
  try {
    const page = await openPage(browser, { size });
    await page.navigate(PAGE);
    await page.evaluate(`
      globalThis.noticed = [];
      for (const target of [window, visualViewport])
        for (const type of ['resize', 'scroll']) target.addEventListener(type, () => noticed.push(type));
      new IntersectionObserver((entries) => noticed.push(entries[0].intersectionRatio)).observe(c);
      globalThis.at = [];
      addEventListener('mousedown', ({ clientX, clientY }) => at.push(clientX, clientY));`);
    await clock.sleep(200);
    const before = await page.evaluate('noticed.splice(0)');
    const source = create({ page, epoch: new InputEpoch(), clock });
    const actuator = createCdpActuator({ page, epoch: new InputEpoch(), clock });
    for (const rect of [region, { ...region, x: 40 }]) {
      await source.capture({ region: rect });
      expect(page.view.rect.width).toBeLessThan(300);
      // Outside of the part, and inside.
      await (
        await actuator.click({ x: 450, y: 280 })
      ).acknowledged;
      await (
        await actuator.click({ x: 100, y: 110 })
      ).acknowledged;
    }
    expect(before).toEqual([1]);
    expect(await page.evaluate('noticed')).toEqual([]);
    expect(await page.evaluate('at')).toEqual([450, 280, 100, 110, 450, 280, 100, 110]);
    expect(await page.evaluate('[innerWidth, innerHeight, visualViewport.width]')).toEqual([480, 300, 480]);
    await source.close();
  } finally {
    await browser.close();
  }
});

test('with a frame of another process in it, a page is drawn whole and the frame gets its clicks', async () => {
  // Two sites: localhost holds a frame of 127.0.0.1.
  const server = createServer(({ url }, response) => {
    const inner = `<script>addEventListener('mousedown', (e) => parent.postMessage(e.clientY, '*'))</script>`;
    const outer =
      `<script>got = []; addEventListener('message', (e) => got.push(e.data))</script>` +
      `<iframe src="http://127.0.0.1:${port}/inner" style="border:0;width:480px;height:300px"></iframe>`;
    response.setHeader('content-type', 'text/html');
    response.end(`<body style="margin:0;background:#fff">${url === '/inner' ? inner : outer}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const extraFlags = ['--site-per-process'];
  const browser = await launchBrowser({ windowSize: size, profileRoot: root, extraFlags });
  try {
    const page = await openPage(browser, { size });
    await page.navigate(`http://localhost:${port}/`);
    const source = createScreencastSource({ page, epoch: new InputEpoch(), clock });
    const actuator = createCdpActuator({ page, epoch: new InputEpoch(), clock });
    expect((await source.capture({ region })).rect).toEqual(region);
    expect(page.view.rect).toEqual({ x: 0, y: 0, ...size });
    // Where its clicks go the browser knows a few frames after the frame is there.
    await clock.sleep(300);
    await actuator.click({ x: 100, y: 110 });
    await expect.poll(() => page.evaluate('got')).toEqual([110]);
    await source.close();
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
});

test('a browser that speaks JSON only is spoken to in JSON', async () => {
  // The last switch of a name counts: this is how a browser behaves that does not know the value.
  const extraFlags = ['--remote-debugging-pipe'];
  const browser = await launchBrowser({ windowSize: size, profileRoot: root, extraFlags });
  try {
    const page = await openPage(browser, { size });
    expect(await page.evaluate("'é' + 1")).toBe('é1');
    const source = createScreenshotSource({ page, epoch: new InputEpoch(), clock });
    expect((await source.capture()).decode().width).toBe(480);
  } finally {
    await browser.close();
  }
});
