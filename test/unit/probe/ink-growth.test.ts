import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { inkGrowth } from '../../../src/probe/ink-growth.js';
import { paint, solid } from '../../support/draw.js';

type Caret = 'bar' | 'block' | 'underline' | 'hollow';

interface FieldLook {
  /** `l` is a stem, `g` goes below the line, `.` is a dot, a space is one; all other letters are blocks with a hole. */
  readonly text: string;
  readonly caret?: boolean | Caret;
  /** Where the caret is, if not at the end. */
  readonly at?: string;
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
  at,
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
  const widthOf = (letter: string): number => (letter === 'l' || letter === '.' ? 4 : 8);
  const write = (letters: string, color: readonly number[]): void => {
    let x = 4;
    for (const letter of letters) {
      if (letter === 'l') fill(x, 5, 2, 12, color);
      else if (letter === '.') fill(x, 15, 2, 2, color);
      else if (letter !== ' ') {
        fill(x, 9, 6, letter === 'g' ? 11 : 8, color);
        fill(x + 2, 11, 2, 3, paper);
      }
      x += widthOf(letter);
    }
  };
  if (text === '' && placeholder !== undefined) write(placeholder, PALE);
  write(text, ink);
  const end = Array.from(at ?? text).reduce((x, letter) => x + widthOf(letter), 4);
  if (caret === true || caret === 'bar') fill(end - 1, 3, 1, 18, ink);
  if (caret === 'block' || caret === 'hollow') fill(end, 3, 7, 18, ink);
  if (caret === 'hollow') fill(end + 1, 4, 5, 16, paper);
  if (caret === 'underline') fill(end, 19, 7, 2, ink);
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

  it('says where the new ink is, and how far the caret went', () => {
    const growth = inkGrowth(field({ text: 'ab', caret: true }), field({ text: 'abcg', caret: true }));
    expect(growth).toMatchObject({ columns: 12, advance: 16, box: { x: 20, y: 9, width: 14, height: 11 } });
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

  it.each<[Caret, boolean, boolean]>([
    ['block', true, true],
    ['block', true, false],
    ['block', false, true],
    ['block', false, false],
    ['underline', true, true],
    ['underline', false, false],
  ])('counts what is typed at a %s as well, lit before: %j, lit after: %j', (caret, was, is) => {
    for (const [one, another, glyphs] of [
      ['', 'ab', 2],
      ['ab', 'abc', 1],
      ['ab', 'abcd', 2],
      ['gg', 'ggabg', 3],
      ['ab ', 'ab cd ', 2],
    ] as const) {
      const before = field({ text: one, caret: was && caret });
      const after = field({ text: another, caret: is && caret });
      expect(inkGrowth(before, after)).toMatchObject({ state: 'grew', glyphs });
    }
  });

  it.each<[Caret]>([['block'], ['underline'], ['bar']])(
    'takes no %s for what was typed, wherever it comes, goes, or moves to',
    (caret) => {
      for (const text of ['', 'ab', 'gg', 'ab  ']) {
        const looks = [
          field({ text }),
          field({ text, caret }),
          field({ text, caret, at: `${text}  ` }),
          ...(caret === 'block' ? [field({ text, caret: 'hollow' })] : []),
        ];
        for (const before of looks) {
          for (const after of looks) expect(inkGrowth(before, after).state).not.toBe('grew');
        }
      }
    },
  );

  it('is unsure of an underline at the end where no caret was seen: it may be one, or an underscore', () => {
    const growth = inkGrowth(field({ text: 'ab' }), field({ text: 'abc', caret: 'underline' }));
    expect(growth).toMatchObject({ state: 'unsure', reason: 'bar-alone' });
  });

  it.each<[Caret]>([['bar'], ['block'], ['underline']])('wants new ink where the %s was', (caret) => {
    const before = field({ text: 'ab  ', caret });
    expect(inkGrowth(before, field({ text: 'ab  cd', caret }))).toMatchObject({ state: 'grew', glyphs: 2 });
    // A space went, the caret came further; it went, and the caret is where it was; both spaces went.
    for (const text of ['ab cd', 'ab c', 'abcd']) {
      expect(inkGrowth(before, field({ text, caret })).state).toBe('changed');
    }
    expect(inkGrowth(before, field({ text: 'ab cd', caret })).reason).toBe('not-at-caret');
  });

  it('and none after the caret, which a field has completed', () => {
    const before = field({ text: 'ab', caret: true });
    expect(inkGrowth(before, field({ text: 'abcdef', at: 'abc', caret: true })).state).toBe('changed');
  });

  it.each([
    ['al', 'ab'],
    ['a l', 'alb'],
    ['abl', 'ab'],
  ])('takes no letter that went for a caret: from "%s" to "%s"', (one, another) => {
    expect(inkGrowth(field({ text: one }), field({ text: another })).state).toBe('changed');
  });

  it('nor one that touches the letter before it', () => {
    const typed = field({ text: 'ab' });
    const touching = paint(typed, { x: 18, y: 3, width: 1, height: 18 }, INK);
    expect(inkGrowth(typed, touching)).toMatchObject({ state: 'same', reason: 'caret', glyphs: 0 });
    // Nor does the end of a letter that it covered count as new.
    const covered = paint(typed, { x: 14, y: 3, width: 4, height: 18 }, INK);
    expect(inkGrowth(covered, typed)).toMatchObject({ state: 'same', reason: 'caret', glyphs: 0 });
  });

  it('counts a letter that stands where the caret was once', () => {
    const caret = { x: 60, y: 3, width: 1, height: 18 };
    const letter = paint(solid(160, 24, [255, 255, 255]), { x: 59, y: 9, width: 8, height: 8 }, INK);
    const [before, after] = [solid(160, 24, [255, 255, 255]), letter].map((image, i) =>
      paint(image, { ...caret, x: 60 + 8 * i }, INK),
    );
    expect(inkGrowth(before, after)).toMatchObject({ state: 'grew', glyphs: 1 });
  });

  it('counts a wide letter once, where nothing tells how high letters are', () => {
    const m = paint(solid(160, 24, [255, 255, 255]), { x: 20, y: 9, width: 14, height: 8 }, INK);
    expect(inkGrowth(solid(160, 24, [255, 255, 255]), m)).toMatchObject({ state: 'grew', glyphs: 1 });
  });

  it('counts the first letters of a centred field, which begin left of where the caret was', () => {
    const empty = field({ text: '', caret: true, at: 'aaaa' });
    expect(inkGrowth(empty, field({ text: '   ab', caret: true }))).toMatchObject({
      state: 'grew',
      glyphs: 2,
    });
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
