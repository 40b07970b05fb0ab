import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { changeScore } from '../../../src/probe/change-score.js';
import { deltaE } from '../../../src/probe/color/color.js';
import { paint, solid } from '../../support/draw.js';

/**
 * Two pictures of one size, few colours, so that many pixels are equal, and rows that often repeat the one above in one
 * or both; tile and region cut at the borders.
 */
const pairs = fc
  .record({ width: fc.integer({ min: 1, max: 21 }), height: fc.integer({ min: 1, max: 21 }) })
  .chain(({ width, height }) => {
    const levels = { minLength: width * height, maxLength: width * height };
    const draw = (values: readonly number[], repeats: readonly boolean[]): ImageBuffer => {
      const rows: (readonly number[])[] = [];
      for (let y = 0; y < height; y++) {
        rows.push(y > 0 && repeats[y] ? rows[y - 1] : values.slice(y * width, (y + 1) * width));
      }
      return new ImageBuffer(width, height, Uint8Array.from(rows.flat().flatMap((v) => [v, 7, v, 255])));
    };
    const pixels = fc.array(fc.constantFrom(0, 1, 5, 200), levels);
    const repeats = fc.array(fc.boolean(), { minLength: height, maxLength: height });
    return fc.record({
      before: fc.tuple(pixels, repeats).map(([values, which]) => draw(values, which)),
      after: fc.tuple(pixels, repeats).map(([values, which]) => draw(values, which)),
      tile: fc.integer({ min: 1, max: 9 }),
      tolerance: fc.constantFrom(0, 1, 4, 100),
      x: fc.integer({ min: 0, max: width - 1 }),
      y: fc.integer({ min: 0, max: height - 1 }),
      masked: fc.array(fc.boolean(), { minLength: 441, maxLength: 441 }),
    });
  });

function naive(
  before: ImageBuffer,
  after: ImageBuffer,
  options: { x: number; y: number; tile: number; tolerance: number; ambient: Uint8Array },
) {
  const { x: left, y: top, tile, tolerance, ambient } = options;
  const columns = Math.ceil((before.width - left) / tile);
  const changed: { x: number; y: number; tile: number; deltaE: number }[] = [];
  let looked = 0;
  for (let y = top; y < before.height; y++) {
    for (let x = left; x < before.width; x++) {
      const index = Math.floor((y - top) / tile) * columns + Math.floor((x - left) / tile);
      if (ambient[index] !== 0) continue;
      looked++;
      const p = 4 * (y * before.width + x);
      const [a, b] = [before, after].map(({ data }) => data.subarray(p, p + 4));
      if (!a.some((value, i) => Math.abs(value - b[i]) > tolerance)) continue;
      changed.push({ x, y, tile: index, deltaE: deltaE([a[0], a[1], a[2]], [b[0], b[1], b[2]]) });
    }
  }
  const xs = changed.map(({ x }) => x);
  const ys = changed.map(({ y }) => y);
  const bbox =
    changed.length === 0
      ? null
      : {
          x: Math.min(...xs),
          y: Math.min(...ys),
          width: Math.max(...xs) - Math.min(...xs) + 1,
          height: Math.max(...ys) - Math.min(...ys) + 1,
        };
  const tiles = [...new Set(changed.map((pixel) => pixel.tile))].sort((a, b) => a - b);
  return {
    score: looked === 0 ? 0 : changed.length / looked,
    bbox,
    tiles: tiles.map((index) => {
      const inTile = changed.filter((pixel) => pixel.tile === index);
      const x = left + (index % columns) * tile;
      const y = top + Math.floor(index / columns) * tile;
      const width = Math.min(tile, before.width - x);
      const height = Math.min(tile, before.height - y);
      const mean = inTile.reduce((sum, pixel) => sum + pixel.deltaE, 0) / inTile.length;
      return { x, y, width, height, share: inTile.length / (width * height), deltaE: mean };
    }),
  };
}

/** A page with grey text-like stripes, and the same with small noise of both signs, as a codec leaves it. */
function noisyPair(): { clean: ImageBuffer; noisy: ImageBuffer } {
  const clean = solid(128, 128, [200, 200, 200]);
  const data = Uint8Array.from(clean.data);
  for (let i = 0; i < data.length; i++) if (i % 4 !== 3) data[i] += ((i >> 2) * 7) % 11 < 5 ? -5 : 5;
  return { clean, noisy: new ImageBuffer(128, 128, data) };
}

describe('changeScore', () => {
  it('equals the naive reference, with region, cut tiles, tolerance and mask', () => {
    fc.assert(
      fc.property(pairs, ({ before, after, tile, tolerance, x, y, masked }) => {
        const region = { x, y, width: before.width - x, height: before.height - y };
        const cells = Math.ceil(region.width / tile) * Math.ceil(region.height / tile);
        const ambient = Uint8Array.from(masked.slice(0, cells), Number);
        const got = changeScore(before, after, { region, tile, tolerance, ambient });
        const want = naive(before, after, { x, y, tile, tolerance, ambient });
        expect(got.bbox).toEqual(want.bbox);
        expect(got.score).toBeCloseTo(want.score, 12);
        expect(got.tiles.length).toBe(want.tiles.length);
        for (const [i, tileWanted] of want.tiles.entries()) {
          const { deltaE: wanted, ...rect } = tileWanted;
          expect(got.tiles[i]).toMatchObject(rect);
          expect(got.tiles[i].deltaE).toBeCloseTo(wanted, 9);
        }
      }),
    );
  });

  it('equals the naive reference without a mask', () => {
    fc.assert(
      fc.property(pairs, ({ before, after, tile, tolerance, x, y }) => {
        const region = { x, y, width: before.width - x, height: before.height - y };
        const cells = Math.ceil(region.width / tile) * Math.ceil(region.height / tile);
        const want = naive(before, after, { x, y, tile, tolerance, ambient: new Uint8Array(cells) });
        const got = changeScore(before, after, { region, tile, tolerance });
        expect(got.bbox).toEqual(want.bbox);
        expect(got.tiles.map(({ share }) => share)).toEqual(want.tiles.map(({ share }) => share));
        for (const [i, { deltaE: wanted }] of want.tiles.entries()) {
          expect(got.tiles[i].deltaE).toBeCloseTo(wanted, 9);
        }
      }),
    );
  });

  it('takes levels within the rounding for equal, and codec noise for noise all the same', () => {
    const white = solid(64, 64, [255, 255, 255]);
    const off = (levels: number) =>
      paint(white, { x: 8, y: 8, width: 8, height: 8 }, [255, 255 - levels, 255]);
    expect(changeScore(white, off(1), { rounding: 1 }).bbox).toBeNull();
    expect(changeScore(white, off(1)).bbox).not.toBeNull();
    expect(changeScore(white, off(2), { rounding: 1 }).bbox).toEqual({ x: 8, y: 8, width: 8, height: 8 });
    const { clean, noisy } = noisyPair();
    expect(changeScore(clean, noisy, { rounding: 1 })).toEqual(changeScore(clean, noisy));
  });

  it('is symmetric, 0 to itself, and above 0 exactly when something differs', () => {
    fc.assert(
      fc.property(pairs, ({ before, after, tile }) => {
        const forth = changeScore(before, after, { tile });
        const back = changeScore(after, before, { tile });
        expect(back.score).toBe(forth.score);
        expect(back.bbox).toEqual(forth.bbox);
        expect(forth.score > 0).toBe(Buffer.compare(before.data, after.data) !== 0);
        expect(forth.bbox === null).toBe(forth.score === 0);
        const self = changeScore(before, before, { tile });
        expect(self).toMatchObject({ score: 0, tiles: [], bbox: null });
      }),
    );
  });

  it('sees one level of one channel on a swatch, exactly placed', () => {
    const before = paint(
      solid(64, 48, [240, 240, 240]),
      { x: 21, y: 13, width: 9, height: 7 },
      [46, 158, 79],
    );
    const after = paint(before, { x: 21, y: 13, width: 9, height: 7 }, [46, 158, 80]);
    const { score, bbox, noise } = changeScore(before, after);
    expect({ score, bbox, noise }).toEqual({
      score: 63 / (64 * 48),
      bbox: { x: 21, y: 13, width: 9, height: 7 },
      noise: false,
    });
  });

  it('leaves codec noise out and keeps a state colour that changed beside it', () => {
    const { clean, noisy } = noisyPair();
    expect(changeScore(clean, noisy)).toMatchObject({ score: 0, bbox: null, tiles: [], noise: true });
    const swatch = { x: 32, y: 48, width: 16, height: 16 };
    const { bbox, noise } = changeScore(clean, paint(noisy, swatch, [200, 180, 200]));
    expect({ bbox, noise }).toEqual({ bbox: swatch, noise: true });
    expect(changeScore(clean, noisy, { tolerance: 0 }).score).toBe(1);
  });

  it('does not take a fade for noise: every pixel one level darker is a change', () => {
    const { score, noise } = changeScore(solid(128, 128, [90, 90, 90]), solid(128, 128, [89, 89, 89]));
    expect({ score, noise }).toEqual({ score: 1, noise: false });
  });

  it('ignores what lies in ambient tiles, and all of it when all is masked', () => {
    const before = solid(32, 32, [0, 0, 0]);
    const after = paint(
      paint(before, { x: 2, y: 2, width: 4, height: 4 }, [255, 255, 255]),
      { x: 20, y: 20, width: 4, height: 4 },
      [255, 255, 255],
    );
    const { bbox, score } = changeScore(before, after, { ambient: Uint8Array.of(1, 0, 0, 0) });
    expect({ bbox, score }).toEqual({ bbox: { x: 20, y: 20, width: 4, height: 4 }, score: 16 / 768 });
    expect(changeScore(before, after, { ambient: Uint8Array.of(1, 1, 1, 1) })).toMatchObject({
      score: 0,
      bbox: null,
    });
  });

  it('refuses pictures of two sizes, regions outside and options out of range', () => {
    const image = solid(8, 8, [1, 2, 3]);
    expect(() => changeScore(image, solid(8, 9, [1, 2, 3]))).toThrow(
      expect.objectContaining({ code: 'PXP_IMAGE_SIZE' }),
    );
    expect(() => changeScore(image, image, { region: { x: 4, y: 0, width: 5, height: 1 } })).toThrow(
      expect.objectContaining({ code: 'PXP_RECT' }),
    );
    for (const options of [
      { tile: 0 },
      { tile: 1.5 },
      { tolerance: -1 },
      { tolerance: 255 },
      { tolerance: NaN },
      { ambient: new Uint8Array(2) },
    ]) {
      expect(() => changeScore(image, image, options)).toThrow(
        expect.objectContaining({ code: 'PXP_PROBE_OPTION' }),
      );
    }
  });
});
