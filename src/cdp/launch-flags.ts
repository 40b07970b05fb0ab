import type { Size } from '../core/geometry.js';
import type { BrowserKind } from './find-browser.js';

interface LaunchFlag {
  readonly flag: string;
  readonly reason: string;
}

/** Given to every browser. Never given: --single-process and --in-process-gpu, which both draw wrong frames. */
const ALWAYS: readonly LaunchFlag[] = [
  { flag: '--hide-scrollbars', reason: 'scrollbars fade, and a fade is a change' },
  { flag: '--force-color-profile=srgb', reason: 'the same colours on every machine' },
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

/**
 * Of a browser without a head, whose windows nobody minimises: copying a hidden page's new surface has crashed browsers.
 * Not under frame control, where after such a copy no event tells of a page's crash.
 */
const HEADLESS: readonly LaunchFlag[] = [
  {
    flag: '--enable-features=CDPScreenshotNewSurface',
    reason: 'a screenshot takes two frames instead of three: 33 ms for 47',
  },
];

/** Of headless-shell, where every frame is asked for by `HeadlessExperimental.beginFrame` (headless/app's own switches). */
const FRAME_CONTROL: readonly LaunchFlag[] = [
  { flag: '--enable-begin-frame-control', reason: 'no frame but those we ask for' },
  {
    flag: '--run-all-compositor-stages-before-draw',
    reason: 'a frame waits for the page’s changes of before it',
  },
  { flag: '--disable-new-content-rendering-timeout', reason: 'a new document is shown when it is drawn' },
  { flag: '--disable-threaded-animation', reason: 'animations advance with the frames, on one thread' },
  { flag: '--disable-threaded-scrolling', reason: 'scrolling does, too' },
  { flag: '--disable-checker-imaging', reason: 'no frame shows a placeholder for an image' },
  { flag: '--disable-image-animation-resync', reason: 'animated images do not skip to catch up' },
  { flag: '--disable-gpu', reason: 'frame control draws in software' },
];

/** The browser's command line, in a fixed order; `extra` comes last, where Chromium lets it override. */
export function launchFlags({
  kind,
  pipe,
  frameControl = false,
  headed,
  noSandbox,
  windowSize,
  deviceScaleFactor,
  extra,
}: Readonly<{
  kind: BrowserKind;
  /** How messages go through the pipe. Browsers that do not know the value of the switch ignore it and speak JSON. */
  pipe: 'json' | 'cbor';
  frameControl?: boolean;
  headed: boolean;
  noSandbox: boolean;
  windowSize: Size;
  /** Of the window; a page's emulated one only scales what is drawn at this. */
  deviceScaleFactor: number;
  extra: readonly string[];
}>): string[] {
  return [
    // No open port, and faster than a WebSocket.
    pipe === 'cbor' ? '--remote-debugging-pipe=cbor' : '--remote-debugging-pipe',
    ...ALWAYS.map(({ flag }) => flag),
    ...(headed || frameControl ? [] : HEADLESS.map(({ flag }) => flag)),
    ...(frameControl ? FRAME_CONTROL.map(({ flag }) => flag) : []),
    `--force-device-scale-factor=${deviceScaleFactor}`,
    `--window-size=${Math.ceil(windowSize.width / deviceScaleFactor)},${Math.ceil(windowSize.height / deviceScaleFactor)}`,
    // headless-shell has no other mode.
    ...(kind === 'chromium' && !headed ? ['--headless=new'] : []),
    ...(noSandbox ? ['--no-sandbox'] : []),
    ...extra,
  ];
}
