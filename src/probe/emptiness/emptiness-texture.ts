import type { ImageBuffer } from '../../image/image-buffer.js';
import type { RowProfile } from '../rows/profile/row-profile.js';

export interface Texture {
  /** Share of the pixels that differ from their row's background. */
  readonly cover: number;
  /** Share of the horizontal runs of such pixels that are as short as the strokes of letters. */
  readonly strokes: number;
  /** Largest channel difference from the background that at least one pixel in a thousand has. */
  readonly contrast: number;
}

/** Faint enough for skeleton blocks (#eee on #fff is 17), in multiples of the background's noise. */
const FAINT = 3;
/** Stems and arcs of text up to about 30 pixels in size. */
const STROKE = 6;

const levels = new Uint32Array(256);

/** How the pixels that stand out are made: letters are short runs, blocks are long ones. One pass over every other row. */
export function rowTexture(image: ImageBuffer, profile: RowProfile, y0: number): Texture {
  const { data, width: stride } = image;
  const words = image.words();
  const { columns, height, red, green, blue } = profile;
  const faint = FAINT * profile.noise;
  levels.fill(0);
  let cover = 0;
  let runs = 0;
  let strokes = 0;
  for (let y = 0; y < height; y += 2) {
    const r = Math.round(red[y]);
    const g = Math.round(green[y]);
    const b = Math.round(blue[y]);
    let run = 0;
    let known = -1;
    let most = 0;
    let at = (y0 + y) * stride + columns.x;
    for (let x = 0; x < columns.width; x++, at++) {
      if (words[at] !== known) {
        known = words[at];
        const dr = Math.abs(data[4 * at] - r);
        const dg = Math.abs(data[4 * at + 1] - g);
        const db = Math.abs(data[4 * at + 2] - b);
        most = dr > dg ? (dr > db ? dr : db) : dg > db ? dg : db;
      }
      levels[most]++;
      if (most > faint) {
        run++;
      } else if (run > 0) {
        cover += run;
        runs++;
        // A run at the side may be the margin beside a block that fills its row.
        if (run <= STROKE && run < x) strokes++;
        run = 0;
      }
    }
    cover += run;
    if (run > 0) runs++;
  }
  const area = columns.width * Math.ceil(height / 2);
  return { cover: cover / area, strokes: runs === 0 ? 0 : strokes / runs, contrast: contrastOf(area) };
}

function contrastOf(area: number): number {
  let seen = 0;
  for (let level = 255; level > 0; level--) {
    seen += levels[level];
    if (seen * 1000 >= area) return level;
  }
  return 0;
}
