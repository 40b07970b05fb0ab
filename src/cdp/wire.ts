import type { PixelproofError } from '../core/errors.js';

/** Who listens on a wire. Both are called from the wire's reader, never from within `send`. */
export interface WireListener {
  /**
   * One whole message, parsed; whether it is one of CDP is not looked at. What CDP calls `binary` is a Buffer where the
   * wire carries bytes, and base64 text where it carries JSON: see `binaryOf`.
   */
  message(message: unknown): void;
  /** The wire is gone: PXP_CDP_CLOSED, or PXP_CDP_PROTOCOL when what came is no message. Called once, last. */
  closed(reason: PixelproofError): void;
}

/** Carries CDP messages in order, both ways. Knows nothing of what they mean. */
export interface Wire {
  /** Starts delivering. Called once, right after the wire was made; nothing is lost in between. */
  listen(listener: WireListener): void;
  /**
   * Queues one message and returns at once; it never throws for a wire that is gone, whose listener hears `closed`.
   * Messages sent in the same turn leave together: in one write on a pipe, back to back on a WebSocket.
   */
  send(message: object): void;
  /** Closes our end. Resolves when it is closed; closing twice is fine. */
  close(): Promise<void>;
}
