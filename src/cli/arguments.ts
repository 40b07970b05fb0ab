import { InvalidArgumentError } from 'commander';
import type { Rect, Size } from '../core/index.js';

/** `x,y,width,height` in pixels. */
export function parseRect(text: string): Rect {
  const numbers = text.split(',').map(Number);
  const [x, y, width, height] = numbers;
  if (numbers.length !== 4 || !numbers.every(Number.isInteger) || x < 0 || y < 0 || width < 1 || height < 1) {
    throw new InvalidArgumentError('expected x,y,width,height in whole pixels.');
  }
  return { x: x, y: y, width: width, height: height };
}

/** `1280x720`. */
export function parseSize(text: string): Size {
  const match = /^(\d{2,5})x(\d{2,5})$/.exec(text);
  if (match === null) throw new InvalidArgumentError('expected a size such as 1280x720.');
  return { width: Number(match[1]), height: Number(match[2]) };
}

export function parseNumber({ min, max }: Readonly<{ min: number; max: number }>): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= min && value <= max)) {
      throw new InvalidArgumentError(`expected a number from ${min} to ${max}.`);
    }
    return value;
  };
}

export function parseWhole(range: Readonly<{ min: number; max: number }>): (text: string) => number {
  const parse = parseNumber(range);
  return (text) => {
    const value = parse(text);
    if (!Number.isInteger(value)) throw new InvalidArgumentError('expected a whole number.');
    return value;
  };
}

export function parseUrl(text: string): string {
  if (URL.canParse(text)) return text;
  throw new InvalidArgumentError('expected a url such as https://example.com.');
}
