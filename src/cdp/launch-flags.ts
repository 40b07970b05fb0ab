import type { Size } from '../core/geometry.js';
import type { BrowserKind } from './find-browser.js';

interface LaunchFlag {
  readonly flag: string;
  readonly reason: string;
}

/** Given to every browser. Never given: --single-process and --in-process-gpu, which both draw wrong frames. */
const ALWAYS: readonly LaunchFlag[] = [
  { flag: '--remote-debugging-pipe', reason: 'no open port, and faster than a WebSocket' },
  { flag: '--hide-scrollbars', reason: 'scrollbars fade, and a fade is a change' },
  { flag: '--force-color-profile=srgb', reason: 'the same colours on every machine' },
  { flag: '--force-device-scale-factor=1', reason: 'the page sets its own scale by emulation' },
  { flag: '--disable-lcd-text', reason: 'subpixel text puts colour where the application put none' },
  { flag: '--font-render-hinting=none', reason: 'glyphs do not depend on the machine’s hinting' },
  { flag: '--disable-backgrounding-occluded-windows', reason: 'a covered window has to go on drawing' },
  { flag: '--disable-renderer-backgrounding', reason: 'a page in the background keeps its priority' },
  { flag: '--disable-background-timer-throttling', reason: 'a page in the background keeps its timers' },
  { flag: '--disable-background-networking', reason: 'no traffic but the application’s' },
  { flag: '--disable-component-update', reason: 'no downloads, no change in the middle of a run' },
  { flag: '--disable-sync', reason: 'no account belongs to this profile' },
  { flag: '--disable-default-apps', reason: 'nothing installs itself into a fresh profile' },
  { flag: '--disable-extensions', reason: 'nothing but the application may draw' },
  { flag: '--disable-breakpad', reason: 'no crash upload; a crash is reported by us' },
  {
    flag: '--disable-features=Translate,MediaRouter',
    reason: 'no bubbles over the page, no network discovery',
  },
  { flag: '--no-first-run', reason: 'no welcome page' },
  { flag: '--no-default-browser-check', reason: 'no question at start' },
  { flag: '--no-service-autorun', reason: 'nothing stays behind when the browser ends' },
  { flag: '--password-store=basic', reason: 'no question of the desktop’s keyring' },
  { flag: '--use-mock-keychain', reason: 'the same on macOS' },
  { flag: '--mute-audio', reason: 'nobody listens' },
];

/** The browser's command line, in a fixed order; `extra` comes last, where Chromium lets it override. */
export function launchFlags({
  kind,
  headed,
  noSandbox,
  windowSize,
  extra,
}: Readonly<{
  kind: BrowserKind;
  headed: boolean;
  noSandbox: boolean;
  windowSize: Size;
  extra: readonly string[];
}>): string[] {
  return [
    ...ALWAYS.map(({ flag }) => flag),
    `--window-size=${windowSize.width},${windowSize.height}`,
    // headless-shell has no other mode.
    ...(kind === 'chromium' && !headed ? ['--headless=new'] : []),
    ...(noSandbox ? ['--no-sandbox'] : []),
    ...extra,
  ];
}
