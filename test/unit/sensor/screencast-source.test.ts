import { beforeEach, expect, test } from 'vitest';
import { CdpConnection } from '../../../src/cdp/connection.js';
import { openPage } from '../../../src/cdp/open-page.js';
import { InputEpoch } from '../../../src/core/input-epoch.js';
import { decode } from '../../../src/image/decode.js';
import { encodePng } from '../../../src/image/encode-png.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { crop } from '../../../src/image/image-buffer.js';
import { cropFrame } from '../../../src/sensor/crop-frame.js';
import { createScreencastSource } from '../../../src/sensor/screencast-source.js';
import { paint, solid } from '../../support/draw.js';
import { SimulatedClock } from '../../support/simulated-clock.js';
import { type FakeWire, fakeWire, pageScript } from '../cdp/fake-wire.js';

const size = { width: 400, height: 300 };
const grey = solid(400, 300, [90, 90, 90]);
const marked = paint(grey, { x: 80, y: 60, width: 40, height: 40 }, [200, 0, 0]);
const region = { x: 80, y: 60, width: 40, height: 40 };

/** Commands that the page does not answer. */
let unanswered: (method: string) => boolean;
beforeEach(() => {
  unanswered = () => false;
});

async function setUp() {
  const wire: FakeWire = fakeWire((command) =>
    unanswered(command.method) ? undefined : pageScript(() => wire)(command),
  );
  const page = await openPage({ connection: new CdpConnection(wire) }, { size });
  const clock = new SimulatedClock();
  const epoch = new InputEpoch();
  const source = createScreencastSource({ page, epoch, clock, defaults: { format: 'png' } });
  const before = wire.sent.length;
  return {
    ...{ wire, page, clock, epoch, source },
    /** Until one more stream has been asked for. */
    started: async () => {
      const { length } = streams(wire);
      while (streams(wire).length === length) await clock.advance(1);
    },
    sent: () => wire.sent.slice(before).map(({ method }) => method),
    /** A picture on the session of the newest stream, or on that one. */
    arrive: async (image: ImageBuffer, sessionId = streams(wire).at(-1)) => {
      const data = Buffer.from(encodePng(image));
      wire.deliver({
        method: 'Page.screencastFrame',
        params: { data, metadata: {}, sessionId: 1 },
        sessionId,
      });
      await clock.advance(0);
    },
  };
}

/** The sessions that streams were started on. */
const streams = (wire: FakeWire): (string | undefined)[] =>
  wire.sent.filter(({ method }) => method === 'Page.startScreencast').map(({ sessionId }) => sessionId);

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error as { code: string }).code,
  );

test('each look has a stream on a session of its own, ended with it; pictures of an earlier one do not count', async () => {
  const { source, wire, clock, arrive, sent, started } = await setUp();
  for (const [i, image] of [grey, marked, grey].entries()) {
    const capture = source.capture();
    await started();
    const [own] = streams(wire).slice(-1);
    if (i > 0) await arrive(solid(400, 300, [1, 2, 3]), streams(wire).at(-2));
    await arrive(image);
    const frame = await capture;
    expect(frame.decode().data).toEqual(image.data);
    expect(frame.provenance).toMatchObject({ sensor: 'screencast', format: 'png', captureId: i + 1 });
    await clock.advance(0);
    expect(wire.sent).toContainEqual(
      expect.objectContaining({ method: 'Target.detachFromTarget', params: { sessionId: own } }),
    );
  }
  expect(new Set(streams(wire)).size).toBe(3);
  expect(sent().filter((method) => method === 'Page.screencastFrameAck')).toHaveLength(3);
});

test('a region is cut from the picture, and its bytes are those pixels', async () => {
  const { source, arrive, started } = await setUp();
  const around = { ...region, width: 300, height: 200 };
  const capture = source.capture({ region: around });
  await started();
  // What the page drew before it drew just the region.
  await arrive(solid(400, 300, [1, 2, 3]));
  await arrive(crop(marked, around));
  expect((await capture).decode().data.subarray(0, 3)).toEqual(Uint8Array.of(200, 0, 0));
  const cut = source.capture({ region: { ...around, width: 280 } });
  await started();
  await arrive(crop(marked, around));
  expect((await cut).decode().width).toBe(280);
  const frame = cropFrame(await cut, region);
  expect(frame.rect).toEqual(region);
  expect(frame.format).toBe('png');
  expect(frame.decode()).toBe(frame.decode());
  expect(frame.decode().data).toEqual(solid(40, 40, [200, 0, 0]).data);
  expect(decode(frame.bytes).image.data).toEqual(frame.decode().data);
});

test('a document draws two frames before it draws a part, and each new one does', async () => {
  const { source, wire, arrive, sent, started } = await setUp();
  const navigated = (frame: object): void =>
    wire.deliver({ method: 'Page.frameNavigated', params: { frame }, sessionId: 'S1' });
  const looked = async (area: typeof region): Promise<string[]> => {
    const before = sent().length;
    const capture = source.capture({ region: area });
    await started();
    await arrive(crop(marked, area));
    await capture;
    return sent().slice(before);
  };
  const first = await looked({ ...region, width: 60 });
  expect(wire.sent.find(({ method }) => method === 'Runtime.evaluate')?.params).toMatchObject({
    contextId: 7,
    awaitPromise: true,
  });
  expect(first.indexOf('Runtime.evaluate')).toBeLessThan(first.indexOf('Emulation.setDeviceMetricsOverride'));
  navigated({ id: 'F1', parentId: 'F0' });
  expect(await looked({ ...region, height: 60 })).not.toContain('Runtime.evaluate');
  navigated({ id: 'F0' });
  expect(await looked({ ...region, height: 60 }), 'the part is drawn already').not.toContain(
    'Runtime.evaluate',
  );
  expect(await looked({ ...region, width: 120 })).toContain('Runtime.evaluate');
});

test.each(['Runtime.evaluate', 'Emulation.setDeviceMetricsOverride'])(
  'a page that did not answer %s in time is free for the next look',
  async (method) => {
    const { source, page, arrive, started } = await setUp();
    unanswered = (name) => name === method;
    expect(await codeOf(source.capture({ region, timeoutMs: 20 }))).toBe('PXP_CDP_TIMEOUT');
    unanswered = () => false;
    const capture = source.capture({ region, timeoutMs: 500 });
    await started();
    await arrive(crop(marked, page.view.rect));
    expect((await capture).rect).toEqual(region);
  },
);

test('until looks at pictures as they come; all are of the epoch of the call', async () => {
  const { source, epoch, arrive, sent, started } = await setUp();
  epoch.advance();
  const epochs: number[] = [];
  const result = source.until({
    timeoutMs: 500,
    satisfies: (frame) => {
      epochs.push(frame.provenance.inputEpoch);
      return Buffer.compare(frame.decode().data, marked.data) === 0;
    },
  });
  await started();
  await arrive(grey);
  epoch.advance();
  await arrive(marked);
  const { frame, satisfied } = await result;
  expect(satisfied).toBe(true);
  expect(epochs).toEqual([1, 1]);
  expect(frame.provenance).toMatchObject({ captureId: 2, inputEpoch: 1 });
  expect(sent().filter((method) => method === 'Page.startScreencast')).toHaveLength(1);
});

test('silence is looked into: another stream a few times a second, each with its picture', async () => {
  const { source, wire, clock, arrive, started } = await setUp();
  const result = source.until({ timeoutMs: 400, satisfies: () => false });
  await started();
  await arrive(grey);
  await clock.advance(250);
  expect(streams(wire)).toHaveLength(2);
  await arrive(marked);
  await clock.advance(150);
  const { frame, satisfied } = await result;
  expect([satisfied, frame.decode().data]).toEqual([false, marked.data]);
});

test('a stream that brings nothing is PXP_CAPTURE, after it was started again and again', async () => {
  const { source, clock, sent } = await setUp();
  const code = codeOf(source.capture({ timeoutMs: 1200 }));
  await clock.advance(1300);
  expect(await code).toBe('PXP_CAPTURE');
  expect(sent().filter((method) => method === 'Page.startScreencast').length).toBeGreaterThan(1);
});

test('a crash ends a look that waits, and an abort does', async () => {
  const { wire, source, arrive, started } = await setUp();
  const controller = new AbortController();
  const wait = { timeoutMs: 5000, satisfies: () => false };
  const aborted = codeOf(source.until({ ...wait, signal: controller.signal }));
  await started();
  await arrive(grey);
  controller.abort();
  expect(await aborted).toBe('PXP_ABORTED');
  const crashed = codeOf(source.until(wait));
  await started();
  await arrive(grey);
  wire.deliver({ method: 'Inspector.targetCrashed', params: {}, sessionId: 'S1' });
  expect(await crashed).toBe('PXP_CDP_CRASHED');
});

test('a frame of another page has changed without a look', async () => {
  const { source, arrive, sent, started } = await setUp();
  const capture = source.capture();
  await started();
  await arrive(grey);
  const frame = await capture;
  const count = sent().length;
  const foreign = { ...frame, provenance: { ...frame.provenance, targetId: 'T0' } };
  expect(await source.changedSince(foreign)).toBe(true);
  expect(sent()).toHaveLength(count);
});

test('a picture of another size is never taken, a closed source is refused and keeps no session', async () => {
  const { source, clock, arrive, wire, started } = await setUp();
  const code = codeOf(source.capture({ timeoutMs: 300 }));
  await started();
  await arrive(solid(400, 299, [1, 2, 3]));
  // Nor is what is no picture; thrown from a listener it would end the process.
  const params = { data: Buffer.from([1, 2, 3]), metadata: {}, sessionId: 1 };
  wire.deliver({ method: 'Page.screencastFrame', params, sessionId: streams(wire).at(-1) });
  await clock.advance(400);
  expect(await code).toBe('PXP_CAPTURE');
  await source.close();
  expect(await codeOf(source.capture())).toBe('PXP_CAPTURE');
  const count = (wanted: string): number => wire.sent.filter(({ method }) => method === wanted).length;
  // All but the page's own.
  expect(count('Target.detachFromTarget')).toBe(count('Target.attachToTarget') - 1);
});
