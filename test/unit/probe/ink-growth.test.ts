import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { inkGrowth } from '../../../src/probe/ink-growth.js';
import { paint, solid } from '../../support/draw.js';

interface FieldLook {
  /** `l` is a stem, `g` goes below the line, `.` is a dot, a space is one; all other letters are blocks with a hole. */
  readonly text: string;
  readonly caret?: boolean;
  readonly scale?: number;
  readonly placeholder?: string;
  readonly ink?: readonly [number, number, number];
  readonly paper?: readonly [number, number, number];
}

const INK = [30, 30, 40] as const;
const PALE = [170, 170, 170] as const;

/** A field of 160x24 times `scale`: letters 6 wide and 8 high on the line y = 17, stems of 12, a caret from 3 to 21. */
function field({
  text,
  caret = false,
  scale = 1,
  placeholder,
  ink = INK,
  paper = [255, 255, 255],
}: FieldLook): ImageBuffer {
  const [width, height] = [160 * scale, 24 * scale];
  const data = new Uint8Array(solid(width, height, paper).data);
  const fill = (x: number, y: number, w: number, h: number, color: readonly number[]) => {
    for (let row = y * scale; row < (y + h) * scale; row++) {
      for (let column = x * scale; column < (x + w) * scale; column++)
        data.set(color, 4 * (row * width + column));
    }
  };
  const write = (letters: string, color: readonly number[]): number => {
    let x = 4;
    for (const letter of letters) {
      if (letter === 'l') fill(x, 5, 2, 12, color);
      else if (letter === '.') fill(x, 15, 2, 2, color);
      else if (letter !== ' ') {
        fill(x, 9, 6, letter === 'g' ? 11 : 8, color);
        fill(x + 2, 11, 2, 3, paper);
      }
      x += letter === 'l' || letter === '.' ? 4 : 8;
    }
    return x;
  };
  if (text === '' && placeholder !== undefined) write(placeholder, PALE);
  const end = write(text, ink);
  if (caret) fill(end - 1, 3, 1, 18, ink);
  return new ImageBuffer(width, height, data);
}

function jpeg(image: ImageBuffer): ImageBuffer {
  return decode(encodeJpeg(image, 60)).image;
}

describe('inkGrowth', () => {
  it.each<[string, string, number]>([
    ['', 'abc', 3],
    ['abc', 'abcd', 1],
    ['abc', 'abcdl', 2],
    ['abc', 'abc def', 3],
    ['agl', 'aglgg', 2],
    ['ab', 'ab.', 1],
  ])(
    'from "%s" to "%s" are %d new glyphs, whatever the caret does, at any scale, lossless or not',
    (one, another, glyphs) => {
      for (const scale of [1, 2]) {
        for (const [was, is] of [
          [true, true],
          [false, true],
          [true, false],
          [false, false],
        ]) {
          const before = field({ text: one, caret: was, scale });
          const after = field({ text: another, caret: is, scale });
          expect(inkGrowth(before, after)).toMatchObject({ state: 'grew', glyphs, reason: 'new-ink' });
          if (scale === 2)
            expect(inkGrowth(jpeg(before), jpeg(after))).toMatchObject({ state: 'grew', glyphs });
        }
      }
    },
  );

  it('says where the new ink is, a pixel beside the old caret at the nearest, and how far the caret went', () => {
    const growth = inkGrowth(field({ text: 'ab', caret: true }), field({ text: 'abcg', caret: true }));
    expect(growth).toMatchObject({ columns: 11, advance: 16, box: { x: 21, y: 9, width: 13, height: 11 } });
    expect(inkGrowth(field({ text: 'ab', caret: true }), field({ text: 'ab ', caret: true }))).toMatchObject({
      ...{ state: 'same', reason: 'caret', advance: 8, glyphs: 0 },
    });
  });

  it('does not take a caret for ink', () => {
    // In a text of letters that all go below the line it could be an l.
    const low = inkGrowth(field({ text: 'gg' }), field({ text: 'gg', caret: true }));
    expect(low).toMatchObject({ state: 'unsure', reason: 'bar-alone' });
    for (const text of ['ab', 'al', 'agg']) {
      const [off, on] = [field({ text }), field({ text, caret: true })];
      expect(inkGrowth(off, on)).toMatchObject({ state: 'same', reason: 'caret', glyphs: 0 });
      expect(inkGrowth(on, off)).toMatchObject({ state: 'same', reason: 'caret', glyphs: 0 });
      expect(inkGrowth(on, on)).toMatchObject({ state: 'same', reason: 'no-new-ink', margin: 1 });
    }
    expect(inkGrowth(field({ text: '', caret: true }), field({ text: '' })).state).toBe('same');
  });

  it('nor one that touches the letter before it', () => {
    const typed = field({ text: 'ab' });
    const touching = paint(typed, { x: 18, y: 3, width: 1, height: 18 }, INK);
    expect(inkGrowth(typed, touching)).toMatchObject({ state: 'same', reason: 'caret', glyphs: 0 });
  });

  it('counts a letter that stands where the caret was once', () => {
    const caret = { x: 60, y: 3, width: 1, height: 18 };
    const letter = paint(solid(160, 24, [255, 255, 255]), { x: 56, y: 9, width: 8, height: 8 }, INK);
    const [before, after] = [solid(160, 24, [255, 255, 255]), letter].map((image, i) =>
      paint(image, { ...caret, x: 60 + 5 * i }, INK),
    );
    expect(inkGrowth(before, after)).toMatchObject({ state: 'grew', glyphs: 1 });
  });

  it('counts a wide letter once, where nothing tells how high letters are', () => {
    const m = paint(solid(160, 24, [255, 255, 255]), { x: 20, y: 9, width: 14, height: 8 }, INK);
    expect(inkGrowth(solid(160, 24, [255, 255, 255]), m)).toMatchObject({ state: 'grew', glyphs: 1 });
  });

  it('is unsure of a bar alone: a caret or an l', () => {
    const empty = field({ text: '' });
    expect(inkGrowth(empty, field({ text: '', caret: true }))).toMatchObject({
      state: 'unsure',
      reason: 'bar-alone',
    });
    expect(inkGrowth(empty, field({ text: 'l' }))).toMatchObject({ state: 'unsure', reason: 'bar-alone' });
    expect(inkGrowth(field({ text: 'ab' }), field({ text: 'abl' }))).toMatchObject({ state: 'unsure' });
    // Where the caret was seen, an l is none.
    expect(inkGrowth(field({ text: '', caret: true }), field({ text: 'l' }))).toMatchObject({
      state: 'grew',
      glyphs: 1,
    });
  });

  it.each<[string, string, string]>([
    ['abc', 'ab', 'old-ink-gone'],
    ['abc', '', 'old-ink-gone'],
    ['lab', 'glab', 'new-ink-amid-old'],
    ['a c', 'abc', 'new-ink-amid-old'],
  ])('from "%s" to "%s" the old ink is not kept', (one, another, reason) => {
    expect(inkGrowth(field({ text: one }), field({ text: another }))).toMatchObject({
      state: 'changed',
      reason,
    });
  });

  it('does not count a pale placeholder, and sees another background', () => {
    const before = field({ text: '', placeholder: 'abcdef', caret: true });
    expect(inkGrowth(before, field({ text: 'xy', caret: true }))).toMatchObject({ state: 'grew', glyphs: 2 });
    const red = field({ text: 'ab', paper: [240, 180, 180] });
    expect(inkGrowth(field({ text: 'a' }), red)).toMatchObject({
      state: 'changed',
      reason: 'other-background',
    });
  });

  it('works light on dark and grey on white', () => {
    for (const [ink, paper] of [
      [
        [230, 230, 230],
        [30, 34, 40],
      ],
      [
        [150, 150, 150],
        [255, 255, 255],
      ],
    ] as const) {
      const growth = inkGrowth(
        field({ text: 'ab', ink, paper }),
        field({ text: 'abcd', ink, paper, caret: true }),
      );
      expect(growth).toMatchObject({ state: 'grew', glyphs: 2 });
    }
  });

  it('counts the letters of a real font about right', () => {
    const typed = (text: string, caret: boolean) => {
      const canvas = createCanvas(320, 28);
      const context = canvas.getContext('2d');
      context.fillStyle = 'white';
      context.fillRect(0, 0, 320, 28);
      context.fillStyle = '#222';
      context.font = '16px sans-serif';
      context.fillText(text, 6, 20);
      if (caret) context.fillRect(7 + context.measureText(text).width, 4, 1, 20);
      const { data } = context.getImageData(0, 0, 320, 28);
      return new ImageBuffer(320, 28, Uint8Array.from(data));
    };
    for (const [one, another] of [
      ['', 'Hello'],
      ['Hello ', 'Hello world'],
      ['ledger', 'ledger-2026'],
      ['a', 'alil'],
    ]) {
      const growth = inkGrowth(typed(one, true), typed(another, true));
      const wanted = another.length - one.length;
      expect(growth.state).toBe('grew');
      expect(Math.abs(growth.glyphs - wanted)).toBeLessThanOrEqual(Math.ceil(wanted / 4));
    }
  });

  it('has its places in image pixels, and does not look beside the region', () => {
    const shift = (image: ImageBuffer) => {
      const data = new Uint8Array(4 * 200 * 40).fill(0);
      for (let y = 0; y < 24; y++)
        data.set(image.data.subarray(640 * y, 640 * (y + 1)), 4 * ((y + 9) * 200 + 17));
      return new ImageBuffer(200, 40, data);
    };
    const region = { x: 17, y: 9, width: 160, height: 24 };
    const growth = inkGrowth(shift(field({ text: 'a' })), shift(field({ text: 'ab' })), { region });
    expect(growth).toMatchObject({ state: 'grew', box: { x: 29, y: 18, width: 6, height: 8 } });
    expect(() => inkGrowth(solid(9, 9, INK), solid(9, 8, INK))).toThrow(
      expect.objectContaining({ code: 'PXP_IMAGE_SIZE' }),
    );
    const outside = { region: { x: 1, y: 0, width: 9, height: 9 } };
    expect(() => inkGrowth(solid(9, 9, INK), solid(9, 9, INK), outside)).toThrow(
      expect.objectContaining({ code: 'PXP_RECT' }),
    );
    expect(inkGrowth(solid(9, 9, INK), solid(9, 9, INK))).toMatchObject({ state: 'same', margin: 1 });
  });
});
