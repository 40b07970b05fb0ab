import { type Clock, type Rect, isLost, overlaps } from '../../core/index.js';
import { type ImageBuffer, crop, encodePng, maskRegions } from '../../image/index.js';
import type { Frame, FrameSource } from '../../sensor/index.js';
import type { Judgement } from '../judgement.js';
import { Look } from '../look.js';
import type { Judged, Pending, Picture } from '../transition.js';

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

/**
 * Looks at regions, without loss. Where the pixels are those of the look before, that one answers again, with all that was
 * measured on it.
 */
export interface Observer {
  /** One look. */
  now(region: Rect, signal?: AbortSignal): Promise<Observation>;
  /** The first look that differs from the one before, or the last one when none does for `timeoutMs`. */
  change(region: Rect, wait: Readonly<{ timeoutMs: number; signal?: AbortSignal }>): Promise<Observation>;
}

export function createObserver({
  source,
  clock,
  onTiming,
  onLook,
}: Readonly<{
  source: () => Pick<FrameSource, 'capture' | 'until'>;
  clock: Clock;
  onTiming?: (timing: CaptureTiming) => void;
  /** Each look that shows other pixels than the one before. */
  onLook?: (look: Look) => void;
}>): Observer {
  let last: Observation | undefined;

  const look = (frame: Frame): Observation => {
    const { sensor, format, requestedAtMs, receivedAtMs } = frame.provenance;
    onTiming?.({ sensor, format, stage: 'capture', ms: receivedAtMs - requestedAtMs });
    if (last?.frame.hasPixelsOf(frame) === true) {
      last = { frame, look: last.look };
      return last;
    }
    const startedAt = clock.nowMs();
    last = { frame, look: new Look(frame.decode(), frame.rect) };
    onTiming?.({ sensor, format, stage: 'decode', ms: clock.nowMs() - startedAt });
    onLook?.(last.look);
    return last;
  };

  return {
    now: async (region, signal) => look(await source().capture({ region, format: 'png', signal })),
    async change(region, wait) {
      const before = last?.frame;
      const satisfies = (frame: Frame): boolean => before?.hasPixelsOf(frame) !== true;
      return look((await source().until({ region, format: 'png', ...wait, satisfies })).frame);
    },
  };
}

/** A lost browser is an outcome; every other error is one for the caller. */
export async function lostAsOutcome<T>(
  work: () => Promise<T>,
  pending: Pending | null,
): Promise<{ readonly value: T } | { readonly lost: Judged }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!isLost(error)) throw error;
    const interruption = { kind: 'lost', by: error.code } as const;
    return { lost: { kind: 'interrupted', interruption, pending, cause: error } };
  }
}

/** A blocker in the way of what an input did; whether the proof held beside it is kept. */
export function blockedAsOutcome(by: string, { truth }: Judgement, pending: Pending): Judged {
  const interruption = { kind: 'blocked', by, ...(truth === 'holds' && { proofHeld: true }) } as const;
  return { kind: 'interrupted', interruption, pending };
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
