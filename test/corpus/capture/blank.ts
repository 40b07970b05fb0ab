import type { Browser } from '../../../src/cdp/index.js';
import { Album } from './camera.js';

/** Screens that show nothing: what a lost signal, a page that is not painted yet and a locked screen look like. */
export async function captureBlank(browser: Browser): Promise<void> {
  const album = new Album('blank');
  const camera = await album.open(browser, { size: { width: 320, height: 200 } });
  for (const [name, color] of [
    ['black', '#000000'],
    ['white', '#ffffff'],
    ['grey', '#7a7f85'],
  ]) {
    await camera.navigate(`data:text/html,<body style="background:${encodeURIComponent(color)}">`);
    await camera.take(name, { blank: true });
  }
  await camera.close();
  album.save();
}
