import jpegJs from 'jpeg-js';
import { beforeEach, expect, test, vi } from 'vitest';
import { solid } from '../../support/draw.js';
import { RGB_2X2, png } from './build-images.js';

const JPEG = jpegJs.encode({ width: 8, height: 8, data: solid(8, 8, [128, 128, 128]).data }, 90).data;
const TURBO = '@julusian/jpeg-turbo';
const WASM = '@cwasm/jpeg-turbo/jpeg-turbo.wasm';
const CANVAS = '@napi-rs/canvas';

/** What `require` answers instead of a module; an error is thrown. */
let instead = new Map<string, unknown>();
let required: string[] = [];

beforeEach(() => {
  vi.resetModules();
  instead = new Map();
  required = [];
  vi.doMock('node:module', () => ({
    createRequire: (from: string) => {
      const answerTo = (name: string, real: (name: string) => unknown): unknown => {
        required.push(name);
        const answer = instead.get(name);
        if (answer instanceof Error) throw answer;
        return answer ?? real(name);
      };
      const require = realRequire(from);
      return Object.assign((name: string) => answerTo(name, require), {
        resolve: (name: string) => answerTo(name, require.resolve),
      });
    },
  }));
});
const { createRequire: realRequire } = await vi.importActual<typeof import('node:module')>('node:module');
const without = (...names: readonly string[]): void => {
  for (const name of names) instead.set(name, new Error('Cannot find native binding'));
};
const refused = expect.objectContaining({ code: 'PXP_USAGE' }) as Error;

test('without any addon and WebAssembly the portable decoders decode', async () => {
  without(TURBO, `${TURBO}/package.json`, WASM, CANVAS);
  const { decode } = await import('../../../src/image/decode.js');
  expect(decode(JPEG)).toMatchObject({ decoder: 'jpeg-js', image: { width: 8, height: 8 } });
  expect(decode(png(RGB_2X2))).toMatchObject({ decoder: 'fast-png', image: { width: 2, height: 2 } });
});

test('without jpeg-turbo its WebAssembly decodes JPEG, for which no addon is loaded', async () => {
  without(`${TURBO}/package.json`, CANVAS);
  const { decode } = await import('../../../src/image/decode.js');
  expect(decode(JPEG)).toMatchObject({ decoder: 'jpeg-turbo-wasm', image: { width: 8, height: 8 } });
});

test('a jpeg-turbo for a newer Node-API than this Node has is not loaded', async () => {
  instead.set(`${TURBO}/package.json`, { binary: { napi_versions: [99] } });
  const { decode } = await import('../../../src/image/decode.js');
  expect(decode(JPEG).decoder).toBe('jpeg-turbo-wasm');
  expect(required).not.toContain(TURBO);
  expect(() => decode(JPEG, { decoder: 'accelerated' })).toThrow(refused);
});

test('a jpeg-turbo without a binary for this platform is absent', async () => {
  instead.set(`${TURBO}/package.json`, { binary: { napi_versions: [7] } });
  without(TURBO);
  const { decode } = await import('../../../src/image/decode.js');
  expect(decode(JPEG).decoder).toBe('jpeg-turbo-wasm');
});

test('what jpeg-turbo refuses or decodes to another size goes to jpeg-js', async () => {
  const decompressSync = vi.fn<() => { width: number; height: number }>();
  instead.set(`${TURBO}/package.json`, { binary: { napi_versions: [7] } });
  instead.set(TURBO, { FORMAT_RGBA: 7, decompressSync });
  const { decode } = await import('../../../src/image/decode.js');
  decompressSync.mockReturnValueOnce({ width: 8, height: 8 });
  expect(decode(JPEG).decoder).toBe('jpeg-turbo');
  decompressSync.mockReturnValueOnce({ width: 8, height: 7 });
  expect(decode(JPEG).decoder).toBe('jpeg-js');
  decompressSync.mockImplementationOnce(() => {
    throw new TypeError('Premature end of JPEG file');
  });
  expect(decode(JPEG)).toMatchObject({ decoder: 'jpeg-js', image: { width: 8, height: 8 } });
});

test('whoever insists on what does not load gets a typed error', async () => {
  without(`${TURBO}/package.json`, WASM, CANVAS);
  const { decode } = await import('../../../src/image/decode.js');
  const { drawOverlay } = await import('../../../src/image/draw-overlay.js');
  expect(() => decode(JPEG, { decoder: 'canvas' })).toThrow(refused);
  expect(() => decode(JPEG, { decoder: 'accelerated' })).toThrow(refused);
  expect(() => decode(JPEG, { decoder: 'wasm' })).toThrow(refused);
  expect(() => drawOverlay(solid(2, 2, [0, 0, 0]), [])).toThrow(refused);
});
