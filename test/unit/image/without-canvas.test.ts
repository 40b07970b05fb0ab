import jpegJs from 'jpeg-js';
import { beforeEach, expect, test, vi } from 'vitest';
import { solid } from '../../support/draw.js';
import { RGB_2X2, png } from './build-images.js';

const JPEG = jpegJs.encode({ width: 8, height: 8, data: solid(8, 8, [128, 128, 128]).data }, 90).data;

beforeEach(() => {
  vi.resetModules();
  vi.doMock('node:module', () => ({
    createRequire:
      (from: string) =>
      (name: string): unknown => {
        if (name === '@napi-rs/canvas') throw new Error('Cannot find native binding');
        return realRequire(from)(name);
      },
  }));
});
const { createRequire: realRequire } = await vi.importActual<typeof import('node:module')>('node:module');

test('decoding falls back to the portable decoders', async () => {
  const { decode } = await import('../../../src/image/decode.js');
  expect(decode(JPEG)).toMatchObject({ decoder: 'jpeg-js', image: { width: 8, height: 8 } });
  expect(decode(png(RGB_2X2))).toMatchObject({ decoder: 'fast-png', image: { width: 2, height: 2 } });
});

test('whoever insists on the canvas gets a typed error', async () => {
  const { decode } = await import('../../../src/image/decode.js');
  const { drawOverlay } = await import('../../../src/image/draw-overlay.js');
  const refused = expect.objectContaining({ code: 'PXP_USAGE' }) as Error;
  expect(() => decode(JPEG, { decoder: 'canvas' })).toThrow(refused);
  expect(() => drawOverlay(solid(2, 2, [0, 0, 0]), [])).toThrow(refused);
});
