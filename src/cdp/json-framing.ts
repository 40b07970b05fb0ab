import { PixelproofError } from '../core/errors.js';
import { parseJson } from './parse-json.js';
import { MAX_MESSAGE_BYTES, type PipeFraming } from './pipe-framing.js';

const NUL = 0;

/**
 * JSON, each message ended by one NUL byte (Chromium: content/browser/devtools/devtools_pipe_handler.cc). Parts of a
 * message are joined once, when its NUL comes. PXP_CDP_PROTOCOL beyond 256 MiB.
 */
export function jsonFraming(): PipeFraming {
  let parts: Buffer[] = [];
  let partBytes = 0;
  return {
    encode: (message) => Buffer.from(`${JSON.stringify(message)}\0`),
    read(chunk, to) {
      let from = 0;
      for (let at = chunk.indexOf(NUL); at >= 0; at = chunk.indexOf(NUL, from)) {
        const last = chunk.subarray(from, at);
        const text = parts.length === 0 ? last.toString() : Buffer.concat([...parts, last]).toString();
        parts = [];
        partBytes = 0;
        from = at + 1;
        if (!to.message(parseJson(text))) return;
      }
      if (from === chunk.length) return;
      parts.push(chunk.subarray(from));
      partBytes += chunk.length - from;
      if (partBytes <= MAX_MESSAGE_BYTES) return;
      throw new PixelproofError('PXP_CDP_PROTOCOL', 'a message without end', {
        expected: `at most ${MAX_MESSAGE_BYTES} bytes`,
        received: `${partBytes} and no end`,
      });
    },
  };
}
