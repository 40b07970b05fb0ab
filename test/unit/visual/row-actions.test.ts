import { expect, test } from 'vitest';
import { type Rect, sizeRect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { parseColor } from '../../../src/probe/index.js';
import { Look } from '../../../src/visual/look.js';
import { type ComponentAction, type RowActions, rowActions } from '../../../src/visual/row-actions.js';
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
