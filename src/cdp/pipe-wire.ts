import type { Readable, Writable } from 'node:stream';
import { PixelproofError, isPixelproofError } from '../core/errors.js';
import { jsonFraming } from './json-framing.js';
import type { PipeFraming } from './pipe-framing.js';
import type { Wire, WireListener } from './wire.js';

/** Commands are small; this much unread means that the browser has stopped reading for good. */
const MAX_UNSENT_BYTES = 64 * 1024 * 1024;

/**
 * CDP over the two streams of `--remote-debugging-pipe`, in JSON unless another framing is handed in.
 *
 * `closed` reasons: PXP_CDP_CLOSED when a stream ends, fails or is not read any more; PXP_CDP_PROTOCOL when what comes is
 * no message of that framing, or one beyond 256 MiB.
 */
export function pipeWire(
  { incoming, outgoing }: Readonly<{ incoming: Readable; outgoing: Writable }>,
  framing: PipeFraming = jsonFraming(),
): Wire {
  let listener: WireListener | undefined;
  let open = true;

  const end = (reason: PixelproofError): void => {
    if (!open) return;
    open = false;
    incoming.destroy();
    outgoing.destroy();
    listener?.closed(reason);
  };
  const ended = (cause?: Error): void => end(closedBy(cause));

  const reader = {
    message(message: unknown): boolean {
      listener?.message(message);
      return open;
    },
    write: (bytes: Uint8Array): void => void outgoing.write(bytes),
  };
  const read = (chunk: Buffer): void => {
    if (!open) return;
    try {
      framing.read(chunk, reader);
    } catch (error) {
      if (!isPixelproofError(error, 'PXP_CDP_PROTOCOL')) throw error;
      end(error);
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
    send(message) {
      if (!open) return;
      if (outgoing.writableCorked === 0) {
        outgoing.cork();
        process.nextTick(() => outgoing.uncork());
      }
      outgoing.write(framing.encode(message));
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
