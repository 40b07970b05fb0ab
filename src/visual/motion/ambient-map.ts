import { PixelproofError, type Rect, type Size, intersect } from '../../core/index.js';
import { changeScore } from '../../probe/index.js';
import type { Look } from '../look.js';

/** Side of a tile, viewport device pixels; the same grid as changeScore's when a look starts on it. */
export const TILE = 16;
/** A compositor that draws a layer again rounds its edges another way, by a level or two: no eye sees that, and it is no change. */
export const ROUNDING = 2;
/**
 * What moves by itself reaches this far beyond where few frames saw it, pixels: GTK's spinner of 16 pixels lights its
 * outermost one, in the next tile, too seldom to be seen while learning.
 */
const FRINGE = 4;
/** More of the screen than this that is not known to move, moving at once, is an event (see `LastingMotion`). */
const EVENT_SHARE = 0.25;

/**
 * Which tiles of the viewport move by themselves: carets, clocks, spinners, video. Learned from pairs of looks between
 * which nothing was done, and from the calibration's masks.
 */
export class AmbientMap {
  readonly viewport: Size;
  readonly #columns: number;
  readonly #rows: number;
  readonly #tiles: Uint8Array;

  constructor(viewport: Size) {
    this.viewport = viewport;
    this.#columns = Math.ceil(viewport.width / TILE);
    this.#rows = Math.ceil(viewport.height / TILE);
    this.#tiles = new Uint8Array(this.#columns * this.#rows);
  }

  /** Every tile the rect touches is ambient. */
  add(rect: Rect): void {
    const right = Math.min(this.#columns, Math.ceil((rect.x + rect.width) / TILE));
    const bottom = Math.min(this.#rows, Math.ceil((rect.y + rect.height) / TILE));
    for (let row = Math.max(0, Math.floor(rect.y / TILE)); row < bottom; row++) {
      for (let column = Math.max(0, Math.floor(rect.x / TILE)); column < right; column++) {
        this.#tiles[row * this.#columns + column] = 1;
      }
    }
  }

  /** Learns from two looks at one place between which no input was sent. Answers whether they were used: an event is not. */
  learn(earlier: Look, later: Look): boolean {
    if (earlier.flat || later.flat) return false;
    const { tiles, grid } = changeScore(earlier.image, later.image, { tile: TILE, rounding: ROUNDING });
    const fresh = tiles.filter((tile) => this.share(later.toViewport(tile)) < 1);
    if (fresh.length > EVENT_SHARE * grid.columns * grid.rows) return false;
    for (const tile of tiles) {
      const { bbox } = changeScore(earlier.image, later.image, { region: tile, rounding: ROUNDING });
      const { x, y, width, height } = later.toViewport(bbox ?? tile);
      const side = 2 * FRINGE;
      this.add({ x: x - FRINGE, y: y - FRINGE, width: width + side, height: height + side });
    }
    return true;
  }

  /** The ambient tiles, for another map of the same viewport: a bit each, rows first, in base64. */
  spell(): string {
    const bits = new Uint8Array(Math.ceil(this.#tiles.length / 8));
    this.#tiles.forEach((tile, i) => (bits[i >> 3] |= tile << (i & 7)));
    return Buffer.from(bits).toString('base64');
  }

  /** Adds the tiles that `spell` spelled. Errors: PXP_USAGE when they are of another viewport. */
  addSpelled(tiles: string): void {
    const bits = Buffer.from(tiles, 'base64');
    const sizeBytes = Math.ceil(this.#tiles.length / 8);
    if (bits.length !== sizeBytes) {
      throw new PixelproofError('PXP_USAGE', 'ambient tiles of another viewport', {
        expected: `${sizeBytes} bytes`,
        received: `${bits.length} bytes`,
      });
    }
    for (let i = 0; i < this.#tiles.length; i++) this.#tiles[i] |= (bits[i >> 3] >> (i & 7)) & 1;
  }

  /** One byte per tile of the rect, cut from its top left, rows first, as changeScore wants it. */
  maskFor(rect: Rect): Uint8Array {
    const columns = Math.ceil(rect.width / TILE);
    const rows = Math.ceil(rect.height / TILE);
    const mask = new Uint8Array(columns * rows);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const tile = { x: rect.x + column * TILE, y: rect.y + row * TILE, width: TILE, height: TILE };
        mask[row * columns + column] = this.share(intersect(rect, tile)) > 0 ? 1 : 0;
      }
    }
    return mask;
  }

  /** How much of the rect is ambient, 0..1. */
  share(rect: Rect): number {
    const right = Math.min(this.#columns, Math.ceil((rect.x + rect.width) / TILE));
    const bottom = Math.min(this.#rows, Math.ceil((rect.y + rect.height) / TILE));
    let covered = 0;
    for (let row = Math.max(0, Math.floor(rect.y / TILE)); row < bottom; row++) {
      for (let column = Math.max(0, Math.floor(rect.x / TILE)); column < right; column++) {
        if (this.#tiles[row * this.#columns + column] === 0) continue;
        const part = intersect(rect, { x: column * TILE, y: row * TILE, width: TILE, height: TILE });
        covered += part.width * part.height;
      }
    }
    return covered / (rect.width * rect.height);
  }
}
