import { describe, expect, it } from 'vitest';
import { type Rect, inflate, sizeRect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { meetsAtCorners } from '../../../src/probe/veil/frame-corners.js';
import type { NewFrame } from '../../../src/probe/veil/new-frame.js';
import { paint, solid } from '../../support/draw.js';

const before = solid(480, 360, [230, 230, 230]);
const DIALOG: Rect = { x: 120, y: 100, width: 240, height: 160 };
const WHOLE: NewFrame['sides'] = [1, 1, 1, 1];
const levels = Uint8Array.from({ length: 256 }, (_, level) => level);

function meets(after: ImageBuffer, rect: Rect, sides = WHOLE): boolean {
  const prediction = { identity: true, levels: [levels, levels, levels] as const };
  return meetsAtCorners({ before, after, prediction, region: sizeRect(before), step: 5 }, { rect, sides });
}

/** White, with a line around it and one below its title bar. */
function dialog({ x, y, width }: Rect = DIALOG): ImageBuffer {
  const framed = paint(paint(before, DIALOG, [120, 120, 120]), inflate(DIALOG, -1), [255, 255, 255]);
  return paint(framed, { x, y: y + 40, width, height: 1 }, [120, 120, 120]);
}

describe('meetsAtCorners', () => {
  it('is true of a dialog', () => {
    expect(meets(dialog(), DIALOG)).toBe(true);
  });

  it('is true where one side runs on along the item that a menu opened beside', () => {
    const lit = paint(dialog(), { x: 20, y: DIALOG.y, width: 100, height: 24 }, [40, 90, 200]);
    expect(meets(lit, DIALOG)).toBe(true);
  });

  it('is false where a side runs on at both of its ends', () => {
    const { y, height } = DIALOG;
    const row = paint(before, { x: 20, y: y - 10, width: 440, height: 30 }, [40, 90, 200]);
    const menu = paint(paint(row, DIALOG, [120, 120, 120]), inflate(DIALOG, -1), [255, 255, 255]);
    expect(meets(menu, { ...DIALOG, y: y - 10, height: height + 10 })).toBe(false);
  });

  it('is false where the sides run on beyond the line below a title bar', () => {
    expect(meets(dialog(), { ...DIALOG, y: 140, height: 120 })).toBe(false);
  });

  it('is false where a line further out was taken for the bottom', () => {
    expect(meets(dialog(), { ...DIALOG, height: 200 })).toBe(false);
  });

  it('is false where only one side runs up to the border of the picture', () => {
    const below = { x: 120, y: 45, width: 240, height: 160 };
    let after = paint(before, below, [255, 255, 255]);
    after = paint(after, { x: 320, y: 0, width: 40, height: 45 }, [180, 180, 180]);
    expect(meets(after, { ...below, y: 0, height: 205 }, [0.8, 1, null, 1])).toBe(false);
  });

  it('is false of a faint line before a strong edge, unless the sides lead there', () => {
    const outer = { ...DIALOG, y: 88, height: 172 };
    const after = paint(paint(before, { ...outer, height: 1 }, [215, 215, 215]), DIALOG, [20, 20, 20]);
    expect(meets(after, outer)).toBe(false);
    const framed = paint(paint(before, outer, [215, 215, 215]), DIALOG, [20, 20, 20]);
    expect(meets(framed, outer)).toBe(true);
  });
});
