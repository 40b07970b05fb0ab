import { attachBrowser, launchBrowser } from '../cdp/index.js';
import { InputEpoch, PixelproofError, systemClock } from '../core/index.js';
import { type ImageBuffer, decode } from '../image/index.js';
import type { Viewport } from '../calibration/index.js';
import { type FrameSource, createScreenshotSource } from '../sensor/index.js';
import { type SessionSpec, createSessionEngine } from '../session/index.js';
import { createSettling } from './settling.js';

export interface TakePictureOptions {
  readonly url: string;
  readonly viewport: Viewport;
  /** How to sign in; without it the page is shown as it opens. */
  readonly session?: Readonly<{ spec: SessionSpec; folder: string }>;
  /** Address of a browser to attach to, in place of launching one. */
  readonly attach?: string;
  readonly headed?: boolean;
  /** How long the page has to show the same before it counts as settled. */
  readonly stillMs?: number;
  readonly onNote: (line: string) => void;
}

export interface Picture {
  readonly image: ImageBuffer;
  /** The picture as PNG, as the browser encoded it. */
  readonly bytes: Uint8Array;
  readonly browser: string;
}

/** A remote desktop, or what loads its data, shows the same for a moment before it shows what it is for. */
export const STILL_MS = 1000;

/**
 * One lossless picture of a page once it has settled: forms are answered as the session says, and it shows the same for a
 * while, which is not one flat colour. No calibration is needed to see that, so it works where the calibration is wrong.
 *
 * Errors: PXP_USAGE for what is no url, those of the session and the browser. What was started is ended.
 */
export async function takePicture(options: TakePictureOptions): Promise<Picture> {
  const { url, viewport, session: given, attach, headed, stillMs = STILL_MS, onNote } = options;
  if (!URL.canParse(url)) {
    throw new PixelproofError('PXP_USAGE', 'not a url', {
      what: 'url',
      expected: 'https://…',
      received: url,
    });
  }
  const size = {
    width: Math.floor(viewport.width * viewport.deviceScaleFactor),
    height: Math.floor(viewport.height * viewport.deviceScaleFactor),
  };
  let source: FrameSource | undefined;
  let last: Picture | undefined;
  const settling = createSettling({ stillMs });
  const session = createSessionEngine({
    spec: { ...given?.spec, url },
    url,
    folder: given?.folder ?? '.',
    size,
    deviceScaleFactor: viewport.deviceScaleFactor,
    mode: attach === undefined ? 'launching' : 'attaching',
    openBrowser: (signal) =>
      attach === undefined
        ? launchBrowser({ headed, windowSize: size, signal, onWarning: (line) => onNote(`warning: ${line}`) })
        : attachBrowser({ url: attach, signal }),
    onPage: (page) => {
      source = createScreenshotSource({ page, epoch: new InputEpoch(), clock: systemClock, decode });
    },
    isReady: async () => {
      const frame = await source!.capture({ format: 'png' });
      last = {
        image: frame.decode(),
        bytes: frame.bytes,
        browser: session.browser?.version ?? '',
      };
      return settling(last.image, systemClock.nowMs());
    },
    onPhase: () => undefined,
    onWarning: ({ code, detail }) => onNote(`warning: ${code}: ${detail}`),
    clock: systemClock,
  });
  try {
    await session.prepare();
    return last!;
  } finally {
    await source?.close();
    await session.close();
  }
}
