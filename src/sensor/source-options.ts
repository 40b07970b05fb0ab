import type { Page } from '../cdp/open-page.js';
import type { Clock } from '../core/clock.js';
import type { InputEpoch } from '../core/input-epoch.js';
import type { DecodeFrame, FrameFormat, Provenance } from './frame.js';

/** What every sensor of a page is made of. */
export interface SourceOptions {
  readonly page: Pick<Page, 'session' | 'targetId' | 'size' | 'deviceScaleFactor' | 'view' | 'frames'>;
  readonly epoch: InputEpoch;
  readonly clock: Clock;
  /** Default: `decode` of the image layer, which picks its decoder itself. */
  readonly decode?: DecodeFrame;
  /** Default: PNG; of a screencast, whose PNGs are of the whole viewport and encoded slowly, JPEG. */
  readonly defaults?: Readonly<{ format: FrameFormat; quality?: number }>;
  /** Default 5000 ms; a capture takes 5..50 ms, and only a hidden or hung page takes longer than a second. */
  readonly timeoutMs?: number;
}

/** What Chromium itself takes when none is given: content/browser/devtools/protocol/page_handler.cc. */
export const DEFAULT_QUALITY = 80;

export const DEFAULT_TIMEOUT_MS = 5000;

/** Numbers a source's captures and words where they come from, as of now. */
export function provenanceOf(
  sensor: string,
  { page, epoch, clock }: Pick<SourceOptions, 'page' | 'epoch' | 'clock'>,
): (how: Pick<Provenance, 'format' | 'quality'>) => Omit<Provenance, 'decoder' | 'receivedAtMs'> {
  const { targetId, size: viewport, deviceScaleFactor } = page;
  let captureId = 0;
  return ({ format, quality }) => ({
    ...{ sensor, format, quality, targetId, viewport, deviceScaleFactor },
    captureId: ++captureId,
    requestedAtMs: clock.nowMs(),
    inputEpoch: epoch.current,
  });
}
