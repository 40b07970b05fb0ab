import { expect, test, vi } from 'vitest';
import { cropFrame } from '../../../src/sensor/crop-frame.js';
import { type DecodeFrame, createFrame } from '../../../src/sensor/frame.js';
import { solid } from '../../support/draw.js';

test('a frame decodes when it is first asked to, once, and then names its decoder', () => {
  const image = solid(2, 2, [9, 8, 7]);
  const decode = vi.fn<DecodeFrame>(() => ({ image, decoder: 'canvas' }));
  const frame = createFrame({
    bytes: new Uint8Array(3),
    rect: { x: 4, y: 5, width: 2, height: 2 },
    provenance: {
      sensor: 'screenshot',
      format: 'png',
      captureId: 7,
      targetId: 'T1',
      viewport: { width: 80, height: 60 },
      deviceScaleFactor: 1,
      requestedAtMs: 0,
      receivedAtMs: 1,
      inputEpoch: 0,
    },
    decode,
  });
  expect(frame.provenance.decoder).toBeUndefined();
  expect(decode).not.toHaveBeenCalled();
  expect(frame.decode()).toBe(image);
  expect(frame.decode()).toBe(image);
  expect(decode).toHaveBeenCalledExactlyOnceWith(frame.bytes, { what: 'screenshot capture 7' });
  expect(frame.provenance).toMatchObject({ decoder: 'canvas', captureId: 7 });
});

const viewport = { width: 8, height: 8 };
/** A frame of 8x8 whose bytes are those told; decoded, it is of the colour told, with `spot` at 6, 6. */
function frameOf(bytes: readonly number[], level: number, spot = level) {
  const decode = vi.fn<DecodeFrame>(() => {
    const image = solid(8, 8, [level, level, level]);
    image.data.set([spot, spot, spot], 4 * (6 * 8 + 6));
    return { image, decoder: 'canvas' };
  });
  const provenance = {
    ...{ sensor: 's', format: 'png' as const, captureId: 1, targetId: 'T1', viewport, deviceScaleFactor: 1 },
    ...{ requestedAtMs: 0, receivedAtMs: 1, inputEpoch: 0 },
  };
  const frame = createFrame({
    ...{ bytes: Uint8Array.from(bytes), rect: { x: 0, y: 0, ...viewport }, provenance, decode },
  });
  return { frame, decode };
}

test('frames of equal bytes have the same pixels, of other bytes they have not: nothing is decoded', () => {
  const [a, same, other] = [frameOf([1, 2], 9), frameOf([1, 2], 9), frameOf([1, 3], 9)];
  expect(a.frame.hasPixelsOf(same.frame)).toBe(true);
  expect(a.frame.hasPixelsOf(other.frame)).toBe(false);
  for (const { decode } of [a, same, other]) expect(decode).not.toHaveBeenCalled();
});

test('of parts of larger frames the pixels decide where the bytes differ', () => {
  const [a, beside, within] = [frameOf([1], 9), frameOf([2], 9, 200), frameOf([3], 8)];
  const part = { x: 0, y: 0, width: 4, height: 4 };
  const cut = cropFrame(a.frame, part);
  expect(cut.hasPixelsOf(cropFrame(beside.frame, part))).toBe(true);
  expect(cut.hasPixelsOf(cropFrame(within.frame, part))).toBe(false);
  expect(cut.hasPixelsOf(cropFrame(a.frame, { ...part, x: 1 }))).toBe(false);
  expect(cut.hasPixelsOf(a.frame)).toBe(false);
  expect(
    cropFrame(a.frame, { ...part, y: 4, x: 4 }).hasPixelsOf(cropFrame(beside.frame, { ...part, y: 4, x: 4 })),
  ).toBe(false);
});
