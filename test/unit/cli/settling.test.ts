import { expect, test } from 'vitest';
import { createSettling } from '../../../src/cli/settling.js';
import { paint, solid } from '../../support/draw.js';

const blank = solid(64, 64, [240, 240, 240]);
const page = (x: number) => paint(blank, { x, y: 20, width: 20, height: 24 }, [20, 20, 20]);

test('a page that shows the same for long enough has settled', () => {
  const settling = createSettling({ stillMs: 1000 });
  expect(settling(page(4), 0)).toEqual({
    ready: false,
    why: expect.stringContaining('still changes') as string,
  });
  const caret = paint(page(4), { x: 50, y: 30, width: 1, height: 6 }, [20, 20, 20]);
  expect(settling(caret, 900).ready).toBe(false);
  expect(settling(page(4), 1000)).toEqual({ ready: true, why: 'settled' });
});

test('one that always moves has not, and is told how a picture is taken all the same', () => {
  const settling = createSettling({ stillMs: 1000 });
  for (let i = 0; i < 20; i++) expect(settling(page(4 + 20 * (i % 3)), 500 * i).ready).toBe(false);
  expect(settling(page(4), 11_000).why).toContain('`--still 0`');
});

test('without a wait the first picture that is not flat is taken', () => {
  const settling = createSettling({ stillMs: 0 });
  expect(settling(blank, 0)).toEqual({ ready: false, why: 'the picture is flat' });
  expect(settling(page(4), 100).ready).toBe(true);
});
