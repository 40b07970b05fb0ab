import { describe, expect, it } from 'vitest';
import { parseNumber, parseRect, parseSize, parseWhole } from '../../src/cli/arguments.js';

const INVALID = expect.objectContaining({ code: 'commander.invalidArgument' }) as Error;

describe('arguments', () => {
  it('a rectangle is four whole numbers, of some size', () => {
    expect(parseRect('1,2,3,4')).toEqual({ x: 1, y: 2, width: 3, height: 4 });
    expect(parseRect('0, 0, 1, 1')).toEqual({ x: 0, y: 0, width: 1, height: 1 });
    for (const text of [
      '',
      '1,2,3',
      '1,2,3,4,5',
      '1,2,0,4',
      '-1,2,3,4',
      '1.5,2,3,4',
      'a,b,c,d',
      '1,2,3,Infinity',
      ',,,',
      '1,2,3,',
    ])
      expect(() => parseRect(text), text).toThrow(INVALID);
  });

  it('a size is two numbers with an x', () => {
    expect(parseSize('1280x720')).toEqual({ width: 1280, height: 720 });
    for (const text of ['1280', '1280x', '1280X720', '-1x1', '1x1', '1280x720x3', '123456x10'])
      expect(() => parseSize(text), text).toThrow(INVALID);
  });

  it('a number lies in its range, ends included', () => {
    const parse = parseNumber({ min: 0, max: 1 });
    expect([parse('0'), parse('0.5'), parse('1')]).toEqual([0, 0.5, 1]);
    for (const text of ['', ' ', 'x', '1.01', '-0.1', 'NaN', 'Infinity'])
      expect(() => parse(text), text).toThrow(INVALID);
  });

  it('a whole number is whole', () => {
    const parse = parseWhole({ min: 1, max: 9 });
    expect(parse('9')).toBe(9);
    for (const text of ['0', '10', '1.5', '']) expect(() => parse(text), text).toThrow(INVALID);
  });
});
