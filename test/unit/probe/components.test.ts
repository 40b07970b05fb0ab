import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../src/core/geometry.js';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import { type Rgb, deltaE, parseColor } from '../../../src/probe/color/color.js';
import { type Component, type ComponentsOptions, components } from '../../../src/probe/components.js';
import { drawImage, paint, solid } from '../../support/draw.js';
import { readFrame, readTruth } from '../../corpus/truth.js';
import { apart } from '../../support/apart.js';

const GREEN: Rgb = [45, 184, 61];
const RED: Rgb = [217, 83, 79];
const BLUE: Rgb = [33, 150, 243];
const WHITE: Rgb = [255, 255, 255];
const ANY_SIZE = { minArea: 0, minFill: 0, minWidth: 0, minHeight: 0 };
const palette = { '.': [255, 255, 255], g: [45, 184, 61], r: [217, 83, 79] } as const;

describe('components', () => {
  it('gives box, area, centroid, fill and mean colour', () => {
    const image = drawImage(['......', '.gg...', '.ggg..', '......'], palette);
    expect(components(image, { ...ANY_SIZE, color: { near: GREEN } })).toEqual([
      { x: 1, y: 1, width: 3, height: 2, area: 5, centroid: { x: 1.8, y: 1.6 }, fill: 5 / 6, color: GREEN },
    ]);
  });

  it('connects corners by 8, not by 4', () => {
    const image = drawImage(['g..', '.g.', 'g.g'], palette);
    const count = (connectivity: 4 | 8): number =>
      components(image, { ...ANY_SIZE, connectivity, color: { near: GREEN } }).length;
    expect(count(8)).toBe(1);
    expect(count(4)).toBe(4);
  });

  it('sorts top to bottom, then left to right', () => {
    const image = drawImage(['...g', 'g...', '..g.'], palette, 2);
    const found = components(image, { ...ANY_SIZE, connectivity: 4, color: { near: GREEN } });
    expect(found.map(({ x, y }) => [x, y])).toEqual([
      [6, 0],
      [0, 2],
      [4, 4],
    ]);
  });

  it('stays inside the region and answers in pixels of the image', () => {
    const image = paint(solid(60, 40, WHITE), { x: 10, y: 10, width: 30, height: 20 }, GREEN);
    const region = { x: 20, y: 5, width: 40, height: 15 };
    for (const color of [{ near: GREEN }, 'saturated'] as const) {
      expect(boxes(components(image, { region, color }))).toEqual([{ x: 20, y: 10, width: 20, height: 10 }]);
    }
  });

  it('averages the colour over the matching pixels only', () => {
    const image = withLabel(paint(solid(80, 40, WHITE), { x: 10, y: 5, width: 60, height: 30 }, GREEN), {
      x: 20,
      y: 12,
    });
    const [button] = components(image, { color: { near: GREEN } });
    expect(button).toMatchObject({ x: 10, y: 5, width: 60, height: 30, color: GREEN });
    expect(button.fill).toBeLessThan(0.95);
  });

  it('filters by each limit', () => {
    const image = paint(solid(60, 40, WHITE), { x: 10, y: 10, width: 30, height: 20 }, GREEN);
    const found = (limits: ComponentsOptions): number => components(image, limits).length;
    for (const [key, at] of [
      ['Width', 30],
      ['Height', 20],
      ['Area', 600],
    ] as const) {
      expect(found({ [`min${key}`]: at, [`max${key}`]: at })).toBe(1);
      expect(found({ [`min${key}`]: at + 1 })).toBe(0);
      expect(found({ [`max${key}`]: at - 1 })).toBe(0);
    }
    const hole = paint(image, { x: 11, y: 11, width: 28, height: 18 }, WHITE);
    expect(components(hole, { minFill: 0.16 })).toHaveLength(1);
    expect(components(hole, { minFill: 0.17 })).toHaveLength(0);
  });

  it('does not report the enclosed parts of letters', () => {
    const o = { x: 40, y: 10, width: 26, height: 32 };
    const button = paint(solid(200, 60, WHITE), { x: 5, y: 3, width: 190, height: 50 }, RED);
    const image = paint(paint(button, o, WHITE), { x: 45, y: 15, width: 16, height: 22 }, RED);
    for (const color of [{ near: RED }, 'saturated'] as const) {
      expect(boxes(components(image, { color }))).toEqual([{ x: 5, y: 3, width: 190, height: 50 }]);
    }
  });

  it('keeps a button inside a frame of its colour', () => {
    const frame = paint(solid(200, 90, WHITE), { x: 5, y: 5, width: 190, height: 80 }, RED);
    const inside = paint(frame, { x: 8, y: 8, width: 184, height: 74 }, WHITE);
    const image = paint(inside, { x: 60, y: 30, width: 60, height: 24 }, RED);
    expect(boxes(components(image))).toEqual([{ x: 60, y: 30, width: 60, height: 24 }]);
  });

  it('keeps a button on a white card on a panel of its colour', () => {
    const panel = paint(solid(500, 400, WHITE), { x: 5, y: 5, width: 480, height: 390 }, RED);
    const card = paint(panel, { x: 105, y: 105, width: 280, height: 190 }, WHITE);
    const button = { x: 150, y: 150, width: 100, height: 30 };
    expect(boxes(components(paint(card, button, RED)))).toContainEqual(button);
  });

  it.each<[string, Partial<ComponentsOptions>, string]>([
    ['a channel beyond 255', { color: { near: [0, 300, 0] } }, 'PXP_PROBE_OPTION'],
    ['a negative tolerance', { color: { near: RED, tolerance: -1 } }, 'PXP_PROBE_OPTION'],
    ['a hue of 361', { color: { hue: [0, 361] } }, 'PXP_PROBE_OPTION'],
    ['a saturation of 2', { color: { hue: [0, 10], minSaturation: 2 } }, 'PXP_PROBE_OPTION'],
    ['a fill in percent', { minFill: 50 }, 'PXP_PROBE_OPTION'],
    ['an area that is no number', { minArea: NaN }, 'PXP_PROBE_OPTION'],
    ['a region outside', { region: { x: 0, y: 0, width: 5, height: 1 } }, 'PXP_RECT'],
  ])('refuses %s', (_, options, code) => {
    expect(() => components(solid(4, 4, RED), options)).toThrow(expect.objectContaining({ code }));
  });
});

describe('components by colour', () => {
  it('near: takes pixels up to the tolerance, inclusive of what lies below it', () => {
    const shade: Rgb = [60, 184, 61];
    const limit = deltaE(shade, GREEN);
    const image = paint(solid(40, 30, WHITE), { x: 5, y: 5, width: 20, height: 20 }, shade);
    expect(components(image, { color: { near: GREEN, tolerance: limit + 1e-6 } })).toHaveLength(1);
    expect(components(image, { color: { near: GREEN, tolerance: limit - 1e-6 } })).toHaveLength(0);
  });

  it('near: tells the pale fill of a disabled button from the row it is on, also where the screen is brighter', () => {
    for (const [row, fill] of [
      [
        [255, 255, 255],
        [224, 224, 224],
      ],
      [
        [248, 248, 250],
        [208, 212, 218],
      ],
      [
        [39, 39, 41],
        [73, 67, 71],
      ],
    ] as const) {
      const button = { x: 60, y: 20, width: 90, height: 28 };
      const image = paint(solid(220, 160, row), button, fill);
      for (const shift of [0, 6]) {
        const near: Rgb = [fill[0] - shift, fill[1] - shift, fill[2] - shift];
        for (const picture of [image, decode(encodeJpeg(image, 60)).image]) {
          const [found, ...others] = components(picture, { color: { near } });
          expect(others).toEqual([]);
          expect(apart(found, button)).toBeLessThanOrEqual(3);
        }
      }
    }
  });

  it('near: finds all of a button that is shaded from top to bottom', () => {
    const buttons = [40, 88, 136, 184, 232].map((y) => ({ x: 240, y, width: 110, height: 34 }));
    let image = solid(375, 350, WHITE);
    for (const { x, y, width, height } of buttons) {
      for (let row = 0; row < height; row++) {
        const shade = [91, 155, 213].map((top, i) =>
          Math.round(top + (([31, 78, 121][i] - top) * row) / (height - 1)),
        );
        image = paint(image, { x, y: y + row, width, height: 1 }, shade as unknown as Rgb);
      }
    }
    for (const picture of [image, decode(encodeJpeg(image, 60)).image]) {
      const found = components(picture, { color: { near: [61, 116, 166] } });
      expect(found).toHaveLength(buttons.length);
      for (const [i, button] of buttons.entries()) expect(apart(found[i], button)).toBeLessThanOrEqual(3);
    }
  });

  it('near: tells one small pale button in a large list from the pale row it is on', () => {
    const button = { x: 1000, y: 220, width: 88, height: 33 };
    for (const [page, row, fill] of [
      [
        [255, 255, 255],
        [247, 249, 251],
        [223, 227, 232],
      ],
      [
        [27, 33, 48],
        [34, 41, 58],
        [61, 70, 88],
      ],
    ] as const) {
      let image = solid(1125, 787, page);
      image = paint(image, { x: 0, y: 200, width: 1125, height: 72 }, row);
      image = paint(image, button, fill);
      for (const picture of [image, decode(encodeJpeg(image, 60)).image]) {
        const found = components(picture, { color: { near: fill } });
        expect(found).toHaveLength(1);
        expect(apart(found[0], button)).toBeLessThanOrEqual(3);
      }
    }
  });

  it('near: tells a fill from the row in a tight column too, where the buttons fill more than the rows do', () => {
    for (const [row, fill] of [
      [WHITE, [245, 245, 245]],
      [WHITE, [224, 224, 224]],
      [
        [43, 43, 43],
        [58, 58, 58],
      ],
    ] as const) {
      const buttons = [10, 46, 82, 118].map((y) => ({ x: 10, y, width: 90, height: 28 }));
      const image = buttons.reduce((picture, button) => paint(picture, button, fill), solid(110, 160, row));
      for (const picture of [image, decode(encodeJpeg(image, 60)).image]) {
        const found = components(picture, { color: { near: fill } });
        expect(found).toHaveLength(buttons.length);
        found.forEach((each, i) => expect(apart(each, buttons[i])).toBeLessThanOrEqual(3));
      }
    }
  });

  it('near: tells a dim fill from striped rows also where the codec has spread them', () => {
    for (const [row, stripe, fill, label] of [
      ['#101827', '#131c2d', '#2a3448', '#4a5a78'],
      ['#181818', '#202020', '#303030', '#555555'],
      ['#fafafa', '#f1f1f1', '#e0e0e0', '#aaaaaa'],
      ['#ffffff', '#f6f8fb', '#dde3ec', '#aaaabb'],
    ].map((colors) => colors.map(parseColor))) {
      let image = solid(96, 484, row);
      const buttons = Array.from({ length: 16 }, (_, i) => ({ x: 10, y: 4 + 30 * i, width: 80, height: 22 }));
      for (const [i, button] of buttons.entries()) {
        if (i % 2 === 1) image = paint(image, { x: 0, y: button.y - 4, width: 96, height: 30 }, stripe);
        image = paint(image, button, i % 3 === 0 ? BLUE : fill);
        for (let x = 30; x < 70; x += 5)
          image = paint(image, { x, y: button.y + 6, width: 1, height: 10 }, label);
      }
      const found = components(decode(encodeJpeg(image, 60)).image, { color: { near: fill } });
      const pale = buttons.filter((_, i) => i % 3 > 0);
      expect(found).toHaveLength(pale.length);
      found.forEach((each, i) => expect(apart(each, pale[i])).toBeLessThanOrEqual(3));
    }
  });

  it('near: tells few small fills in a large list also where the codec has moved them', () => {
    const region = { x: 40, y: 40, width: 900, height: 600 };
    for (const [row, fill] of [
      ['#142728', '#1c4548'],
      ['#34343b', '#4a4256'],
      ['#141d17', '#34302a'],
    ].map((colors) => colors.map(parseColor))) {
      const buttons = [89, 209, 329, 449, 569].map((y) => ({ x: 850, y, width: 70, height: 22 }));
      const list = paint(solid(980, 680, [0, 0, 0]), region, row);
      const image = buttons.reduce((picture, button) => paint(picture, button, fill), list);
      const found = components(decode(encodeJpeg(image, 60)).image, { region, color: { near: fill } });
      expect(found).toHaveLength(buttons.length);
      found.forEach((each, i) => expect(apart(each, buttons[i])).toBeLessThanOrEqual(3));
    }
  });

  it('near: finds an outlined button nearly of the colour of one of two grounds also in a JPEG', () => {
    const [ground, page, fill, label, border] = ['#f6f5f4', '#ffffff', '#eeecea', '#2e3436', '#cdc7c2'].map(
      parseColor,
    );
    const button = { x: 24, y: 14, width: 72, height: 30 };
    let image = paint(solid(120, 64, ground), { x: 0, y: 44, width: 120, height: 20 }, page);
    image = paint(image, { x: 23, y: 13, width: 74, height: 32 }, border);
    image = paint(image, button, fill);
    for (let x = 36; x < 84; x += 4)
      image = paint(image, { x, y: 24, width: x % 8 === 0 ? 2 : 1, height: 9 }, label);
    for (const picture of [image, decode(encodeJpeg(image, 60)).image]) {
      const found = components(picture, { color: { near: fill } });
      expect(found).toHaveLength(1);
      expect(apart(found[0], button)).toBeLessThanOrEqual(3);
    }
  });

  it('near: does not take the row for a pale fill that is not there', () => {
    expect(components(solid(300, 200, WHITE), { color: { near: [245, 245, 245] } })).toEqual([]);
  });

  it('hue: goes up from the first to the second value, around 360, and never takes greys', () => {
    const image = drawImage(
      ['rgbx'],
      { r: [255, 0, 0], g: [0, 255, 0], b: [0, 0, 255], x: [90, 90, 90] },
      20,
    );
    const at = (hue: [number, number]): number[] =>
      components(image, { color: { hue, minSaturation: 0, minValue: 0 } }).map(({ x }) => x);
    expect(at([100, 250])).toEqual([20]);
    expect(at([350, 10])).toEqual([0]);
    expect(at([200, 250])).toEqual([40]);
    expect(at([120, 120])).toEqual([20]);
    expect(at([0, 360])).toEqual([0]);
  });

  it('hue: leaves out what is too pale or too dark', () => {
    const image = drawImage(['pd'], { p: [255, 200, 200], d: [50, 0, 0] }, 20);
    const at = (minSaturation: number, minValue: number): number[] =>
      components(image, { color: { hue: [350, 10], minSaturation, minValue } }).map(
        ({ x, width }) => x + width,
      );
    expect(at(0.5, 0)).toEqual([40]);
    expect(at(0, 0.5)).toEqual([20]);
  });
});

describe('components without a colour', () => {
  it('of one flat colour, colourful or not, are none', () => {
    for (const color of [WHITE, RED, [0, 0, 0]] as const)
      expect(components(solid(64, 48, color))).toEqual([]);
  });

  it('finds a button on a panel of another shade of its hue', () => {
    const panel = paint(solid(300, 120, WHITE), { x: 0, y: 0, width: 300, height: 60 }, [21, 101, 192]);
    const image = paint(panel, { x: 20, y: 12, width: 100, height: 36 }, BLUE);
    expect(boxes(components(image))).toContainEqual({ x: 20, y: 12, width: 100, height: 36 });
  });

  it('keeps touching buttons of different colours, and close ones of one colour, apart', () => {
    let image = solid(300, 60, WHITE);
    for (const [x, color] of [
      [10, RED],
      [90, GREEN],
      [184, GREEN],
    ] as const) {
      image = paint(image, { x, y: 10, width: 80, height: 30 }, color);
    }
    expect(boxes(components(image)).map(({ x }) => x)).toEqual([10, 90, 184]);
  });

  it('keeps a gradient with a lighter border whole', () => {
    let image = paint(solid(160, 80, WHITE), { x: 20, y: 20, width: 120, height: 36 }, [165, 214, 181]);
    for (let row = 0; row < 32; row++) {
      const top: Rgb = [100, 200, 110];
      const color = top.map((v, i) => Math.round(v + ([31, 122, 31][i] - v) * (row / 31)));
      image = paint(image, { x: 22, y: 22 + row, width: 116, height: 1 }, color as [number, number, number]);
    }
    const found = components(image);
    expect(found).toHaveLength(1);
    expect(apart(found[0], { x: 20, y: 20, width: 120, height: 36 })).toBeLessThanOrEqual(3);
  });

  it('leaves the faint edge of a fill out of its colour', () => {
    const edge: Rgb = [110, 205, 120];
    expect(deltaE(edge, GREEN)).toBeGreaterThan(14);
    const button = paint(solid(80, 60, WHITE), { x: 20, y: 20, width: 40, height: 20 }, GREEN);
    const [found] = components(paint(button, { x: 20, y: 19, width: 40, height: 1 }, edge));
    expect(found).toMatchObject({ x: 20, y: 20, width: 40, height: 20, color: GREEN });
  });

  it('leaves text with coloured fringes alone', () => {
    // Subpixel antialiasing: orange left and blue right of each dark stem.
    const text = drawImage(
      Array.from({ length: 9 }, () => '.okb.okb..okb.okb.'),
      { '.': [255, 255, 255], o: [230, 150, 90], k: [20, 20, 20], b: [90, 150, 230] },
    );
    expect(components(text)).toEqual([]);
  });

  it.each(['canvas', 'portable'] as const)('survives JPEG quality 60 read by the %s decoder', (decoder) => {
    let image = solid(400, 160, WHITE);
    const truth: Rect[] = [];
    for (const [i, color] of [GREEN, RED, BLUE, [150, 219, 158] as const].entries()) {
      const box = { x: 21 + 90 * i, y: 19 + 7 * i, width: 76, height: 30 };
      image = withLabel(paint(image, box, color), { x: box.x + 12, y: box.y + 9 });
      truth.push(box);
    }
    const found = components(decode(encodeJpeg(image, 60), { decoder }).image);
    expect(found).toHaveLength(truth.length);
    for (const box of truth) expect(nearest(found, box)).toBeLessThanOrEqual(3);
  });
});

const { frames } = readTruth('cheetah-grid');

describe('components of real frames', () => {
  it.each(Object.keys(frames))('find every button of %s within 3 px, by colour and without', (name) => {
    const { image } = decode(readFrame('cheetah-grid', name), { decoder: 'canvas' });
    const plain = components(image);
    const buttons = frames[name].buttons!;
    // The two buttons that the edge of the grid cuts off are found as well.
    expect(plain).toHaveLength(buttons.length + 2);
    for (const button of buttons) {
      expect(nearest(plain, button)).toBeLessThanOrEqual(3);
      const near = components(image, { color: { near: parseColor(button.color!) } });
      expect(near).toHaveLength(buttons.length / 2 + 1);
      const [best] = near.toSorted((a, b) => apart(a, button) - apart(b, button));
      expect(apart(best, button)).toBeLessThanOrEqual(3);
      expect(deltaE(best.color, parseColor(button.color!))).toBeLessThan(5);
    }
  });
});

describe('components of a real frame as JPEG quality 60', () => {
  it.each(['canvas', 'portable'] as const)('keep box and colour, read by the %s decoder', (decoder) => {
    const truth = frames['light.png'].buttons!;
    const { image } = decode(encodeJpeg(decode(readFrame('cheetah-grid', 'light.png')).image, 60), {
      decoder,
    });
    const found = components(image);
    expect(found).toHaveLength(truth.length + 2);
    for (const button of truth) {
      const [best] = found.toSorted((a, b) => apart(a, button) - apart(b, button));
      expect(apart(best, button)).toBeLessThanOrEqual(3);
      expect(deltaE(best.color, parseColor(button.color!))).toBeLessThan(8);
    }
  });
});

describe('components, as a property', () => {
  const shades: Rgb[] = [GREEN, [55, 190, 70], WHITE, RED];
  /** Some rows repeat the one above, as most of a real picture do. */
  const picture = fc.integer({ min: 1, max: 9 }).chain((width) =>
    fc
      .array(
        fc.record({
          row: fc.array(fc.constantFrom(...shades), { minLength: width, maxLength: width }),
          times: fc.constantFrom(1, 1, 2, 3),
        }),
        { minLength: 1, maxLength: 6 },
      )
      .map((rows) =>
        toImage(width, rows.flatMap(({ row, times }) => Array.from({ length: times }, () => row)).flat()),
      ),
  );
  const connectivity = fc.constantFrom(4 as const, 8 as const);

  it('equal a flood fill', () => {
    fc.assert(
      fc.property(picture, connectivity, (image, connected) => {
        const options = { ...ANY_SIZE, connectivity: connected, color: { near: GREEN, tolerance: 14 } };
        expect(components(image, options)).toEqual(floodFill(image, connected));
      }),
      { numRuns: 500 },
    );
  });

  it('move with the picture', () => {
    fc.assert(
      fc.property(picture, fc.nat(5), fc.nat(5), (image, dx, dy) => {
        const options = { ...ANY_SIZE, color: { near: GREEN } };
        const moved = components(inset(image, { x: 1 + dx, y: 1 + dy }), options);
        expect(boxes(moved)).toEqual(
          boxes(components(inset(image, { x: 1, y: 1 }), options)).map((box) => ({
            ...box,
            x: box.x + dx,
            y: box.y + dy,
          })),
        );
      }),
    );
  });

  it('flip with the picture', () => {
    fc.assert(
      fc.property(picture, connectivity, (image, connected) => {
        const options = { ...ANY_SIZE, connectivity: connected, color: { near: GREEN } };
        const back = components(flip(image), options).map(({ x, width, ...rest }) => ({
          ...{ y: rest.y, width, height: rest.height, area: rest.area },
          x: image.width - x - width,
        }));
        const plain = components(image, options).map(({ x, y, width, height, area }) => ({
          x,
          y,
          width,
          height,
          area,
        }));
        expect(back).toHaveLength(plain.length);
        expect(plain).toEqual(expect.arrayContaining(back));
      }),
    );
  });

  it('without a colour depend on nothing but the picture', () => {
    const busy = paint(
      paint(solid(90, 40, WHITE), { x: 5, y: 5, width: 30, height: 20 }, RED),
      { x: 50, y: 9, width: 30, height: 20 },
      BLUE,
    );
    const once = components(busy);
    expect(once).toHaveLength(2);
    components(solid(30, 30, GREEN), { color: { near: BLUE } });
    expect(components(busy)).toEqual(once);
  });
});

function boxes(found: readonly Component[]): Rect[] {
  return found.map(({ x, y, width, height }) => ({ x, y, width, height }));
}

function nearest(found: readonly Component[], box: Rect): number {
  return Math.min(...found.map((candidate) => apart(candidate, box)));
}

/** Five white letters of 6x12 pixels with closed insides. */
function withLabel(image: ImageBuffer, { x, y }: { x: number; y: number }): ImageBuffer {
  let drawn = image;
  for (let letter = 0; letter < 5; letter++) {
    const at = 4 * (y * image.width + x);
    const [r, g, b] = image.data.subarray(at, at + 3);
    drawn = paint(drawn, { x: x + 9 * letter, y, width: 6, height: 12 }, WHITE);
    drawn = paint(drawn, { x: x + 9 * letter + 2, y: y + 2, width: 2, height: 8 }, [r, g, b]);
  }
  return drawn;
}

function toImage(width: number, pixels: readonly Rgb[]): ImageBuffer {
  return new ImageBuffer(width, pixels.length / width, Uint8Array.from(pixels.flatMap((p) => [...p, 255])));
}

function pixelAt(image: ImageBuffer, x: number, y: number): Rgb {
  const at = 4 * (y * image.width + x);
  return [image.data[at], image.data[at + 1], image.data[at + 2]];
}

function flip(image: ImageBuffer): ImageBuffer {
  const pixels: Rgb[] = [];
  for (let y = 0; y < image.height; y++) {
    for (let x = image.width - 1; x >= 0; x--) pixels.push(pixelAt(image, x, y));
  }
  return toImage(image.width, pixels);
}

function inset(image: ImageBuffer, { x: dx, y: dy }: { x: number; y: number }): ImageBuffer {
  const pixels: Rgb[] = [];
  for (let y = -dy; y < image.height; y++) {
    for (let x = -dx; x < image.width; x++) pixels.push(x < 0 || y < 0 ? WHITE : pixelAt(image, x, y));
  }
  return toImage(image.width + dx, pixels);
}

/** The definition: flood fill over pixels within 14 ΔE of green, islands dropped, sorted by y, x and falling area. */
function floodFill(image: ImageBuffer, connectivity: 4 | 8): Component[] {
  const { width, height } = image;
  const open = new Set<number>();
  for (let i = 0; i < width * height; i++) {
    if (deltaE(pixelAt(image, i % width, Math.floor(i / width)), GREEN) <= 14) open.add(i);
  }
  const found: Component[] = [];
  for (let seed = 0; seed < width * height; seed++) {
    if (!open.delete(seed)) continue;
    const members = [seed];
    for (const member of members) {
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          if (connectivity === 4 && dx !== 0 && dy !== 0) continue;
          const x = (member % width) + dx;
          const inRow = x >= 0 && x < width;
          if (inRow && open.delete(member + dy * width + dx)) members.push(member + dy * width + dx);
        }
      }
    }
    found.push(describeBlob(image, members));
  }
  return found
    .filter(
      (inner) =>
        !found.some(
          (o) =>
            o.area >= 8 * inner.area &&
            o.height <= 12 * inner.height &&
            o.fill >= 0.5 &&
            apart(union(o, inner), o) === 0,
        ),
    )
    .sort((a, b) => a.y - b.y || a.x - b.x || b.area - a.area);
}

function describeBlob(image: ImageBuffer, members: readonly number[]): Component {
  const xs = members.map((i) => i % image.width);
  const ys = members.map((i) => Math.floor(i / image.width));
  const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
  const box = {
    x: Math.min(...xs),
    y: Math.min(...ys),
    width: Math.max(...xs) - Math.min(...xs) + 1,
    height: Math.max(...ys) - Math.min(...ys) + 1,
  };
  const channel = (c: number): number => Math.round(mean(xs.map((x, i) => pixelAt(image, x, ys[i])[c])));
  return {
    ...box,
    area: members.length,
    centroid: { x: mean(xs), y: mean(ys) },
    fill: members.length / (box.width * box.height),
    color: [channel(0), channel(1), channel(2)],
  };
}

function union(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
