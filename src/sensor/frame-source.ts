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
  /** Refuses later captures and lets go of the target. Closing twice is fine. */
  close(): Promise<void>;
}
