import { createHash } from 'node:crypto';
import { PixelproofError } from '../core/errors.js';
import { type Rect, sizeRect } from '../core/geometry.js';
import { type ImageBuffer, requireInside } from '../image/image-buffer.js';
import { rowsDiffer } from './rows-differ.js';

export interface Signature {
  /**
   * Hex SHA-256 of width and height (uint32, big-endian) followed by the RGBA bytes, row by row. Computed when first read
   * (1280x720: 2 ms), by `JSON.stringify` and object spread too; until then the record keeps the picture in memory.
   */
  readonly sha256: string;
  /** 64 bits as 16 hex digits. */
  readonly dhash: string;
  readonly phash: string;
  /** Mean R, G, B (rounded, 0..255) of 8x8 blocks, row-major: 192 numbers. Keeps the colour the hashes drop. */
  readonly blocks: readonly number[];
}

/** Cells per side of the reduced picture: pHash's size (Zauner 2010, section 3.2.1); four to a block. */
const GRID = 32;
const HASH = 8;
/** Times what noise moves a cell's mean by. */
const BEYOND_NOISE = 3;

/**
 * Says whether a picture (or its `region`) is one seen before. `sha256` answers "the same pixels"; `dhash` and `phash`
 * answer "the same picture" through codec noise and small shifts (compare by `hammingDistance`); `blocks` keeps colour.
 * Hashes recognise states. They never prove a change: a row that left a list may move no bit.
 *
 * - `dhash`: the picture box-averaged to 9x8 luma; a bit is set where a cell is brighter than its left neighbour
 *   (N. Krawetz, "Kind of Like That", hackerfactor.com, 2013). First bit is the top left one, rows first.
 * - `phash`: 32x32 luma, DCT-II, the 8x8 lowest frequencies without the DC row and column, bit set above their median
 *   (C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010, section 3.2.1).
 *
 * Averages are box averages over whole pixels; a side below 32 pixels repeats pixels. A constant picture has dhash and
 * phash 0, so two constant pictures of different colours differ in `sha256` and `blocks` only.
 * Cost: one pass over the pixels of rows that differ from the one above, 1280x720 about 1 ms; `sha256` extra. Errors: PXP_RECT for a region outside.
 *
 * @example
 * hammingDistance(signature(now).phash, signature(reference).phash) <= 6
 */
export function signature(image: ImageBuffer, options: { readonly region?: Rect } = {}): Signature {
  const region = options.region ?? sizeRect(image);
  requireInside(image, region);
  const cells = reduce(image, region);
  const luma = lumaOf(cells);
  let sha256: string | undefined;
  return {
    get sha256() {
      return (sha256 ??= contentHash(image, region));
    },
    dhash: differenceHash(luma, 0),
    phash: frequencyHash(luma),
    blocks: blockMeans(cells),
  };
}

/**
 * The `dhash` of what is there beyond noise: a bit is set only where a cell is brighter than its left neighbour by more than
 * the pixels' own steps leave of each other in a cell's mean. In a picture whose neighbouring pixels are mostly equal it is
 * the `dhash`; noise, as of a capture card, sets bits of that by chance wherever the picture is flat.
 * Cost: as of `signature`, and a histogram of the region. Errors: PXP_RECT for a region outside.
 */
export function steadyHash(image: ImageBuffer, { region }: { readonly region: Rect }): string {
  requireInside(image, region);
  const pixels = Math.max(1, region.width / (HASH + 1)) * Math.max(1, region.height / HASH);
  const noise = (BEYOND_NOISE * usualStep(image, region)) / Math.sqrt(pixels);
  return differenceHash(lumaOf(reduce(image, region)), noise);
}

/** The median difference of green between neighbours in a row, levels. */
function usualStep({ data, width }: ImageBuffer, region: Rect): number {
  const counts = new Uint32Array(256);
  for (let y = region.y; y < region.y + region.height; y++) {
    for (let x = region.x + 1; x < region.x + region.width; x++) {
      const green = 4 * (y * width + x) + 1;
      counts[Math.abs(data[green] - data[green - 4])]++;
    }
  }
  let above = (region.height * (region.width - 1)) / 2;
  return Math.max(
    0,
    counts.findIndex((count) => (above -= count) <= 0),
  );
}

/**
 * How many bits of two hex hashes of one length differ: 0 for the same, 64 at most for `dhash` and `phash`.
 * Errors: PXP_PROBE_OPTION when they are not hex digits or of unequal length.
 */
export function hammingDistance(a: string, b: string): number {
  if (a.length !== b.length || !/^[0-9a-f]+$/i.test(a) || !/^[0-9a-f]+$/i.test(b)) {
    throw new PixelproofError('PXP_PROBE_OPTION', 'hashes are compared as hex digits of one length', {
      expected: '16 hex digits each',
      received: `${JSON.stringify(a)} and ${JSON.stringify(b)}`,
    });
  }
  let distance = 0;
  for (let i = 0; i < a.length; i++) {
    let bits = Number.parseInt(a[i], 16) ^ Number.parseInt(b[i], 16);
    for (; bits !== 0; bits &= bits - 1) distance++;
  }
  return distance;
}

/** Mean R, G, B of GRID x GRID cells, as 3 numbers a cell. */
function reduce(image: ImageBuffer, region: Rect): Float64Array {
  const words = image.signedWords();
  const differs = rowsDiffer(image, image, region);
  const columns = Int32Array.from(
    Array.from({ length: GRID }, (_, column) => cellSpan(column, region.width)).flat(),
  );
  const cells = new Float64Array(3 * GRID * GRID);
  const line = new Int32Array(3 * GRID);
  let summed = -1;
  for (let row = 0; row < GRID; row++) {
    const [top, bottom] = cellSpan(row, region.height);
    const sums = cells.subarray(3 * GRID * row, 3 * GRID * (row + 1));
    for (let y = region.y + top; y < region.y + bottom; y++) {
      if (summed < 0 || differs(y, summed)) sumRow(words, y * image.width + region.x, columns, line);
      summed = y;
      for (let i = 0; i < line.length; i++) sums[i] += line[i];
    }
    for (let column = 0; column < GRID; column++) {
      const count = (bottom - top) * (columns[2 * column + 1] - columns[2 * column]);
      for (let channel = 0; channel < 3; channel++) sums[3 * column + channel] /= count;
    }
  }
  return cells;
}

/**
 * The R, G, B sums of a row of pixels, from word `start`, in the spans [columns[2k], columns[2k+1]). Two sums give three
 * channels: `redBlue` has red and blue in its halves, `all` green and alpha between them as well, so what is left of it
 * without red and blue is green in the 16 bits from bit 8, and alpha above. Exact for up to 256 pixels at a time, when no
 * sum of bytes outgrows 16 bits.
 */
function sumRow(words: Int32Array, start: number, columns: Int32Array, sums: Int32Array): void {
  sums.fill(0);
  for (let column = 0; column < GRID; column++) {
    const to = start + columns[2 * column + 1];
    for (let i = start + columns[2 * column]; i < to;) {
      const end = Math.min(i + 256, to);
      let redBlue = 0;
      let all = 0;
      for (; i < end; i++) {
        const word = words[i];
        redBlue = (redBlue + (word & 0x00ff00ff)) | 0;
        all = (all + word) | 0;
      }
      sums[3 * column] += redBlue & 0xffff;
      sums[3 * column + 1] += ((all - redBlue) >>> 8) & 0xffff;
      sums[3 * column + 2] += redBlue >>> 16;
    }
  }
}

/** Half-open span of cell `index` on a side of `length` pixels; at least one pixel. */
function cellSpan(index: number, length: number): [number, number] {
  const from = Math.floor((index * length) / GRID);
  return [from, Math.max(from + 1, Math.floor(((index + 1) * length) / GRID))];
}

function blockMeans(cells: Float64Array): number[] {
  const means = new Array<number>(3 * HASH * HASH).fill(0);
  const perBlock = GRID / HASH;
  for (let y = 0; y < GRID; y++) {
    for (let x = 0; x < GRID; x++) {
      const block = 3 * (Math.floor(y / perBlock) * HASH + Math.floor(x / perBlock));
      for (let channel = 0; channel < 3; channel++) {
        means[block + channel] += cells[3 * (y * GRID + x) + channel] / (perBlock * perBlock);
      }
    }
  }
  return means.map(Math.round);
}

function contentHash(image: ImageBuffer, { x, y, width, height }: Rect): string {
  const hash = createHash('sha256');
  const sides = Buffer.alloc(8);
  sides.writeUInt32BE(width, 0);
  sides.writeUInt32BE(height, 4);
  hash.update(sides);
  if (width === image.width) {
    return hash.update(image.data.subarray(4 * y * width, 4 * (y + height) * width)).digest('hex');
  }
  for (let row = y; row < y + height; row++) {
    const from = 4 * (row * image.width + x);
    hash.update(image.data.subarray(from, from + 4 * width));
  }
  return hash.digest('hex');
}

function lumaOf(cells: Float64Array): Float64Array {
  return Float64Array.from({ length: GRID * GRID }, (_, i) =>
    Math.round(0.299 * cells[3 * i] + 0.587 * cells[3 * i + 1] + 0.114 * cells[3 * i + 2]),
  );
}

/** A bit for each cell that is brighter than its left neighbour by more than so many levels. */
function differenceHash(luma: Float64Array, levels: number): string {
  const columns = HASH + 1;
  const rowsPerCell = GRID / HASH;
  const bits: boolean[] = [];
  for (let row = 0; row < HASH; row++) {
    let left = 0;
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let y = row * rowsPerCell; y < (row + 1) * rowsPerCell; y++) {
        sum += rowShare(luma, { y, from: (column * GRID) / columns, to: ((column + 1) * GRID) / columns });
      }
      // Rounded, so that a flat picture has no bit from the last digit of a sum.
      const mean = Math.round((sum * columns * 1000) / (GRID * rowsPerCell));
      if (column > 0) bits.push(mean - left > 1000 * levels);
      left = mean;
    }
  }
  return toHex(bits);
}

/** Integral of row `y` over [from, to) cells, split cells counted by their share. */
function rowShare(
  luma: Float64Array,
  { y, from, to }: { readonly y: number; readonly from: number; readonly to: number },
): number {
  let sum = 0;
  for (let x = Math.floor(from); x < Math.min(Math.ceil(to), GRID); x++) {
    sum += luma[y * GRID + x] * (Math.min(to, x + 1) - Math.max(from, x));
  }
  return sum;
}

/** COSINES[u * GRID + x] of the DCT-II, frequencies 1..8. */
const COSINES = Float64Array.from({ length: (HASH + 1) * GRID }, (_, i) =>
  Math.cos((Math.floor(i / GRID) * (2 * (i % GRID) + 1) * Math.PI) / (2 * GRID)),
);

function frequencyHash(luma: Float64Array): string {
  const rows = new Float64Array(GRID * (HASH + 1));
  for (let y = 0; y < GRID; y++) {
    for (let u = 1; u <= HASH; u++) {
      let sum = 0;
      for (let x = 0; x < GRID; x++) sum += luma[y * GRID + x] * COSINES[u * GRID + x];
      rows[y * (HASH + 1) + u] = sum;
    }
  }
  const coefficients: number[] = [];
  for (let v = 1; v <= HASH; v++) {
    for (let u = 1; u <= HASH; u++) {
      let sum = 0;
      for (let y = 0; y < GRID; y++) sum += rows[y * (HASH + 1) + u] * COSINES[v * GRID + y];
      coefficients.push(Math.round(sum * 1000));
    }
  }
  const sorted = [...coefficients].sort((a, b) => a - b);
  const median = (sorted[31] + sorted[32]) / 2;
  return toHex(coefficients.map((coefficient) => coefficient > median));
}

function toHex(bits: readonly boolean[]): string {
  let hex = '';
  for (let i = 0; i < bits.length; i += 4) {
    const digit = [0, 1, 2, 3].reduce((value, bit) => 2 * value + (bits[i + bit] ? 1 : 0), 0);
    hex += digit.toString(16);
  }
  return hex;
}
