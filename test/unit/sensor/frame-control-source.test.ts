import { describe, expect, test } from 'vitest';
import type { FrameClock } from '../../../src/cdp/frame-clock.js';
import { CdpConnection } from '../../../src/cdp/connection.js';
import { openPage } from '../../../src/cdp/open-page.js';
import { InputEpoch } from '../../../src/core/input-epoch.js';
import { encodePng } from '../../../src/image/encode-png.js';
import { createFrameControlSource } from '../../../src/sensor/frame-control-source.js';
import { solid } from '../../support/draw.js';
import { SimulatedClock } from '../../support/simulated-clock.js';
import { type FakeWire, fakeWire, pageScript } from '../cdp/fake-wire.js';

const size = { width: 8, height: 6 };

/** A page under frame control: `shade` is what it shows, and each change of it damages the next frame. */
async function setUp() {
  const clock = new SimulatedClock({ autoAdvance: true });
  const page = {
    shade: 10,
    /** Damage to come, one frame each. */
    due: 0,
    captures: 0,
    /** Frames in which something may have been drawn unseen. */
    doubts: 0,
    /** Pictures of another size that come first. */
    stale: 0,
    hangs: false,
    change(shade: number) {
      page.shade = shade;
      page.due++;
    },
  };
  let damage = 0;
  const draw = async (): Promise<boolean> => {
    if (page.hangs) return new Promise(() => undefined);
    await clock.sleep(1);
    const hasDamage = page.due > 0;
    if (hasDamage) {
      page.due--;
      damage++;
    }
    return hasDamage;
  };
  const wire: FakeWire = fakeWire((command) =>
    command.method === 'Runtime.evaluate'
      ? { result: { result: { type: 'undefined' } } }
      : pageScript(() => wire)(command),
  );
  const opened = await openPage({ connection: new CdpConnection(wire) }, { size });
  const frames: FrameClock = {
    get damage() {
      return damage;
    },
    get draws() {
      return damage;
    },
    get doubts() {
      return page.doubts;
    },
    frame: draw,
    async picture() {
      if (page.hangs) return new Promise(() => undefined);
      await clock.sleep(1);
      page.captures++;
      damage += 1;
      page.due = 0;
      const { shade } = page;
      const isStale = page.stale-- > 0;
      return encodePng(
        solid(isStale ? 8 : opened.view.rect.width, opened.view.rect.height + Number(isStale), [
          shade,
          shade,
          shade,
        ]),
      );
    },
    during: (work) => work,
    pause: () => () => undefined,
    stop: () => undefined,
  };
  const epoch = new InputEpoch();
  const source = createFrameControlSource({ page: { ...opened, frames }, epoch, clock });
  return { ...{ page, source, epoch, clock, opened } };
}

describe('changedSince', () => {
  test('of a still page is false without a picture', async () => {
    const { source, page } = await setUp();
    const frame = await source.capture();
    for (let i = 0; i < 3; i++) expect(await source.changedSince(frame)).toBe(false);
    expect(page.captures).toBe(1);
  });

  test('of a page that drew something else is true', async () => {
    const { source, page } = await setUp();
    const frame = await source.capture();
    page.change(20);
    expect(await source.changedSince(frame)).toBe(true);
    expect(page.captures).toBe(2);
  });

  test('of a page that drew the same is false by its pixels, and then by its damage', async () => {
    const { source, page } = await setUp();
    const frame = await source.capture();
    page.change(10);
    expect(await source.changedSince(frame)).toBe(false);
    expect(page.captures).toBe(2);
    expect(await source.changedSince(frame)).toBe(false);
    expect(page.captures).toBe(2);
  });

  test('of a page that may have drawn unseen is told by its pixels', async () => {
    const { source, page } = await setUp();
    const frame = await source.capture();
    page.doubts++;
    page.shade = 20;
    expect(await source.changedSince(frame)).toBe(true);
    page.shade = 10;
    expect(await source.changedSince(frame)).toBe(false);
    expect(page.captures).toBe(3);
    expect(await source.changedSince(frame)).toBe(false);
    expect(page.captures).toBe(3);
  });

  test('of a page that does not finish a frame is an error, never false', async () => {
    const { source, page, opened } = await setUp();
    const frame = await source.capture();
    page.hangs = true;
    await expect(source.changedSince(frame, { timeoutMs: 20 })).rejects.toMatchObject({
      code: 'PXP_CAPTURE',
    });
    expect(opened.session.state).toBe('open');
  });
});

describe('until', () => {
  test('waits for damage and looks again then', async () => {
    const { source, page, clock } = await setUp();
    clock.after(300, () => page.change(20));
    const shades: number[] = [];
    const { satisfied } = await source.until({
      timeoutMs: 1000,
      satisfies: (frame) => shades.push(frame.decode().data[0]) > 0 && shades.at(-1) === 20,
    });
    expect(satisfied).toBe(true);
    expect(shades.at(-1)).toBe(20);
    // Looks at 8, 16, 32, 64 … ms, not at every frame.
    expect(page.captures).toBeLessThan(15);
  });

  test('of a frame it answered with, nothing has changed without a picture', async () => {
    const { source, page } = await setUp();
    page.change(20);
    const { frame, satisfied } = await source.until({ timeoutMs: 1000, satisfies: () => true });
    expect([satisfied, frame.decode().data[0], page.captures]).toEqual([true, 20, 1]);
    expect(await source.changedSince(frame)).toBe(false);
    expect(page.captures).toBe(1);
  });
});

test('a picture of what the page drew before is not taken, and asked for again until the deadline', async () => {
  const { source, page } = await setUp();
  page.stale = 2;
  const region = { x: 2, y: 1, width: 3, height: 2 };
  const frame = await source.capture({ region });
  expect([page.captures, frame.rect, frame.decode().width]).toEqual([3, region, 3]);
  page.stale = Infinity;
  await expect(source.capture({ timeoutMs: 50 })).rejects.toMatchObject({ code: 'PXP_CAPTURE' });
});

test('what was given up holds the page until its frame has ended, and no longer', async () => {
  const { source, page, clock } = await setUp();
  page.hangs = true;
  await expect(source.capture({ timeoutMs: 20 })).rejects.toMatchObject({ code: 'PXP_CAPTURE' });
  page.hangs = false;
  expect((await source.capture()).rect).toEqual({ x: 0, y: 0, ...size });
  const controller = new AbortController();
  clock.after(1, () => controller.abort());
  const looking = source.until({ timeoutMs: 500, satisfies: () => false, signal: controller.signal });
  await expect(looking).rejects.toMatchObject({ code: 'PXP_ABORTED' });
  expect((await source.capture()).provenance.sensor).toBe('frame-control');
});

test('a page without a frame clock is PXP_USAGE', async () => {
  const { opened, clock } = await setUp();
  expect(() => createFrameControlSource({ page: opened, epoch: new InputEpoch(), clock })).toThrow(
    expect.objectContaining({ code: 'PXP_USAGE' }),
  );
});
