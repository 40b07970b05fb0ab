import { cborFraming } from './cbor-framing.js';
import { jsonFraming } from './json-framing.js';
import type { PipeFraming } from './pipe-framing.js';

/**
 * CBOR where the peer's first byte says that it speaks it, else JSON. A browser older than the switch's value ignores that
 * value and reads the first commands as broken JSON, of which it complains: then a NUL ends what it may have kept of them,
 * they are sent again as JSON, and the complaints, which answer no command, are dropped.
 */
export function negotiatedFraming(): PipeFraming {
  const cbor = cborFraming();
  const json = jsonFraming();
  let unanswered: object[] = [];
  let chosen: PipeFraming | undefined;
  let complains = false;
  return {
    encode(message) {
      if (chosen !== undefined) return chosen.encode(message);
      unanswered.push(message);
      return cbor.encode(message);
    },
    read(chunk, to) {
      if (chosen === undefined) {
        complains = chunk[0] === OPENING_BRACE;
        chosen = complains ? json : cbor;
        if (complains) {
          to.write(Buffer.of(0));
          for (const message of unanswered) to.write(json.encode(message));
        }
        unanswered = [];
      }
      chosen.read(chunk, {
        write: to.write,
        message(message) {
          complains &&= isComplaint(message);
          return complains || to.message(message);
        },
      });
    },
  };
}

const OPENING_BRACE = '{'.charCodeAt(0);

/** An error that answers no command. */
function isComplaint(message: unknown): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'error' in message &&
    !('id' in message && typeof message.id === 'number')
  );
}
