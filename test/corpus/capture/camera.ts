import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, openPage } from '../../../src/cdp/index.js';
import { InputEpoch, type Point, type Rect, type Size, systemClock } from '../../../src/core/index.js';
import { encodePng } from '../../../src/image/index.js';
import { createScreenshotSource } from '../../../src/sensor/index.js';
import { type FolderTruth, type FrameTruth, GOLDEN, type PairTruth } from '../truth.js';

/** A page whose pictures go to one folder of test/golden, with what its application says of them. */
export interface Camera {
  navigate: (url: string) => Promise<void>;
  evaluate: (expression: string) => Promise<unknown>;
  /** CSS pixels. */
  click: (at: Point) => Promise<void>;
  /** CSS pixels, downwards. */
  wheel: (at: Point, by: number) => Promise<void>;
  /** Two frames were drawn since. */
  settle: () => Promise<void>;
  /** Takes the picture `NAME.png`. */
  take: (name: string, truth: FrameTruth) => Promise<void>;
  close: () => Promise<void>;
}

/** Collects the labels of one folder while its pictures are taken. */
export class Album {
  readonly #folder: string;
  readonly #frames: Record<string, FrameTruth> = {};
  readonly #pairs: PairTruth[] = [];

  constructor(folder: string) {
    this.#folder = join(GOLDEN, folder);
    mkdirSync(this.#folder, { recursive: true });
  }

  /** `size` in device pixels. */
  async open(
    browser: Browser,
    { size, deviceScaleFactor = 1 }: Readonly<{ size: Size; deviceScaleFactor?: number }>,
  ): Promise<Camera> {
    const page = await openPage(browser, { size, deviceScaleFactor });
    const source = createScreenshotSource({ page, epoch: new InputEpoch(), clock: systemClock });
    const settle = async (): Promise<void> => {
      await page.evaluate(
        'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
      );
    };
    return {
      navigate: (url) => page.navigate(url),
      evaluate: (expression) => page.evaluate(expression),
      click: async ({ x, y }) => {
        for (const type of ['mousePressed', 'mouseReleased'] as const) {
          await page.session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
        }
      },
      wheel: async ({ x, y }, by) => {
        await page.session.send('Input.dispatchMouseEvent', {
          type: 'mouseWheel',
          x,
          y,
          deltaX: 0,
          deltaY: by,
        });
      },
      settle,
      take: async (name, truth) => {
        await settle();
        const frame = await source.capture({ format: 'png' });
        // A third smaller than the browser's, pixel for pixel the same.
        writeFileSync(join(this.#folder, `${name}.png`), encodePng(frame.decode()));
        this.#frames[`${name}.png`] = truth;
      },
      close: () => page.close(),
    };
  }

  pair(before: string, after: string, truth: Omit<PairTruth, 'before' | 'after'>): void {
    this.#pairs.push({ before: `${before}.png`, after: `${after}.png`, ...truth });
  }

  save(): void {
    const truth: FolderTruth = { frames: this.#frames, pairs: this.#pairs };
    writeFileSync(join(this.#folder, 'truth.json'), render(truth));
  }
}

/** One line per frame and pair: short to read, short to compare. */
function render({ frames, pairs = [] }: FolderTruth): string {
  const lines = Object.entries(frames).map(
    ([name, truth]) => `    ${JSON.stringify(name)}: ${JSON.stringify(truth)}`,
  );
  const those = pairs.map((pair) => `    ${JSON.stringify(pair)}`);
  return `{\n  "frames": {\n${lines.join(',\n')}\n  },\n  "pairs": [\n${those.join(',\n')}\n  ]\n}\n`;
}

/** A rectangle of CSS pixels, times `scale` and moved, as whole pixels of the picture. */
export function scaled({ x, y, width, height }: Rect, scale: number): Rect {
  const [left, top] = [Math.round(x * scale), Math.round(y * scale)];
  return {
    x: left,
    y: top,
    width: Math.round((x + width) * scale) - left,
    height: Math.round((y + height) * scale) - top,
  };
}
