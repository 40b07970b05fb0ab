import { PixelproofError } from '../../../src/core/errors.js';
import { type Size, sizeRect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { crop } from '../../../src/image/image-buffer.js';
import { encodePng } from '../../../src/image/encode-png.js';
import { createFrame } from '../../../src/sensor/frame.js';
import type { FrameSource } from '../../../src/sensor/frame-source.js';
import type { SimulatedClock } from '../../support/simulated-clock.js';

export interface ScriptedSource extends FrameSource {
  captures: number;
  closed: boolean;
}

/** A sensor whose n-th capture (from 1) takes `ms` and shows what `shows` answers, or fails with what it throws. */
export function scriptedSource(
  name: string,
  {
    clock,
    ms,
    shows,
    viewport = { width: 8, height: 6 },
  }: Readonly<{
    clock: SimulatedClock;
    ms: number;
    shows: (capture: number) => ImageBuffer;
    viewport?: Size;
  }>,
): ScriptedSource {
  const source: ScriptedSource = {
    name,
    viewport,
    captures: 0,
    closed: false,
    async capture({ region = sizeRect(viewport), signal } = {}) {
      const requestedAtMs = clock.nowMs();
      const captureId = ++source.captures;
      await clock.sleep(ms, signal);
      const image = crop(shows(captureId), region);
      return createFrame({
        bytes: encodePng(image),
        rect: region,
        provenance: {
          ...{ sensor: name, format: 'png', captureId, targetId: 'T1', viewport, deviceScaleFactor: 1 },
          ...{ requestedAtMs, receivedAtMs: clock.nowMs(), inputEpoch: 0 },
        },
        decode: () => ({ image, decoder: 'fast-png' }),
      });
    },
    async changedSince(frame) {
      return Buffer.compare((await source.capture({ region: frame.rect })).bytes, frame.bytes) !== 0;
    },
    async until({ satisfies, ...options }) {
      const frame = await source.capture(options);
      return { frame, satisfied: satisfies(frame) };
    },
    close() {
      source.closed = true;
      return Promise.resolve();
    },
  };
  return source;
}

export const failing = (): never => {
  throw new PixelproofError('PXP_CAPTURE', 'no picture today');
};
