import type { Point, Size } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';

/** How well a template fits one place. */
export interface TemplateFit extends Point {
  /** Zero-mean normalised cross-correlation, -1..1; 0 where one of the two is flat. */
  readonly correlation: number;
  /** The place is `gain` times the template, plus something, by least squares. */
  readonly gain: number;
}

/** What is known of the template on every `step`-th pixel, both ways, from `left`, `top` on. */
export interface TemplateSamples extends Size {
  readonly step: number;
  readonly left: number;
  readonly top: number;
  readonly values: Uint8Array;
  readonly count: number;
  readonly mean: number;
  /** Sum of squared differences from the mean. */
  readonly energy: number;
}

/**
 * The template's values and their moments; of a lattice of about `most` pixels when it has more, laid where it catches
 * most structure: a line one pixel wide may fall between its rows.
 */
export function templateSamples(plane: Uint8Array, size: Size, most = Infinity): TemplateSamples {
  const step = Math.max(1, Math.floor(Math.sqrt((size.width * size.height) / most)));
  let best: TemplateSamples | null = null;
  for (let top = 0; top < Math.min(step, size.height); top++) {
    for (let left = 0; left < Math.min(step, size.width); left++) {
      const lattice = sampled(plane, { ...size, step, left, top });
      if (best === null || lattice.energy * best.count > best.energy * lattice.count) best = lattice;
    }
  }
  return best!;
}

function sampled(
  plane: Uint8Array,
  lattice: Pick<TemplateSamples, 'width' | 'height' | 'step' | 'left' | 'top'>,
): TemplateSamples {
  const { width, height, step, left, top } = lattice;
  const values: number[] = [];
  for (let y = top; y < height; y += step) {
    for (let x = left; x < width; x += step) values.push(plane[y * width + x]);
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const energy = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { ...lattice, values: Uint8Array.from(values), count: values.length, mean, energy };
}

/**
 * Correlation and gain at index `at` of the searched plane: one pass, sums exact in doubles. J. P. Lewis, Fast Normalized
 * Cross-Correlation, 1995, equation 2. The answer is in `out`: correlation, gain.
 */
export function correlateAt(
  plane: Uint8Array,
  { at, stride }: { readonly at: number; readonly stride: number },
  { width, height, step, left, top, values, count, mean, energy }: TemplateSamples,
  out: Float64Array,
): void {
  let sum = 0;
  let squares = 0;
  let product = 0;
  let k = 0;
  for (let y = top; y < height; y += step) {
    const line = at + y * stride;
    for (let i = line + left; i < line + width; i += step) {
      const value = plane[i];
      sum += value;
      squares += value * value;
      product += value * values[k++];
    }
  }
  const variance = squares - (sum * sum) / count;
  const covariance = product - sum * mean;
  out[0] = variance <= 0 || energy <= 0 ? 0 : covariance / Math.sqrt(variance * energy);
  out[1] = energy <= 0 ? 0 : covariance / energy;
}

/** Square levels the chroma of a block may be off before a grey template is another colour. */
const CHROMA_NOISE = 100;
/** Side of a block of pixels whose chroma is summed: codecs blur it over two to four. */
const BLOCK = 4;

let chroma = new Float64Array(0);

/**
 * How alike the colours are, 0..1, dimming by `gain` allowed for: of the colour differences red - green and blue - green, which
 * a grey veil scales and does not shift, in blocks of 4x4, twice the product by the sum of the energies. 1 is equal, 0 nothing
 * in common; a grey template is like grey only. Needed because grey-equal colours correlate perfectly. Cost: the
 * template's pixels.
 */
export function colorLikeness(
  image: ImageBuffer,
  template: ImageBuffer,
  { x, y, gain }: TemplateFit,
): number {
  const { width, height } = template;
  const blocks = Math.ceil(width / BLOCK);
  if (chroma.length < 4 * blocks) chroma = new Float64Array(4 * blocks);
  let product = 0;
  let energy = 0;
  let noise = 0;
  for (let top = 0; top < height; top += BLOCK) {
    const bottom = Math.min(height, top + BLOCK);
    chroma.fill(0, 0, 4 * blocks);
    for (let row = top; row < bottom; row++) {
      addChroma(image, { at: 4 * ((y + row) * image.width + x), width, offset: 0 });
      addChroma(template, { at: 4 * row * width, width, offset: 2 });
    }
    for (let block = 0; block < blocks; block++) {
      const pixels = (bottom - top) * Math.min(BLOCK, width - block * BLOCK);
      const red = chroma[4 * block];
      const blue = chroma[4 * block + 1];
      const redWanted = gain * chroma[4 * block + 2];
      const blueWanted = gain * chroma[4 * block + 3];
      product += (red * redWanted + blue * blueWanted) / pixels;
      energy += (red * red + blue * blue + redWanted * redWanted + blueWanted * blueWanted) / pixels;
      noise += CHROMA_NOISE * pixels;
    }
  }
  return Math.max(0, (2 * product + noise) / (energy + noise));
}

function addChroma(
  { data }: ImageBuffer,
  { at, width, offset }: { readonly at: number; readonly width: number; readonly offset: 0 | 2 },
): void {
  for (let column = 0, p = at; column < width; column++, p += 4) {
    const slot = 4 * Math.floor(column / BLOCK) + offset;
    chroma[slot] += data[p] - data[p + 1];
    chroma[slot + 1] += data[p + 2] - data[p + 1];
  }
}
