import type { Browser } from '../../../src/cdp/index.js';
import { type Rect, type Size, systemClock } from '../../../src/core/index.js';
import { startTarget } from '../../targets/start-target.js';
import type { FrameTruth } from '../truth.js';
import { Album, type Camera, scaled } from './camera.js';

const HEADER = 96;
/** The buttons of a row, by the page's columns: where a cell begins, and what the grid leaves around its button. */
const COLLECT = { x: 876, width: 170 };
const HOLD = { x: 1046, width: 170 };
const BUTTON = { left: 7, top: 6, right: 7, bottom: 6 };
const COLORS = { collect: '#2e9e4f', held: '#b4b9c0', hold: '#3f6fd0', release: '#e0912f' };

interface WidgetRow extends Rect {
  readonly held: boolean;
}

/** cheetah-grid at two scales, and what a collected, a held and a dead row look like; truth from the widget. */
export async function captureCheetahGrid(browser: Browser): Promise<void> {
  const album = new Album('cheetah-grid-looks');
  await withGrid(album, browser, { size: { width: 1240, height: 330 } }, async ({ take, click }) => {
    await take('wide');
    await click({ x: COLLECT.x, row: 0 });
    await take('wide-collected');
    album.pair('wide', 'wide-collected', { what: 'the first row was collected', popup: null, gone: [0] });
    await click({ x: HOLD.x, row: 0 });
    await take('wide-held');
    album.pair('wide-collected', 'wide-held', { what: 'a row was held', popup: null, gone: [] });
    await click({ x: COLLECT.x, row: 2 });
    await take('wide-third');
    album.pair('wide-held', 'wide-third', { what: 'the third row was collected', popup: null, gone: [2] });
  });
  const scale = 1.5;
  const size = { width: 1860, height: 345 };
  await withGrid(album, browser, { size, scale }, async ({ take }) => take('scaled'));
  album.save();
}

interface Grid {
  take: (name: string) => Promise<void>;
  /** A button of a row, by its column's left edge. */
  click: (at: { readonly x: number; readonly row: number }) => Promise<void>;
}

async function withGrid(
  album: Album,
  browser: Browser,
  { size, scale = 1 }: Readonly<{ size: Size; scale?: number }>,
  use: (grid: Grid) => Promise<void>,
): Promise<void> {
  const target = await startTarget('cheetah-grid', '--still');
  const camera = await album.open(browser, { size, deviceScaleFactor: scale });
  try {
    await camera.navigate(target.url);
    await ready(camera);
    await use({
      take: async (name) => {
        const answer = await fetch(`${target.url}/truth`);
        const { widget } = (await answer.json()) as { widget: { rows: WidgetRow[] } };
        await camera.take(name, truthOf(widget.rows, { size, scale }));
      },
      click: async ({ x, row }) => {
        await camera.click({ x: x + 85, y: HEADER + 44 * row + 22 });
        await ready(camera);
      },
    });
  } finally {
    await camera.close();
    await target.stop();
  }
}

/** The widget tells the server of its rows when it has drawn them. */
async function ready(camera: Camera): Promise<void> {
  await camera.settle();
  await systemClock.sleep(300);
}

function truthOf(
  shown: readonly WidgetRow[],
  { size, scale }: Readonly<{ size: Size; scale: number }>,
): FrameTruth {
  const end = size.height / scale;
  const region = scaled({ x: 0, y: HEADER, width: 1216, height: end - HEADER }, scale);
  const rows = shown.map(({ x, y, width, height }) => ({
    ...verticalOf(scaled({ x, y, width, height: Math.min(height, end - y) }, scale)),
    ...(y + height > end ? { partial: true } : {}),
  }));
  const buttons = shown
    .filter(({ y, height }) => y + height <= end)
    .flatMap(({ y, height, held }) => [
      { ...button({ ...COLLECT, y, height }, scale), color: held ? COLORS.held : COLORS.collect },
      { ...button({ ...HOLD, y, height }, scale), color: held ? COLORS.release : COLORS.hold },
    ]);
  return { lists: [{ region, rows }], buttons };
}

function verticalOf({ y, height }: Rect): { y: number; height: number } {
  return { y, height };
}

function button({ x, y, width, height }: Rect, scale: number): Rect {
  const inner = {
    x: x + BUTTON.left,
    y: y + BUTTON.top,
    width: width - BUTTON.left - BUTTON.right,
    height: height - BUTTON.top - BUTTON.bottom,
  };
  return scaled(inner, scale);
}
