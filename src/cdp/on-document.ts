import type { CdpSession } from './session.js';

/** Calls `listener` for each new document of the page itself, not of frames in it, until the result is called. */
export function onDocument(session: CdpSession, listener: () => void): () => void {
  return session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId === undefined) listener();
  });
}
