import { readFileSync } from 'node:fs';
import { decode, ImageBuffer } from '../../src/image/index.js';
import { learnDigits } from '../../src/probe/index.js';

const LEDGER = new URL('../../calibrations/ledger/calibration.yaml', import.meta.url);
const [, base64] = /digits: data:image\/png;base64,(\S+)/.exec(readFileSync(LEDGER, 'utf8'))!;

/** The ledger's digits, 0 to 9. */
export const PICTURE: ImageBuffer = decode(Buffer.from(base64, 'base64')).image;
export const DIGITS = learnDigits(PICTURE);

/** In the picture each digit has a cell of 13 pixels; ten of them are the width of a digit and a blank column on both sides. */
const CELL = 13;
const FIRST = 1;
const ADVANCE = 11;

/** A copy with a number written on it, each digit where the ledger would draw it, from the pixels of its digits. */
export function writeNumber(
  image: ImageBuffer,
  text: string,
  { x, y }: { x: number; y: number },
): ImageBuffer {
  const data = Uint8Array.from(image.data);
  Array.from(text, (digit, i) => {
    for (let line = 0; line < PICTURE.height; line++) {
      const from = 4 * (line * PICTURE.width + FIRST + CELL * Number(digit));
      data.set(
        PICTURE.data.subarray(from, from + 4 * ADVANCE),
        4 * ((y + line) * image.width + x + ADVANCE * i),
      );
    }
  });
  return new ImageBuffer(image.width, image.height, data);
}
