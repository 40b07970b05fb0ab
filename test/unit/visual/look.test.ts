import { expect, test } from 'vitest';
import { Look } from '../../../src/visual/look.js';
import { paint, solid } from '../../support/draw.js';
import { lookOf } from './scene.js';

const grey = solid(32, 16, [100, 100, 100]);

test.each([0, 100, 255])('one tone of %i is flat', (level) => {
  expect(lookOf(solid(32, 16, [level, level, level])).flat).toBe(true);
});

test('six levels of dither are flat, seven are not', () => {
  expect(lookOf(paint(grey, { x: 3, y: 3, width: 1, height: 1 }, [106, 106, 106])).flat).toBe(true);
  expect(lookOf(paint(grey, { x: 3, y: 3, width: 1, height: 1 }, [107, 107, 107])).flat).toBe(false);
  expect(lookOf(paint(grey, { x: 31, y: 15, width: 1, height: 1 }, [93, 93, 93])).flat).toBe(false);
});

test('viewport and image pixels go into each other', () => {
  const look = new Look(grey, { x: 64, y: 48, width: 32, height: 16 });
  const inside = { x: 70, y: 50, width: 10, height: 5 };
  expect(look.toImage(inside)).toEqual({ x: 6, y: 2, width: 10, height: 5 });
  expect(look.toViewport(look.toImage(inside))).toEqual(inside);
  expect(look.shows(inside)).toBe(true);
  expect(look.shows({ ...inside, x: 90 })).toBe(false);
});

test('what is measured on a look, or on a pair of looks, is measured once', () => {
  const measured: string[] = [];
  const [a, b, c] = [lookOf(grey), lookOf(grey), lookOf(grey)];
  const read = (look: Look, key: string) => look.reading(key, () => measured.push(key));
  const compare = (earlier: Look, key: string) => b.comparison(earlier, key, () => measured.push(key));
  expect([read(a, 'x'), read(a, 'x'), read(b, 'x')]).toEqual([1, 1, 2]);
  expect([compare(a, 'y'), compare(a, 'y'), compare(c, 'y'), compare(a, 'z')]).toEqual([3, 3, 4, 5]);
});
