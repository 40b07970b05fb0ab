import { describe, expect, it } from 'vitest';
import { sizeRect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { scrolledPage } from '../../../src/probe/veil/scrolled-page.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 640;
const HEIGHT = 480;
const PITCH = 24;

/** Rows of which each has a bar as long as `lengthOf` says, from `top` of the whole list on. */
function rows(top: number, lengthOf: (row: number) => number): ImageBuffer {
  let image = solid(WIDTH, HEIGHT, [255, 255, 255]);
  for (let row = 0; row < 80; row++) {
    const y = PITCH * row - top;
    if (y < 0 || y + 8 > HEIGHT) continue;
    image = paint(image, { x: 70, y, width: lengthOf(row), height: 8 }, [40, 40, 40]);
  }
  return image;
}
const unlike = (row: number): number => 40 + ((row * row * 37) % 450);
const alike = (): number => 300;
const scrolled = (one: ImageBuffer, other: ImageBuffer): boolean => scrolledPage(one, other, sizeRect(one));

describe('scrolledPage', () => {
  it('knows a page that stands higher or lower, not one that stands still', () => {
    expect(scrolled(rows(0, unlike), rows(110, unlike))).toBe(true);
    expect(scrolled(rows(110, unlike), rows(0, unlike))).toBe(true);
    expect(scrolled(rows(110, unlike), rows(110, unlike))).toBe(false);
  });
  it('does not know one whose rows were there already, each in the place of another', () => {
    expect(scrolled(rows(0, alike), rows(PITCH, alike))).toBe(false);
  });
  it('takes no sheet over the last rows of such a page for a scroll', () => {
    const sheet = { x: 0, y: 384, width: WIDTH, height: 96 };
    expect(scrolled(rows(0, alike), paint(rows(0, alike), sheet, [230, 230, 230]))).toBe(false);
  });
  it('does not know another page, nor one without content', () => {
    expect(
      scrolled(
        rows(0, unlike),
        rows(0, (row) => unlike(3 * row + 1)),
      ),
    ).toBe(false);
    const empty = solid(WIDTH, HEIGHT, [255, 255, 255]);
    expect(scrolled(empty, rows(0, unlike))).toBe(false);
  });
});
