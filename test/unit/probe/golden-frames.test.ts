import { describe, expect, it } from 'vitest';
import { containsRect, inflate } from '../../../src/core/geometry.js';
import { decode } from '../../../src/image/decode.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { changeScore } from '../../../src/probe/change-score.js';
import { components } from '../../../src/probe/components.js';
import { emptiness } from '../../../src/probe/emptiness.js';
import { rowBands } from '../../../src/probe/row-bands.js';
import { signature } from '../../../src/probe/signature.js';
import { veil } from '../../../src/probe/veil.js';
import { readFrame, readTruth } from '../../corpus/truth.js';
import { apart } from '../../support/apart.js';

const APPLICATIONS = ['gtk3-lists', 'glide-data-grid', 'gtk-widget-factory'] as const;
const frames = APPLICATIONS.flatMap((app) =>
  Object.entries(readTruth(app).frames).flatMap(([name, { lists = [], buttons = [] }]) =>
    lists.map((list) => ({ app, name, truth: { ...list, buttons } })),
  ),
);

describe('frames of real applications', () => {
  it.each(frames)('rowBands finds every whole row of $app/$name and no other', ({ app, name, truth }) => {
    const { rows } = rowBands(picture(app, name), { region: truth.region });
    const whole = rows.filter(({ partial }) => !partial);
    const expected = truth.rows.filter(({ partial }) => partial !== true);
    expect(whole).toHaveLength(expected.length);
    for (const [i, { y, height }] of expected.entries()) {
      expect(Math.abs(whole[i].y - y)).toBeLessThanOrEqual(2);
      expect(Math.abs(whole[i].y + whole[i].height - y - height)).toBeLessThanOrEqual(2);
    }
  });

  it.each(frames)('emptiness knows whether $app/$name has rows', ({ app, name, truth }) => {
    const { state } = emptiness(picture(app, name), { region: truth.region });
    expect(state).toBe(truth.rows.length > 0 ? 'populated' : 'empty');
  });

  it.each(frames.filter(({ truth }) => truth.buttons.length > 0))(
    'components finds the coloured buttons of $app/$name',
    ({ app, name, truth }) => {
      const found = components(picture(app, name));
      for (const button of truth.buttons) {
        expect(found.some((blob) => apart(blob, button) <= 3)).toBe(true);
      }
    },
  );

  it.each([
    {
      before: 'page.q80.jpg',
      after: 'page-dialog.q80.jpg',
      box: { x: 434, y: 279, width: 412, height: 162 },
    },
    {
      before: 'page-dark.q60.jpg',
      after: 'page-dark-menu.q60.jpg',
      box: { x: 5, y: 41, width: 139, height: 136 },
    },
  ])('veil and changeScore see what $after lays over $before', ({ before, after, box }) => {
    const [page, popup] = [picture('gtk3-lists', before), picture('gtk3-lists', after)];
    const seen = veil(page, popup);
    expect(seen.open).toBe(true);
    expect(apart(seen.box!, box)).toBeLessThanOrEqual(6);
    expect(veil(popup, page).open).toBe(false);
    const { bbox } = changeScore(page, popup);
    expect(containsRect(inflate(bbox!, 4), box)).toBe(true);
    expect(changeScore(popup, popup)).toMatchObject({ score: 0, bbox: null });
    expect(signature(page).sha256).not.toBe(signature(popup).sha256);
  });

  it.each([
    { popup: 'combo-open.png', box: { x: 513, y: 357, width: 144, height: 124 } },
    { popup: 'menu-open.png', box: { x: 1247, y: 184, width: 169, height: 183 } },
  ])('veil finds the box of a popup that dims nothing: $popup', ({ popup, box }) => {
    const [page, open] = [picture('gtk-widget-factory', 'page.png'), picture('gtk-widget-factory', popup)];
    const seen = veil(page, open);
    expect(seen.open).toBe(true);
    expect(apart(seen.box!, box)).toBeLessThanOrEqual(6);
    expect(veil(open, page).open).toBe(false);
  });

  it('veil takes no other page for a popup', () => {
    for (const [before, after] of [
      ['page.q80.jpg', 'selected.q80.jpg'],
      ['two-lines.q80.jpg', 'selected.q80.jpg'],
      ['selected.q80.jpg', 'empty.png'],
      ['empty.png', 'unequal.png'],
      ['page-dark.q60.jpg', 'separators-dark.q80.jpg'],
    ]) {
      expect(veil(picture('gtk3-lists', before), picture('gtk3-lists', after)).open).toBe(false);
    }
  });
});

function picture(app: string, name: string): ImageBuffer {
  return decode(readFrame(app, name)).image;
}
