import { PixelproofError } from '../core/errors.js';
import { ENVELOPE_HEADER_BYTES, decodeCbor, encodeCbor, envelopeBytes } from './cbor.js';
import { MAX_MESSAGE_BYTES, type PipeFraming } from './pipe-framing.js';

/**
 * CBOR as Chromium's `--remote-debugging-pipe=cbor` speaks it: each message is an envelope, whose header says its length,
 * so messages follow each other without a separator. Bytes that came are kept as they are and joined once, when the
 * message is whole; memory for a length is only taken when its bytes are there. PXP_CDP_PROTOCOL beyond 256 MiB.
 */
export function cborFraming(): PipeFraming {
  let parts: Buffer[] = [];
  let partBytes = 0;
  /** Of the message that has begun; unknown until its header is whole. */
  let wantedBytes: number | undefined;
  return {
    encode: encodeCbor,
    read(chunk, to) {
      parts.push(chunk);
      partBytes += chunk.length;
      while (partBytes >= (wantedBytes ?? ENVELOPE_HEADER_BYTES)) {
        if (wantedBytes === undefined) {
          const header = join(parts);
          parts = [header];
          wantedBytes = envelopeBytes(header);
          if (wantedBytes > MAX_MESSAGE_BYTES) throw tooLong(wantedBytes);
          continue;
        }
        const bytes = join(parts);
        const rest = bytes.subarray(wantedBytes);
        // A copy where the stream's chunk holds more: a picture in the message would else keep all of it.
        const message = rest.length === 0 ? bytes : Buffer.from(bytes.subarray(0, wantedBytes));
        parts = rest.length === 0 ? [] : [rest];
        partBytes = rest.length;
        wantedBytes = undefined;
        if (!to.message(decodeCbor(message))) return;
      }
    },
  };
}

function join(parts: readonly Buffer[]): Buffer {
  return parts.length === 1 ? parts[0] : Buffer.concat(parts);
}

function tooLong(bytes: number): PixelproofError {
  return new PixelproofError('PXP_CDP_PROTOCOL', 'a message is too long', {
    expected: `at most ${MAX_MESSAGE_BYTES} bytes`,
    received: `${bytes}`,
  });
}
