import { decode } from '../../src/image/index.js';
import { PROOF_TIMEOUT_MS, type Picture } from '../contestant.js';

export function pictureOf(bytes: Uint8Array): Picture {
  return { bytes, decode: () => decode(bytes).image };
}

/** Takes pictures until one is not the same bytes as `before`: the cheapest comparison there is, nothing is decoded. */
export async function firstDifferent(before: Picture, shoot: () => Promise<Uint8Array>): Promise<Picture> {
  const deadline = performance.now() + PROOF_TIMEOUT_MS;
  while (performance.now() < deadline) {
    const bytes = await shoot();
    if (Buffer.compare(bytes, before.bytes) !== 0) return pictureOf(bytes);
  }
  throw new Error(`nothing changed within ${PROOF_TIMEOUT_MS} ms`);
}
