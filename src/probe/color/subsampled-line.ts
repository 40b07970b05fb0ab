import { type Rgb, deltaE } from './color.js';

/**
 * ΔE (CIELAB 1976) from `color` to the nearest of what chroma subsampling (4:2:0, as JPEG's) leaves of a thin line on a ground: the line's
 * luma, and chroma from its own to halfway to the ground's.
 */
export function fromSubsampledLine(color: Rgb, line: Rgb, ground: Rgb): number {
  const darker = (lumaOf(line) - lumaOf(ground)) / 2;
  const along = line.map((value, i) => (ground[i] - value) / 2 + darker);
  const length = along.reduce((sum, value) => sum + value ** 2, 0);
  const dot = along.reduce((sum, value, i) => sum + value * (color[i] - line[i]), 0);
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, dot / length));
  return deltaE(color, [line[0] + share * along[0], line[1] + share * along[1], line[2] + share * along[2]]);
}

function lumaOf([red, green, blue]: Rgb): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
