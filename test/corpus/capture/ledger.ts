import { type LedgerServer, startLedgerServer } from '../../../calibrations/ledger/app/server.mjs';
import {
  ANNOUNCEMENT,
  CONFIRM,
  DESIGN,
  LIST,
  TABS,
  TAB_STRIP_HEIGHT,
  placeRows,
} from '../../../calibrations/ledger/app/layout.mjs';
import type { View } from '../../../calibrations/ledger/app/world.mjs';
import type { Browser } from '../../../src/cdp/index.js';
import { type Rect, type Size, intersect, systemClock } from '../../../src/core/index.js';
import type { FrameTruth } from '../truth.js';
import { Album, type Camera, scaled } from './camera.js';

interface Look {
  readonly theme: 'light' | 'dark' | 'contrast';
  /** Device pixels. */
  readonly size: Size;
  readonly deviceScaleFactor: number;
}

const DARK: Look = { theme: 'dark', size: { width: 800, height: 450 }, deviceScaleFactor: 1 };
const CONTRAST: Look = { theme: 'contrast', size: { width: 880, height: 495 }, deviceScaleFactor: 1 };
const DENSE: Look = { theme: 'light', size: { width: 960, height: 540 }, deviceScaleFactor: 1.5 };
const SMALL: Look = { theme: 'light', size: { width: 720, height: 405 }, deviceScaleFactor: 1 };

const EMPTY: Look = { theme: 'light', size: { width: 640, height: 360 }, deviceScaleFactor: 1 };

/** The ledger in other themes, windows and scales; truth from its layout and its server. */
export async function captureLedger(browser: Browser): Promise<void> {
  const album = new Album('ledger-looks');
  await withLedger(album, browser, { look: DARK, seed: 3 }, async ({ take, collect, press }) => {
    await take('dark', 'inbox');
    await collect();
    await take('dark-collected', 'inbox');
    album.pair('dark', 'dark-collected', { what: 'the first row was collected', popup: null, gone: [0] });
    await press(TABS[2].rect);
    await take('dark-reports', 'reports');
    album.pair('dark-collected', 'dark-reports', { what: 'another tab', popup: null });
  });
  await withLedger(album, browser, { look: CONTRAST, seed: 5, misbehave: 'announce=1' }, async (ledger) => {
    await ledger.take('contrast', 'inbox');
    await ledger.openPopup('announcement');
    await ledger.take('contrast-announcement', null);
    album.pair('contrast', 'contrast-announcement', {
      what: 'a row was collected and an announcement opened',
      popup: ledger.place(ANNOUNCEMENT.box),
    });
  });
  await withLedger(album, browser, { look: DENSE, seed: 7 }, async ({ take, press }) => {
    await take('dense', 'inbox');
    await press(TABS[1].rect);
    await take('dense-archive', 'archive');
    album.pair('dense', 'dense-archive', { what: 'another tab', popup: null });
  });
  await withLedger(album, browser, { look: SMALL, seed: 2, misbehave: 'equal=0.6' }, async (ledger) => {
    const { take, collect, openPopup, press, place } = ledger;
    await take('equal', 'inbox');
    await collect();
    await take('equal-collected', 'inbox');
    album.pair('equal', 'equal-collected', {
      what: 'a row like its neighbours was collected',
      popup: null,
      gone: [0],
      alike: true,
    });
    await openPopup('confirm');
    await take('equal-confirm', null);
    await press(CONFIRM.cancel);
    await take('equal-cancelled', 'inbox');
    const box = place(CONFIRM.box);
    album.pair('equal-cancelled', 'equal-confirm', {
      what: 'a confirmation opened',
      popup: box,
      gone: [],
      alike: true,
    });
    album.pair('equal-confirm', 'equal-cancelled', { what: 'the confirmation was cancelled', popup: null });
    album.pair('equal-cancelled', 'equal-cancelled', {
      what: 'nothing',
      popup: null,
      gone: [],
      alike: true,
    });
  });
  await withLedger(album, browser, { look: EMPTY, seed: 1, rows: 2 }, async ({ take, collect }) => {
    await take('two', 'inbox');
    await collect();
    await take('one', 'inbox');
    album.pair('two', 'one', { what: 'the first of two rows was collected', popup: null, gone: [0] });
    await collect();
    await take('none', 'inbox');
    album.pair('one', 'none', { what: 'the last row was collected', popup: null, gone: [0] });
  });
  album.save();
}

interface Ledger {
  /** Tab by name, or null under a popup, where only pairs are labelled. */
  take: (name: string, tab: string | null) => Promise<void>;
  press: (rect: Rect) => Promise<void>;
  /** Presses the first row's button until it is collected. */
  collect: () => Promise<void>;
  /** Collects rows until this popup opens. */
  openPopup: (kind: 'confirm' | 'announcement') => Promise<void>;
  /** A rectangle of the design in the picture. */
  place: (rect: Rect) => Rect;
}

const PATIENCE_MS = 30_000;
const POLL_MS = 50;
const SIGN_IN = `(async () => {
  const post = (path, body) =>
    fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  await post('/consent', {});
  await post('/login', { user: 'demo', password: 'demo' });
})()`;
const VIEW = `new Promise((resolve) => {
  const events = new EventSource('/events');
  events.onmessage = ({ data }) => (events.close(), resolve(JSON.parse(data)));
})`;

async function withLedger(
  album: Album,
  browser: Browser,
  {
    look,
    seed,
    rows,
    misbehave = '',
  }: Readonly<{ look: Look; seed: number; rows?: number; misbehave?: string }>,
  use: (ledger: Ledger) => Promise<void>,
): Promise<void> {
  const server = await startLedgerServer({
    seed,
    rows,
    misbehave: [`theme=${look.theme}`, misbehave].filter(Boolean).join(),
  });
  const camera = await album.open(browser, look);
  try {
    await camera.navigate(server.url);
    await camera.evaluate(SIGN_IN);
    await camera.navigate(server.url);
    await until(async () => (await camera.evaluate('document.querySelector("#screen") !== null')) === true);
    await use(driver(camera, server, look));
  } finally {
    await camera.close();
    await server.close();
  }
}

function driver(camera: Camera, server: LedgerServer, { theme, size, deviceScaleFactor }: Look): Ledger {
  const scale = Math.min(size.width / DESIGN.width, size.height / DESIGN.height);
  const place = (rect: Rect): Rect => scaled(rect, scale);
  const view = async (): Promise<View> => (await camera.evaluate(VIEW)) as View;
  const press = async ({ x, y, width, height }: Rect): Promise<void> => {
    const css = scale / deviceScaleFactor;
    await camera.click({ x: css * (x + width / 2), y: css * (y + height / 2) });
    await systemClock.sleep(200);
  };
  const pressFirst = async (): Promise<void> => {
    const [first] = placeRows((await view()).rows);
    await press(first.button);
  };
  return {
    place,
    press,
    take: async (name, tab) => {
      const colors = (await camera.evaluate(
        `import('/theme.js').then(({ THEMES }) => THEMES['${theme}'])`,
      )) as Record<string, string>;
      await camera.take(name, tab === null ? {} : truthOf({ view: await view(), tab, colors, place }));
    },
    collect: async () => {
      const { collected } = server.truth();
      await until(async () => {
        await pressFirst();
        return server.truth().collected.length > collected.length;
      });
    },
    openPopup: async (kind) => {
      await until(async () => {
        const { popup } = server.truth();
        if (popup === kind) return true;
        if (popup === 'confirm') await press(CONFIRM.confirm);
        else if (popup === 'announcement') await press(ANNOUNCEMENT.dismiss);
        else await pressFirst();
        return false;
      });
    },
  };
}

function truthOf({
  view,
  tab,
  colors,
  place,
}: Readonly<{
  view: View;
  tab: string;
  colors: Record<string, string>;
  place: Ledger['place'];
}>): FrameTruth {
  const strip = ({ x, y, width, height }: Rect): Rect =>
    place({
      x: x + 36,
      y: y + height - TAB_STRIP_HEIGHT + 1,
      width: width - 80,
      height: TAB_STRIP_HEIGHT - 2,
    });
  const tabs = {
    marks: Object.fromEntries(TABS.map(({ name, rect }) => [name, strip(rect)])),
    colors: { active: colors.accent, inactive: colors.tabBar },
    active: tab,
  };
  if (tab === 'archive') return { tabs, lists: [{ region: place(LIST), rows: [] }] };
  if (tab !== 'inbox') return { tabs };
  const placed = placeRows(view.rows);
  const bottom = LIST.y + LIST.height;
  const rows = placed.map(({ rect }) => {
    const { y, height } = place(intersect(rect, LIST));
    return { y, height, ...(rect.y + rect.height > bottom ? { partial: true } : {}) };
  });
  const buttons = placed
    .filter(({ button }) => button.y + button.height <= bottom)
    .map(({ row, button }) => ({ ...place(button), color: row.enabled ? colors.action : colors.disabled }));
  return { tabs, lists: [{ region: place(LIST), rows }], buttons };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const dueAt = systemClock.nowMs() + PATIENCE_MS;
  while (!(await holds())) {
    if (systemClock.nowMs() > dueAt) throw new Error('the ledger did not get there in time');
    await systemClock.sleep(POLL_MS);
  }
}
