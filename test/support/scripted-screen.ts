import { parseCalibration } from '../../src/calibration/file/parse-calibration.js';
import { resolveCalibration } from '../../src/calibration/resolve.js';
import type { ResolvedCalibration } from '../../src/calibration/resolved-calibration.js';
import { PixelproofError } from '../../src/core/errors.js';
import { type Point, type Rect, containsPoint, sizeRect } from '../../src/core/geometry.js';
import { throwIfAborted } from '../../src/core/clock.js';
import { InputEpoch } from '../../src/core/input-epoch.js';
import { encodePng } from '../../src/image/encode-png.js';
import { type ImageBuffer, crop } from '../../src/image/image-buffer.js';
import type { Actuator, InputReceipt } from '../../src/input/actuator.js';
import { type Provenance, createFrame } from '../../src/sensor/frame.js';
import type { FrameSource } from '../../src/sensor/frame-source.js';
import { lookUntil } from '../../src/sensor/look-until.js';
import { drawImage } from './draw.js';
import type { SimulatedClock } from './simulated-clock.js';

/** What the application is, apart from time. Tests and clicks write it; `drawApp` shows it. */
export interface AppState {
  /** Each row's number decides its ink; rows of one number look the same. */
  rows: number[];
  /** Whether the rows' buttons are green and take clicks. */
  enabled: boolean;
  tab: 'open' | 'done';
  /** Nobody calibrated the `stranger`. */
  modal: 'confirm' | 'notice' | 'stranger' | null;
  /** Shown at the bottom. */
  status: number;
  /** A caret that blinks in the header, every 530 ms. */
  caret: boolean;
  /** Rows above the list's upper edge; the wheel moves it, a row for each 32 pixels, as far as there are rows. */
  scrolled: number;
  /** What was typed, in a field at the bottom. */
  field: string;
}

/** What the application makes of a click: `effect` is what it is meant to do, once per call. */
export type Answer = (effect: () => void, screen: ScriptedScreen) => void;

export const at = (ms: number): Answer => {
  return (effect, { clock }) => clock.after(ms, effect);
};
export const never: Answer = () => undefined;
export const twice: Answer = (effect) => {
  effect();
  effect();
};

/** What goes wrong with a capture: its picture is black, or says that it was asked for before the last click, or the page is gone. */
export type Fault = 'black' | 'stale' | 'crashed';

export interface CaptureMoment {
  /** Counts the captures from 1. */
  readonly capture: number;
  /** Clicks until now. */
  readonly clicks: number;
}

/**
 * A small application drawn in memory, with the sensor and the actuator of one that runs in a browser: 480x320 pixels,
 * two tabs, a list of rows with a button each, two popups. A capture takes 20 ms and shows the application as it is at
 * its end; a click is answered by the next of `answers`, or at once.
 *
 * @example
 * const screen = new ScriptedScreen(new SimulatedClock({ autoAdvance: true }), { rows: [1, 2, 3] });
 * screen.answers.push(at(300));
 * const engine = createVisualEngine({ screen, clock: screen.clock, calibration: scriptedCalibration(), blockers });
 */
export class ScriptedScreen {
  readonly clock: SimulatedClock;
  readonly app: AppState;
  readonly epoch = new InputEpoch();
  /** For the clicks to come, one each; a click without an answer takes effect at once. */
  readonly answers: Answer[] = [];
  /** Asked before each capture. */
  fault: (moment: CaptureMoment) => Fault | undefined = () => undefined;
  /** Where clicks went, in order. */
  readonly clicks: Point[] = [];
  /** Wheels, texts and keys that came, in order. */
  readonly inputs: string[] = [];
  captures = 0;
  /** How often a frame's pixels were asked of the decoder. */
  decodes = 0;
  targetId = 'T1';
  #crashed = false;

  constructor(clock: SimulatedClock, app: Partial<AppState> = {}) {
    this.clock = clock;
    this.app = {
      ...{ rows: [1, 2, 3, 4], enabled: true, tab: 'open', modal: null, status: 0, caret: false },
      ...{ scrolled: 0, field: '' },
      ...app,
    };
  }

  /** Every capture and click fails from now on. */
  crash(): void {
    this.#crashed = true;
  }

  /** Another page shows the same application. */
  restart(): void {
    this.#crashed = false;
    this.targetId = `T${Number(this.targetId.slice(1)) + 1}`;
  }

  source(): Omit<FrameSource, 'changedSince'> {
    const source: Omit<FrameSource, 'changedSince'> = {
      name: 'scripted',
      viewport: SIZE,
      capture: async ({ region = sizeRect(SIZE), signal } = {}) => {
        throwIfAborted(signal);
        this.captures += 1;
        const fault = this.fault({ capture: this.captures, clicks: this.clicks.length });
        const requestedAtMs = this.clock.nowMs();
        const inputEpoch = this.epoch.current;
        await this.clock.sleep(CAPTURE_MS, signal);
        if (fault === 'crashed') this.crash();
        this.#requireAlive();
        const { image, png } =
          fault === 'black' ? black(region) : drawApp(this.app, this.clock.nowMs(), region);
        const provenance: Omit<Provenance, 'decoder'> = {
          sensor: 'scripted',
          format: 'png',
          captureId: this.captures,
          targetId: this.targetId,
          viewport: SIZE,
          deviceScaleFactor: 1,
          requestedAtMs,
          receivedAtMs: this.clock.nowMs(),
          inputEpoch: fault === 'stale' ? inputEpoch - 1 : inputEpoch,
        };
        const decode = () => {
          this.decodes += 1;
          return { image, decoder: 'fast-png' } as const;
        };
        return createFrame({ bytes: png, rect: region, provenance, decode });
      },
      until: (wanted) => lookUntil(wanted, { capture: source.capture, clock: this.clock }),
      close: () => Promise.resolve(),
    };
    return source;
  }

  actuator(): Actuator {
    const take = (effect: () => void, signal?: AbortSignal): InputReceipt => {
      throwIfAborted(signal);
      const epoch = this.epoch.advance();
      const answer = this.answers.shift() ?? at(0);
      if (!this.#crashed) answer(effect, this);
      return { epoch, sentAtMs: this.clock.nowMs(), acknowledged: Promise.resolve() };
    };
    return {
      click: async (point, { signal } = {}) => {
        const receipt = take(this.#effectOf(point), signal);
        this.clicks.push(point);
        return receipt;
      },
      drag: async (from, to, { signal } = {}) => {
        this.inputs.push(`drag ${from.x},${from.y} to ${to.x},${to.y}`);
        return take(this.#effectOf(from), signal);
      },
      scroll: async ({ x, y }, { dy = 0 }, { signal } = {}) => {
        this.inputs.push(`wheel ${dy} at ${x},${y}`);
        return take(() => {
          const most = Math.max(0, this.app.rows.length - SHOWN);
          this.app.scrolled = Math.min(most, Math.max(0, this.app.scrolled + dy / (SCALE * ROW_HEIGHT)));
        }, signal);
      },
      type: async (text, { signal } = {}) => {
        this.inputs.push(`type ${text}`);
        return take(() => (this.app.field += text), signal);
      },
      press: async (key, { signal } = {}) => {
        this.inputs.push(`press ${key}`);
        return take(() => (this.app.field = key === 'Escape' ? '' : this.app.field), signal);
      },
      move: async ({ x, y }, { signal } = {}) => {
        this.inputs.push(`hover ${x},${y}`);
        return take(this.#effectOf({ x, y }), signal);
      },
      releaseAll: () => Promise.resolve(),
    };
  }

  /** What a click there means now; nothing where there is nothing to click. */
  #effectOf(point: Point): () => void {
    const { app } = this;
    const hits = (rect: Rect): boolean => containsPoint(scaled(rect), point);
    if (app.modal !== null) return hits(CLOSE) ? () => (app.modal = null) : () => undefined;
    for (const tab of TABS) if (hits(tab.rect)) return () => (app.tab = tab.name);
    const index = shownRows(app).findIndex((_, row) => hits(buttonOf(row)));
    return index < 0 || !app.enabled ? () => undefined : () => app.rows.splice(app.scrolled + index, 1);
  }

  #requireAlive(): void {
    if (this.#crashed) throw new PixelproofError('PXP_CDP_CRASHED', 'the page crashed');
  }
}

/** The calibration of the scripted screen; `masks` is YAML of its entries, such as `{ rect: [0, 0, 480, 32], why: secret }`. */
export function scriptedCalibration({ masks = '' }: Readonly<{ masks?: string }> = {}): ResolvedCalibration {
  const text = `${CALIBRATION}masks: [${masks}]\n`;
  return resolveCalibration(parseCalibration(text, { file: 'scripted.yaml' }), {
    ...SIZE,
    deviceScaleFactor: 1,
  });
}

/** A region of what the application shows at that instant, and the same as the bytes a browser would send. */
export function drawApp(
  app: Readonly<AppState>,
  nowMs = 0,
  region: Rect = sizeRect(SIZE),
): { image: ImageBuffer; png: Uint8Array } {
  const caretShown = app.caret && Math.floor(nowMs / CARET_MS) % 2 === 0;
  return drawn(JSON.stringify([app, caretShown, region]), () => {
    const whole = drawn(JSON.stringify([app, caretShown]), () => ({ image: paintApp(app, caretShown) }));
    const image = crop(whole.image, region);
    return { image, png: encodePng(image) };
  });
}

const SIZE = { width: 480, height: 320 };
const CAPTURE_MS = 20;
const CARET_MS = 530;
/** The screen is drawn in letters of this many pixels; the rects below are in letters. */
const SCALE = 2;
const LIST: Rect = { x: 8, y: 40, width: 224, height: 100 };
const ROW_HEIGHT = 16;
const TABS = [
  { name: 'open', rect: { x: 8, y: 18, width: 60, height: 14 } },
  { name: 'done', rect: { x: 78, y: 18, width: 60, height: 14 } },
] as const;
const BOX: Rect = { x: 70, y: 50, width: 100, height: 60 };
const CLOSE: Rect = { x: 105, y: 94, width: 30, height: 10 };

const CALIBRATION = `
version: 1
name: scripted
viewport: { width: 480, height: 320 }
points:
  tab.open: { at: [76, 48], fallbacks: [[30, 48], [120, 48]] }
  tab.done: { at: [216, 48], fallbacks: [[170, 48], [260, 48]] }
  popup.close: { at: [240, 198] }
  nowhere: { at: [470, 60] }
regions:
  header: { rect: [0, 0, 480, 32] }
  list: { rect: [16, 80, 448, 200] }
  status: { rect: [16, 288, 200, 24] }
  field: { rect: [240, 286, 224, 26] }
  blank: { rect: [340, 306, 40, 8] }
swatches:
  tab.open: { rect: [30, 60, 92, 3], states: &tab { active: '#2f6fed', inactive: '#dfe3e8' } }
  tab.done: { rect: [170, 60, 92, 3], states: *tab }
  confirm: { rect: [160, 104, 160, 8], states: { open: '#7a3fb5' } }
  notice: { rect: [160, 104, 160, 8], states: { open: '#c0392b' } }
  toast: { rect: [264, 6, 90, 8], states: { open: '#e67e22' } }
anchors:
  title: { rect: [8, 2, 120, 28], dhash: '000048acd0600000' }
tabs:
  open: { click: tab.open, mark: { swatch: tab.open, state: active } }
  done: { click: tab.done, mark: { swatch: tab.done, state: active } }
lists:
  list:
    region: list
    rows: { first: 80, minHeight: 24, maxHeight: 44 }
    action: { columns: [390, 70], enabled: '#2e9e4f', disabled: '#b4b9c0', minArea: 400 }
    identity: { columns: [16, 368] }
modals:
  confirm: { box: [140, 100, 200, 120], mark: { swatch: confirm, state: open }, close: popup.close }
  notice: { box: [140, 100, 200, 120], mark: { swatch: notice, state: open }, close: popup.close }
  toast: { box: [260, 0, 100, 28], mark: { swatch: toast, state: open } }
`;

type Rgb = readonly [number, number, number];

/** Small letters are the page, capital ones the popup, which dims the page below it. */
const PAGE: Record<string, Rgb> = {
  b: [244, 245, 247],
  h: [36, 48, 66],
  l: [255, 255, 255],
  s: [214, 218, 224],
  k: [40, 44, 52],
  g: [46, 158, 79],
  d: [180, 185, 192],
  a: [47, 111, 237],
  i: [223, 227, 232],
};
const POPUP: Record<string, Rgb> = {
  L: [255, 255, 255],
  C: [122, 63, 181],
  N: [192, 57, 43],
  A: [47, 111, 237],
};
const DIMMED = Object.fromEntries(
  Object.entries(PAGE).map(([letter, [r, g, b]]) => [letter, [r >> 1, g >> 1, b >> 1] as const]),
);

function paintApp(app: Readonly<AppState>, caretShown: boolean): ImageBuffer {
  const width = SIZE.width / SCALE;
  const canvas = Array.from({ length: SIZE.height / SCALE }, () => new Array<string>(width).fill('b'));
  const fill = ({ x, y, width, height }: Rect, letter: string): void => {
    for (let row = y; row < y + height; row++) canvas[row].fill(letter, x, x + width);
  };
  const write = (seed: number, { x, y }: Point, glyphs: number, letter: string): void => {
    for (let glyph = 0; glyph < glyphs; glyph++) {
      if (glyph % 7 === 6) continue; // Between words.
      const bits = (scramble(seed * 262 + 2 * glyph) & scramble(seed * 262 + 2 * glyph + 1)) | 0b010_000_001;
      for (let bit = 0; bit < 15; bit++) {
        if ((bits >> bit) & 1) canvas[y + Math.floor(bit / 3)][x + 4 * glyph + (bit % 3)] = letter;
      }
    }
  };

  fill({ x: 0, y: 0, width, height: 16 }, 'h');
  write(900, { x: 6, y: 5 }, 12, 'l');
  if (caretShown) fill({ x: 200, y: 4, width: 1, height: 8 }, 'l');
  for (const { name, rect } of TABS) {
    write(name === 'open' ? 901 : 902, { x: rect.x + 8, y: 22 }, 8, 'k');
    fill({ ...rect, y: 29, height: 3 }, name === app.tab ? 'a' : 'i');
  }
  fill(LIST, 'l');
  shownRows(app).forEach((seed, row) => {
    const y = LIST.y + row * ROW_HEIGHT;
    write(seed, { x: 12, y: y + 5 }, 40, 'k');
    fill(buttonOf(row), app.enabled ? 'g' : 'd');
    fill({ ...LIST, y: y + ROW_HEIGHT - 1, height: 1 }, 's');
  });
  write(1000 + app.status, { x: 10, y: 148 }, 12, 'k');
  Array.from(app.field).forEach((character, i) => {
    write(1100 + character.charCodeAt(0), { x: 122 + 4 * i, y: 147 }, 1, 'k');
  });
  if (app.modal !== null) {
    fill(BOX, 'L');
    if (app.modal !== 'stranger') fill({ ...BOX, height: 8 }, app.modal === 'confirm' ? 'C' : 'N');
    write(app.modal === 'confirm' ? 903 : 904, { x: 80, y: 70 }, 20, 'h');
    fill(CLOSE, 'A');
  }
  const page = app.modal === null ? PAGE : DIMMED;
  return drawImage(
    canvas.map((letters) => letters.join('')),
    { ...page, ...POPUP },
    SCALE,
  );
}

/** So many rows fit. */
const SHOWN = 6;

/** The other tab has none. */
function shownRows({ rows, tab, scrolled }: Readonly<AppState>): readonly number[] {
  return tab === 'open' ? rows.slice(scrolled, scrolled + SHOWN) : [];
}

function buttonOf(row: number): Rect {
  return { x: 200, y: LIST.y + row * ROW_HEIGHT + 2, width: 24, height: 10 };
}

function scaled({ x, y, width, height }: Rect): Rect {
  return { x: SCALE * x, y: SCALE * y, width: SCALE * width, height: SCALE * height };
}

/** 15 bits that look random: a multiplicative hash (Knuth, The Art of Computer Programming, volume 3, 6.4). */
function scramble(seed: number): number {
  return (Math.imul(seed + 1, 2654435761) >>> 13) & 0x7fff;
}

function black(region: Rect): { image: ImageBuffer; png: Uint8Array } {
  return drawn(JSON.stringify(['black', region.width, region.height]), () => {
    const image = drawImage(
      Array.from({ length: region.height }, () => 'k'.repeat(region.width)),
      { k: [0, 0, 0] },
    );
    return { image, png: encodePng(image) };
  });
}

const pictures = new Map<string, unknown>();

function drawn<T>(key: string, draw: () => T): T {
  if (!pictures.has(key)) pictures.set(key, draw());
  return pictures.get(key) as T;
}
