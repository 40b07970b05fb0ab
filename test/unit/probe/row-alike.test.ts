import { describe, expect, it } from 'vitest';
import { exactHeight } from '../../../src/probe/rows/bounded/row-exact.js';
import { inkClusters } from '../../../src/probe/rows/profile/row-clusters.js';
import { rowProfile } from '../../../src/probe/rows/profile/row-profile.js';
import { expectRows, grey, stack, write } from '../../support/draw-rows.js';
import { paint, solid } from '../../support/draw.js';

describe('rowBands of flat rows told by others', () => {
  it('parts a last group that the region cuts like the whole one above it', () => {
    const [strip, height] = [25, 49];
    const groups = [0, strip + 3 * height];
    const rows = groups.flatMap((y) => stack([height, height, height], { first: y + strip }));
    const image = groups.reduce(
      (page, y) => {
        const headed = paint(page, { x: 0, y, width: 433, height: strip }, grey(226));
        return write(headed, { x: 14, y: y + 7, width: 14, grey: 40 });
      },
      solid(433, 2 * (strip + 3 * height) - 1, grey(245)),
    );
    const page = rows.reduce(
      (drawn, { y }, i) => write(drawn, { x: 60, y: y + 19, width: 90 + 17 * (i % 4), grey: 30 }),
      image,
    );
    // But for a pixel the last one is whole.
    expectRows(page, rows, { minHeight: 30 });
  });

  it('parts what the region cuts below a row with a ground of its own', () => {
    const rows = [...stack([49, 49], { first: -11 }), ...stack([49, 49, 49, 49], { first: 113 })];
    const hovered = paint(
      solid(433, 286, grey(255)),
      { x: 0, y: 113, width: 433, height: 49 },
      [244, 244, 252],
    );
    const headed = write(hovered, { x: 14, y: 95, width: 14, grey: 60 });
    const page = rows.reduce((drawn, { y }, i) => {
      const top = Math.max(0, y + 7);
      const picture = { x: 12, y: top, width: 34, height: Math.min(286, y + 42) - top };
      const pictured = paint(drawn, picture, [233, 229, 246]);
      const initials = write(pictured, { x: 20, y: y + 20, width: 16, grey: 70 });
      return write(initials, { x: 60, y: y + 20, width: 90 + 17 * (i % 4), grey: 30 });
    }, headed);
    expectRows(page, rows.slice(1, -1), { minHeight: 30 });
  });

  it.each([37.5, 58.5, 67.03])(
    'has the pitch of %f pixels of all rows, not the height of the selected one',
    (pitch) => {
      const height = Math.ceil(12 * pitch);
      const image = Array.from({ length: 12 }, (_, i) => i).reduce(
        (page, i) => {
          const [y, end] = [i, i + 1].map((at) => Math.round(at * pitch));
          const text = { y: y + ((end - y) >> 1) - 5, grey: 30 };
          const title = write(page, { x: 20, width: 100 + 31 * (i % 4), ...text });
          return write(title, { x: 380, width: 40 + 9 * (i % 3), ...text });
        },
        solid(500, height, grey(250)),
      );
      const profile = rowProfile(image, { x: 0, y: 0, width: 500, height }, 2 * pitch);
      const clusters = inkClusters(profile, { top: 0, bottom: height });
      for (const shown of [Math.ceil(pitch), Math.floor(pitch - 0.5)]) {
        const selected = { height: shown, regular: true, count: 1 };
        expect(exactHeight(profile, [{ clusters }], selected).height).toBeCloseTo(pitch, 1);
      }
    },
  );

  it('ends a last stripe as high as the others with the region, however little its letters fill it', () => {
    const rows = stack([166, 166, 166, 166, 166]);
    const image = rows.reduce(
      (page, { y, height }, i) => {
        const striped = paint(page, { x: 0, y, width: 600, height }, grey(i % 2 === 0 ? 42 : 33));
        const size = i === 4 ? 34 : 42;
        const number = paint(striped, { x: 430, y: y + 60, width: 60, height: size }, [240, 140, 46]);
        const title = write(number, { x: 40, y: y + 62, width: 150, grey: 220 });
        return write(title, { x: 40, y: y + 80, width: 180, grey: 160 });
      },
      solid(600, 830, grey(42)),
    );
    expectRows(image, rows, { maxHeight: 200 });
  });
});
