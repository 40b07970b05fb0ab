import type { Rect, Size } from '../core/geometry.js';
import type { DecoderName } from '../image/decode.js';
import type { ImageBuffer } from '../image/image-buffer.js';
import { samePixels } from './same-pixels.js';

export type FrameFormat = 'png' | 'jpeg';

/** Where a frame comes from: everything that decides what it may prove. Instants are the clock's monotonic ms. */
export interface Provenance {
  /** Name of the FrameSource. */
  readonly sensor: string;
  readonly format: FrameFormat;
  /** JPEG only, 0..100. */
  readonly quality?: number;
  /** Which decoder made the pixels; absent until the frame was decoded. Decoders differ by up to 61/255 on JPEG. */
  readonly decoder?: DecoderName;
  /** Counts the captures of its source from 1. */
  readonly captureId: number;
  readonly targetId: string;
  /** Device pixels. */
  readonly viewport: Size;
  readonly deviceScaleFactor: number;
  readonly requestedAtMs: number;
  readonly receivedAtMs: number;
  /** The input epoch when the capture was requested: inputs up to this one had left before it. */
  readonly inputEpoch: number;
}

/** One picture of (a part of) the viewport, as it came from the browser. Immutable; the bytes are not to be written. */
export interface Frame {
  /** The encoded picture. Same encoder and settings: equal bytes are equal pixels. */
  readonly bytes: Uint8Array;
  readonly format: FrameFormat;
  /** The part of the viewport it shows, device pixels; the picture measures exactly rect.width x rect.height. */
  readonly rect: Rect;
  readonly provenance: Provenance;
  /** As it came from the browser: the frame itself, or the larger one it was cut from. */
  readonly whole: Frame;
  /** The pixels: decoded on first use, then kept. Errors: PXP_IMAGE_… when the bytes are no sound picture. */
  decode(): ImageBuffer;
  /**
   * Whether it shows the same pixels of the same place. Equal bytes from the same encoder settings are equal pixels, and then
   * nothing is decoded. Other bytes settle it for frames as they came; of parts of larger ones the pixels are compared, since
   * what differs may lie beside them.
   */
  hasPixelsOf(other: Frame): boolean;
}

/** Turns encoded bytes into pixels; `what` names the picture in errors. */
export type DecodeFrame = (
  bytes: Uint8Array,
  options: Readonly<{ what: string }>,
) => { readonly image: ImageBuffer; readonly decoder: DecoderName };

/** A frame over borrowed bytes, which decodes itself when first asked to. */
export function createFrame({
  bytes,
  rect,
  provenance,
  decode,
}: Readonly<{
  bytes: Uint8Array;
  rect: Rect;
  provenance: Omit<Provenance, 'decoder'>;
  decode: DecodeFrame;
}>): Frame {
  const { sensor, captureId, format } = provenance;
  let decoded: ReturnType<DecodeFrame> | undefined;
  const frame: Frame = {
    bytes,
    format,
    rect,
    get whole() {
      return frame;
    },
    get provenance() {
      return decoded === undefined ? provenance : { ...provenance, decoder: decoded.decoder };
    },
    decode() {
      decoded ??= decode(bytes, { what: `${sensor} capture ${captureId}` });
      return decoded.image;
    },
    hasPixelsOf: (other) => samePixels(frame, other),
  };
  return frame;
}
