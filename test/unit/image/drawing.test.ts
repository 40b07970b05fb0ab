import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { containsPoint } from '../../../src/core/geometry.js';
import { requireCanvas } from '../../../src/image/canvas-addon.js';
import { drawOverlay } from '../../../src/image/draw-overlay.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { readHeader } from '../../../src/image/header.js';
import { type ImageBuffer } from '../../../src/image/image-buffer.js';
import { maskRegions } from '../../../src/image/mask-regions.js';
import { solid } from '../../support/draw.js';

const GREY = solid(60, 40, [200, 200, 200]);
const at = ({ data, width }: ImageBuffer, x: number, y: number): number[] => [
  ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4),
];

function changed(image: ImageBuffer): { x: number; y: number }[] {
  const points: { x: number; y: number }[] = [];
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++)
      if (at(image, x, y).join() !== '200,200,200,255') points.push({ x, y });
  }
  return points;
}

describe('drawOverlay', () => {
  test('without shapes it is a copy', () => {
    const copy = drawOverlay(GREY, []);
    expect(copy.data).toEqual(GREY.data);
    expect(copy.data.buffer).not.toBe(GREY.data.buffer);
  });

  test('a box frames its pixels and leaves them as they are', () => {
    const rect = { x: 20, y: 10, width: 16, height: 12 };
    const drawn = drawOverlay(GREY, [{ kind: 'rect', rect, color: '#ff0000' }]);
    expect(at(drawn, 19, 15)).toEqual([255, 0, 0, 255]);
    expect(at(drawn, 36, 15)).toEqual([255, 0, 0, 255]);
    expect(at(drawn, 28, 9)).toEqual([255, 0, 0, 255]);
    const inner = { x: 21, y: 11, width: 14, height: 10 };
    expect(changed(drawn).filter((point) => containsPoint(inner, point))).toEqual([]);
    const outer = { x: 17, y: 7, width: 22, height: 18 };
    expect(changed(drawn).filter((point) => !containsPoint(outer, point))).toEqual([]);
  });

  test('a cross goes through its point', () => {
    const drawn = drawOverlay(GREY, [{ kind: 'cross', point: { x: 30, y: 20 }, color: '#0000ff' }]);
    expect(at(drawn, 30, 20)).toEqual([0, 0, 255, 255]);
    expect(at(drawn, 36, 20)).toEqual([0, 0, 255, 255]);
    expect(at(drawn, 30, 13)).toEqual([0, 0, 255, 255]);
    expect(at(drawn, 45, 20)).toEqual([200, 200, 200, 255]);
  });

  test('tiles let the pixels through, and only there', () => {
    const tile = { x: 16, y: 16, width: 16, height: 16 };
    const drawn = drawOverlay(GREY, [{ kind: 'tiles', tiles: [tile], color: '#ff0000' }]);
    const [r, g, b] = at(drawn, 20, 20);
    expect(r).toBeGreaterThan(200);
    expect(g).toBeGreaterThan(80);
    expect(g).toBeLessThan(160);
    expect(b).toBe(g);
    expect(changed(drawn)).toHaveLength(256);
    expect(changed(drawn).every((point) => containsPoint(tile, point))).toBe(true);
  });

  test('a label stays within the picture, also at its edge', () => {
    const unlabelled = drawOverlay(GREY, [{ kind: 'cross', point: { x: 59, y: 0 }, color: '#ff0' }]);
    const labelled = drawOverlay(GREY, [
      { kind: 'cross', point: { x: 59, y: 0 }, color: '#ff0', label: 'tab' },
    ]);
    // On a machine without fonts labels are left out.
    const fonts = requireCanvas('fonts').GlobalFonts.families.length > 0;
    const text = changed(labelled).length - changed(unlabelled).length;
    expect(text > 60).toBe(fonts);
    expect(labelled.data.length).toBe(GREY.data.length);
  });
});

describe('maskRegions', () => {
  test('fills what the rects cover, nothing else, in a copy', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            x: fc.integer({ min: -8, max: 70 }),
            y: fc.integer({ min: -8, max: 50 }),
            width: fc.integer({ min: 0, max: 30 }),
            height: fc.integer({ min: 0, max: 30 }),
          }),
          { maxLength: 4 },
        ),
        (rects) => {
          const masked = maskRegions(GREY, rects, [9, 8, 7]);
          for (let y = 0; y < 40; y++) {
            for (let x = 0; x < 60; x++) {
              const covered = rects.some((rect) => containsPoint(rect, { x, y }));
              expect(at(masked, x, y)).toEqual(covered ? [9, 8, 7, 255] : [200, 200, 200, 255]);
            }
          }
          expect(changed(GREY)).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('fractional rects hide every pixel they touch; black by default', () => {
    const masked = maskRegions(GREY, [{ x: 1.5, y: 1.5, width: 1, height: 1 }]);
    expect(changed(masked)).toEqual([
      { x: 1, y: 1 },
      { x: 2, y: 1 },
      { x: 1, y: 2 },
      { x: 2, y: 2 },
    ]);
    expect(at(masked, 1, 1)).toEqual([0, 0, 0, 255]);
  });
});

describe('encodeJpeg', () => {
  test('writes a baseline JPEG of the same size', () => {
    expect(readHeader(encodeJpeg(GREY, 80))).toMatchObject({
      format: 'jpeg',
      width: 60,
      height: 40,
      frameMarker: 0xc0,
    });
  });

  test.each([0, 101, 50.5, Number.NaN])('refuses quality %d', (quality) => {
    expect(() => encodeJpeg(GREY, quality)).toThrow(expect.objectContaining({ code: 'PXP_USAGE' }));
  });
});
