import { createRequire } from 'node:module';
import type * as Canvas from '@napi-rs/canvas';
import { PixelproofError } from '../core/errors.js';

const require = createRequire(import.meta.url);

export type CanvasModule = typeof Canvas;

let loaded: CanvasModule | Error | undefined;

/**
 * The @napi-rs/canvas module, opened at the first call (50 ms), or undefined where its native part does not load: an
 * unsupported platform, or an install without optional dependencies. The outcome is remembered. Version 1.1 runs on
 * Node-API 9, which the oldest Node of our `engines` has, so that needs no check before loading.
 */
export function canvasAddon(): CanvasModule | undefined {
  loaded ??= open();
  return loaded instanceof Error ? undefined : loaded;
}

/** The module, for what has no portable substitute. Errors: PXP_USAGE when it does not load. */
export function requireCanvas(what: string): CanvasModule {
  const canvas = canvasAddon();
  if (canvas !== undefined) return canvas;
  throw new PixelproofError('PXP_USAGE', 'the native canvas addon does not load here', {
    what,
    expected: '@napi-rs/canvas with its binary for this platform',
    received: `${process.platform}-${process.arch}, Node ${process.version}`,
    hint: 'install without --omit=optional',
    cause: loaded,
  });
}

function open(): CanvasModule | Error {
  try {
    return require('@napi-rs/canvas') as CanvasModule;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
