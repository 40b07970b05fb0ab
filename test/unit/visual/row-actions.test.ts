import { expect, test } from 'vitest';
import { type Rect, sizeRect } from '../../../src/core/geometry.js';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { parseColor } from '../../../src/probe/index.js';
import { Look } from '../../../src/visual/look.js';
import { type ComponentAction, type RowActions, rowActions } from '../../../src/visual/list/row-actions.js';
import { apart } from '../../support/apart.js';
import { paint, solid } from '../../support/draw.js';

function actionsOf(image: ImageBuffer, rect: Rect, enabled: string, disabled: string): RowActions {
  const colors = { enabled: parseColor(enabled), disabled: parseColor(disabled) };
  const action: ComponentAction = { kind: 'component', rect, ...colors, minArea: 300 };
  return rowActions(new Look(image, sizeRect(image)), rect, action);
}

test.each(['#c9701c', '#b9ab90'])(
  'the ground between cards is no button, one of %s as wide as the columns is',
  (color) => {
    const buttons = [20, 84, 148].map((y) => ({ x: 240, y, width: 100, height: 32 }));
    let image = solid(380, 196, parseColor('#d8c79e'));
    for (const button of buttons) {
      image = paint(image, { x: 10, y: button.y - 12, width: 360, height: 56 }, parseColor('#fbf3df'));
      image = paint(image, button, parseColor(color));
    }
    for (const beside of [0, 15]) {
      const columns = { x: 240 - beside, y: 0, width: 100 + 2 * beside, height: 196 };
      const { enabled, disabled } = actionsOf(image, columns, '#c9701c', '#b9ab90');
      expect([...enabled, ...disabled]).toEqual(buttons);
      expect(enabled).toHaveLength(color === '#c9701c' ? 3 : 0);
    }
  },
);

test.each([
  ['grey', '#c0c0c0', '#e2e2e2', '#000080', 'enabled', { x: 200, y: 16, width: 66, height: 16 }],
  ['pale', '#4f46e5', '#e2e8f0', '#eef2ff', 'disabled', { x: 206, y: 16, width: 66, height: 28 }],
] as const)(
  'a %s button on a selected row has the others’ place and size where a codec has blurred it',
  (_, on, off, row, selected, first) => {
    const pitch = first.height + 12;
    const buttons = Array.from({ length: 8 }, (_each, i) => ({ ...first, y: first.y + pitch * i }));
    const isOn = (i: number): boolean => (i % 3 === 2) === (selected === 'enabled');
    let image = solid(300, 8 * pitch + 20, parseColor('#ffffff'));
    image = paint(image, { x: 0, y: 2 * pitch + 10, width: 300, height: pitch }, parseColor(row));
    for (const [i, button] of buttons.entries()) {
      image = paint(image, button, parseColor(isOn(i) ? on : off));
      for (let x = button.x + 15; x < button.x + 50; x += 8) {
        const letter = { x, y: button.y + 4, width: 2, height: button.height - 8 };
        image = paint(image, letter, parseColor(isOn(i) ? '#202020' : '#909090'));
      }
    }
    const columns = { x: 185, y: 10, width: 110, height: 8 * pitch };
    const { enabled, disabled } = actionsOf(decode(encodeJpeg(image, 60)).image, columns, on, off);
    expect([...enabled, ...disabled]).toHaveLength(8);
    const state = isOn(2) ? enabled : disabled;
    expect(state).toHaveLength(2);
    expect(apart(state[0], buttons[2])).toBeLessThanOrEqual(3);
  },
);
