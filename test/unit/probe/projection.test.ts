import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../src/core/geometry.js';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { projection } from '../../../src/probe/projection.js';
import { drawImage, solid } from '../../support/draw.js';

const palette = {
  '.': [255, 255, 255],
  k: [0, 0, 0],
  g: [240, 240, 240],
} as const;

function naive(image: ImageBuffer, region: Rect, measure: 'gradient' | 'difference', tolerance: number) {
  const rows = Array.from({ length: region.height }, () => 0);
  const columns = Array.from({ length: region.width }, () => 0);
  const luma = image.luma();
  for (let y = 0; y < region.height; y++) {
    for (let x = 0; x < region.width; x++) {
      const at = (region.y + y) * image.width + region.x + x;
      let value = 0;
      if (measure === 'difference') {
        const off = [0, 1, 2].map((c) => Math.abs(image.data[4 * at + c] - [10, 20, 30][c]));
        value = Math.max(...off) > tolerance ? 1 : 0;
      } else {
        if (x + 1 < region.width) value += Math.abs(luma[at + 1] - luma[at]);
        if (y + 1 < region.height) value += Math.abs(luma[at + image.width] - luma[at]);
      }
      rows[y] += value;
      columns[x] += value;
    }
  }
  return { rows, columns };
}

const scene = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc.record({
      data: fc.uint8Array({ minLength: 4 * width * height, maxLength: 4 * width * height }),
      region: fc
        .record({ x: fc.integer({ min: 0, max: width - 1 }), y: fc.integer({ min: 0, max: height - 1 }) })
        .chain(({ x, y }) =>
          fc.record({
            x: fc.constant(x),
            y: fc.constant(y),
            width: fc.integer({ min: 1, max: width - x }),
            height: fc.integer({ min: 1, max: height - y }),
          }),
        ),
      size: fc.constant({ width, height }),
    }),
  );

describe('projection', () => {
  it('counts the pixels that differ from the background', () => {
    const image = drawImage(['....', '.kk.', '.k..'], palette);
    const options = { measure: 'difference', background: [255, 255, 255] } as const;
    expect([...projection(image, { axis: 'rows', ...options })]).toEqual([0, 2, 1]);
    expect([...projection(image, { axis: 'columns', ...options })]).toEqual([0, 2, 1, 0]);
  });

  it('takes the most frequent colour for the background when none is given', () => {
    const image = drawImage(['kkkk', 'k..k', 'kkkk'], palette);
    expect([...projection(image, { axis: 'rows', measure: 'difference' })]).toEqual([0, 2, 0]);
  });

  it('leaves what is within the tolerance out', () => {
    const image = drawImage(['..gg'], palette);
    const options = { axis: 'rows', measure: 'difference', background: [255, 255, 255] } as const;
    expect([...projection(image, { ...options, tolerance: 15 })]).toEqual([0]);
    expect([...projection(image, { ...options, tolerance: 14 })]).toEqual([2]);
  });

  it('has no gradient on a constant picture', () => {
    const sums = projection(solid(5, 4, [9, 99, 199]), { axis: 'columns', measure: 'gradient' });
    expect([...sums]).toEqual([0, 0, 0, 0, 0]);
  });

  it('equals the naive sums for any picture and region', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: 0, max: 255 }), ({ data, region, size }, tolerance) => {
        const image = new ImageBuffer(size.width, size.height, data);
        const background = [10, 20, 30] as const;
        for (const measure of ['gradient', 'difference'] as const) {
          const expected = naive(image, region, measure, tolerance);
          for (const axis of ['rows', 'columns'] as const) {
            expect([...projection(image, { axis, measure, background, tolerance, region })]).toEqual(
              expected[axis],
            );
          }
        }
      }),
    );
  });

  it('sums to the same total along both axes', () => {
    fc.assert(
      fc.property(scene, ({ data, size }) => {
        const image = new ImageBuffer(size.width, size.height, data);
        const total = (axis: 'rows' | 'columns') =>
          projection(image, { axis, measure: 'gradient' }).reduce((sum, value) => sum + value, 0);
        expect(total('rows')).toBe(total('columns'));
      }),
    );
  });

  it('refuses a region outside of the image and a tolerance outside of a byte', () => {
    const image = solid(4, 4, [0, 0, 0]);
    const options = { axis: 'rows', measure: 'difference' } as const;
    expect(() => projection(image, { ...options, region: { x: 2, y: 0, width: 3, height: 1 } })).toThrow(
      expect.objectContaining({ code: 'PXP_RECT' }),
    );
    expect(() => projection(image, { ...options, tolerance: -1 })).toThrow(
      expect.objectContaining({ code: 'PXP_PROBE_OPTION' }),
    );
    expect(() => projection(image, { ...options, background: [0, 256, 0] })).toThrow(
      expect.objectContaining({ code: 'PXP_PROBE_OPTION' }),
    );
  });
});
