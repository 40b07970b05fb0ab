import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { veil } from '../../../src/probe/veil.js';
import { DARK, LIGHT, type Theme, box, text } from '../../support/draw-page.js';
import { paint, solid } from '../../support/draw.js';

const rows = (count: number, first = 0): number[] => Array.from({ length: count }, (_, i) => first + i);

/** Rows of letters, which stand `by` pixels further, beside icons, which do not. */
function page({ card, ink, accent }: Theme, by: number): ImageBuffer {
  return rows(14).reduce(
    (image, row) => {
      const y = 40 + 40 * row;
      const icon = { x: 20, y: y - 8, width: 20, height: 20 };
      return text(paint(image, icon, accent), { x: 60 + by, y, seed: row, length: 130, ink });
    },
    solid(1000, 640, card),
  );
}

describe.each([LIGHT, DARK])('veil of a page whose letters were all set a pixel further', (theme) => {
  const drawer: Rect = { x: 620, y: 0, width: 380, height: 640 };
  const open = rows(5, 30).reduce(
    (image, row) => text(image, { x: 650, y: 40 * row - 1140, seed: row, length: 24, ink: theme.ink }),
    paint(page(theme, 1), drawer, theme.card),
  );

  it('is not sure that no drawer of its own colour came', () => {
    expect(veil(page(theme, 0), open).state).not.toBe('closed');
  });
  it('knows that nothing came where they are all still there', () => {
    const lit = paint(page(theme, 1), { x: 0, y: 0, width: 1000, height: 20 }, theme.accent);
    expect(veil(page(theme, 0), lit).state).toBe('closed');
  });
});

describe('veil of a list of cards', () => {
  const { page: ground } = LIGHT;
  const cards = (count: number): ImageBuffer =>
    rows(count).reduce(
      (image, row) => box(image, { x: 60, y: 40 + 72 * row, width: 520, height: 62 }, LIGHT),
      solid(1000, 640, ground),
    );

  it('takes the several that came to it for no popup', () => {
    expect(veil(cards(3), cards(8)).state).not.toBe('open');
  });
});

it('veil is unsure of a pane from side to side that ends at a bar below', () => {
  const { page: ground, card, ink, line } = DARK;
  const status = { x: 0, y: 600, width: 1000, height: 40 };
  const screen = rows(13).reduce(
    (image, row) => text(image, { x: 20, y: 30 + 44 * row, seed: row, length: 150, ink }),
    paint(solid(1000, 640, ground), status, line),
  );
  const pane = { x: 0, y: 384, width: 1000, height: 216 };
  const open = rows(3, 40).reduce(
    (image, row) => text(image, { x: 40, y: 44 * row - 1330, seed: row, length: 40, ink }),
    paint(paint(screen, pane, line), { ...pane, y: 386, height: 214 }, card),
  );
  expect(veil(screen, open).state).not.toBe('closed');
});
