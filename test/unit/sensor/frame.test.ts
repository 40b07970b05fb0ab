import { expect, test, vi } from 'vitest';
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
