import { onDocument } from '../cdp/on-document.js';
import type { CdpSession, SendOptions } from '../cdp/session.js';

/** Tells when a page's document has drawn. */
export interface FirstFrames {
  /** Waits for the second frame of the document that is shown; at once from then on. Errors: those of `CdpSession.send`. */
  drawn(wait: Pick<SendOptions, 'timeoutMs' | 'signal'>): Promise<void>;
  stop(): void;
}

/** In a world of its own, where no page puts another `requestAnimationFrame`. */
const SECOND_FRAME = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/**
 * A document that is a few milliseconds old draws a part of the page in its new size before it draws it in its new place:
 * one screencast in five showed another part there. After the second frame none of 560 did, after the first one in five still.
 */
export function watchFirstFrames(session: CdpSession): FirstFrames {
  let isDrawn = false;
  const stop = onDocument(session, () => {
    isDrawn = false;
  });
  return {
    stop,
    async drawn(wait) {
      if (isDrawn) return;
      // Before anything is asked: of a document that comes meanwhile the event tells.
      isDrawn = true;
      try {
        const { frameTree } = await session.send('Page.getFrameTree', undefined, wait);
        const world = { frameId: frameTree.frame.id, worldName: 'pixelproof' };
        const { executionContextId } = await session.send('Page.createIsolatedWorld', world, wait);
        await session.send(
          'Runtime.evaluate',
          { expression: SECOND_FRAME, contextId: executionContextId, awaitPromise: true },
          wait,
        );
      } catch (error) {
        isDrawn = false;
        throw error;
      }
    },
  };
}
