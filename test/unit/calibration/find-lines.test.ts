import { expect, test } from 'vitest';
import { findLines } from '../../../src/calibration/measure/find-lines.js';
import { paint, solid } from '../../support/draw.js';

const PAGE = [245, 246, 248] as const;
const BUTTON = [46, 158, 79] as const;

test('a weak line that goes on beside a strong one is a line of its own', () => {
  // White rows on the page's grey, and a button 14 pixels from their right end.
  const rows = paint(solid(400, 300, PAGE), { x: 40, y: 60, width: 320, height: 200 }, [255, 255, 255]);
  const list = [80, 160].reduce(
    (image, y) => paint(image, { x: 250, y, width: 96, height: 48 }, BUTTON),
    rows,
  );
  expect(findLines(list, 'x').map(({ at }) => at)).toEqual([40, 250, 346, 360]);
  // The bar below cuts the second button off, 12 pixels below its upper end.
  const cut = paint(list, { x: 0, y: 172, width: 400, height: 128 }, [233, 236, 241]);
  expect(findLines(cut, 'y').map(({ at }) => at)).toEqual([60, 80, 128, 160, 172]);
});

test('a weak line just along a strong one is its echo', () => {
  const strong = paint(solid(400, 300, PAGE), { x: 100, y: 80, width: 120, height: 120 }, [20, 20, 20]);
  const ringing = paint(strong, { x: 228, y: 80, width: 4, height: 120 }, [240, 241, 243]);
  expect(findLines(ringing, 'x').map(({ at }) => at)).toEqual([100, 220]);
});
