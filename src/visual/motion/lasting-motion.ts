import type { Rect } from '../../core/index.js';
import { changeScore } from '../../probe/index.js';
import { type AmbientMap, ROUNDING, TILE } from './ambient-map.js';
import type { Look } from '../look.js';

/** What changed so often, over so long, moves by itself; a page that loads in stages or fades in has done so sooner. */
const TIMES = 6;
const LASTING_MS = 1500;

/**
 * Motion over so much of the screen that one change of it is an event: a game's background, a film. It is told from events, tile by tile, by
 * going on.
 */
export class LastingMotion {
  readonly #seen = new Map<string, { times: number; readonly sinceMs: number }>();

  /** Two looks at one place between which no input was sent; adds to the map the tiles that have changed for long enough. */
  see(looks: Readonly<{ earlier: Look; later: Look }>, atMs: number, ambient: AmbientMap): void {
    const { earlier, later } = looks;
    if (earlier.flat || later.flat) return;
    const { tiles } = changeScore(earlier.image, later.image, { tile: TILE, rounding: ROUNDING });
    for (const { x, y, width, height } of tiles) {
      const tile: Rect = later.toViewport({ x, y, width, height });
      const key = `${tile.x} ${tile.y}`;
      const seen = this.#seen.get(key) ?? { times: 0, sinceMs: atMs };
      seen.times++;
      this.#seen.set(key, seen);
      if (seen.times >= TIMES && atMs - seen.sinceMs >= LASTING_MS) ambient.add(tile);
    }
  }
}
