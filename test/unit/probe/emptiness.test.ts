import { describe, expect, it } from 'vitest';
import type { Rect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import { decode } from '../../../src/image/decode.js';
import { encodeJpeg } from '../../../src/image/encode-jpeg.js';
import { emptiness } from '../../../src/probe/emptiness.js';
import { drawImage, paint, solid } from '../../support/draw.js';

const WHITE = [255, 255, 255] as const;
const INK = [60, 60, 60] as const;

/** Stems 2 pixels wide and 10 high, 6 apart: reads as a line of text. */
function write(image: ImageBuffer, { x, y, width }: Pick<Rect, 'x' | 'y' | 'width'>): ImageBuffer {
  let written = image;
  for (let at = x; at + 2 <= x + width; at += 6) {
    written = paint(
      written,
      { x: at, y: at % 4 === 0 ? y : y + 3, width: 2, height: at % 4 === 0 ? 10 : 7 },
      INK,
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

  it('calls a ring in the middle loading', () => {
    const dots = drawImage(
      ['..rr..', '.r..r.', 'r....r', 'r....r', '.r..r.', '..rr..'],
      { '.': WHITE, r: [90, 90, 90] },
      6,
    );
    let image = solid(300, 240, WHITE);
    for (let y = 0; y < 6; y++) {
      for (let x = 0; x < 6; x++) {
        if (dots.data[4 * (6 * y * 36 + 6 * x)] === 255) continue;
        image = paint(image, { x: 132 + 6 * x, y: 102 + 6 * y, width: 6, height: 6 }, [90, 90, 90]);
      }
    }
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
