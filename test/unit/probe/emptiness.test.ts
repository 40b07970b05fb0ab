import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import type { Rgb } from '../../../src/probe/color/color.js';
import { emptiness } from '../../../src/probe/emptiness.js';
import { paint, solid } from '../../support/draw.js';

const WHITE = [255, 255, 255] as const;
const INK = [60, 60, 60] as const;
const THEMES = [
  [WHITE, INK],
  [
    [34, 38, 46],
    [180, 180, 180],
  ],
] as const;

/** Stems 2 pixels wide and 10 high, 6 apart: reads as a line of text. */
function write(
  image: ImageBuffer,
  { x, y, width }: Pick<Rect, 'x' | 'y' | 'width'>,
  ink: Rgb = INK,
): ImageBuffer {
  let written = image;
  for (let at = x; at + 2 <= x + width; at += 6) {
    written = paint(
      written,
      { x: at, y: at % 4 === 0 ? y : y + 3, width: 2, height: at % 4 === 0 ? 10 : 7 },
      ink,
    );
  }
  return written;
}

function list(rows: number): ImageBuffer {
  let image = solid(300, 240, WHITE);
  for (let row = 0; row < rows; row++)
    image = write(image, { x: 12, y: 40 * row + 15, width: 90 + 20 * (row % 4) });
  return image;
}

/** How strongly a drawing covers a point, 0..1, from its middle and in pixels. */
type Drawn = (x: number, y: number) => number;

const onRing = (x: number, y: number, radius = 18) => Math.abs(Math.hypot(x, y) - radius) < 2;
const turn = (x: number, y: number) => (Math.atan2(y, x) / (2 * Math.PI) + 1) % 1;
const trackAndArc: Drawn = (x, y) => (onRing(x, y) ? (turn(x, y) < 0.25 ? 1 : 0.15) : 0);
const openRing: Drawn = (x, y) => (onRing(x, y) && turn(x, y) < 0.75 ? 1 : 0);
const shortArc: Drawn = (x, y) => (onRing(x, y) && turn(x, y) < 0.3 ? 1 : 0);
const plainRing: Drawn = (x, y) => (onRing(x, y) ? 1 : 0);
const disc: Drawn = (x, y) => (Math.hypot(x, y) < 18 ? 1 : 0);
const fadingDots: Drawn = (x, y) => {
  const dot = Math.round(8 * turn(x, y)) % 8;
  const angle = (dot * Math.PI) / 4;
  return Math.hypot(x - 16 * Math.cos(angle), y - 16 * Math.sin(angle)) < 3.2 ? 0.3 + 0.1 * dot : 0;
};
const outlinedBox: Drawn = (x, y) => {
  const beyond = Math.max(Math.abs(x) - 19, Math.abs(y) - 15);
  return beyond < 3 && beyond >= 0 ? 1 : 0;
};
const magnifier: Drawn = (x, y) =>
  onRing(x + 5, y + 5, 14) || (Math.abs(x - y) < 2.5 && x > 5 && x < 19) ? 1 : 0;
const clock: Drawn = (x, y) =>
  onRing(x, y) || (Math.abs(x) < 1.5 && y < 0 && y > -11) || (Math.abs(y) < 1.5 && x > 0 && x < 8) ? 1 : 0;

/** `drawn` above the middle of the image, in a blue that is told from a light and from a dark page. */
function graphic(image: ImageBuffer, drawn: Drawn, page: Rgb): ImageBuffer {
  let result = image;
  for (let y = -30; y < 30; y++) {
    for (let x = -30; x < 30; x++) {
      const share = drawn(x + 0.5, y + 0.5);
      if (share === 0) continue;
      const mixed = [90, 140, 250].map((level, i) => Math.round(share * level + (1 - share) * page[i]));
      result = paint(result, { x: 150 + x, y: 110 + y, width: 1, height: 1 }, mixed as unknown as Rgb);
    }
  }
  return result;
}

const message = () => write(solid(300, 240, WHITE), { x: 106, y: 115, width: 88 });

describe('emptiness', () => {
  it('calls light and dark flat backgrounds empty', () => {
    for (const colour of [WHITE, [43, 43, 43], [246, 246, 246]] as const) {
      expect(emptiness(solid(300, 240, colour))).toMatchObject({
        state: 'empty',
        reason: 'flat-background',
        activity: 0,
        rows: 0,
      });
    }
  });

  it('calls empty stripes empty', () => {
    let image = solid(300, 240, WHITE);
    for (let y = 30; y < 240; y += 60)
      image = paint(image, { x: 0, y, width: 300, height: 30 }, [246, 247, 250]);
    expect(emptiness(image).state).toBe('empty');
  });

  it('never calls blocks empty that are hardly darker than the page', () => {
    let image = solid(300, 240, [246, 246, 246]);
    for (let y = 12; y < 240; y += 56) {
      image = paint(image, { x: 20, y, width: 200, height: 12 }, [238, 238, 238]);
      image = paint(image, { x: 20, y: y + 20, width: 260, height: 10 }, [238, 238, 238]);
    }
    expect(emptiness(image)).toMatchObject({ state: 'loading', reason: 'skeleton' });
    const lossy = decode(encodeJpeg(image, 80)).image;
    expect(['loading', 'unsure']).toContain(emptiness(lossy).state);
  });

  it('calls a short message in the middle empty', () => {
    expect(emptiness(message())).toMatchObject({ state: 'empty', reason: 'centred-message' });
  });

  it('counts the rows of a populated list', () => {
    for (const rows of [1, 2, 5]) {
      const found = emptiness(list(rows));
      expect(found).toMatchObject({ state: 'populated', reason: 'rows', rows });
      expect(found.margin).toBeGreaterThan(0);
    }
  });

  it('is surer of many rows than of one', () => {
    expect(emptiness(list(5)).margin).toBeGreaterThan(emptiness(list(1)).margin);
  });

  it('calls a mid-grey panel loading, and is unsure about tones between', () => {
    expect(emptiness(solid(300, 240, [192, 192, 192]))).toMatchObject({
      state: 'loading',
      reason: 'flat-panel',
    });
    expect(emptiness(solid(300, 240, [236, 236, 236]))).toMatchObject({ state: 'unsure', margin: 0 });
  });

  it('calls a ring whose strength changes around it loading, light or dark, with a caption or without', () => {
    for (const [page, ink] of THEMES) {
      for (const drawn of [trackAndArc, openRing, fadingDots]) {
        const spinner = graphic(solid(300, 240, page), drawn, page);
        const captioned = write(spinner, { x: 118, y: 150, width: 64 }, ink);
        for (const image of [spinner, captioned, decode(encodeJpeg(captioned, 60)).image]) {
          expect(emptiness(image)).toMatchObject({
            state: 'loading',
            reason: 'spinner',
          });
        }
      }
    }
  });

  it('calls a closed outline above a caption empty, light or dark', () => {
    for (const [page, ink] of THEMES) {
      for (const drawn of [outlinedBox, magnifier, clock]) {
        const image = write(graphic(solid(300, 240, page), drawn, page), { x: 106, y: 150, width: 88 }, ink);
        for (const seen of [image, decode(encodeJpeg(image, 60)).image])
          expect(emptiness(seen)).toMatchObject({
            state: 'empty',
            reason: 'centred-message',
          });
      }
    }
  });

  it('is unsure about what may be a spinner or an icon', () => {
    for (const drawn of [plainRing, disc, shortArc]) {
      const image = write(graphic(solid(300, 240, WHITE), drawn, WHITE), { x: 106, y: 150, width: 88 });
      expect(emptiness(image)).toMatchObject({ state: 'unsure', reason: 'centred-graphic' });
    }
  });

  it('calls dots in a row loading', () => {
    let image = solid(300, 240, WHITE);
    for (const [i, grey] of [60, 120, 170].entries())
      image = paint(image, { x: 130 + 16 * i, y: 115, width: 9, height: 9 }, [grey, grey, grey]);
    expect(emptiness(image)).toMatchObject({ state: 'loading', reason: 'spinner' });
  });

  it('calls grey blocks in place of text loading', () => {
    let image = solid(300, 240, WHITE);
    for (let row = 0; row < 5; row++) {
      image = paint(image, { x: 12, y: 44 * row + 8, width: 28, height: 28 }, [228, 228, 228]);
      image = paint(image, { x: 52, y: 44 * row + 10, width: 150 - 15 * row, height: 10 }, [228, 228, 228]);
      image = paint(image, { x: 52, y: 44 * row + 26, width: 190 - 11 * row, height: 8 }, [228, 228, 228]);
    }
    expect(emptiness(image)).toMatchObject({ state: 'loading', reason: 'skeleton' });
  });

  it('is unsure about a solid graphic in the middle', () => {
    const image = paint(solid(300, 240, WHITE), { x: 130, y: 100, width: 40, height: 40 }, [200, 60, 60]);
    expect(emptiness(image)).toMatchObject({ state: 'unsure', reason: 'centred-graphic', margin: 0 });
  });

  it('trusts a reference that looks the same, of the image or of the region', () => {
    const region = { x: 20, y: 10, width: 200, height: 150 };
    const notice = write(solid(300, 240, WHITE), { x: 24, y: 20, width: 100 });
    expect(emptiness(notice, { region }).state).toBe('populated');
    expect(emptiness(notice, { region, reference: notice })).toMatchObject({
      state: 'empty',
      reason: 'matches-reference',
      margin: 1,
    });
    const cropped = write(solid(200, 150, WHITE), { x: 4, y: 10, width: 100 });
    expect(emptiness(notice, { region, reference: cropped }).state).toBe('empty');
    expect(emptiness(list(3), { reference: notice }).state).toBe('populated');
  });

  it('calls a flat panel loading when the reference has something on it', () => {
    expect(emptiness(solid(300, 240, WHITE), { reference: message() })).toMatchObject({
      state: 'loading',
      reason: 'flat-panel',
    });
  });

  it('refuses a reference of another size and a region outside of the image', () => {
    const image = solid(40, 40, WHITE);
    expect(() => emptiness(image, { reference: solid(41, 40, WHITE) })).toThrow(
      expect.objectContaining({ code: 'PXP_PROBE_OPTION' }),
    );
    expect(() => emptiness(image, { region: { x: 0, y: 39, width: 1, height: 2 } })).toThrow(
      expect.objectContaining({ code: 'PXP_RECT' }),
    );
  });
});
