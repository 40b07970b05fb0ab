import { describe, expect, it } from 'vitest';
import { type Rect, inflate } from '../../../src/core/geometry.js';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { veil } from '../../../src/probe/veil.js';
import { DARK, LIGHT, type Rgb, type Theme, box, expectBox, map, text } from '../../support/draw-page.js';
import { paint, solid } from '../../support/draw.js';

const jpeg = (image: ImageBuffer, quality: number): ImageBuffer => decode(encodeJpeg(image, quality)).image;

interface Form {
  readonly theme: Theme;
  readonly field: (row: number) => Rect;
  readonly rows: number;
}

function drawField(image: ImageBuffer, { theme, field }: Form, row: number, border = theme.line) {
  const rect = field(row);
  const framed = paint(paint(image, rect, border), inflate(rect, -1), theme.card);
  return text(framed, { x: rect.x + 12, y: rect.y + 14, seed: row + 9, length: 20, ink: theme.ink });
}

function drawForm(form: Form, ground: Rgb): ImageBuffer {
  return Array.from({ length: form.rows }, (_, row) => row).reduce(
    (image, row) => drawField(image, form, row),
    solid(640, 400, ground),
  );
}

describe('veil of a list that hangs from a field', () => {
  const near = (theme: Theme): Form => ({
    theme,
    field: (row) => ({ x: 87, y: 40 + 38 * row, width: 260, height: 26 }),
    rows: 9,
  });
  function opened(form: Form, under: number): { before: ImageBuffer; after: ImageBuffer; list: Rect } {
    const before = drawForm(form, form.theme.page);
    const list = { ...form.field(2), y: form.field(2).y + under, height: 150 };
    return { before, after: box(drawField(before, form, 2, form.theme.accent), list, form.theme), list };
  }

  it.each([LIGHT, DARK])('does not miss one that ends near the border of another field', (theme) => {
    const field = (row: number): Rect => ({ x: 60, y: 40 + 60 * row, width: 200, height: 30 });
    const before = drawForm({ theme, field, rows: 5 }, theme.card);
    const list = { ...field(0), y: 69, height: 153 };
    expect(veil(before, box(before, list, theme)).state).not.toBe('closed');
  });

  it('takes the fringe of a line in a JPEG for none that was torn', () => {
    const { before, after } = opened(near(DARK), 6);
    expect(veil(jpeg(before, 75), jpeg(after, 75)).state).not.toBe('closed');
  });

  it('leaves the field out of its box, though the ring around that is new', () => {
    const { before, after, list } = opened(near(DARK), 21);
    const { state, box: found } = veil(jpeg(before, 75), jpeg(after, 75));
    expect(state).toBe('open');
    expectBox(found, list);
  });
});

describe('veil of a dialog in a terminal', () => {
  const ground: Rgb = [0, 90, 90];
  const dialog = { x: 160, y: 110, width: 300, height: 150 };
  const words = (image: ImageBuffer, { x, y, width, height }: Rect, ink: Rgb): ImageBuffer => {
    let drawn = image;
    for (let line = y; line < y + height; line += 20)
      for (let at = x; at < x + width; at += 150)
        drawn = text(drawn, { x: at, y: line, seed: at + line, length: 20, ink });
    return drawn;
  };
  const before = words(solid(640, 400, ground), { x: 10, y: 20, width: 620, height: 370 }, [255, 255, 255]);

  it.each([
    { right: 14, down: 12, gain: 0 },
    { right: 14, down: 12, gain: 0.4 },
    { right: 20, down: 20, gain: 0 },
  ])('leaves its hard shadow out of the box: $right and $down pixels, $gain of the page', (shadow) => {
    const shaded = map(before, (value, x, y) => {
      const { x: left, y: top, width, height } = dialog;
      const across = x - left - shadow.right;
      const down = y - top - shadow.down;
      return across >= 0 && across < width && down >= 0 && down < height ? value * shadow.gain : value;
    });
    const held = { x: 180, y: 130, width: 150, height: 100 };
    const after = words(paint(shaded, dialog, [235, 235, 235]), held, [0, 0, 0]);
    const { state, box: found } = veil(jpeg(before, 60), jpeg(after, 60));
    expect(state).toBe('open');
    expectBox(found, dialog);
  });
});

it('veil leaves a menu that closed out of the box of the one that opened beside it', () => {
  const lines = Array.from({ length: 38 }, (_, i) => 100 + 18 * i);
  const written = lines.reduce(
    (image, y) => text(image, { x: 10, y, seed: y, length: 232, ink: LIGHT.ink }),
    solid(1280, 800, LIGHT.page),
  );
  const bar = paint(written, { x: 0, y: 0, width: 1280, height: 56 }, LIGHT.card);
  const before = box(bar, { x: 0, y: 56, width: 300, height: 320 }, LIGHT);
  const menu = { x: 120, y: 56, width: 480, height: 600 };
  const { state, box: found } = veil(jpeg(before, 75), jpeg(box(bar, menu, LIGHT), 75));
  expect(state).toBe('open');
  expectBox(found, menu);
});
