import type { Browser } from '../../../src/cdp/index.js';
import { type Rect, systemClock } from '../../../src/core/index.js';
import { startTarget } from '../../targets/start-target.js';
import type { FrameTruth } from '../truth.js';
import { Album, type Camera } from './camera.js';
import { pageUrl } from './page-url.js';

/** Options of the page, and to where it is scrolled, CSS pixels one after another. */
const LISTS: readonly Readonly<{ name: string; options: string; scale?: number; to: readonly number[] }>[] = [
  { name: 'plain', options: 'look=plain&seed=3', to: [0, 90] },
  { name: 'stripes-dark', options: 'look=tightStriped&dark', to: [0, 54] },
  { name: 'unequal-dark@1.5', options: 'look=unequalLined&dark&seed=3', scale: 1.5, to: [40, 90] },
  { name: 'cards@2', options: 'look=cards&seed=5', scale: 2, to: [0, 30] },
  { name: 'buttons', options: 'look=buttons&seed=4', to: [0, 7] },
  { name: 'messages', options: 'look=messages&seed=17', to: [60, 0] },
  { name: 'serif', options: 'look=plain&dark&seed=9&font=18px%20serif', to: [0, 170] },
];
const GRID = { size: { width: 1240, height: 196 }, header: 96, width: 1216, to: [0, 35] };

/** Lists and a grid before and after they were scrolled; truth from the document, and from the grid's API. */
export async function captureScrolls(browser: Browser): Promise<void> {
  const album = new Album('scrolled-lists');
  for (const { name, options, scale = 1, to } of LISTS) {
    const size = scale === 1 ? { width: 300, height: 220 } : { width: 230 * scale, height: 180 * scale };
    const camera = await album.open(browser, { size, deviceScaleFactor: scale });
    await camera.navigate(`${pageUrl('lists.html')}?${options}`);
    await takeEach(album, { camera, name, to }, async (top) => {
      const at = (await camera.evaluate(
        `(list.style.overflow = 'hidden', list.scrollTop = ${top}, list.scrollTop)`,
      )) as number;
      const { lists } = (await camera.evaluate('truth()')) as FrameTruth;
      return { region: lists![0].region, at: at * scale };
    });
    await camera.close();
  }
  const target = await startTarget('cheetah-grid', '--still');
  const camera = await album.open(browser, GRID);
  try {
    await camera.navigate(target.url);
    await takeEach(album, { camera, name: 'cheetah-grid', to: GRID.to }, async (top) => {
      await camera.wheel({ x: 600, y: 150 }, top);
      await systemClock.sleep(600);
      const answer = await fetch(`${target.url}/truth`);
      const { widget } = (await answer.json()) as { widget: { scrollTop: number } };
      const height = GRID.size.height - GRID.header;
      return { region: { x: 0, y: GRID.header, width: GRID.width, height }, at: widget.scrollTop };
    });
  } finally {
    await camera.close();
    await target.stop();
  }
  album.save();
}

interface Scrolled {
  readonly region: Rect;
  /** Where the list stands, pixels of the picture. */
  readonly at: number;
}

/** Each with the one before, there and back, and with itself. */
async function takeEach(
  album: Album,
  { camera, name, to }: Readonly<{ camera: Camera; name: string; to: readonly number[] }>,
  scroll: (top: number) => Promise<Scrolled>,
): Promise<void> {
  let last: Readonly<{ shot: string; at: number }> | null = null;
  for (const [i, top] of to.entries()) {
    const { region, at } = await scroll(top);
    const shot = `${name}-${i + 1}`;
    await camera.take(shot, {});
    album.pair(shot, shot, { what: 'nothing', scrolled: { region, by: 0 } });
    if (last !== null) {
      const by = Math.round(at - last.at);
      album.pair(last.shot, shot, { what: 'scrolled', scrolled: { region, by } });
      album.pair(shot, last.shot, { what: 'scrolled back', scrolled: { region, by: -by } });
    }
    last = { shot, at };
  }
}
