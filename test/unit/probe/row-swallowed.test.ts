import { describe, it } from 'vitest';
import { expectRows, grey, jpeg60, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

const WIDTH = 400;
const LINES = [2, 1, 3, 1, 2, 1, 3];
const THEMES = {
  light: { page: 243, card: 251, border: 221, text: 40 },
  dark: { page: 16, card: 21, border: 50, text: 220 },
};

interface Drawing {
  readonly theme: keyof typeof THEMES;
  readonly gap: number;
  readonly selected: number;
  readonly colour: readonly [number, number, number];
}

/** Cards of unequal height with a border, one of them of another colour. */
function cards({ theme, gap, selected, colour }: Drawing) {
  const { page, card, border, text } = THEMES[theme];
  const rows = stack(
    LINES.map((lines) => 24 + 16 * lines),
    { first: gap, gap },
  );
  const last = rows[rows.length - 1];
  const image = rows.reduce(
    (drawn, { y, height }, i) => {
      const framed = paint(drawn, { x: 2, y, width: WIDTH - 4, height }, grey(border));
      const inside = { x: 3, y: y + 1, width: WIDTH - 6, height: height - 2 };
      return Array.from({ length: LINES[i] }, (_, line) => ({
        x: 16,
        y: y + 15 + 16 * line,
        width: line > 0 ? 250 - 31 * line : 120 + 23 * (i % 4),
        grey: text,
      })).reduce(write, paint(framed, inside, i === selected ? colour : grey(card)));
    },
    solid(WIDTH, last.y + last.height + gap, grey(page)),
  );
  return { image, rows };
}

describe('rowBands of cards in a JPEG', () => {
  it.each<Drawing>([
    { theme: 'light', gap: 7, selected: 4, colour: [204, 227, 241] },
    { theme: 'light', gap: 9, selected: 2, colour: [20, 100, 98] },
    { theme: 'light', gap: 10, selected: 4, colour: [20, 100, 98] },
    { theme: 'dark', gap: 7, selected: 2, colour: [30, 60, 120] },
    { theme: 'dark', gap: 9, selected: 4, colour: [20, 100, 98] },
  ])('finds the gaps beside one of another colour: %j', (drawing) => {
    const { image, rows } = cards(drawing);
    expectRows(jpeg60(image), rows);
  });
});
