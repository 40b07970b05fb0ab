import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { readImage } from '../../../src/image/read-image.js';
import { stability } from '../../../src/probe/stability.js';
import { drawImage, paint, solid } from '../../support/draw.js';

const INK = [30, 30, 40] as const;
/** Two lines of text on white, a button beside. */
const page = drawImage(
  [
    '............................',
    '.kkk.k.k.kk..k.k.kkk..gggggg',
    '.k.k.kk...k.kk.k.k.k..gggggg',
    '.kkk.k.k.kk..k.k.kkk..gggggg',
    '............................',
    '.kk..k.k.k.k.kkk.kk.........',
    '.k.k.k.k.kk..k.k.kk.........',
    '............................',
  ],
  { '.': [255, 255, 255], k: INK, g: [46, 158, 79] },
  6,
);

function jpeg(image: ImageBuffer, quality = 60): ImageBuffer {
  return decode(encodeJpeg(image, quality)).image;
}

function shifted(image: ImageBuffer, by: number): ImageBuffer {
  const data = image.data.map((value, i) => (i % 4 === 3 ? value : Math.max(0, value + by)));
  return new ImageBuffer(image.width, image.height, data);
}

const small = fc.tuple(fc.integer({ min: 1, max: 13 }), fc.integer({ min: 1, max: 13 }));
const pair = small.chain(([width, height]) => {
  const pixels = fc.array(fc.integer({ min: 0, max: 0xffffff }), {
    minLength: width * height,
    maxLength: width * height,
  });
  const toImage = (values: readonly number[]) =>
    new ImageBuffer(
      width,
      height,
      Uint8Array.from(values.flatMap((v) => [v & 255, (v >> 8) & 255, v >> 16, 255])),
    );
  return fc.record({
    before: pixels.map(toImage),
    after: pixels.map(toImage),
    tile: fc.integer({ min: 1, max: 6 }),
  });
});

function naiveTile(
  before: ImageBuffer,
  after: ImageBuffer,
  rect: { x: number; y: number; width: number; height: number },
) {
  const levels: number[] = [];
  const structures: number[] = [];
  for (const [channel, weight] of [
    [0, 3],
    [1, 1],
    [2, 3],
  ] as const) {
    const shifts: number[] = [];
    for (let y = rect.y; y < rect.y + rect.height; y++) {
      for (let x = rect.x; x < rect.x + rect.width; x++) {
        const p = 4 * (y * before.width + x) + channel;
        shifts.push(after.data[p] - before.data[p]);
      }
    }
    const mean = shifts.reduce((sum, v) => sum + v, 0) / shifts.length;
    levels.push(Math.abs(mean) / weight);
    structures.push(Math.sqrt(shifts.reduce((sum, v) => sum + (v - mean) ** 2, 0) / shifts.length) / weight);
  }
  return { level: Math.max(...levels), structure: Math.max(...structures) };
}

describe('stability', () => {
  it('measures each tile as its definition says', () => {
    fc.assert(
      fc.property(pair, ({ before, after, tile }) => {
        const { state, moved, share } = stability([before, after], { tile });
        if (state === 'flat') return;
        const tiles: { x: number; y: number; width: number; height: number }[] = [];
        for (let y = 0; y < before.height; y += tile) {
          for (let x = 0; x < before.width; x += tile) {
            const [width, height] = [Math.min(tile, before.width - x), Math.min(tile, before.height - y)];
            tiles.push({ x, y, width, height });
          }
        }
        const wanted = tiles
          .map((rect) => ({ ...rect, ...naiveTile(before, after, rect) }))
          .filter(({ level, structure }) => level > 0.25 || structure > 0.75);
        expect(moved.map(({ x, y, width, height }) => ({ x, y, width, height }))).toEqual(
          wanted.map(({ x, y, width, height }) => ({ x, y, width, height })),
        );
        for (const [i, { level, structure }] of wanted.entries()) {
          expect(moved[i].level).toBeCloseTo(level, 9);
          expect(moved[i].structure).toBeCloseTo(structure, 6);
        }
        expect(share).toBeCloseTo(wanted.length / tiles.length, 12);
        expect(state).toBe(wanted.length === 0 ? 'stable' : 'moving');
      }),
    );
  });

  it('is stable for a frame and itself, with nothing left to doubt', () => {
    const copy = new ImageBuffer(page.width, page.height, Uint8Array.from(page.data));
    const wanted = { state: 'stable', moved: [], share: 0, margin: 1, reason: 'settled' };
    expect(stability([page, copy])).toEqual(wanted);
    expect(stability([page, page])).toEqual(wanted);
  });

  it('sees where text changed, by structure, and a colour that changed, by level', () => {
    const typed = paint(page, { x: 126, y: 33, width: 6, height: 6 }, INK);
    expect(stability([page, typed])).toMatchObject({
      state: 'moving',
      reason: 'structure',
      moved: [
        { x: 112, y: 32 },
        { x: 128, y: 32 },
      ],
    });
    const pressed = paint(page, { x: 144, y: 16, width: 16, height: 8 }, [40, 158, 79]);
    const { state, reason, moved } = stability([page, pressed]);
    expect([state, reason, moved.length]).toEqual(['moving', 'level', 1]);
    expect(stability([page, shifted(page, -1)])).toMatchObject({
      state: 'moving',
      reason: 'level',
      share: 1,
    });
  });

  it.each([
    ['black', solid(page.width, page.height, [0, 0, 0])],
    ['white', solid(page.width, page.height, [255, 255, 255])],
    ['one green', solid(page.width, page.height, [46, 158, 79])],
  ])('a frame all %s is flat, never stable, whatever was there before', (_, blank) => {
    for (const before of [page, blank]) {
      expect(stability([before, blank])).toEqual({
        ...{ state: 'flat', moved: [], share: 0, margin: 0, reason: 'one-tone' },
      });
    }
    expect(stability([blank, page]).state).toBe('moving');
  });

  it('a region of one tone is flat, though the frame is not', () => {
    const region = { x: 132, y: 30, width: 30, height: 18 };
    expect(stability([page, page], { region })).toMatchObject({ state: 'flat' });
    expect(stability([page, page], { region: { ...region, x: 100 } })).toMatchObject({ state: 'stable' });
  });

  it('does not take codec noise for motion, and sees motion through it', async () => {
    const { image: list } = await readImage('test/golden/gtk3-lists/unequal.png');
    expect(stability([list, jpeg(list)])).toMatchObject({ state: 'stable', reason: 'settled' });
    const seen = stability([list, jpeg(paint(list, { x: 324, y: 212, width: 8, height: 8 }, [200, 60, 60]))]);
    expect(seen.state).toBe('moving');
    expect(seen.moved).toContainEqual(expect.objectContaining({ x: 320, y: 208 }));
    expect(seen.moved.length).toBeLessThanOrEqual(4);
  });

  it('over a sequence adds up what is too slow between neighbours', () => {
    const fade = [0, 1, 2].map((step) => {
      const data = Uint8Array.from(page.data);
      // A fifth of the pixels a level darker: a mean shift of 0.2.
      for (let p = 0; p < data.length; p += 4) if ((p / 4) % 5 < step) data[p + 1] -= 1;
      return new ImageBuffer(page.width, page.height, data);
    });
    expect(stability(fade.slice(0, 2)).state).toBe('stable');
    expect(stability(fade.slice(1)).state).toBe('stable');
    expect(stability(fade).state).toBe('moving');
  });

  it('leaves ambient tiles out, and says so when nothing is left', () => {
    const caret = paint(page, { x: 66, y: 34, width: 2, height: 10 }, INK);
    const { grid, all } = { grid: Math.ceil(page.width / 16), all: Math.ceil(page.width / 16) * 3 };
    const mask = new Uint8Array(all);
    expect(stability([page, caret], { ambient: mask }).state).toBe('moving');
    mask[2 * grid + 4] = 1;
    expect(stability([page, caret], { ambient: mask })).toMatchObject({ state: 'stable', margin: 1 });
    expect(stability([page, caret], { ambient: mask.fill(1) })).toMatchObject({
      state: 'flat',
      reason: 'nothing-looked-at',
    });
  });

  it.each([
    ['one frame', [page], {}, 'PXP_PROBE_OPTION'],
    ['two sizes', [page, solid(4, 4, INK)], {}, 'PXP_IMAGE_SIZE'],
    ['a region outside', [page, page], { region: { x: 160, y: 0, width: 30, height: 3 } }, 'PXP_RECT'],
    ['no tile', [page, page], { tile: 0 }, 'PXP_PROBE_OPTION'],
    ['a mask of another length', [page, page], { ambient: new Uint8Array(3) }, 'PXP_PROBE_OPTION'],
  ] as const)('refuses %s', (_, frames, options, code) => {
    expect(() => stability(frames, options)).toThrow(expect.objectContaining({ code }));
  });
});
