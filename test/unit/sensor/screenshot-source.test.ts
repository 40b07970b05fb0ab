import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CdpConnection } from '../../../src/cdp/connection.js';
import { type Page, openPage } from '../../../src/cdp/open-page.js';
import { InputEpoch } from '../../../src/core/input-epoch.js';
import { encodePng } from '../../../src/image/encode-png.js';
import { createScreenshotSource } from '../../../src/sensor/screenshot-source.js';
import type { FrameSource } from '../../../src/sensor/frame-source.js';
import { solid } from '../../support/draw.js';
import { type Command, type FakeWire, fakeWire, pageScript } from '../cdp/fake-wire.js';

let nowMs = 0;
const clock = { nowMs: () => nowMs, date: () => new Date(0), sleep: () => Promise.resolve() };

beforeEach(() => {
  nowMs = 1000;
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const isCapture = ({ method }: Command): boolean => method === 'Page.captureScreenshot';

/** A page of 80x60 device pixels whose captures the test answers itself. */
async function setUp(deviceScaleFactor = 1): Promise<{
  wire: FakeWire;
  page: Page;
  source: FrameSource;
  epoch: InputEpoch;
  captures: () => Command[];
  answer: (n: number, size?: { width: number; height: number }) => void;
  anotherSource: () => FrameSource;
}> {
  const wire: FakeWire = fakeWire((command) =>
    isCapture(command) ? undefined : pageScript(() => wire)(command),
  );
  const page = await openPage(
    { connection: new CdpConnection(wire) },
    {
      size: { width: 80, height: 60 },
      deviceScaleFactor,
    },
  );
  const epoch = new InputEpoch();
  const captures = (): Command[] => wire.sent.filter(isCapture);
  const anotherSource = (): FrameSource => createScreenshotSource({ page, epoch, clock });
  return {
    wire,
    page,
    source: anotherSource(),
    epoch,
    captures,
    anotherSource,
    answer: (n, size = { width: 80, height: 60 }) => {
      const data = Buffer.from(encodePng(solid(size.width, size.height, [1, 2, 3]))).toString('base64');
      wire.deliver({ id: captures()[n].id, result: { data } });
    },
  };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error as { code: string }).code,
  );

const refuse = (wire: FakeWire, { id }: Command): void =>
  wire.deliver({ id, error: { code: -32000, message: 'Unable to capture screenshot' } });

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

test('the command leaves the page alone: clip in CSS pixels, scale 1, nothing beyond the viewport', async () => {
  const { source, captures, answer } = await setUp(2);
  const region = { x: 10, y: 20, width: 30, height: 8 };
  const frame = source.capture({ region });
  await settle();
  expect(captures()[0].params).toEqual({
    format: 'png',
    clip: { x: 5, y: 10, width: 15, height: 4, scale: 1 },
    captureBeyondViewport: false,
    optimizeForSpeed: true,
  });
  answer(0, region);
  expect((await frame).rect).toEqual(region);
});

test('the frame belongs to the epoch and instant it was asked for in, not to those it arrived in', async () => {
  const { source, epoch, answer } = await setUp();
  epoch.advance();
  const frame = source.capture();
  await settle();
  epoch.advance();
  nowMs = 1030;
  answer(0);
  expect((await frame).provenance).toMatchObject({
    inputEpoch: 1,
    requestedAtMs: 1000,
    receivedAtMs: 1030,
    captureId: 1,
  });
});

test('a capture that waits for its turn belongs to the epoch in which it left', async () => {
  const { source, epoch, answer } = await setUp();
  const first = source.capture();
  const second = source.capture();
  await settle();
  epoch.advance();
  answer(0);
  await settle();
  answer(1);
  expect([(await first).provenance.inputEpoch, (await second).provenance.inputEpoch]).toEqual([0, 1]);
});

describe('one at a time', () => {
  test('captures of a page wait for each other, over all of its sources', async () => {
    const { source, anotherSource, captures, answer } = await setUp();
    const both = [source.capture(), anotherSource().capture()];
    await settle();
    expect(captures()).toHaveLength(1);
    answer(0);
    await settle();
    expect(captures()).toHaveLength(2);
    answer(1);
    await Promise.all(both);
  });

  test('a failed capture does not stop the next', async () => {
    const { wire, source, captures, answer } = await setUp();
    const first = codeOf(source.capture());
    const second = source.capture();
    for (let take = 0; take < 3; take++) {
      await settle();
      expect(captures()).toHaveLength(take + 1);
      refuse(wire, captures()[take]);
    }
    expect(await first).toBe('PXP_CDP_COMMAND');
    await settle();
    answer(3);
    await second;
  });

  test('a refused copy is asked for again, and the frame belongs to the instant of that', async () => {
    const { wire, source, epoch, captures, answer } = await setUp();
    const frame = source.capture();
    await settle();
    epoch.advance();
    nowMs = 1060;
    refuse(wire, captures()[0]);
    await settle();
    answer(1);
    expect((await frame).provenance).toMatchObject({ inputEpoch: 1, requestedAtMs: 1060, captureId: 2 });
  });

  test('a capture that was given up holds the page until its answer comes, so that nobody gets its picture', async () => {
    const { source, captures, answer } = await setUp();
    const first = codeOf(source.capture({ timeoutMs: 100 }));
    await vi.advanceTimersByTimeAsync(100);
    expect(await first).toBe('PXP_CDP_TIMEOUT');
    const blocked = codeOf(source.capture({ timeoutMs: 100 }));
    await vi.advanceTimersByTimeAsync(100);
    expect(await blocked).toBe('PXP_CAPTURE');
    expect(captures()).toHaveLength(1);
    const next = source.capture();
    answer(0, { width: 7, height: 7 });
    await settle();
    answer(1);
    expect((await next).provenance.captureId).toBe(2);
  });

  test('aborting a capture in flight holds the page as well; aborting one that waits does not', async () => {
    const { source, captures, answer } = await setUp();
    const controllers = [new AbortController(), new AbortController()];
    const codes = controllers.map(({ signal }) => codeOf(source.capture({ signal })));
    await settle();
    for (const controller of controllers) controller.abort();
    expect(await Promise.all(codes)).toEqual(['PXP_ABORTED', 'PXP_ABORTED']);
    const next = source.capture();
    await settle();
    expect(captures()).toHaveLength(1);
    answer(0);
    await settle();
    answer(1);
    await next;
  });

  test('a capture that was given up before it was asked for holds nothing', async () => {
    const { wire, page, source, captures, answer } = await setUp();
    // A part is drawn, and the page does not answer that it draws the whole again.
    await page.view.show({ x: 8, y: 8, width: 16, height: 8 });
    const send = vi.spyOn(wire, 'send').mockReturnValue();
    const first = codeOf(source.capture({ timeoutMs: 100 }));
    await vi.advanceTimersByTimeAsync(100);
    expect(await first).toBe('PXP_CDP_TIMEOUT');
    send.mockRestore();
    const next = source.capture();
    await settle();
    expect(captures()).toHaveLength(1);
    answer(0);
    await next;
  });

  describe('of a page that navigates meanwhile', () => {
    const navigated = (wire: FakeWire, frame: object): void =>
      wire.deliver({ method: 'Page.frameNavigated', params: { frame }, sessionId: 'S1' });

    test('is asked for again, and the next is not held up', async () => {
      const { wire, source, captures, answer } = await setUp();
      const frame = source.capture();
      await settle();
      navigated(wire, { id: 'F1', parentId: 'F0' });
      await settle();
      expect(captures(), 'a frame in the page does not matter').toHaveLength(1);
      nowMs = 1300;
      navigated(wire, { id: 'F0' });
      await settle();
      answer(1);
      expect((await frame).provenance).toMatchObject({ requestedAtMs: 1300, captureId: 2 });
      const next = source.capture();
      await settle();
      answer(2);
      await next;
      answer(0);
    });

    test('is taken once more when both come after all: one may have the picture of the other', async () => {
      const { wire, source, captures, answer } = await setUp();
      const frame = source.capture();
      await settle();
      navigated(wire, { id: 'F0' });
      await settle();
      answer(0, { width: 80, height: 60 });
      await settle();
      answer(1);
      await settle();
      expect(captures()).toHaveLength(3);
      answer(2);
      expect((await frame).provenance.captureId).toBe(3);
    });
  });

  test('a crash frees those who wait, with the crash as the reason', async () => {
    const { wire, source } = await setUp();
    const codes = [codeOf(source.capture({ timeoutMs: 100 })), codeOf(source.capture())];
    await vi.advanceTimersByTimeAsync(100);
    wire.deliver({ method: 'Inspector.targetCrashed', params: {}, sessionId: 'S1' });
    expect(await Promise.all(codes)).toEqual(['PXP_CDP_TIMEOUT', 'PXP_CDP_CRASHED']);
  });
});

describe('a failed capture is an error, never a frame', () => {
  const good = Buffer.from(encodePng(solid(80, 60, [1, 2, 3])));
  const sized = (width: number, height: number): string =>
    Buffer.from(encodePng(solid(width, height, [1, 2, 3]))).toString('base64');
  test.each<[string, unknown]>([
    ['of another size', { data: sized(80, 59) }],
    ['no bytes', { data: '' }],
    ['no data', {}],
    ['not base64', { data: '****' }],
    ['cut off in its header', { data: good.subarray(0, 20).toString('base64') }],
    ['of another format', { data: Buffer.from('GIF89a').toString('base64') }],
  ])('%s is PXP_CAPTURE', async (_, result) => {
    const { wire, source, captures } = await setUp();
    const code = codeOf(source.capture());
    await settle();
    wire.deliver({ id: captures()[0].id, result });
    expect(await code).toBe('PXP_CAPTURE');
  });

  test('a picture cut off behind its header fails when it is decoded', async () => {
    const { wire, source, captures } = await setUp();
    const capture = source.capture();
    await settle();
    const data = good.subarray(0, good.length - 20).toString('base64');
    wire.deliver({ id: captures()[0].id, result: { data } });
    const frame = await capture;
    expect(() => frame.decode()).toThrow(expect.objectContaining({ code: 'PXP_IMAGE_CORRUPT' }));
  });

  test.each([
    { x: 0, y: 0, width: 81, height: 1 },
    { x: -1, y: 0, width: 5, height: 5 },
    { x: 0.5, y: 0, width: 5, height: 5 },
    { x: 0, y: 0, width: 0, height: 5 },
  ])('a region of $x,$y $width x $height is refused before anything is sent', async (region) => {
    const { source, captures } = await setUp();
    expect(await codeOf(source.capture({ region }))).toBe('PXP_RECT');
    expect(captures()).toHaveLength(0);
  });

  test('a closed source captures nothing', async () => {
    const { source, captures } = await setUp();
    await source.close();
    await source.close();
    expect(await codeOf(source.capture())).toBe('PXP_CAPTURE');
    expect(captures()).toHaveLength(0);
  });
});
