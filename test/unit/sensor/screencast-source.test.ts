import { expect, test } from 'vitest';
import { CdpConnection } from '../../../src/cdp/connection.js';
import { openPage } from '../../../src/cdp/open-page.js';
import { InputEpoch } from '../../../src/core/input-epoch.js';
import { decode } from '../../../src/image/decode.js';
import { encodePng } from '../../../src/image/encode-png.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { createScreencastSource } from '../../../src/sensor/screencast-source.js';
import { paint, solid } from '../../support/draw.js';
import { SimulatedClock } from '../../support/simulated-clock.js';
import { type FakeWire, fakeWire, pageScript } from '../cdp/fake-wire.js';

const size = { width: 40, height: 30 };
const grey = solid(40, 30, [90, 90, 90]);
const marked = paint(grey, { x: 8, y: 6, width: 4, height: 4 }, [200, 0, 0]);
const region = { x: 8, y: 6, width: 4, height: 4 };

async function setUp() {
  const wire: FakeWire = fakeWire((command) => pageScript(() => wire)(command));
  const page = await openPage({ connection: new CdpConnection(wire) }, { size });
  const clock = new SimulatedClock();
  const epoch = new InputEpoch();
  const source = createScreencastSource({ page, epoch, clock, defaults: { format: 'png' } });
  const before = wire.sent.length;
  return {
    ...{ wire, page, clock, epoch, source },
    sent: () => wire.sent.slice(before).map(({ method }) => method),
    /** A picture the browser received `agoMs` before now. */
    arrive: async (image: ImageBuffer, agoMs = 0) => {
      const timestamp = (clock.date().getTime() - agoMs) / 1000;
      const data = Buffer.from(encodePng(image));
      wire.deliver({
        method: 'Page.screencastFrame',
        params: { data, metadata: { timestamp }, sessionId: 1 },
        sessionId: 'S1',
      });
      await clock.advance(0);
    },
  };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error as { code: string }).code,
  );

test('only a picture the browser received after it had stopped the stream of before is of after the call', async () => {
  const { source, clock, arrive, sent } = await setUp();
  const capture = source.capture();
  await clock.advance(3);
  expect(sent()).toEqual(['Page.stopScreencast', 'Page.startScreencast']);
  await arrive(marked, 10);
  await arrive(grey);
  const frame = await capture;
  expect(frame.decode().data).toEqual(grey.data);
  expect(frame.provenance).toMatchObject({
    sensor: 'screencast',
    format: 'png',
    captureId: 1,
    targetId: 'T1',
  });
  // The one that did not count as well: unacknowledged pictures stop the stream.
  expect(sent().filter((method) => method === 'Page.screencastFrameAck')).toHaveLength(2);
});

test('a region is cut from the picture, and its bytes are those pixels', async () => {
  const { source, clock, arrive } = await setUp();
  const capture = source.capture({ region });
  await clock.advance(3);
  await arrive(marked);
  const frame = await capture;
  expect(frame.rect).toEqual(region);
  expect(frame.format).toBe('png');
  expect(frame.decode()).toBe(frame.decode());
  expect(frame.decode().data).toEqual(solid(4, 4, [200, 0, 0]).data);
  expect(decode(frame.bytes).image.data).toEqual(frame.decode().data);
});

test('until looks at pictures as they come; all are of the epoch of the call', async () => {
  const { source, clock, epoch, arrive, sent } = await setUp();
  epoch.advance();
  const epochs: number[] = [];
  const result = source.until({
    region,
    timeoutMs: 500,
    satisfies: (frame) => {
      epochs.push(frame.provenance.inputEpoch);
      return frame.decode().data[0] === 200;
    },
  });
  await clock.advance(3);
  await arrive(grey);
  epoch.advance();
  await arrive(marked);
  const { frame, satisfied } = await result;
  expect(satisfied).toBe(true);
  expect(epochs).toEqual([1, 1]);
  expect(frame.provenance).toMatchObject({ captureId: 2, inputEpoch: 1 });
  expect(sent().filter((method) => method === 'Page.startScreencast')).toHaveLength(1);
});

test('silence until the deadline ends with one more look', async () => {
  const { source, clock, arrive, sent } = await setUp();
  const result = source.until({ region, timeoutMs: 200, satisfies: () => false });
  await clock.advance(3);
  await arrive(grey);
  await clock.advance(203);
  expect(sent().filter((method) => method === 'Page.startScreencast')).toHaveLength(2);
  await arrive(marked);
  const { frame, satisfied } = await result;
  expect([satisfied, frame.decode().data[0]]).toEqual([false, 200]);
});

test('a stream that brings nothing is PXP_CAPTURE, after it was started again and again', async () => {
  const { source, clock, sent } = await setUp();
  const code = codeOf(source.capture({ timeoutMs: 1200 }));
  await clock.advance(1300);
  expect(await code).toBe('PXP_CAPTURE');
  expect(sent().filter((method) => method === 'Page.startScreencast').length).toBeGreaterThan(1);
});

test('a crash ends a look that waits, and an abort does', async () => {
  const { wire, source, clock, arrive } = await setUp();
  const controller = new AbortController();
  const wait = { timeoutMs: 5000, satisfies: () => false };
  const aborted = codeOf(source.until({ ...wait, signal: controller.signal }));
  await clock.advance(3);
  await arrive(grey);
  controller.abort();
  expect(await aborted).toBe('PXP_ABORTED');
  const crashed = codeOf(source.until(wait));
  await clock.advance(3);
  await arrive(grey);
  wire.deliver({ method: 'Inspector.targetCrashed', params: {}, sessionId: 'S1' });
  expect(await crashed).toBe('PXP_CDP_CRASHED');
});

test('a frame of another page has changed without a look', async () => {
  const { source, clock, arrive, sent } = await setUp();
  const capture = source.capture();
  await clock.advance(3);
  await arrive(grey);
  const frame = await capture;
  const count = sent().length;
  const foreign = { ...frame, provenance: { ...frame.provenance, targetId: 'T0' } };
  expect(await source.changedSince(foreign)).toBe(true);
  expect(sent()).toHaveLength(count);
});

test('a picture of another size is PXP_CAPTURE; a closed source and another scale are refused', async () => {
  const { source, clock, arrive, page, sent } = await setUp();
  const code = codeOf(source.capture());
  await clock.advance(3);
  await arrive(solid(40, 29, [1, 2, 3]));
  expect(await code).toBe('PXP_CAPTURE');
  await source.close();
  expect(sent().at(-1)).toBe('Page.stopScreencast');
  expect(await codeOf(source.capture())).toBe('PXP_CAPTURE');
  const options = { page: { ...page, deviceScaleFactor: 2 }, epoch: new InputEpoch(), clock };
  expect(() => createScreencastSource(options)).toThrow(expect.objectContaining({ code: 'PXP_USAGE' }));
});
