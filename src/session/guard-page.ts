import type { Browser, Page } from '../cdp/index.js';
import { PixelproofError } from '../core/index.js';

export interface PageWarning {
  readonly code: 'dialog' | 'new-window' | 'navigation-refused';
  readonly detail: string;
}

/**
 * Keeps what an unattended page may do within bounds: documents load only from allowed origins, JavaScript dialogs are
 * dismissed (an open one would hang every capture), windows it opens are closed, downloads are denied. Each of these is
 * told to `onWarning`. Answers the way to stop. Errors: those of CDP; then nothing is guarded.
 */
export async function guardPage(
  { browser, page }: Readonly<{ browser: Browser; page: Page }>,
  {
    allowedOrigins,
    onWarning,
  }: Readonly<{ allowedOrigins: readonly string[]; onWarning: (warning: PageWarning) => void }>,
): Promise<() => void> {
  const { session, targetId } = page;
  const root = browser.connection.browser;
  const bestEffort = (work: Promise<unknown>): void => {
    // The page or its browser is gone: then there is nothing left to guard.
    work.catch(() => undefined);
  };
  const stops = [
    session.on('Page.javascriptDialogOpening', ({ type, message }) => {
      onWarning({ code: 'dialog', detail: `${type}: ${message.slice(0, 200)}` });
      bestEffort(session.send('Page.handleJavaScriptDialog', { accept: type === 'beforeunload' }));
    }),
    session.on('Fetch.requestPaused', ({ requestId, request }) => {
      if (isAllowed(request.url, allowedOrigins)) {
        bestEffort(session.send('Fetch.continueRequest', { requestId }));
        return;
      }
      onWarning({ code: 'navigation-refused', detail: originOf(request.url) });
      bestEffort(session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' }));
    }),
    root.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.openerId !== targetId || targetInfo.type !== 'page') return;
      onWarning({ code: 'new-window', detail: originOf(targetInfo.url) });
      bestEffort(root.send('Target.closeTarget', { targetId: targetInfo.targetId }));
    }),
  ];
  const stop = (): void => {
    for (const each of stops) each();
  };
  try {
    await Promise.all([
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] }),
      root.send('Target.setDiscoverTargets', { discover: true }),
      root.send('Browser.setDownloadBehavior', { behavior: 'deny' }),
    ]);
  } catch (error) {
    stop();
    throw error;
  }
  return stop;
}

/** Errors: PXP_ORIGIN unless the url is http(s) and of an allowed origin, or its origin is listed in so many words. */
export function requireAllowed(url: string, allowedOrigins: readonly string[]): void {
  if (isAllowed(url, allowedOrigins)) return;
  throw new PixelproofError('PXP_ORIGIN', 'navigation refused', {
    what: url.slice(0, 200),
    expected: allowedOrigins.join(', ') || 'http:// or https://',
    received: originOf(url),
    hint: 'add it to session.allowedOrigins',
  });
}

function isAllowed(url: string, allowedOrigins: readonly string[]): boolean {
  return url === 'about:blank' || allowedOrigins.includes(originOf(url));
}

/** `https://host:port`; for what has no origin its scheme: `file:`, `data:`. */
export function originOf(url: string): string {
  if (!URL.canParse(url)) return 'not a url';
  const { origin, protocol } = new URL(url);
  return origin === 'null' ? protocol : origin;
}
