/** How messages lie in the two byte streams of a pipe. Has a state: one per pipe. */
export interface PipeFraming {
  encode(message: object): Uint8Array;
  /**
   * Takes the next bytes that came, cut anywhere, and hands each message they complete to `to.message`; what the framing
   * itself has to say to the peer goes to `to.write`. Errors: PXP_CDP_PROTOCOL; nothing more is read then.
   */
  read(chunk: Buffer, to: PipeReader): void;
}

export interface PipeReader {
  /** Answers whether to go on: false when the pipe was closed by what the message made somebody do. */
  readonly message: (message: unknown) => boolean;
  readonly write: (bytes: Uint8Array) => void;
}

/** The largest message taken: what chrome-remote-interface allows on a WebSocket. */
export const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;
