import { inkGrowth } from '../../probe/index.js';
import type { Finding, Scene } from './scene.js';

/** Letters that touch are counted by their width: a count may be off by this share. */
const COUNT_SHARE = 0.25;

/** About so many glyphs came after those that were there, which are as they were. A caret is none. */
export function judgeTextGrew(
  { before, now: whole, calibration }: Scene,
  name: string,
  glyphs: number,
): Finding {
  const region = calibration.region(name);
  const regions = [region];
  if (before === null) return { truth: 'unsure', score: 0, margin: 0, regions, reason: 'nothing-before' };
  const now = whole.part(before.rect);
  const found = now.comparison(before, `ink growth ${name}`, () =>
    inkGrowth(before.image, now.image, { region: now.toImage(region) }),
  );
  const { state, margin, reason } = found;
  if (state === 'same') return { truth: 'fails', score: 0, margin, regions, reason };
  if (state !== 'grew') return { truth: 'unsure', score: 0, margin: 0, regions, reason };
  const off = Math.abs(found.glyphs - glyphs);
  const allowed = Math.ceil(COUNT_SHARE * glyphs);
  const score = Math.max(0, 1 - off / glyphs);
  if (off <= allowed && found.glyphs > 0) {
    return { truth: 'holds', score, margin, regions, reason: `grew-by-${found.glyphs}` };
  }
  const other = found.glyphs < glyphs ? 'fewer-glyphs' : 'more-glyphs';
  return { truth: 'unsure', score, margin: 0, regions, reason: other };
}
