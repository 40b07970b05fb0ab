import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PixelproofError } from '../core/errors.js';

const require = createRequire(import.meta.url);

/** What is used of the JavaScript interface, for which Node's types have nothing. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, (...pointers: number[]) => number>>>>,
  ) => { readonly exports: unknown };
};

/** What is used of the TurboJPEG interface. Pointers and handles are offsets into `memory`; 0 is none. */
export interface JpegTurboWasm {
  /** Its buffer is another one after each call that lets it grow. */
  readonly memory: { readonly buffer: ArrayBuffer };
  malloc(size: number): number;
  free(pointer: number): void;
  tjInitDecompress(): number;
  /** Writes four 32-bit integers. Answers 0, or -1 after an error or a warning; throws after most errors. */
  tjDecompressHeader3(
    handle: number,
    jpeg: number,
    jpegSize: number,
    width: number,
    height: number,
    subsampling: number,
    colorspace: number,
  ): number;
  /** Answers and throws as `tjDecompressHeader3`. */
  tjDecompress2(
    handle: number,
    jpeg: number,
    jpegSize: number,
    target: number,
    width: number,
    pitch: number,
    height: number,
    format: number,
    flags: number,
  ): number;
  tjDestroy(handle: number): number;
}

let compiled: object | undefined;
let running: JpegTurboWasm | undefined;

/**
 * libjpeg-turbo as WebAssembly (@cwasm/jpeg-turbo), compiled at the first call (3 ms); undefined where this Node runs no
 * WebAssembly. Only the package's module is used: its JavaScript copies each picture twice, and an error leaves its one
 * instance with a stack that is never unwound.
 */
export function jpegTurboWasm(): JpegTurboWasm | undefined {
  if (running !== undefined) return running;
  compiled ??= compile();
  if (compiled instanceof Error) return undefined;
  return (running = instantiate(compiled));
}

/** The same, for whoever insists on it. Errors: PXP_USAGE when it does not run here. */
export function requireJpegTurboWasm(what: string): JpegTurboWasm {
  const turbo = jpegTurboWasm();
  if (turbo !== undefined) return turbo;
  throw new PixelproofError('PXP_USAGE', 'libjpeg-turbo as WebAssembly does not run here', {
    what,
    expected: '@cwasm/jpeg-turbo and a Node that runs WebAssembly',
    received: `Node ${process.version}`,
    hint: 'start Node without --jitless, or choose auto',
    cause: compiled,
  });
}

/** Lets go of the instance and its memory; the next call makes another in 0.1 ms. */
export function dropJpegTurboWasm(): void {
  running = undefined;
}

function compile(): object {
  try {
    return new WebAssembly.Module(readFileSync(require.resolve('@cwasm/jpeg-turbo/jpeg-turbo.wasm')));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function instantiate(module: object): JpegTurboWasm {
  const refuse = (): never => {
    throw new Error('libjpeg-turbo gave up');
  };
  const exports = new WebAssembly.Instance(module, {
    // Where libjpeg jumps to after an error is a frame that WebAssembly cannot unwind to.
    env: { setjmp: () => 0, longjmp: refuse },
    wasi_snapshot_preview1: {
      // libjpeg asks for JPEGMEM and the like; there is no environment.
      environ_sizes_get(count: number, size: number) {
        const view = new DataView(exports.memory.buffer);
        view.setUint32(count, 0, true);
        view.setUint32(size, 0, true);
        return 0;
      },
      environ_get: () => 0,
      ...{ proc_exit: refuse, fd_close: refuse, fd_seek: refuse, fd_write: refuse },
    },
  }).exports as JpegTurboWasm;
  return exports;
}
