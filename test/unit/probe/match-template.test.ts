import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../src/core/geometry.js';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { ImageBuffer, crop } from '../../../src/image/image-buffer.js';
import { matchTemplate } from '../../../src/probe/match-template.js';
import { drawImage, paint, solid } from '../../support/draw.js';

/** Zero-mean normalised cross-correlation of luma at one place, as its definition reads. */
function naive(image: ImageBuffer, template: ImageBuffer, { x, y }: { x: number; y: number }): number {
  const { width, height } = template;
  const here = crop(image, { x, y, width, height }).luma();
  const wanted = template.luma();
  const mean = (values: Uint8Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(here), mean(wanted)];
  const sum = (term: (i: number) => number) => wanted.reduce((total, _, i) => total + term(i), 0);
  const energies = sum((i) => (here[i] - a) ** 2) * sum((i) => (wanted[i] - b) ** 2);
  return energies === 0 ? 0 : sum((i) => (here[i] - a) * (wanted[i] - b)) / Math.sqrt(energies);
}

function affine(image: ImageBuffer, gain: number, offset: number): ImageBuffer {
  const data = image.data.map((value, i) =>
    i % 4 === 3 ? value : Math.min(255, Math.round(gain * value + offset)),
  );
  return new ImageBuffer(image.width, image.height, data);
}

function jpeg(image: ImageBuffer, quality = 60): ImageBuffer {
  return decode(encodeJpeg(image, quality)).image;
}

/** Pseudo-random greys in blocks of two pixels, so that they survive a codec, and no place is like another. */
function blocks(width: number, height: number, seed: number): ImageBuffer {
  const data = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = ((x >> 1) * 73856093) ^ ((y >> 1) * 19349663) ^ (seed * 83492791);
      const value = 30 + (Math.imul(cell, 2654435761) >>> 24) * 0.8;
      data.set([value, value, value, 255], 4 * (y * width + x));
    }
  }
  return new ImageBuffer(width, height, data);
}

const RED = [200, 50, 50] as const;
/** Of the same luma as the red. */
const GREEN = [40, 128, 70] as const;
const WHITE = [255, 255, 255] as const;
const GLYPHS = ['.w....w.', '.ww...w.', '.w.w..w.', '.w..w.w.', '.w...ww.', '........'];

function button(color: readonly [number, number, number], scale = 2): ImageBuffer {
  return drawImage(GLYPHS, { '.': color, w: WHITE }, scale);
}

function put(image: ImageBuffer, part: ImageBuffer, { x, y }: { x: number; y: number }): ImageBuffer {
  const data = Uint8Array.from(image.data);
  for (let row = 0; row < part.height; row++) {
    const from = 4 * row * part.width;
    data.set(part.data.subarray(from, from + 4 * part.width), 4 * ((y + row) * image.width + x));
  }
  return new ImageBuffer(image.width, image.height, data);
}

const place = fc.record({
  seed: fc.integer({ min: 1, max: 1000 }),
  width: fc.integer({ min: 6, max: 20 }),
  height: fc.integer({ min: 6, max: 20 }),
  x: fc.integer({ min: 0, max: 40 }),
  y: fc.integer({ min: 0, max: 30 }),
});

describe('matchTemplate', () => {
  it('finds where the naive reference is best, with its score, also dimmed', () => {
    const dimming = fc.record({ gain: fc.constantFrom(1, 0.7, 0.4), offset: fc.constantFrom(0, 20) });
    fc.assert(
      fc.property(place, dimming, ({ seed, width, height, x, y }, { gain, offset }) => {
        const page = blocks(60, 50, seed);
        const template = crop(page, { x, y, width, height });
        const image = affine(page, gain, offset);
        let best = { x: -1, y: -1, score: -1 };
        for (let top = 0; top + height <= 50; top++) {
          for (let left = 0; left + width <= 60; left++) {
            const score = naive(image, template, { x: left, y: top });
            if (score > best.score) best = { x: left, y: top, score };
          }
        }
        const got = matchTemplate(image, template);
        expect(got).toMatchObject({ x: best.x, y: best.y, width, height });
        expect(got.score).toBeCloseTo(best.score, 9);
        expect(got.gain).toBeCloseTo(gain, 1);
      }),
      { numRuns: 60 },
    );
  });

  it('moves with the patch, and finds it in a region that just holds it', () => {
    const template = button(RED);
    const page = solid(120, 90, [240, 240, 240]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 104 }), fc.integer({ min: 0, max: 78 }), (x, y) => {
        const image = put(page, template, { x, y });
        expect(matchTemplate(image, template)).toMatchObject({ found: true, x, y, reason: 'matched' });
        const region: Rect = { x, y, width: template.width, height: template.height };
        const only = matchTemplate(image, template, { region });
        expect(only).toMatchObject({ found: true, x, y, gain: expect.closeTo(1, 9) as number });
        expect([only.score, only.margin]).toEqual([expect.closeTo(1, 9), expect.closeTo(1, 9)]);
      }),
      { numRuns: 40 },
    );
  });

  it.each([1, 0.5])('finds it in a picture of JPEG quality 60, contrast %d', (gain) => {
    const template = button(RED, 4);
    const image = put(blocks(200, 120, 7), template, { x: 91, y: 45 });
    const got = matchTemplate(jpeg(affine(image, gain, 20 - 20 * gain)), template);
    expect(got).toMatchObject({ found: true, x: 91, y: 45 });
    expect(got.score).toBeGreaterThan(0.95);
    expect(Math.abs(got.gain - gain)).toBeLessThan(0.1);
  });

  it('does not take a twin of another colour and the same greys', () => {
    const [template, twin] = [button(RED, 4), button(GREEN, 4)];
    const page = solid(200, 120, [240, 240, 240]);
    const lumas = (image: ImageBuffer) => [...new Set(image.luma())];
    expect(lumas(twin)).toEqual(lumas(template));
    for (const codec of [(image: ImageBuffer) => image, jpeg]) {
      const alone = matchTemplate(codec(put(page, twin, { x: 20, y: 30 })), template);
      expect(alone).toMatchObject({ found: false, reason: 'other-color' });
      const both = put(put(page, twin, { x: 20, y: 30 }), template, { x: 120, y: 60 });
      expect(matchTemplate(codec(both), template)).toMatchObject({ found: true, x: 120, y: 60 });
    }
  });

  it('tells structure that is in colour alone', () => {
    const template = drawImage(['rggr', 'grrg', 'rgrg'], { r: RED, g: GREEN }, 4);
    const image = put(solid(90, 60, GREEN), template, { x: 33, y: 21 });
    expect(matchTemplate(image, template)).toMatchObject({ found: true, x: 33, y: 21 });
  });

  it('is not sure between two places that are alike, nor along an edge', () => {
    const template = button(RED);
    const page = solid(120, 90, [240, 240, 240]);
    const twice = put(put(page, template, { x: 5, y: 5 }), template, { x: 60, y: 60 });
    expect(matchTemplate(twice, template)).toMatchObject({ found: false, reason: 'several', x: 5, y: 5 });
    expect(matchTemplate(twice, template).margin).toBeCloseTo(0, 9);
    const line = paint(page, { x: 0, y: 40, width: 120, height: 3 }, [20, 20, 20]);
    const edge = crop(line, { x: 40, y: 30, width: 20, height: 20 });
    expect(matchTemplate(line, edge)).toMatchObject({ found: false, reason: 'several', y: 30 });
    // Too short for a place elsewhere, and still the template may slide along it.
    const short = paint(page, { x: 35, y: 40, width: 27, height: 3 }, [20, 20, 20]);
    expect(matchTemplate(short, edge)).toMatchObject({ found: false, reason: 'several', y: 30 });
  });

  it('finds nothing where nothing is alike', () => {
    const got = matchTemplate(solid(60, 50, [9, 9, 9]), button(RED), {
      region: { x: 3, y: 4, width: 40, height: 40 },
    });
    expect(got).toMatchObject({ found: false, reason: 'nothing-alike', x: 3, y: 4, score: 0, margin: 0 });
    expect(matchTemplate(blocks(80, 60, 3), button(RED)).found).toBe(false);
  });

  it('leaves what is fainter than minGain', () => {
    const template = button(RED);
    const image = affine(put(solid(60, 50, WHITE), template, { x: 9, y: 8 }), 0.5, 0);
    expect(matchTemplate(image, template).found).toBe(true);
    expect(matchTemplate(image, template, { minGain: 0.8 }).found).toBe(false);
  });

  it('finds a patch of one colour by absolute difference', () => {
    const template = solid(10, 8, RED);
    const image = paint(solid(80, 60, [240, 240, 240]), { x: 31, y: 22, width: 10, height: 8 }, RED);
    const got = matchTemplate(image, template);
    expect(got).toMatchObject({ found: true, x: 31, y: 22, score: 1, gain: 0 });
    const large = paint(solid(80, 60, WHITE), { x: 31, y: 22, width: 20, height: 16 }, RED);
    expect(matchTemplate(jpeg(large), solid(20, 16, RED))).toMatchObject({ found: true, x: 31, y: 22 });
    const shade = matchTemplate(
      paint(image, { x: 31, y: 22, width: 10, height: 8 }, [180, 80, 80]),
      template,
    );
    expect(shade).toMatchObject({ found: false, reason: 'weak' });
    expect(matchTemplate(solid(80, 60, RED), template)).toMatchObject({ found: false, reason: 'several' });
  });

  it('has its score for one colour by definition', () => {
    const image = paint(solid(12, 9, [100, 110, 120]), { x: 4, y: 3, width: 5, height: 4 }, [110, 100, 130]);
    // A third of the patch is 10 levels off in each channel.
    const got = matchTemplate(image, solid(5, 4, [110, 100, 130]), {
      region: { x: 4, y: 3, width: 5, height: 4 },
    });
    expect(got.score).toBe(1);
    const beside = matchTemplate(image, solid(5, 4, [110, 100, 130]), {
      region: { x: 0, y: 3, width: 5, height: 4 },
    });
    expect(beside.score).toBeCloseTo(1 - (10 * 16) / 20 / 64, 12);
  });

  it.each([
    ['a template larger than the region', { region: { x: 0, y: 0, width: 3, height: 3 } }, 'PXP_IMAGE_SIZE'],
    ['a region outside', { region: { x: 20, y: 0, width: 30, height: 3 } }, 'PXP_RECT'],
    ['a score above 1', { minScore: 1.1 }, 'PXP_PROBE_OPTION'],
    ['no gain', { minGain: 0 }, 'PXP_PROBE_OPTION'],
    ['a margin that is no number', { minMargin: NaN }, 'PXP_PROBE_OPTION'],
  ] as const)('refuses %s', (_, options, code) => {
    expect(() => matchTemplate(solid(40, 40, RED), solid(4, 4, RED), options)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
