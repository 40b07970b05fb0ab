import type { Page } from '../cdp/index.js';
import type { Clock } from '../core/index.js';

const EVERY_MS = 3000;
/** What a page at rest may leave behind unnoticed. */
const MIN_GROWTH_BYTES = 8 * 2 ** 20;
/** Of what was alive after the last collection: the dearer a collection, the more there is to collect. */
const GROWTH_SHARE = 0.5;

/**
 * Keeps the memory of a page flat over hours of work: when its heap has grown since it was last collected, it is collected.
 * Chromium by itself lets the garbage of hundreds of clicks a second (each is a dozen event objects) grow by some 60 MB
 * before it does. Ends with the result, or with the page. Cost: a question every 3 s, and a collection of 10 to 30 ms of a
 * small page, after which the page answers again.
 */
export function keepTidy({ session }: Pick<Page, 'session'>, clock: Pick<Clock, 'sleep'>): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  /** Bytes in use, garbage included: of JavaScript, and of the document's own objects. */
  const used = async (): Promise<number> => {
    const { usedSize, embedderHeapUsedSize } = await session.send('Runtime.getHeapUsage', undefined, {
      signal,
    });
    return usedSize + embedderHeapUsedSize;
  };
  const keep = async (): Promise<never> => {
    let alive = await used();
    for (;;) {
      await clock.sleep(EVERY_MS, signal);
      if ((await used()) - alive < Math.max(MIN_GROWTH_BYTES, GROWTH_SHARE * alive)) continue;
      await session.send('HeapProfiler.collectGarbage', undefined, { signal });
      alive = await used();
    }
  };
  // Without an answer the page is gone, or hangs: who works with it is told in a better way.
  keep().catch(() => undefined);
  return () => ended.abort();
}
