import type { ImageBuffer } from '../../image/image-buffer.js';

/** Pixels along the line that are averaged: noise of a lossy codec cancels within its blocks of 8, a line does not. */
export const CHUNK = 8;
/**
 * A line may be covered, or missing where its two sides have one colour, for this share of its length: along a list with
 * stripes every other row has nearly the page's colour, and a lossy codec makes it that.
 */
const MISSING_SHARE = 0.55;

/**
 * How much the picture changes across each boundary of an axis, along a stretch of the other. Boundary `p` of axis `y` lies
 * between the rows p-1 and p; the answer's item i is boundary `from + i`, up to `to`. The value is in levels (0..255): the
 * difference of the greatest channel that 45 % of the stretch has at least, in pieces of 8 pixels. A drawn edge has what its
 * sides differ by, text and icons beside nothing have 0. Boundaries outside of the picture have 0, and so has everything
 * when less than one piece of the stretch is inside. Cost: 10 ns a pixel and boundary.
 *
 * @example
 * edgeProfile(frame, { axis: 'y', from: 60, to: 68, along: [0, 1280] }); // its greatest item says where a header ends
 */
export function edgeProfile(
  image: ImageBuffer,
  {
    axis,
    from,
    to,
    along,
  }: Readonly<{ axis: 'x' | 'y'; from: number; to: number; along: readonly [number, number] }>,
): Float64Array {
  const profile = new Float64Array(Math.max(0, to - from + 1));
  const [length, other] = axis === 'x' ? [image.width, image.height] : [image.height, image.width];
  const start = Math.max(0, Math.round(along[0]));
  const end = Math.min(other, Math.round(along[1]));
  const chunks = Math.floor((end - start) / CHUNK);
  if (chunks < 1) return profile;
  const levels = new Float64Array(chunks);
  const rank = Math.min(chunks - 1, Math.floor(MISSING_SHARE * chunks));
  for (let p = Math.max(1, from); p <= Math.min(length - 1, to); p++) {
    for (let chunk = 0; chunk < chunks; chunk++) {
      levels[chunk] = chunkStep(image, { axis, boundary: p, start: start + chunk * CHUNK });
    }
    profile[p - from] = levels.sort()[rank];
  }
  return profile;
}

/** The difference of the means on both sides of the boundary, over one piece, in the channel where it is greatest. */
export function chunkStep(
  { data, width }: ImageBuffer,
  { axis, boundary, start }: Readonly<{ axis: 'x' | 'y'; boundary: number; start: number }>,
): number {
  const [near, far, step] =
    axis === 'x'
      ? [4 * (start * width + boundary), 4 * (start * width + boundary - 1), 4 * width]
      : [4 * (boundary * width + start), 4 * ((boundary - 1) * width + start), 4];
  let [r, g, b] = [0, 0, 0];
  for (let i = 0; i < CHUNK; i++) {
    const [p, q] = [near + i * step, far + i * step];
    r += data[p] - data[q];
    g += data[p + 1] - data[q + 1];
    b += data[p + 2] - data[q + 2];
  }
  return Math.max(Math.abs(r), Math.abs(g), Math.abs(b)) / CHUNK;
}
