import { describe, expect, it } from 'vitest';
import { type Rect, inflate } from '../../../src/core/geometry.js';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { veil } from '../../../src/probe/veil.js';
import {
  DARK,
  HEIGHT,
  LIGHT,
  type Rgb,
  WIDTH,
  box,
  dim,
  expectBox,
  map,
  page,
  shadow,
  text,
} from '../../support/draw-page.js';
import { paint, solid } from '../../support/draw.js';

/** Each pixel becomes the mean of the square around it; what lies outside of the picture is left out. Three times is nearly a Gaussian. */
function blur(image: ImageBuffer, radius: number): ImageBuffer {
  const { width, height } = image;
  const along = (from: Uint8Array, stride: number, length: number): Uint8Array => {
    const to = Uint8Array.from(from);
    for (let i = 0; i < from.length; i++) {
      const at = Math.floor(i / 4 / stride) % length;
      let sum = 0;
      const first = Math.max(-radius, -at);
      const last = Math.min(radius, length - 1 - at);
      for (let k = first; k <= last; k++) sum += from[i + 4 * stride * k];
      to[i] = Math.round(sum / (last - first + 1));
    }
    return to;
  };
  let data = image.data;
  for (let pass = 0; pass < 3; pass++) data = along(along(data, 1, width), width, height);
  return new ImageBuffer(width, height, data);
}

const DIALOG = { x: 120, y: 100, width: 240, height: 150 };
const MENU = { x: 210, y: 130, width: 120, height: 110 };

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('veil on a %s page', (_, theme) => {
  const base = page(theme);

  it.each([
    [0.5, 0],
    [0.8, 0],
    [0.35, 30],
    [0.4, 150],
  ])('finds a dialog over a page at gain %f, offset %f', (gain, offset) => {
    const after = box(dim(base, gain, offset), DIALOG, theme);
    const result = veil(base, after);
    expect(result).toMatchObject({ state: 'open', open: true, kind: 'dimmed', reason: 'opened' });
    expectBox(result.box, DIALOG);
    expect(result.gain).toBeCloseTo(gain, 1);
    expect(Math.abs(result.offset - offset)).toBeLessThan(4);
  });

  it('finds it without its shadow', () => {
    const result = veil(base, box(shadow(dim(base, 0.6), DIALOG), DIALOG, theme));
    expect(result).toMatchObject({ open: true, kind: 'dimmed' });
    expectBox(result.box, DIALOG);
  });

  it('finds a drawer at the border of a dimmed page', () => {
    const drawer = { x: 320, y: 0, width: 160, height: HEIGHT };
    const result = veil(base, box(dim(base, 0.5), drawer, theme));
    expect(result.open).toBe(true);
    expectBox(result.box, drawer);
  });

  it.each([
    ['flat', (image: ImageBuffer) => image],
    ['with a shadow', (image: ImageBuffer) => shadow(image, MENU)],
  ])('finds a menu over a page that stays as it is, %s', (_name, below) => {
    const result = veil(base, box(below(base), MENU, theme));
    expect(result).toMatchObject({ open: true, kind: 'plain', gain: 1, offset: 0, reason: 'opened' });
    expectBox(result.box, MENU);
  });

  it('looks only into the region, and answers in image pixels', () => {
    const after = box(base, MENU, theme);
    const result = veil(base, after, { region: { x: 100, y: 60, width: 300, height: 240 } });
    expectBox(result.box, MENU);
    expect(veil(base, after, { region: { x: 0, y: 0, width: 200, height: 120 } }).open).toBe(false);
  });

  it.each([
    ['a dimmed dialog', box(dim(base, 0.5), DIALOG, theme)],
    ['a menu', box(base, MENU, theme)],
  ])('is not open when %s closes', (_name, opened) => {
    expect(veil(opened, base)).toMatchObject({ state: 'closed', open: false, box: null });
  });

  it.each([
    ['another tab', page(theme, { tab: 1 })],
    ['a shifted list', page(theme, { first: 1 })],
    ['a list with a row less', page(theme, { first: 1, rows: 8 })],
    ['a selected row', page(theme, { selected: 4 })],
    ['an empty list', page(theme, { rows: 0 })],
    ['a toast', box(base, { x: 140, y: 312, width: 200, height: 40 }, theme)],
    ['a tooltip', paint(base, { x: 200, y: 150, width: 90, height: 22 }, [60, 60, 60])],
    ['a spinner', paint(base, { x: 200, y: 150, width: 20, height: 20 }, theme.accent)],
    ['a tinted area', map(base, (v, x, y) => (x > 99 && x < 300 && y > 99 && y < 260 ? 0.75 * v + 40 : v))],
  ])('is closed over %s', (_name, after) => {
    expect(veil(base, after)).toMatchObject({ state: 'closed', open: false, box: null });
    expect(veil(after, base)).toMatchObject({ state: 'closed', open: false, box: null });
  });

  it('is unsure when nothing of the page is left: it was left, or is covered', () => {
    const line = { x: 60, y: 200, seed: 3, length: 70, ink: theme.accent };
    const after = text(solid(WIDTH, HEIGHT, theme.card), line);
    expect(veil(base, after)).toMatchObject({
      state: 'unsure',
      open: false,
      box: null,
      reason: 'page-changed',
    });
    const back = veil(after, base);
    expect(back).toMatchObject({ state: 'unsure', open: false, reason: 'replaced', margin: 0 });
    expectBox(back.box, { x: 20, y: 40, width: 440, height: 300 });
  });

  it.each([
    ['a drawer at the right', { x: 300, y: 0, width: 180, height: HEIGHT }],
    ['a drawer at the left, below the header', { x: 0, y: 34, width: 200, height: HEIGHT - 34 }],
    ['a panel in the corner', { x: 270, y: 180, width: 210, height: 180 }],
    ['a menu at the right edge', { x: 360, y: 90, width: 120, height: 110 }],
  ])('finds %s over a page that stays as it is', (_name, rect) => {
    const after = box(base, rect, theme);
    const opened = veil(base, after);
    expect(opened).toMatchObject({ state: 'open', open: true, kind: 'plain' });
    expectBox(opened.box, rect);
    expect(veil(after, base)).toMatchObject({ state: 'closed', box: null });
  });

  it('is unsure of a sheet as wide as the page, which cuts no line that runs on below', () => {
    const sheet = { x: 0, y: 214, width: WIDTH, height: HEIGHT - 214 };
    const rows = paint(base, { x: 0, y: 40, width: WIDTH, height: 320 }, theme.card);
    const found = veil(rows, box(rows, sheet, theme));
    expect(found.state).not.toBe('closed');
  });

  it('says so when the page is dimmed without a box, and when it comes back', () => {
    expect(veil(base, dim(base, 0.5))).toMatchObject({ open: false, kind: 'dimmed', reason: 'no-box' });
    expect(veil(dim(base, 0.7), base)).toMatchObject({ open: false, kind: 'none', reason: 'brightened' });
  });
});

describe('veil', () => {
  it('is closed on equal and on constant pictures', () => {
    const image = page(LIGHT);
    expect(veil(image, image)).toMatchObject({ open: false, kind: 'none', reason: 'unchanged' });
    expect(veil(solid(1, 1, [0, 0, 0]), solid(1, 1, [255, 255, 255])).open).toBe(false);
    expect(veil(solid(300, 200, [0, 0, 0]), solid(300, 200, [255, 255, 255])).open).toBe(false);
  });

  it('refuses two sizes, a region outside and a share out of range', () => {
    const image = solid(20, 20, [1, 2, 3]);
    expect(() => veil(image, solid(20, 21, [1, 2, 3]))).toThrow(
      expect.objectContaining({ code: 'PXP_IMAGE_SIZE' }),
    );
    expect(() => veil(image, image, { region: { x: 0, y: 0, width: 21, height: 1 } })).toThrow(
      expect.objectContaining({ code: 'PXP_RECT' }),
    );
    expect(() => veil(image, image, { minShare: 2 })).toThrow(
      expect.objectContaining({ code: 'PXP_PROBE_OPTION' }),
    );
  });
});

describe('veil on what interface libraries draw', () => {
  it('knows a page in another theme for the same page', () => {
    const dark = map(page(LIGHT), (level) => 255 - level);
    expect(veil(page(LIGHT), dark).state).toBe('closed');
  });
  it('knows a page that scrolled as a whole', () => {
    const tall = (from: number): ImageBuffer => {
      let image = solid(640, 360, LIGHT.page);
      for (let line = 0; line < 40; line++) {
        const y = 20 * line - from;
        if (y > 8 && y < 350)
          image = text(image, { x: 40, y, seed: line * line + 3, length: 110, ink: LIGHT.ink });
      }
      return image;
    };
    expect(veil(tall(0), tall(110)).state).toBe('closed');
  });
  it('takes no picture that filled its outlined place for a popup', () => {
    const place = { x: 150, y: 100, width: 100, height: 100 };
    let empty = solid(WIDTH, HEIGHT, LIGHT.page);
    empty = text(empty, { x: 30, y: 14, seed: 3, length: 60, ink: LIGHT.ink });
    empty = paint(empty, place, [234, 235, 237]);
    expect(veil(empty, paint(empty, place, [60, 90, 140])).open).toBe(false);
  });
  it('is unsure of a box with the shape of a toast where no toast is', () => {
    const lying = (x: number): Rect => ({ x, y: 278, width: 150, height: 66 });
    expect(veil(page(LIGHT), box(page(LIGHT), lying(80), LIGHT)).state).toBe('unsure');
    expect(veil(page(LIGHT), box(page(LIGHT), lying(165), LIGHT)).state).toBe('closed');
    expect(veil(page(LIGHT), box(page(LIGHT), lying(310), LIGHT)).state).toBe('closed');
  });
  it('is unsure of a box with the shape of a toast that hangs from a bar', () => {
    const hanging = { x: 250, y: 60, width: 200, height: 80 };
    expect(veil(page(LIGHT), box(page(LIGHT), hanging, LIGHT)).state).not.toBe('closed');
  });
});

it('veil takes no line below a title bar for the top, though the top lies on a line of the page', () => {
  const before = page(LIGHT, { length: 18 });
  const dialog = { x: 140, y: 107, width: 200, height: 130 };
  const title = { ...dialog, height: 37 };
  let after = paint(box(before, dialog, LIGHT), title, LIGHT.line);
  after = paint(after, inflate(title, -1), LIGHT.card);
  const { state, box: found } = veil(before, after);
  if (state === 'open') expectBox(found, dialog);
  expect(state).not.toBe('closed');
});

describe('veil with what dense screens draw', () => {
  const before = page(LIGHT);
  it('finds a drawer whose title bar has another colour up to the border', () => {
    const drawer = { x: 350, y: 0, width: 130, height: HEIGHT };
    const after = paint(box(before, drawer, LIGHT), { ...drawer, height: 44 }, LIGHT.accent);
    const { state, box: found } = veil(before, after);
    expect(state).toBe('open');
    expectBox(found, drawer);
  });
  it('finds a drawer whose shadow takes most of what lies next to it', () => {
    const drawer = { x: 300, y: 0, width: 180, height: HEIGHT };
    const after = box(shadow(before, drawer, { reach: 60, most: 0.75 }), drawer, LIGHT);
    const { state, box: found } = veil(before, after);
    expect(state).not.toBe('closed');
    expectBox(found, drawer);
  });
  it('finds the lower side of a sheet behind a deep shadow', () => {
    const sheet = { x: 110, y: 41, width: 260, height: 160 };
    const below = { ...sheet, y: 110, height: 91 };
    const after = box(shadow(before, below, { reach: 90, most: 0.5 }), sheet, LIGHT);
    const { state, box: found } = veil(before, after);
    expect(state).not.toBe('closed');
    expectBox(found, sheet);
  });
});

describe('veil over a backdrop that blurs', () => {
  const before = page(LIGHT);
  const behind = dim(blur(before, 4), 0.7);

  it('finds the dialog, dimmed or not', () => {
    const dimmed = veil(before, box(behind, DIALOG, LIGHT));
    expect(dimmed).toMatchObject({ open: true, kind: 'dimmed' });
    expectBox(dimmed.box, DIALOG);
    const plain = veil(before, box(shadow(blur(before, 4), DIALOG), DIALOG, LIGHT));
    expect(plain.open).toBe(true);
    expectBox(plain.box, DIALOG);
  });

  it('sees none in the blurred page alone, in the page that comes back, and in one that has left', () => {
    expect(veil(before, behind).open).toBe(false);
    expect(veil(box(behind, DIALOG, LIGHT), before).open).toBe(false);
    const other = box(solid(WIDTH, HEIGHT, LIGHT.page), DIALOG, LIGHT);
    expect(veil(before, other).open).toBe(false);
  });
});

it('veil takes no ring for a popup', () => {
  const before = page(LIGHT);
  const after = map(before, (value, x, y) => {
    const radius = Math.hypot(x - 240, y - 180);
    return radius <= 30 && radius > 24 ? 90 : value;
  });
  expect(veil(before, after).open).toBe(false);
});

describe('veil, when more than the popup changed', () => {
  const before = page(LIGHT);

  it('finds a small dialog, though the title bar of the window turned grey', () => {
    const titled = (color: Rgb): ImageBuffer =>
      text(paint(before, { x: 0, y: 0, width: WIDTH, height: 26 }, color), {
        x: 200,
        y: 10,
        seed: 4,
        length: 14,
        ink: LIGHT.ink,
      });
    const dialog = { x: 150, y: 110, width: 130, height: 80 };
    const { state, box: found } = veil(titled([120, 160, 220]), box(titled([214, 214, 214]), dialog, LIGHT));
    expect(state).toBe('open');
    expectBox(found, dialog);
  });

  it('finds a menu below its title, which is lit', () => {
    const title = { x: 140, y: 41, width: 40, height: 26 };
    const menu = { x: 140, y: 67, width: 90, height: 90 };
    const { state, box: found } = veil(before, box(paint(before, title, LIGHT.accent), menu, LIGHT));
    if (state === 'open') expectBox(found, menu);
    expect(state).not.toBe('closed');
  });

  it('knows a button that took another colour by its outline, also in a JPEG', () => {
    const listWith = (button: Rect, fill: Rgb, ink: Rgb): ImageBuffer => {
      const ruled = [-11, button.height + 11].reduce(
        (image, y) => paint(image, { x: 0, y: button.y + y, width: WIDTH, height: 1 }, [200, 200, 200]),
        solid(WIDTH, HEIGHT, [255, 255, 255]),
      );
      const words = { x: button.x + 30, y: button.y + 22, seed: 5, length: 16, ink };
      return text(paint(ruled, button, fill), words);
    };
    const jpeg = (image: ImageBuffer): ImageBuffer => decode(encodeJpeg(image, 60)).image;
    for (let phase = 0; phase < 8; phase++) {
      const button = { x: 120 + phase, y: 140 + phase, width: 138, height: 60 };
      const off = listWith(button, [220, 220, 220], [160, 160, 160]);
      const on = listWith(button, [0, 121, 107], [255, 255, 255]);
      for (const [one, other] of [[off, on] as const, [on, off] as const]) {
        expect(veil(one, other).state).not.toBe('open');
        expect(veil(jpeg(one), jpeg(other)).state).not.toBe('open');
      }
    }
  });

  it('finds a menu of a few short words', () => {
    const menu = { x: 200, y: 110, width: 72, height: 72 };
    const ruled = [220, 240, 256].reduce(
      (image, x) => paint(image, { x, y: 44, width: 1, height: 290 }, LIGHT.ink),
      before,
    );
    const { state, box: found } = veil(ruled, box(ruled, menu, LIGHT));
    expect(state).toBe('open');
    expectBox(found, menu);
  });

  it('finds a menu whose words and marks lie far apart', () => {
    // Its border lies between the samples that changes are looked for by.
    const menu = { x: 151, y: 121, width: 151, height: 81 };
    const ruled = [140, 240, 330].reduce(
      (image, x) => paint(image, { x, y: 30, width: 1, height: 300 }, LIGHT.line),
      text(solid(WIDTH, HEIGHT, LIGHT.card), { x: 20, y: 20, seed: 3, length: 60, ink: LIGHT.ink }),
    );
    const blank = paint(paint(ruled, menu, LIGHT.line), inflate(menu, -1), LIGHT.card);
    const shown = [134, 158, 182].reduce((image, y) => {
      const mark = { x: 286, y: y + 1, width: 6, height: 6 };
      return paint(text(image, { x: 160, y, seed: y, length: 14, ink: LIGHT.ink }), mark, LIGHT.ink);
    }, blank);
    const { state, box: found } = veil(ruled, shown);
    expect(state).toBe('open');
    expectBox(found, menu);
  });

  it('is unsure of a menu through whose outline the ends of a selected row run', () => {
    const selected = page(LIGHT, { selected: 5, length: 30 });
    const menu = { x: 180, y: 216, width: 190, height: 110 };
    expect(veil(page(LIGHT, { length: 30 }), box(selected, menu, LIGHT)).state).not.toBe('closed');
  });

  it('takes no widget that came back from below a menu for a popup', () => {
    const widget = { x: 220, y: 150, width: 90, height: 70 };
    const under = paint(box(before, widget, LIGHT), { ...widget, height: 2 }, LIGHT.accent);
    const menu = { x: 190, y: 120, width: 150, height: 130 };
    expect(veil(box(under, menu, LIGHT), under).state).not.toBe('open');
  });

  it('finds a menu over an entry that lost its focus', () => {
    const wide = Array.from({ length: 15 }, (_, i) => 20 + 28 * i).reduce(
      (image, y) =>
        paint(
          text(image, { x: 30, y, seed: y, length: 180, ink: LIGHT.ink }),
          { x: 0, y: y + 16, width: 1000, height: 1 },
          LIGHT.line,
        ),
      solid(1000, 560, LIGHT.card),
    );
    const entry = { x: 40, y: 460, width: 760, height: 36 };
    const focused = (ring: Rgb, thickness: number): ImageBuffer =>
      paint(paint(wide, entry, ring), inflate(entry, -thickness), LIGHT.card);
    const menu = { x: 300, y: 312, width: 140, height: 160 };
    const { state, box: found } = veil(focused(LIGHT.accent, 2), box(focused(LIGHT.line, 1), menu, LIGHT));
    expect(state).toBe('open');
    expectBox(found, menu);
  });

  it('finds a menu beside whose border nothing is drawn', () => {
    const plain = text(solid(WIDTH, HEIGHT, LIGHT.card), {
      x: 20,
      y: 10,
      seed: 3,
      length: 60,
      ink: LIGHT.ink,
    });
    const menu = { x: 101, y: 81, width: 231, height: 161 };
    const blank = paint(paint(plain, menu, LIGHT.line), inflate(menu, -1), LIGHT.card);
    const shown = [100, 124, 148, 172, 196, 220].reduce(
      (image, y) =>
        text(text(image, { x: 130, y, seed: y, length: 12, ink: LIGHT.ink }), {
          x: 236,
          y,
          seed: y + 5,
          length: 14,
          ink: LIGHT.ink,
        }),
      blank,
    );
    const { state, box: found } = veil(plain, shown);
    expect(state).toBe('open');
    expectBox(found, menu);
  });

  it('is unsure of a low menu below an item that is marked, and of nothing like it elsewhere', () => {
    const menu = { x: 140, y: 67, width: 139, height: 28 };
    const barred = (ink: Rgb): ImageBuffer =>
      text(paint(before, { x: 22, y: 42, width: 436, height: 25 }, LIGHT.card), {
        x: 144,
        y: 52,
        seed: 2,
        length: 8,
        ink,
      });
    const marked = paint(barred(LIGHT.accent), { x: 140, y: 64, width: 40, height: 3 }, LIGHT.accent);
    const low = (image: ImageBuffer): ImageBuffer =>
      text(paint(paint(image, menu, LIGHT.line), inflate(menu, -1), LIGHT.page), {
        x: 150,
        y: 78,
        seed: 1,
        length: 20,
        ink: LIGHT.ink,
      });
    expect(veil(barred(LIGHT.ink), low(marked)).state).toBe('unsure');
    expect(veil(barred(LIGHT.ink), low(barred(LIGHT.ink))).state).toBe('closed');
  });

  it('is unsure of a panel that takes a place between lines of the page', () => {
    const window = { x: 20, y: 40, width: 440, height: 300 };
    const empty = paint(
      paint(solid(WIDTH, HEIGHT, LIGHT.page), window, LIGHT.ink),
      inflate(window, -1),
      [50, 20, 40],
    );
    const panel = { x: 320, y: 41, width: 139, height: 298 };
    expect(veil(empty, box(empty, panel, LIGHT)).state).toBe('unsure');
  });
});
