import {
  type Clock,
  type ErrorCode,
  type Rect,
  isPixelproofError,
  overlaps,
  sameRect,
} from '../core/index.js';
import { type ImageBuffer, crop, encodePng, maskRegions } from '../image/index.js';
import type { Frame, FrameSource } from '../sensor/index.js';
import { Look } from './look.js';
import type { Outcome, Pending, Picture } from './transition.js';

/** A frame with its decoded look. Ownership: the frame owns the bytes, the look the pixels; neither is written again. */
export interface Observation {
  readonly frame: Frame;
  readonly look: Look;
}

export interface CaptureTiming {
  readonly sensor: string;
  readonly format: string;
  readonly stage: 'capture' | 'decode' | 'probe';
  readonly ms: number;
}

/** Takes one lossless look at a region. */
export type Observe = (region: Rect, signal?: AbortSignal) => Promise<Observation>;

/** Equal bytes are equal pixels: then the earlier look answers again, with all that was measured on it. */
export function createObserver({
  source,
  clock,
  onTiming,
}: Readonly<{
  source: () => Pick<FrameSource, 'capture'>;
  clock: Clock;
  onTiming?: (timing: CaptureTiming) => void;
}>): Observe {
  let last: Observation | undefined;
  return async (region, signal) => {
    const frame = await source().capture({ region, format: 'png', signal });
    const { sensor, format, requestedAtMs, receivedAtMs } = frame.provenance;
    onTiming?.({ sensor, format, stage: 'capture', ms: receivedAtMs - requestedAtMs });
    if (
      last !== undefined &&
      sameRect(last.frame.rect, frame.rect) &&
      Buffer.compare(last.frame.bytes, frame.bytes) === 0
    ) {
      last = { frame, look: last.look };
      return last;
    }
    const startedAt = clock.nowMs();
    last = { frame, look: new Look(frame.decode(), frame.rect) };
    onTiming?.({ sensor, format, stage: 'decode', ms: clock.nowMs() - startedAt });
    return last;
  };
}

/** The browser or its page is gone: nothing more will come from this source. */
const LOST: readonly ErrorCode[] = ['PXP_CDP_CLOSED', 'PXP_CDP_CRASHED', 'PXP_CDP_PROTOCOL'];

/** A lost browser is an outcome; every other error is one for the caller. */
export async function lostAsOutcome<T>(
  work: () => Promise<T>,
  pending: Pending | null,
): Promise<{ readonly value: T } | { readonly lost: Outcome }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!isPixelproofError(error) || !LOST.includes(error.code)) throw error;
    const interruption = { kind: 'lost', by: error.code } as const;
    return { lost: { kind: 'interrupted', interruption, pending, cause: error } };
  }
}

/** Makes pictures that may be stored: what the calibration calls secret is black before anything else sees them. */
export interface PictureMaker {
  /** The whole look; the browser's own bytes where nothing is secret. */
  whole(observation: Observation): Picture;
  /** A lossless cut. */
  cut(look: Look, rect: Rect): Picture;
}

export function createPictureMaker(secrets: readonly Rect[]): PictureMaker {
  const masked = (look: Look): ImageBuffer => {
    const inside = secrets.filter((rect) => overlaps(rect, look.rect)).map((rect) => look.toImage(rect));
    return inside.length === 0 ? look.image : maskRegions(look.image, inside);
  };
  return {
    whole({ frame, look }) {
      const image = masked(look);
      if (image !== look.image) return { bytes: encodePng(image), mediaType: 'image/png', rect: look.rect };
      return {
        bytes: frame.bytes,
        mediaType: frame.format === 'png' ? 'image/png' : 'image/jpeg',
        rect: look.rect,
      };
    },
    cut: (look, rect) => ({
      bytes: encodePng(crop(masked(look), look.toImage(rect))),
      mediaType: 'image/png',
      rect,
    }),
  };
}
