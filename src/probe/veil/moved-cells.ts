import { type Rect, enclosing } from '../../core/geometry.js';
import { ImageBuffer } from '../../image/image-buffer.js';
import { CELL } from './foreign-cells.js';

/** `before` with those cells of `inner` as they are `from` pixels further in it (lines times width) that are then the likelier to `after`, and around which those are. */
export function movedCells(
  before: ImageBuffer,
  after: ImageBuffer,
  { inner, from }: { readonly inner: Rect; readonly from: number },
): { readonly page: ImageBuffer; readonly part: Rect } {
  const { width, height } = before;
  const page = new ImageBuffer(width, height, new Uint8Array(before.data));
  const [was, is, moved] = [before.signedWords(), after.signedWords(), page.signedWords()];
  let part: Rect = { x: inner.x, y: inner.y, width: 0, height: 0 };
  for (let y = inner.y; y < inner.y + inner.height; y += CELL) {
    const lines = Math.min(CELL, inner.y + inner.height - y);
    for (let x = inner.x; x < inner.x + inner.width; x += CELL) {
      const columns = Math.min(CELL, inner.x + inner.width - x);
      const first = y * width + x;
      const last = first + (lines - 1) * width + columns - 1;
      if (first + from < 0 || last + from >= was.length) continue;
      let here = 0;
      let there = 0;
      for (let line = first; line <= last; line += width) {
        for (let at = line; at < line + columns; at++) {
          if (was[at] !== is[at]) here += miss(was[at], is[at]);
          if (was[at + from] !== is[at]) there += miss(was[at + from], is[at]);
        }
      }
      if (here <= there) continue;
      const cell = { x, y, width: columns, height: lines };
      part = part.width === 0 ? cell : enclosing([part, cell]);
      for (let line = first; line <= last; line += width)
        moved.set(was.subarray(line + from, line + from + columns), line);
    }
  }
  return { page, part };
}

/** Levels of green. */
function miss(one: number, other: number): number {
  return Math.abs(((one >>> 8) & 0xff) - ((other >>> 8) & 0xff));
}
