import { inkGrowth } from '../../probe/index.js';
import type { Finding, Scene } from './scene.js';

/** So many glyphs came after those that were there, which are as they were. A caret is none. */
export function judgeTextGrew(
  { before, now: whole, calibration }: Scene,
  { region: name, glyphs, within = 0 }: Readonly<{ region: string; glyphs: number; within?: number }>,
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
  const score = Math.max(0, 1 - off / glyphs);
  const isWanted = off <= within && found.glyphs > 0;
  return {
    ...(isWanted ? { truth: 'holds', margin } : { truth: 'unsure', margin: 0 }),
    ...{ score, regions, reason: `grew-by-${found.glyphs}` },
  };
}
