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
    /** Captures the browser refuses. */
    refusals: 0,
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
  const wire: FakeWire = fakeWire((command) => {
    if (command.method === 'Runtime.evaluate') return { result: { result: { type: 'undefined' } } };
    if (command.method !== 'Page.captureScreenshot') return pageScript(() => wire)(command);
    page.captures++;
    if (page.captures <= page.refusals)
      return { error: { code: -32000, message: 'Unable to capture screenshot' } };
    // The copy is drawn, then the page is put back.
    damage++;
    page.due++;
    const { shade } = page;
    return { result: { data: Buffer.from(encodePng(solid(8, 6, [shade, shade, shade]))) } };
  });
  const opened = await openPage({ connection: new CdpConnection(wire) }, { size });
  const frames: FrameClock = {
    get damage() {
      return damage;
    },
    frame: draw,
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

  test('after an input pixels decide, whatever the damage', async () => {
    const { source, page, epoch } = await setUp();
    const frame = await source.capture();
    epoch.advance();
    expect(await source.changedSince(frame)).toBe(false);
    expect(page.captures).toBe(2);
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

  test('a change drawn in the frame that puts the page back is found all the same', async () => {
    const { source, page } = await setUp();
    let looks = 0;
    const { satisfied } = await source.until({
      timeoutMs: 1000,
      satisfies: (frame) => {
        // No damage of its own: it shares that of putting back.
        if (++looks === 1) page.shade = 20;
        return frame.decode().data[0] === 20;
      },
    });
    expect([satisfied, looks]).toEqual([true, 2]);
  });
});

test('a capture that the browser refuses is asked for again, and given up at last', async () => {
  const { source, page } = await setUp();
  page.refusals = 3;
  expect((await source.capture()).provenance.sensor).toBe('frame-control');
  page.refusals = 100;
  await expect(source.capture()).rejects.toMatchObject({ code: 'PXP_CDP_COMMAND' });
});

test('a page without a frame clock is PXP_USAGE', async () => {
  const { opened, clock } = await setUp();
  expect(() => createFrameControlSource({ page: opened, epoch: new InputEpoch(), clock })).toThrow(
    expect.objectContaining({ code: 'PXP_USAGE' }),
  );
});
