import { describe, expect, test } from 'vitest';

import { type ImageBuffer, crop, decode, encodeJpeg, resize } from '../../../src/image/index.js';
import { ImageBuffer as Pixels } from '../../../src/image/image-buffer.js';
import { learnDigits, readNumber } from '../../../src/probe/index.js';
import { DIGITS, PICTURE, writeNumber } from '../../support/digits.js';
import { paint, solid } from '../../support/draw.js';

const BACKGROUND = [...PICTURE.data.subarray(0, 3)] as unknown as [number, number, number];
const written = (text: string, width = 90): ImageBuffer =>
  writeNumber(solid(width, 30, BACKGROUND), text, { x: 6, y: 4 });
/** A mark of three by five pixels at the foot of the line, between digits moved apart. */
const marked = (before: string, after: string): ImageBuffer => {
  const apart = writeNumber(written(before), after, { x: 24, y: 4 });
  return paint(apart, { x: 19, y: 17, width: 3, height: 5 }, [20, 20, 20]);
};
const read = (image: ImageBuffer): number | null => readNumber(image, { digits: DIGITS }).value;

test.each(['0', '7', '10', '98', '123', '4567', '1000', '314159'])('reads %s', (text) => {
  expect(readNumber(written(text), { digits: DIGITS })).toMatchObject({
    value: Number(text),
    score: expect.closeTo(1, 6) as number,
  });
});

describe('reads what is drawn otherwise', () => {
  const all = ['20', '198', '347', '56'];
  const scaled = (image: ImageBuffer, by: number): ImageBuffer =>
    resize(image, { width: Math.round(image.width * by), height: Math.round(image.height * by) });
  test.each([0.8, 1.25, 1.5, 2])('%s times as large', (by) => {
    expect(all.map((text) => read(scaled(written(text), by)))).toEqual(all.map(Number));
  });
  test('below a veil', () => {
    const dimmed = (image: ImageBuffer): ImageBuffer =>
      new Pixels(
        image.width,
        image.height,
        image.data.map((level, i) => (i % 4 === 3 ? level : level * 0.45)),
      );
    expect(all.map((text) => read(dimmed(written(text))))).toEqual(all.map(Number));
  });
  test('after JPEG of quality 60', () => {
    expect(all.map((text) => read(decode(encodeJpeg(written(text), 60)).image))).toEqual(all.map(Number));
  });
  test('half a pixel further', () => {
    const between = (image: ImageBuffer): ImageBuffer => {
      const wide = resize(image, { width: 2 * image.width, height: image.height });
      return resize(crop(wide, { x: 1, y: 0, width: wide.width - 2, height: wide.height }), {
        width: image.width - 1,
        height: image.height,
      });
    };
    expect(all.map((text) => read(between(written(text))))).toEqual(all.map(Number));
  });
  test('with a comma between groups of three', () => {
    expect(read(marked('1', '250'))).toBe(1250);
  });
});

describe('does not guess', () => {
  test.each<[string, string, ImageBuffer]>([
    ['at nothing', 'blank', solid(60, 30, BACKGROUND)],
    [
      'at a bar',
      'unlike',
      paint(solid(60, 30, BACKGROUND), { x: 20, y: 8, width: 8, height: 13 }, [20, 20, 20]),
    ],
    [
      'at a sign',
      'stray-mark',
      paint(
        writeNumber(written(''), '98', { x: 24, y: 4 }),
        { x: 14, y: 13, width: 6, height: 2 },
        [20, 20, 20],
      ),
    ],
    ['at a decimal point', 'stray-mark', marked('1', '5')],
    ['at one before two digits', 'stray-mark', marked('1', '25')],
    ['at a full stop', 'stray-mark', marked('1', '')],
    ['at a digit cut off', 'cut-off', crop(written('98'), { x: 10, y: 0, width: 60, height: 30 })],
    ['at one cut off at the right', 'cut-off', crop(written('98'), { x: 0, y: 0, width: 24, height: 30 })],
    [
      'at digits that touch',
      'unlike',
      paint(written('98'), { x: 12, y: 14, width: 8, height: 2 }, [20, 20, 20]),
    ],
    [
      'at a digit half hidden',
      'uneven',
      paint(written('98'), { x: 17, y: 4, width: 12, height: 9 }, BACKGROUND),
    ],
    ['at more digits than a number has', 'too-long', written('1234567890123456', 200)],
  ])('%s: %s', (_, reason, image) => {
    expect(readNumber(image, { digits: DIGITS })).toMatchObject({ value: null, reason });
  });
});

test('learns from ten glyphs, and says what it found instead', () => {
  const learn = (): unknown => learnDigits(crop(PICTURE, { x: 0, y: 0, width: 53, height: PICTURE.height }));
  expect(learn).toThrow('received 4 glyphs');
});
