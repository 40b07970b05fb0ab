import { withDeadline } from '../core/deadline.js';
import { PixelproofError } from '../core/errors.js';
import type { Browser } from './browser.js';
import { CdpConnection } from './connection.js';
import { openWebSocketWire } from './websocket-wire.js';

export interface AttachOptions {
  /** The browser's WebSocket (`ws://…/devtools/browser/…`), or its debugging address (`http://127.0.0.1:9222`). */
  readonly url: string;
  /** Until the browser answered its first command; default 5000. */
  readonly timeoutMs?: number;
  /** Deadline of each later command; default 5000. */
  readonly cdpTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Connects to a browser somebody else runs. `close()` of the result only disconnects.
 *
 * Errors: PXP_USAGE (not such a URL), PXP_CDP_CLOSED (nobody answers there), PXP_CDP_PROTOCOL (what answers is no
 * browser), PXP_CDP_TIMEOUT or PXP_TIMEOUT, PXP_ABORTED.
 */
export async function attachBrowser({
  url,
  timeoutMs = 5000,
  cdpTimeoutMs,
  signal,
}: AttachOptions): Promise<Browser> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const protocol = parsed?.protocol ?? '';
  if (!['ws:', 'wss:', 'http:', 'https:'].includes(protocol)) {
    throw new PixelproofError('PXP_USAGE', 'no address of a browser', {
      what: 'url',
      expected: 'ws://host/devtools/browser/… or http://host:port',
      received: url,
    });
  }
  const deadline = { timeoutMs, signal };
  const socketUrl = protocol.startsWith('http') ? await lookUp(new URL('/json/version', url), deadline) : url;
  const connection = new CdpConnection(await openWebSocketWire({ url: socketUrl, ...deadline }), {
    cdpTimeoutMs,
  });
  try {
    const { product } = await connection.browser.send('Browser.getVersion', undefined, deadline);
    return { connection, version: product, close: () => connection.close() };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** DevTools HTTP endpoint `/json/version`: names the browser's WebSocket. */
async function lookUp(
  url: URL,
  { timeoutMs, signal }: Readonly<{ timeoutMs: number; signal?: AbortSignal }>,
): Promise<string> {
  const giveUp = new AbortController();
  try {
    return await withDeadline(readSocketUrl(url, giveUp.signal), { what: String(url), timeoutMs, signal });
  } finally {
    giveUp.abort();
  }
}

async function readSocketUrl(url: URL, signal: AbortSignal): Promise<string> {
  let text: string;
  try {
    const response = await fetch(url, { signal });
    text = await response.text();
  } catch (cause) {
    throw new PixelproofError('PXP_CDP_CLOSED', `could not connect to ${url.href}`, { cause });
  }
  const found = /"webSocketDebuggerUrl":\s*"([^"]+)"/.exec(text)?.[1];
  if (found !== undefined) return found;
  throw new PixelproofError('PXP_CDP_PROTOCOL', 'no browser answers here', {
    what: url.href,
    expected: 'a webSocketDebuggerUrl',
    received: JSON.stringify(text.slice(0, 80)),
  });
}
