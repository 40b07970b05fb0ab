import { PixelproofError } from '../core/errors.js';

/** The value of a JSON message. Errors: PXP_CDP_PROTOCOL, with how the text begins. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PixelproofError('PXP_CDP_PROTOCOL', 'the peer sent something that is not JSON', {
      expected: 'a JSON object',
      received: JSON.stringify(text.slice(0, 80)),
      cause,
    });
  }
}
