import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImageBuffer, crop } from '../../../src/image/image-buffer.js';
import { hammingDistance, signature, steadyHash } from '../../../src/probe/signature.js';
import { noisy, paint, solid } from '../../support/draw.js';

/** Rising to the right, so that every cell is brighter than its left neighbour. */
function ramp(width: number, height: number, level: (x: number, y: number) => number): ImageBuffer {
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = level(x, y);
      data.set([value, value, value, 255], 4 * (y * width + x));
    }
  }
  return new ImageBuffer(width, height, data);
}

const images = fc
  .record({
    width: fc.integer({ min: 1, max: 70 }),
    height: fc.integer({ min: 1, max: 70 }),
    seed: fc.integer(),
  })
  .map(({ width, height, seed }) =>
    ramp(width, height, (x, y) => Math.imul(x + 31 * y + 7, seed | 1) >>> 24),
  );

/** A page of boxes. */
const page = paint(
  paint(solid(320, 200, [250, 250, 250]), { x: 0, y: 0, width: 320, height: 40 }, [40, 60, 90]),
  { x: 200, y: 70, width: 90, height: 100 },
  [200, 30, 30],
);

/** Means of blocks of an image whose sides are multiples of 8. */
function naiveBlocks({ width, height, data }: ImageBuffer): number[] {
  const blocks: number[] = [];
  for (let block = 0; block < 64; block++) {
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0;
      for (let y = 0; y < height / 8; y++) {
        for (let x = 0; x < width / 8; x++) {
          const row = Math.floor(block / 8) * (height / 8) + y;
          sum += data[4 * (row * width + (block % 8) * (width / 8) + x) + channel];
        }
      }
      blocks.push(Math.round(sum / ((width / 8) * (height / 8))));
    }
  }
  return blocks;
}

describe('signature', () => {
  it('hashes width, height and RGBA bytes', () => {
    const image = solid(2, 1, [1, 2, 3]);
    const bytes = Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 1, 1, 2, 3, 255, 1, 2, 3, 255);
    expect(signature(image).sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(signature(solid(1, 2, [1, 2, 3])).sha256).not.toBe(signature(image).sha256);
  });

  it('has a sha256 that survives JSON and spreading, as plain data do', () => {
    const found = signature(page);
    const hash = createHash('sha256');
    hash.update(Uint8Array.of(0, 0, 1, 64, 0, 0, 0, 200)).update(page.data);
    const { sha256 } = { ...signature(page) };
    expect(sha256).toBe(hash.digest('hex'));
    expect(JSON.parse(JSON.stringify(found))).toEqual({ ...found });
    expect(found.sha256).toBe(sha256);
  });

  it('has the mean colour of each block, whatever repeats and whatever the alpha', () => {
    fc.assert(
      // Sides are powers of two, so that no mean is rounded on the way.
      fc.property(fc.constantFrom(32, 64, 128), fc.integer(), fc.constantFrom(1, 5), (side, seed, repeat) => {
        const data = new Uint8Array(4 * side * side);
        for (let i = 0; i < data.length; i++) {
          const y = Math.floor(i / (4 * side) / repeat);
          data[i] = Math.imul((i % (4 * side)) + 4 * side * y + 7, seed | 1) >>> 23;
        }
        const image = new ImageBuffer(side, side, data);
        expect(signature(image).blocks).toEqual(naiveBlocks(image));
      }),
      { numRuns: 40 },
    );
  });

  it('of a region is the signature of the crop', () => {
    fc.assert(
      fc.property(images, fc.nat(), fc.nat(), (image, a, b) => {
        const x = a % image.width;
        const y = b % image.height;
        const region = { x, y, width: image.width - x, height: image.height - y };
        expect(signature(image, { region })).toEqual(signature(crop(image, region)));
      }),
    );
  });

  it('has the gradient in dhash: all bits where it rises to the right, none where it falls', () => {
    expect(signature(ramp(256, 64, (x) => x)).dhash).toBe('ffffffffffffffff');
    expect(signature(ramp(256, 64, (x) => 255 - x)).dhash).toBe('0000000000000000');
    const half = ramp(256, 64, (x, y) => (y < 32 ? x : 255 - x));
    expect(signature(half).dhash).toBe('ffffffff00000000');
  });

  it('has half of the bits of noise in phash, and keeps both hashes when all gets brighter', () => {
    const { phash, dhash } = signature(page);
    const noise = ramp(90, 70, (x, y) => Math.imul(x + 97 * y, 0x9e3779b1) >>> 24);
    expect(hammingDistance(signature(noise).phash, '0000000000000000')).toBe(32);
    const brighter = new ImageBuffer(
      page.width,
      page.height,
      page.data.map((v) => Math.min(255, v + 4)),
    );
    expect(hammingDistance(signature(brighter).phash, phash)).toBeLessThanOrEqual(4);
    expect(hammingDistance(signature(brighter).dhash, dhash)).toBeLessThanOrEqual(4);
  });

  it('tells pages apart that differ in layout', () => {
    const other = paint(
      solid(320, 200, [250, 250, 250]),
      { x: 0, y: 0, width: 60, height: 200 },
      [40, 60, 90],
    );
    expect(hammingDistance(signature(page).phash, signature(other).phash)).toBeGreaterThan(16);
  });

  it('of a constant picture has no bits, and its colour in every block', () => {
    for (const size of [1, 7, 33, 300]) {
      const { dhash, phash, blocks } = signature(solid(size, size, [9, 120, 250]));
      expect({ dhash, phash }).toEqual({ dhash: '0000000000000000', phash: '0000000000000000' });
      expect(blocks).toEqual(Array.from({ length: 64 }, () => [9, 120, 250]).flat());
    }
  });

  it('keeps in blocks the mean of each eighth', () => {
    const image = paint(solid(64, 64, [0, 0, 0]), { x: 8, y: 0, width: 4, height: 8 }, [200, 100, 50]);
    expect(signature(image).blocks.slice(0, 9)).toEqual([0, 0, 0, 100, 50, 25, 0, 0, 0]);
  });

  it('averages cells wider than 256 pixels without overflow', () => {
    expect(new Set(signature(solid(32 * 300, 1, [255, 255, 255])).blocks)).toEqual(new Set([255]));
  });
});

describe('steadyHash', () => {
  const whole = { region: { x: 0, y: 0, width: 320, height: 200 } };
  it('is the dhash of a picture without noise', () => {
    expect(steadyHash(page, whole)).toBe(signature(page).dhash);
    fc.assert(
      fc.property(fc.integer({ min: 9, max: 90 }), fc.integer({ min: 0, max: 255 }), (width, level) => {
        const image = paint(
          solid(120, 40, [level, 90, 30]),
          { x: 20, y: 8, width, height: 20 },
          [20, 40, 200],
        );
        expect(steadyHash(image, { region: { x: 0, y: 0, width: 120, height: 40 } })).toBe(
          signature(image).dhash,
        );
      }),
    );
  });

  it('has no bits of noise where a picture is flat', () => {
    const { dhash } = signature(page);
    for (const seed of [1, 2, 3, 4]) {
      const shown = noisy(page, seed);
      expect(hammingDistance(signature(shown).dhash, dhash)).toBeGreaterThan(5);
      expect(hammingDistance(steadyHash(shown, whole), dhash)).toBeLessThanOrEqual(2);
    }
  });
});

describe('hammingDistance', () => {
  it('counts differing bits', () => {
    expect(hammingDistance('f0', '0f')).toBe(8);
    expect(hammingDistance('80', '81')).toBe(1);
    expect(hammingDistance('ab', 'AB')).toBe(0);
  });

  it('refuses what is not two hashes of one length', () => {
    for (const [a, b] of [
      ['ab', 'abc'],
      ['', ''],
      ['xy', 'ab'],
    ]) {
      expect(() => hammingDistance(a, b)).toThrow(expect.objectContaining({ code: 'PXP_PROBE_OPTION' }));
    }
  });
});
