import type { Rect } from '../../../core/geometry.js';
import { ImageBuffer } from '../../../image/image-buffer.js';
import { type Colour, furthest } from './row-background.js';
import { INK_DIFFERENCE } from './row-ink.js';
import type { RowProfile } from './row-profile.js';

/** Other colours are further away than this, in levels of a channel. */
const SAME_COLOUR = 10;
/** So far from the end of the rows their colour there is looked at. Pixels. */
const INSET = 2;
/** Of buying and of selling. */
const MOST_BARS = 2;
/** So many of the pixel rows end in a bar on one side, and in paper on the other: bubbles and cards have space between them. */
const BARRED_ROWS = 0.85;
const PAPER_ROWS = 0.5;
/** Of a bar, that no text covers. */
const BAR_SHARE = 0.6;
/** Of the width, that is as a bar beyond the paper: text that is drawn in the colour of paper is not where a bar ends. */
const BEYOND = 0.05;
/** Bars differ in length by this share of the width: cards and panes do not. */
const SPREAD = 0.1;
/** Every so many pixels across and down are looked at: few down, where rows repeat at a whole number of pixels. */
const ACROSS = 8;
const DOWN = 2;

interface Tones {
  readonly paper: Colour;
  readonly bars: readonly Colour[];
}

/**
 * The same picture without the bars of a list that has one behind each row, from one side and each of another length, as the depth of
 * an order book: a bar that takes most of a row would be its background, and a darker one its ink. Null where there are none.
 * Cost: four columns of pixels, and a copy where there are bars.
 */
export function withoutBars(
  image: ImageBuffer,
  region: Rect,
  { columns, noise }: RowProfile,
): ImageBuffer | null {
  const looked = { ...columns, y: region.y, height: region.height };
  // Text may reach to where a scrollbar would begin.
  for (const area of [looked, region]) {
    const ends = [area.x + INSET, area.x + area.width - 1 - INSET].map((x) => coloursAlong(image, x, area));
    // Bars of buying and of selling: paper is what is on the side that has more of one colour.
    const papers = ends.map(([paper]) => paper);
    for (const i of papers[0].rows > papers[1].rows ? [1, 0] : [0, 1]) {
      const [barred, paper] = [ends[i], papers[1 - i]];
      if (paper.rows < PAPER_ROWS * area.height) continue;
      const bars = barred.filter((colour) => furthest(colour, paper) > SAME_COLOUR).slice(0, MOST_BARS);
      const rows = bars.reduce((sum, bar) => sum + bar.rows, 0);
      if (rows >= BARRED_ROWS * area.height && vary(image, area, { paper, bars, fromLeft: i === 0 }))
        return painted(image, region, { paper, bars, within: noise > 1 ? INK_DIFFERENCE : SAME_COLOUR });
    }
  }
  return null;
}

/** The colours of a column of pixels, the most frequent first. */
function coloursAlong(
  { data, width }: ImageBuffer,
  x: number,
  { y, height }: Rect,
): (Colour & { rows: number })[] {
  const colours: (Colour & { rows: number })[] = [];
  for (let line = y; line < y + height; line++) {
    const p = 4 * (line * width + x);
    const known = colours.find((colour) => isNear(data, p, colour, SAME_COLOUR));
    if (known === undefined) colours.push({ r: data[p], g: data[p + 1], b: data[p + 2], rows: 1 });
    else known.rows++;
  }
  return colours.sort((one, other) => other.rows - one.rows);
}

/** Whether bars from one end of the rows to the first paper are of many lengths. */
function vary(
  { data, width }: ImageBuffer,
  area: Rect,
  { paper, bars, fromLeft }: Tones & { readonly fromLeft: boolean },
): boolean {
  const lengths: number[] = [];
  for (let y = area.y; y < area.y + area.height; y += DOWN) {
    const start = y * width + area.x + (fromLeft ? INSET : area.width - 1 - INSET);
    let length = 0;
    let ofBars = 0;
    let beyond = 0;
    for (let at = 0; at < area.width - INSET; at += ACROSS) {
      const p = 4 * (start + (fromLeft ? at : -at));
      const isPaper = isNear(data, p, paper, SAME_COLOUR);
      if (isPaper && length === 0) length = at;
      if (isPaper || !bars.some((bar) => isNear(data, p, bar, SAME_COLOUR))) continue;
      if (length === 0) ofBars += ACROSS;
      else beyond += ACROSS;
    }
    if (ofBars > BAR_SHARE * length && beyond < BEYOND * area.width && length > 0) lengths.push(length);
  }
  return DOWN * lengths.length >= PAPER_ROWS * area.height && spread(lengths) >= SPREAD * area.width;
}

function isNear(data: Uint8Array, p: number, { r, g, b }: Colour, within: number): boolean {
  return Math.max(Math.abs(data[p] - r), Math.abs(data[p + 1] - g), Math.abs(data[p + 2] - b)) <= within;
}

/** From the first to the last fifth. */
function spread(values: number[]): number {
  values.sort((a, b) => a - b);
  const at = (share: number): number => values[Math.floor(share * (values.length - 1))];
  return at(0.8) - at(0.2);
}

function painted(
  image: ImageBuffer,
  { x, y, width, height }: Rect,
  {
    paper,
    bars,
    within,
  }: { readonly paper: Colour; readonly bars: readonly Colour[]; readonly within: number },
): ImageBuffer {
  const data = Uint8Array.from(image.data);
  const colour = [paper.r, paper.g, paper.b].map(Math.round);
  for (let line = y; line < y + height; line++) {
    const from = 4 * (line * image.width + x);
    for (let p = from; p < from + 4 * width; p += 4)
      if (bars.some((bar) => isNear(data, p, mixed(data, p, paper, bar), within))) data.set(colour, p);
  }
  return new ImageBuffer(image.width, image.height, data);
}

/** What is nearest to the pixel between two colours: a codec mixes them where they meet. */
function mixed(data: Uint8Array, p: number, { r, g, b }: Colour, bar: Colour): Colour {
  const [red, green, blue] = [bar.r - r, bar.g - g, bar.b - b];
  const along = (data[p] - r) * red + (data[p + 1] - g) * green + (data[p + 2] - b) * blue;
  const share = Math.max(0, Math.min(1, along / (red * red + green * green + blue * blue)));
  return { r: r + share * red, g: g + share * green, b: b + share * blue };
}
