import { createRequire } from 'node:module';
import { PixelproofError } from '../core/errors.js';

const require = createRequire(import.meta.url);

/** What is used of @julusian/jpeg-turbo. Not its own types: the package is optional, and so must they be. */
export interface JpegTurboModule {
  readonly FORMAT_RGBA: number;
  /** Decodes into `target`, which has to hold 4 bytes a pixel. Throws on errors and on warnings of libjpeg. */
  decompressSync(
    jpeg: Buffer,
    target: Buffer,
    options: { readonly format: number },
  ): { readonly width: number; readonly height: number };
}

let loaded: JpegTurboModule | Error | undefined;

/**
 * The optional @julusian/jpeg-turbo module, opened at the first call (2 ms), or undefined where it is not installed, has
 * no binary for this platform, or is built for a newer Node-API than this Node has: version 3 takes Node 20 down with
 * it, so what the package says it needs is compared before anything native is loaded. The outcome is remembered.
 */
export function jpegTurboAddon(): JpegTurboModule | undefined {
  loaded ??= open();
  return loaded instanceof Error ? undefined : loaded;
}

/** The module, for whoever insists on it. Errors: PXP_USAGE when it is absent or does not load. */
export function requireJpegTurbo(what: string): JpegTurboModule {
  const turbo = jpegTurboAddon();
  if (turbo !== undefined) return turbo;
  throw new PixelproofError('PXP_USAGE', 'the JPEG accelerator does not load here', {
    what,
    expected: '@julusian/jpeg-turbo with its binary for this platform',
    received: `${process.platform}-${process.arch}, Node ${process.version}`,
    hint: 'npm install @julusian/jpeg-turbo@2, or choose auto',
    cause: loaded,
  });
}

function open(): JpegTurboModule | Error {
  try {
    const { binary } = require('@julusian/jpeg-turbo/package.json') as {
      readonly binary: { readonly napi_versions: readonly number[] };
    };
    const needed = Math.min(...binary.napi_versions);
    if (Number(process.versions.napi) >= needed) return require('@julusian/jpeg-turbo') as JpegTurboModule;
    return new Error(`it needs Node-API ${needed}, this Node has ${process.versions.napi ?? 'none'}`);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
