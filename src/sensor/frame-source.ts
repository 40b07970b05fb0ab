import type { Rect, Size } from '../core/geometry.js';
import type { Frame, FrameFormat } from './frame.js';

export interface CaptureOptions {
  /** What to capture, whole device pixels within the viewport; default: all of it. */
  readonly region?: Rect;
  /** Default: the source's. */
  readonly format?: FrameFormat;
  /** JPEG only, 0..100; default: the source's. */
  readonly quality?: number;
  readonly signal?: AbortSignal;
  /** From the call to the frame, waiting for earlier captures included; default: the source's. */
  readonly timeoutMs?: number;
}

export interface UntilOptions extends Omit<CaptureOptions, 'timeoutMs'> {
  /** Looks at one frame; what it throws ends the wait. Not called for two frames of which it is known that they are equal. */
  readonly satisfies: (frame: Frame) => boolean;
  /** How long to look. The answer may come one capture later. */
  readonly timeoutMs: number;
}

export interface UntilResult {
  /** The last one looked at. */
  readonly frame: Frame;
  readonly satisfied: boolean;
}

/** A sensor. Whatever goes wrong is an error, never an old frame and never "no change". */
export interface FrameSource {
  readonly name: string;
  /** Device pixels. */
  readonly viewport: Size;
  /**
   * A frame whose pixels were produced after the call. Errors: PXP_RECT (region), PXP_CAPTURE (no picture, or not of
   * the region's size, or an earlier capture still holds the page), PXP_CDP_TIMEOUT, PXP_CDP_CRASHED, PXP_CDP_CLOSED, PXP_ABORTED.
   */
  capture(options?: CaptureOptions): Promise<Frame>;
  /**
   * Whether the frame's region may look different now, as cheaply as the sensor can tell. False: nothing was drawn since as far
   * as the browser says, or a frame produced after the call has the same pixels. Under begin-frame control what the page draws
   * in the few milliseconds of a picture itself goes unsaid (`FrameClock.doubts`): a proof takes a picture. A frame of
   * another target or viewport has always changed. Errors: as `capture`.
   */
  changedSince(frame: Frame, options?: Pick<CaptureOptions, 'signal' | 'timeoutMs'>): Promise<boolean>;
  /**
   * Looks at frames of a region, all produced after the call, until one satisfies or the time is over; at least one, at
   * the sensor's own best pace. Errors: as `capture`; a capture that fails is no unsatisfied one.
   */
  until(options: UntilOptions): Promise<UntilResult>;
  /** Refuses later captures and lets go of the target. Closing twice is fine. */
  close(): Promise<void>;
}
