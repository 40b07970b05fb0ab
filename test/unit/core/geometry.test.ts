import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Rect,
  area,
  center,
  containsPoint,
  containsRect,
  enclosing,
  inflate,
  intersect,
  roundOut,
  sizeRect,
  translate,
} from '../../../src/core/geometry.js';

const rect = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });
const anyRect = fc.record({
  x: fc.integer({ min: -6, max: 6 }),
  y: fc.integer({ min: -6, max: 6 }),
  width: fc.integer({ min: 0, max: 7 }),
  height: fc.integer({ min: 0, max: 7 }),
});
const anySolidRect = anyRect.filter(({ width, height }) => width > 0 && height > 0);

/** The reference: a rect as the set of its pixels. */
function pixels({ x, y, width, height }: Rect): Set<string> {
  const set = new Set<string>();
  for (let row = y; row < y + height; row++)
    for (let column = x; column < x + width; column++) set.add(`${column},${row}`);
  return set;
}

describe('as sets of pixels', () => {
  test('containsPoint', () => {
    fc.assert(
      fc.property(anyRect, fc.integer({ min: -8, max: 14 }), fc.integer({ min: -8, max: 14 }), (r, x, y) => {
        expect(containsPoint(r, { x, y })).toBe(pixels(r).has(`${x},${y}`));
      }),
    );
  });

  test('containsRect', () => {
    fc.assert(
      fc.property(anyRect, anySolidRect, (outer, inner) => {
        const all = pixels(outer);
        expect(containsRect(outer, inner)).toBe([...pixels(inner)].every((pixel) => all.has(pixel)));
      }),
    );
  });

  test('intersect', () => {
    fc.assert(
      fc.property(anyRect, anyRect, (a, b) => {
        const common = intersect(a, b);
        const inB = pixels(b);
        expect(pixels(common)).toEqual(new Set([...pixels(a)].filter((pixel) => inB.has(pixel))));
        expect(area(common)).toBe(area(intersect(b, a)));
      }),
    );
  });

  test('enclosing holds all of them, and no smaller rect does', () => {
    fc.assert(
      fc.property(fc.array(anySolidRect, { minLength: 1, maxLength: 4 }), (rects) => {
        const outer = enclosing(rects);
        for (const inner of rects) expect(containsRect(outer, inner)).toBe(true);
        for (const smaller of [
          rect(outer.x + 1, outer.y, outer.width - 1, outer.height),
          rect(outer.x, outer.y + 1, outer.width, outer.height - 1),
          rect(outer.x, outer.y, outer.width - 1, outer.height),
          rect(outer.x, outer.y, outer.width, outer.height - 1),
        ]) {
          expect(rects.every((inner) => containsRect(smaller, inner))).toBe(false);
        }
      }),
    );
  });
});

test('rects that touch have nothing in common', () => {
  expect(area(intersect(rect(0, 0, 4, 4), rect(4, 0, 4, 4)))).toBe(0);
});

test('enclosing nothing is a programming error', () => {
  expect(() => enclosing([])).toThrow(RangeError);
});

test('roundOut covers the rect with whole pixels, and keeps a whole one', () => {
  expect(roundOut(rect(0.5, -0.5, 1, 1))).toEqual(rect(0, -1, 2, 2));
  expect(roundOut(rect(3, 4, 5, 6))).toEqual(rect(3, 4, 5, 6));
});

test('translate and back is the same rect; inflate keeps the centre until nothing is left', () => {
  fc.assert(
    fc.property(anyRect, fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), (r, x, y) => {
      expect(translate(translate(r, { x, y }), { x: 0 - x, y: 0 - y })).toEqual(r);
      expect(center(inflate(r, Math.abs(x)))).toEqual(center(r));
    }),
  );
  expect(inflate(rect(0, 0, 4, 10), -3)).toEqual(rect(3, 3, 0, 4));
});

test('sizeRect is the whole picture', () => {
  expect(sizeRect(rect(7, 7, 3, 2))).toEqual(rect(0, 0, 3, 2));
});
