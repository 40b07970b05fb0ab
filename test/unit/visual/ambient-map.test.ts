import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Point, type Rect, containsPoint } from '../../../src/core/geometry.js';
import { AmbientMap, TILE } from '../../../src/visual/motion/ambient-map.js';
import { accountChange } from '../../../src/visual/motion/account-change.js';
import { Look } from '../../../src/visual/look.js';
import { drawImage, paint, solid } from '../../support/draw.js';

/** Neither side a whole number of tiles. */
const size = { width: 100, height: 70 };
const everything = { x: 0, y: 0, ...size };
const page = paint(
  solid(size.width, size.height, [250, 250, 250]),
  { x: 0, y: 0, width: 100, height: 9 },
  [20, 30, 40],
);
const look = (image = page): Look => new Look(image, everything);
const withSpot = (rect: Rect): Look => look(paint(page, rect, [200, 0, 0]));

const rects = fc
  .record({
    x: fc.nat(99),
    y: fc.nat(69),
    width: fc.integer({ min: 1, max: 100 }),
    height: fc.integer({ min: 1, max: 70 }),
  })
  .map(({ x, y, width, height }) => ({
    x,
    y,
    width: Math.min(width, 100 - x),
    height: Math.min(height, 70 - y),
  }));

/** By the definition: a pixel is ambient when its tile has a pixel of an added rect. */
function isAmbient(added: readonly Rect[], x: number, y: number): boolean {
  for (let py = y - (y % TILE); py < y - (y % TILE) + TILE; py++) {
    for (let px = x - (x % TILE); px < x - (x % TILE) + TILE; px++) {
      if (added.some((rect) => containsPoint(rect, { x: px, y: py }))) return true;
    }
  }
  return false;
}

test('share and mask are what counting pixels says', () => {
  fc.assert(
    fc.property(fc.array(rects, { maxLength: 3 }), rects, (added, rect) => {
      const map = new AmbientMap(size);
      for (const each of added) map.add(each);
      const columns = Math.ceil(rect.width / TILE);
      const mask = new Uint8Array(columns * Math.ceil(rect.height / TILE));
      let ambient = 0;
      for (let y = 0; y < rect.height; y++) {
        for (let x = 0; x < rect.width; x++) {
          if (!isAmbient(added, rect.x + x, rect.y + y)) continue;
          ambient += 1;
          mask[Math.floor(y / TILE) * columns + Math.floor(x / TILE)] = 1;
        }
      }
      expect(map.share(rect)).toBeCloseTo(ambient / (rect.width * rect.height), 12);
      expect(map.maskFor(rect)).toEqual(mask);
    }),
    { numRuns: 60 },
  );
});

test('motion next to a region hides nothing in it', () => {
  const map = new AmbientMap(size);
  map.add({ x: 32, y: 0, width: 16, height: 16 });
  expect([...map.maskFor({ x: 8, y: 0, width: 24, height: 16 })]).toEqual([0, 0]);
});

test('what differs between two idle looks is ambient from then on', () => {
  const map = new AmbientMap(size);
  expect(map.learn(look(), withSpot({ x: 40, y: 40, width: 2, height: 2 }))).toBe(true);
  expect(map.share({ x: 32, y: 32, width: 16, height: 16 })).toBe(1);
  expect(map.share(everything)).toBeCloseTo(256 / 7000, 12);
});

test('the pixel a spinner seldom lights, in the tile beside those it was seen in, is ambient too', () => {
  const map = new AmbientMap(size);
  map.learn(look(), withSpot({ x: 32, y: 40, width: 10, height: 4 }));
  const ambient = map.maskFor(everything);
  expect(
    accountChange(
      { before: look(), after: withSpot({ x: 31, y: 41, width: 1, height: 1 }), ambient: map },
      [],
    ).bbox,
  ).toBeNull();
  // It was seen well inside its tile on the other sides: those tiles are left alone.
  expect(ambient.filter((each) => each === 1)).toHaveLength(2);
});

test('a look of a part teaches the tiles where it lies', () => {
  const map = new AmbientMap(size);
  const part = { x: 32, y: 16, width: 48, height: 32 };
  const at = (rows: string[]) => new Look(drawImage(rows, { '.': [255, 255, 255], k: [0, 0, 0] }, 16), part);
  map.learn(at(['k..', '...']), at(['k..', '..k']));
  // All of one tile moves, and so may come into those around it.
  expect(map.share({ x: 48, y: 16, width: 48, height: 48 })).toBe(1);
  expect(map.share(everything)).toBeCloseTo((9 * 256) / 7000, 12);
});

test('too much at once is an event, and a flat frame says nothing', () => {
  const map = new AmbientMap(size);
  expect(map.learn(look(), withSpot({ x: 0, y: 0, width: 100, height: 35 }))).toBe(false);
  const dark = solid(size.width, size.height, [0, 0, 0]);
  const dithered = look(paint(dark, { x: 40, y: 40, width: 2, height: 2 }, [3, 3, 3]));
  expect([map.learn(look(dark), dithered), map.learn(dithered, look(dark))]).toEqual([false, false]);
  expect(map.share(everything)).toBe(0);
});

test('a change is accounted for by region, and not when it is ambient', () => {
  const ambient = new AmbientMap(size);
  const after = look(
    paint(
      paint(page, { x: 18, y: 18, width: 4, height: 4 }, [200, 0, 0]),
      { x: 66, y: 50, width: 4, height: 4 },
      [200, 0, 0],
    ),
  );
  const change = accountChange({ before: look(), after, ambient }, [{ x: 30, y: 16, width: 10, height: 10 }]);
  expect(change.tiles).toEqual([
    { x: 16, y: 16, width: 16, height: 16 },
    { x: 64, y: 48, width: 16, height: 16 },
  ]);
  expect(change).toMatchObject({ unexplained: 0.5, bbox: { x: 18, y: 18, width: 52, height: 36 } });
  expect(accountChange({ before: look(), after, ambient }, [everything]).unexplained).toBe(0);
  ambient.add({ x: 18, y: 18, width: 1, height: 1 });
  expect(accountChange({ before: look(), after, ambient }, []).tiles).toHaveLength(1);
  ambient.add({ x: 66, y: 50, width: 1, height: 1 });
  const none = accountChange({ before: look(), after, ambient }, []);
  expect(none).toEqual({ score: 0, bbox: null, tiles: [], unexplained: 0 });
});

test('an edge that was rounded another way is neither a change nor ambient motion', () => {
  const shade = (level: number): Look =>
    look(paint(page, { x: 18, y: 18, width: 4, height: 4 }, [level, level, level]));
  const map = new AmbientMap(size);
  expect(accountChange({ before: shade(120), after: shade(122), ambient: map }, []).bbox).toBeNull();
  expect(accountChange({ before: shade(120), after: shade(123), ambient: map }, []).bbox).not.toBeNull();
  map.learn(shade(120), shade(122));
  expect(map.share(everything)).toBe(0);
});

test('tiles and box of a partial look are the viewport’s; what surrounds what was to be seen does not count', () => {
  const viewport = { width: 96, height: 64 };
  const ambient = new AmbientMap(viewport);
  const white = [255, 255, 255] as const;
  const account = (part: Rect, spot: Point) => {
    const blank = solid(part.width, part.height, white);
    const dark = paint(blank, { ...spot, width: 2, height: 2 }, [0, 0, 0]);
    return accountChange({ before: new Look(blank, part), after: new Look(dark, part), ambient }, []);
  };
  const inner = { x: 16, y: 0, width: 64, height: 48 };
  expect(account(inner, { x: 17, y: 17 })).toMatchObject({
    bbox: { x: 33, y: 17, width: 2, height: 2 },
    tiles: [{ x: 32, y: 16, width: 16, height: 16 }],
    unexplained: 1,
  });
  // At the viewport's upper edge nothing surrounds; at the sides and below there is a tile that does.
  expect(account(inner, { x: 17, y: 1 }).tiles).toHaveLength(1);
  for (const spot of [
    { x: 1, y: 17 },
    { x: 49, y: 17 },
    { x: 17, y: 33 },
  ]) {
    expect(account(inner, spot)).toMatchObject({ score: 0, bbox: null, tiles: [] });
  }
});
