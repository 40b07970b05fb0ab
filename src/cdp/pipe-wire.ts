import type { Readable, Writable } from 'node:stream';
import { PixelproofError } from '../core/errors.js';
import type { Wire, WireListener } from './wire.js';

/** The largest message taken: what chrome-remote-interface allows on a WebSocket. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;
/** Commands are small; this much unread means that the browser has stopped reading for good. */
const MAX_UNSENT_BYTES = 64 * 1024 * 1024;
const NUL = 0;

/**
 * CDP over the two streams of `--remote-debugging-pipe`: JSON messages, each ended by one NUL byte (Chromium:
 * content/browser/devtools/devtools_pipe_handler.cc). Parts of a message are joined once, when its NUL comes.
 *
 * `closed` reasons: PXP_CDP_CLOSED when a stream ends, fails or is not read any more; PXP_CDP_PROTOCOL when a message
 * grows beyond 256 MiB.
 */
export function pipeWire({ incoming, outgoing }: Readonly<{ incoming: Readable; outgoing: Writable }>): Wire {
  let listener: WireListener | undefined;
  let open = true;
  let parts: Buffer[] = [];
  let partBytes = 0;

  const end = (reason: PixelproofError): void => {
    if (!open) return;
    open = false;
    parts = [];
    incoming.destroy();
    outgoing.destroy();
    listener?.closed(reason);
  };
  const ended = (cause?: Error): void => end(closedBy(cause));

  const read = (chunk: Buffer): void => {
    let from = 0;
    for (let at = chunk.indexOf(NUL); open && at >= 0; at = chunk.indexOf(NUL, from)) {
      const last = chunk.subarray(from, at);
      const text = parts.length === 0 ? last.toString() : Buffer.concat([...parts, last]).toString();
      parts = [];
      partBytes = 0;
      from = at + 1;
      listener?.message(text);
    }
    if (!open || from === chunk.length) return;
    parts.push(chunk.subarray(from));
    partBytes += chunk.length - from;
    if (partBytes > MAX_MESSAGE_BYTES) {
      const expected = `at most ${MAX_MESSAGE_BYTES} bytes`;
      const received = `${partBytes} and no end`;
      end(new PixelproofError('PXP_CDP_PROTOCOL', 'a message without end', { expected, received }));
    }
  };

  return {
    listen(to) {
      listener = to;
      // A pipe to a browser that is gone reports EPIPE here, at any time.
      outgoing.on('error', ended);
      outgoing.on('close', () => ended());
      incoming.on('error', ended);
      incoming.on('close', () => ended());
      incoming.on('data', read);
    },
    send(text) {
      if (!open) return;
      if (outgoing.writableCorked === 0) {
        outgoing.cork();
        process.nextTick(() => outgoing.uncork());
      }
      outgoing.write(`${text}\0`);
      if (outgoing.writableLength > MAX_UNSENT_BYTES) {
        const reason = new PixelproofError('PXP_CDP_CLOSED', 'the browser stopped reading its pipe', {
          received: `${outgoing.writableLength} bytes unsent`,
        });
        process.nextTick(() => end(reason));
      }
    },
    close() {
      end(new PixelproofError('PXP_CDP_CLOSED', 'the pipe was closed on our side'));
      return Promise.resolve();
    },
  };
}

function closedBy(cause: Error | undefined): PixelproofError {
  return new PixelproofError('PXP_CDP_CLOSED', 'the browser closed its pipe', { cause });
}
