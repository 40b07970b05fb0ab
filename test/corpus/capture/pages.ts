import type { Browser } from '../../../src/cdp/index.js';
import type { Rect, Size } from '../../../src/core/index.js';
import type { FrameTruth, PlaceTruth } from '../truth.js';
import { Album } from './camera.js';
import { pageUrl } from './page-url.js';

/** What shows each look: options of the page, and the scale. */
const LISTS: readonly (readonly [look: string, options?: string, scale?: number])[] = [
  ['plain'],
  ['plain', 'dark&seed=4&font=24px%20serif'],
  ['tight', 'seed=2&font=12px%20monospace'],
  ['tightStriped', 'dark'],
  ['unequalLined', 'dark&seed=3'],
  ['unequalPlain'],
  ['unequalPlain', 'seed=9&font=15px%20serif'],
  ['avatars', 'dark'],
  ['threeLines', 'seed=5', 2],
  ['checkBoxes', 'seed=303&font=13px%20monospace'],
  ['headings'],
  ['headings', 'dark&seed=6', 1.5],
  ['headingBands', 'seed=8'],
  ['cards', 'seed=5', 2],
  ['framedCards', 'dark'],
  ['buttons'],
  ['buttons', 'dark&seed=4', 1.5],
  ['pill', 'seed=11', 1.5],
  ['shaded'],
  ['progress', 'dark&seed=2'],
  ['few'],
  ['dashed', 'dark'],
  ['messages', 'seed=17'],
  ['scrolled', 'seed=19'],
  ['nothing'],
];
/** CSS pixels, by the scale. */
const LIST_SIZES: Readonly<Record<number, Size>> = {
  1: { width: 480, height: 320 },
  1.5: { width: 440, height: 280 },
  2: { width: 360, height: 240 },
};

/** Lists as user interfaces draw them; truth from the document. */
export async function captureLists(browser: Browser): Promise<void> {
  const album = new Album('drawn-lists');
  for (const [look, options = '', scale = 1] of LISTS) {
    const { width, height } = LIST_SIZES[scale];
    const size = { width: width * scale, height: height * scale };
    const camera = await album.open(browser, { size, deviceScaleFactor: scale });
    await camera.navigate(`${pageUrl('lists.html')}?look=${look}&${options}`);
    const truth = (await camera.evaluate('truth()')) as FrameTruth;
    const theme = options.includes('dark') ? '-dark' : '';
    const font = /font=(\d+px)/.exec(options)?.[1];
    await camera.take(
      `${look}${theme}${font === undefined ? '' : `-${font}`}${scale === 1 ? '' : `@${scale}`}`,
      truth,
    );
    await camera.close();
  }
  album.save();
}

/** Tabs, and what comes over a page; truth from the document. */
export async function capturePopups(browser: Browser): Promise<void> {
  const album = new Album('drawn-popups');
  for (const { theme, options, size, deviceScaleFactor, only } of [
    { theme: 'light', options: '', size: { width: 480, height: 320 }, deviceScaleFactor: 1 },
    {
      theme: 'dark',
      options: 'dark',
      size: { width: 560, height: 360 },
      deviceScaleFactor: 1,
      only: ['dialog', 'thirdGone'],
    },
  ]) {
    const camera = await album.open(browser, { size, deviceScaleFactor });
    const url = `${pageUrl('popups.html')}?${options}`;
    await camera.navigate(url);
    const names = (await camera.evaluate('names()')) as { opens: string[]; others: string[] };
    const gone = new Map<string, readonly number[]>(
      Object.entries({
        firstGone: [0],
        thirdGone: [2],
        selected: [],
        scrolled: [0, 1],
      }),
    );
    const truth = (await camera.evaluate('truth()')) as FrameTruth;
    const { region, rows: shown } = truth.lists![0];
    await camera.take(theme, truth);
    for (const name of [...names.opens, ...names.others]) {
      if (only !== undefined && !only.includes(name)) continue;
      const isPopup = names.opens.includes(name);
      await camera.navigate(url);
      await camera.evaluate(`remember(), play('${name}')`);
      const isPage = gone.has(name) || ['stock', 'reports'].includes(name);
      await camera.take(`${theme}-${name}`, isPage ? ((await camera.evaluate('truth()')) as FrameTruth) : {});
      const popup = isPopup ? ((await camera.evaluate('boxOf()')) as Rect) : null;
      const places = (await camera.evaluate('places()')) as PlaceTruth[];
      const rows = gone.get(name);
      album.pair(theme, `${theme}-${name}`, {
        what: name,
        popup,
        ...(rows === undefined ? {} : { gone: rows }),
        ...(name === 'scrolled' ? { scrolled: { region, by: shown[rows!.length].y - shown[0].y } } : {}),
        places,
      });
      if (isPopup) album.pair(`${theme}-${name}`, theme, { what: `${name} closed`, popup: null });
    }
    await camera.close();
  }
  album.save();
}

/** What comes over applications of several layouts, without a backdrop and near the borders, and what is no popup there. */
const OVERLAYS: readonly (readonly [options: string, plays: readonly string[]])[] = [
  [
    'layout=rows&theme=light&seed=1',
    [
      ...[
        'drawerRight',
        'drawerLeftDimmed',
        'sheetDimmed',
        'cornerPopup',
        'menuTopRight',
        'menuBottomEdge',
        'full',
      ],
      ...['tabCards', 'tabForm', 'toastTop', 'thirdGone', 'navigatedPanel'],
    ],
  ],
  [
    'layout=sided&theme=dark&seed=2',
    [
      'drawerBelowBar',
      'sheet',
      'popover',
      'nearFull',
      'menuRightEdge',
      'tabRows',
      'tabCards',
      'scrolled',
      'tooltip',
    ],
  ],
  [
    'layout=mail&theme=white&seed=3',
    ['drawerLeft', 'chat', 'menuTopLeft', 'movedDialog', 'tabBoard', 'selectedSolid'],
  ],
  [
    'layout=sidedProse&theme=navy&seed=27',
    ['megaMenu', 'select', 'notificationCentre', 'tabNothing', 'focusRing'],
  ],
];

/** Truth from the document. */
export async function captureOverlays(browser: Browser): Promise<void> {
  const album = new Album('drawn-overlays');
  for (const [options, plays] of OVERLAYS) {
    const camera = await album.open(browser, { size: { width: 640, height: 420 } });
    const url = `${pageUrl('overlays.html')}?${options}`;
    const [, layout, theme] = /layout=(\w+)&theme=(\w+)/.exec(options)!;
    const name = `${layout}-${theme}`;
    await camera.navigate(url);
    const { opens } = (await camera.evaluate('names()')) as { opens: string[] };
    await camera.take(name, {});
    for (const play of plays) {
      await camera.navigate(url);
      await camera.evaluate(`remember(), play('${play}')`);
      await camera.take(`${name}-${play}`, {});
      const popup = opens.includes(play) ? ((await camera.evaluate('boxOf()')) as Rect) : null;
      const places = (await camera.evaluate('places()')) as PlaceTruth[];
      album.pair(name, `${name}-${play}`, { what: play, popup, places });
      if (popup !== null) album.pair(`${name}-${play}`, name, { what: `${play} closed`, popup: null });
    }
    await camera.close();
  }
  album.save();
}
