import { onDocument } from '../cdp/on-document.js';
import type { CdpSession } from '../cdp/session.js';
import type { Clock } from '../core/clock.js';

/** A copy that was asked for as the document came, and is of that, has been answered by then. */
const LOST_MS = 250;

/**
 * The copy, or undefined when it is not going to come: Chromium does not answer `Page.captureScreenshot` of a page whose
 * document went meanwhile, in none of 18 tries.
 */
export async function unlessLost<T>(
  copy: Promise<T>,
  { session, clock }: Readonly<{ session: CdpSession; clock: Clock }>,
): Promise<T | undefined> {
  const done = new AbortController();
  const lost = new Promise<undefined>((resolve) => {
    const stop = onDocument(session, () => {
      clock.sleep(LOST_MS, done.signal).then(resolve as () => void, () => undefined);
    });
    done.signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([copy, lost]);
  } finally {
    done.abort();
  }
}
