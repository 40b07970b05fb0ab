import { type Rect, type Size, overlaps } from '../../../src/core/geometry.js';
import { ImageBuffer } from '../../../src/image/index.js';
import type { Pin } from '../../../src/calibration/index.js';

export type Color = readonly [number, number, number];

/** One thing on a drawn screen, where it is in the reference window and how it moves with the window. */
export interface Drawn {
  readonly name: string;
  readonly rect: readonly [x: number, y: number, width: number, height: number];
  readonly pin: Pin;
  /** Undefined: the calibration has a place there and nothing is drawn. */
  readonly color?: Color;
  /** Its YAML but for the pin, under `section`; undefined for decoration. */
  readonly section?: 'regions' | 'swatches' | 'points' | 'masks';
  readonly entry?: string;
}

export interface Layout {
  readonly size: Size;
  readonly drawn: readonly Drawn[];
  readonly lists?: string;
}

/** As a style sheet would place it, written without the code under test. */
export function placed({ rect: [x, y, width, height], pin }: Drawn, from: Size, to: Size): Rect {
  if (pin === 'scale') {
    const scale = Math.min(to.width / from.width, to.height / from.height);
    const [left, top] = [Math.round(x * scale), Math.round(y * scale)];
    return {
      ...{ x: left, y: top },
      width: Math.round((x + width) * scale) - left,
      height: Math.round((y + height) * scale) - top,
    };
  }
  const [across, down] = pin.split(' ');
  const along = (start: number, length: number, word: string, grown: number): [number, number] => {
    if (word === 'right' || word === 'bottom') return [start + grown, length];
    if (word === 'center' || word === 'middle') return [start + Math.round(grown / 2), length];
    return [start, word === 'stretch' ? length + grown : length];
  };
  const [left, newWidth] = along(x, width, across, to.width - from.width);
  const [top, newHeight] = along(y, height, down, to.height - from.height);
  return { x: left, y: top, width: newWidth, height: newHeight };
}

/** The window at `size`; `noise`: every level is off by up to as much. */
export function draw({ size: from, drawn }: Layout, size: Size, noise = 0): ImageBuffer {
  const data = new Uint8Array(4 * size.width * size.height).fill(255);
  const fill = (rect: Rect, [r, g, b]: Color): void => {
    const right = Math.min(size.width, rect.x + rect.width);
    const bottom = Math.min(size.height, rect.y + rect.height);
    for (let y = Math.max(0, rect.y); y < bottom; y++) {
      for (let x = Math.max(0, rect.x); x < right; x++) data.set([r, g, b], 4 * (y * size.width + x));
    }
  };
  fill({ x: 0, y: 0, ...size }, [244, 245, 247]);
  for (const each of drawn) if (each.color !== undefined) fill(placed(each, from, size), each.color);
  let state = 12345;
  for (let i = 0; noise > 0 && i < data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    if (i % 4 !== 3)
      data[i] = Math.max(0, Math.min(255, data[i] + ((state >>> 16) % (2 * noise + 1)) - noise));
  }
  return new ImageBuffer(size.width, size.height, data);
}

/** The calibration of the reference window, with the pins that `pinOf` says. */
export function calibrationText({ size, drawn, lists }: Layout, pinOf: (drawn: Drawn) => Pin): string {
  const sections = (['regions', 'swatches', 'points'] as const).map((section) => {
    const entries = drawn.filter((each) => each.section === section);
    const lines = entries.map((each) => {
      const pin = pinOf(each);
      const place =
        section === 'points' ? `at: [${each.rect[0]}, ${each.rect[1]}]` : `rect: [${each.rect.join(', ')}]`;
      return `  ${each.name}: { ${place}${each.entry ?? ''}${pin === 'scale' ? '' : `, pin: ${pin}`} }\n`;
    });
    return lines.length === 0 ? '' : `${section}:\n${lines.join('')}`;
  });
  return `version: 1\nname: drawn\nviewport: { width: ${size.width}, height: ${size.height} }\n${sections.join('')}${lists ?? ''}`;
}

const rectOf = ([x, y, width, height]: Drawn['rect']): Rect => ({ x, y, width, height });

const DARK: Color = [38, 50, 56];
const HEX = (color: Color): string =>
  `#${color.map((level) => level.toString(16).padStart(2, '0')).join('')}`;
const ALL = ', edges: [left, top, right, bottom]';

/** A card whose four lines show, with a lamp of two states, a point to click, and a word beside the lamp. */
export function card(
  name: string,
  [x, y, width, height]: Drawn['rect'],
  { pin, color }: Readonly<{ pin: Pin; color: Color }>,
): Drawn[] {
  const rigid = pin.replace(/^stretch/, 'left').replace(/stretch$/, 'top') as Pin;
  const lamp: Color = [46, 158, 79];
  return [
    { name, rect: [x, y, width, height], pin, color, section: 'regions', entry: ALL },
    {
      ...{ name, rect: [x + 6, y + 6, 10, 10], pin: rigid, color: lamp, section: 'swatches' },
      entry: `, states: { on: '${HEX(lamp)}', off: '#b4b9c0' }`,
    },
    { name: `${name}.go`, rect: [x + 20, y + 12, 1, 1], pin: rigid, section: 'points' },
    { name: `${name}.word`, rect: [x + 22, y + 8, 9, 7], pin: rigid, color: DARK },
  ];
}

/** A window with a bar on top and others as it comes: a footer, a side bar, a stretched list with buttons, cards. */
export function randomLayout(random: () => number): Layout {
  const whole = (min: number, max: number): number => min + Math.floor(random() * (max - min + 1));
  const pick = <T>(of: readonly T[]): T => of[whole(0, of.length - 1)];
  const tone = (): Color => [whole(150, 235), whole(150, 235), whole(150, 235)];
  const size = { width: whole(680, 860), height: whole(440, 560) };
  const { width, height } = size;
  const drawn: Drawn[] = [];
  const head = whole(48, 80);
  drawn.push({
    ...{ name: 'header', rect: [0, 0, width, head], pin: 'stretch top', color: [55, 71, 79] },
    ...{ section: 'regions', entry: ', edges: [bottom]' },
  });
  for (const [i, word] of (['left', 'right', 'center'] as const).entries()) {
    if (random() < 0.4) continue;
    const wide = whole(100, 200);
    const x =
      word === 'left'
        ? whole(8, 60)
        : word === 'right'
          ? width - wide - whole(8, 60)
          : Math.floor((width - wide) / 2) + whole(-40, 40);
    drawn.push(...card(`tool${i}`, [x, 8, wide, head - 16], { pin: `${word} top`, color: tone() }));
  }
  let bottom = height;
  if (random() < 0.6) {
    const foot = whole(48, 70);
    bottom -= foot;
    drawn.push({
      ...{ name: 'footer', rect: [0, bottom, width, foot], pin: 'stretch bottom', color: [207, 216, 220] },
      ...{ section: 'regions', entry: ', edges: [top]' },
    });
    if (random() < 0.7) {
      const word = pick(['left', 'right', 'center'] as const);
      const x =
        word === 'left'
          ? whole(10, 90)
          : word === 'right'
            ? width - whole(210, 300)
            : Math.floor(width / 2) - whole(60, 140);
      drawn.push(...card('foot', [x, bottom + 7, 200, foot - 14], { pin: `${word} bottom`, color: tone() }));
    }
  }
  let [left, right] = [0, width];
  if (random() < 0.6) {
    const side = pick(['left', 'right'] as const);
    const wide = whole(140, 220);
    if (side === 'left') left = wide;
    else right = width - wide;
    drawn.push({
      ...{
        name: 'side',
        rect: [side === 'left' ? 0 : right, head, wide, bottom - head],
        pin: `${side} stretch`,
      },
      ...{
        color: [224, 229, 233],
        section: 'regions',
        entry: `, edges: [${side === 'left' ? 'right' : 'left'}]`,
      },
    });
    const vertical = pick(['top', 'bottom'] as const);
    const y = vertical === 'top' ? head + whole(16, 60) : bottom - whole(110, 150);
    drawn.push(
      ...card('sidecard', [(side === 'left' ? 0 : right) + 15, y, wide - 30, 60], {
        pin: `${side} ${vertical}`,
        color: tone(),
      }),
    );
  }
  const body: Drawn['rect'] = [left + 24, head + 30, right - left - 48, bottom - head - 54];
  let lists: string | undefined;
  if (random() < 0.6) {
    drawn.push({
      name: 'list',
      rect: body,
      pin: 'stretch stretch',
      color: [255, 255, 255],
      section: 'regions',
      entry: ALL,
    });
    const side = pick(['left', 'right'] as const);
    const x = side === 'right' ? body[0] + body[2] - 120 : body[0] + 20;
    for (let y = body[1], i = 0; y + 50 <= body[1] + body[3]; y += 50, i++) {
      drawn.push({
        name: `row${i}`,
        rect: [body[0], y + 49, body[2], 1],
        pin: 'stretch top',
        color: [214, 219, 224],
      });
      drawn.push({
        name: `text${i}`,
        rect: [side === 'right' ? body[0] + 20 : body[0] + 160, y + 18, whole(60, 160), 12],
        pin: 'left top',
        color: DARK,
      });
      drawn.push({
        name: `button${i}`,
        rect: [x, y + 10, 100, 30],
        pin: `${side} top`,
        color: [47, 111, 237],
      });
    }
    lists = `lists:\n  list:\n    region: list\n    rows: { minHeight: 44, maxHeight: 56 }\n    action: { columns: [${x - 10}, 120], enabled: '#2f6fed', minArea: 1500 }\n`;
  } else {
    const cells = [
      {
        rect: [body[0] + whole(0, 30), body[1] + whole(0, 30), whole(120, 220), whole(80, 160)],
        pin: pick(['left top', 'left top', 'stretch top'] as const),
      },
      {
        rect: [body[0] + body[2] - 240, body[1] + body[3] - 180, whole(120, 220), whole(80, 160)],
        pin: 'right bottom',
      },
      {
        rect: [
          left + Math.floor((right - left) / 2) - whole(50, 100),
          Math.floor(height / 2) - whole(30, 60),
          whole(150, 210),
          whole(70, 110),
        ],
        pin: 'center middle',
      },
    ] as const;
    for (const [i, { rect, pin }] of cells.entries()) {
      const isFree = !drawn.some(
        (each) =>
          each.section === 'regions' &&
          each.name.startsWith('card') &&
          overlaps(rectOf(each.rect), rectOf(rect)),
      );
      if (isFree && random() < 0.75) drawn.push(...card(`card${i}`, rect, { pin, color: tone() }));
    }
  }
  if (random() < 0.15)
    return { size, lists, drawn: drawn.map((each) => ({ ...each, pin: 'scale' as const })) };
  return { size, lists, drawn };
}
