/** Signals of one length side by side: value `line * width + strip`. */
export interface Strips {
  readonly values: Float32Array;
  readonly lines: number;
  readonly width: number;
}

/** Frequencies weaker than this share of the strongest are noise, and have no phase worth counting. */
const WEAKEST = 0.02;

/**
 * Shifts d at which `after[y]` may be `before[y + d]`, most likely first, 0 left out: the highest local peaks, `most` each, of
 * the phase correlation and of the plain cross-correlation, both summed over the strips. Phase correlation has one sharp peak
 * where content moved, also under changed light; the plain one has the multiples of a period, which it lacks. Zero-padded, so
 * shifts do not wrap. Cost: strips × n log n with n the next power of two above twice the lines.
 *
 * Source: C. D. Kuglin, D. C. Hines, The phase correlation image alignment method, IEEE Conf. on Cybernetics and Society, 1975.
 */
export function likelyShifts(before: Strips, after: Strips, most: number): readonly number[] {
  const { lines, width } = before;
  let size = 2;
  while (size < 2 * lines) size *= 2;
  const phase = { re: new Float64Array(size), im: new Float64Array(size) };
  const plain = { re: new Float64Array(size), im: new Float64Array(size) };
  for (let strip = 0; strip < width; strip++) {
    const signal = { re: new Float64Array(size), im: new Float64Array(size) };
    for (let line = 0; line < lines; line++) {
      // Two real signals in one transform.
      signal.re[line] = before.values[line * width + strip];
      signal.im[line] = after.values[line * width + strip];
    }
    transform(signal);
    addSpectra(signal, { phase, plain });
  }
  transform(phase);
  transform(plain);
  const peaks = [...highest(phase.re, lines, most), ...highest(plain.re, lines, most)];
  return [...new Set(peaks)];
}

interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Adds before · conj(after), plain and by its phase alone. The forward transform of that is real at −d and d swapped. */
function addSpectra({ re, im }: Complex, { phase, plain }: { phase: Complex; plain: Complex }): void {
  const size = re.length;
  let strongest = 0;
  const cross = { re: new Float64Array(size), im: new Float64Array(size) };
  for (let k = 0; k < size; k++) {
    const mirrored = (size - k) % size;
    const beforeRe = (re[k] + re[mirrored]) / 2;
    const beforeIm = (im[k] - im[mirrored]) / 2;
    const afterRe = (im[k] + im[mirrored]) / 2;
    const afterIm = (re[mirrored] - re[k]) / 2;
    cross.re[k] = beforeRe * afterRe + beforeIm * afterIm;
    cross.im[k] = beforeIm * afterRe - beforeRe * afterIm;
    strongest = Math.max(strongest, Math.hypot(cross.re[k], cross.im[k]));
  }
  if (strongest === 0) return;
  for (let k = 0; k < size; k++) {
    const weight = 1 / (Math.hypot(cross.re[k], cross.im[k]) + WEAKEST * strongest);
    phase.re[k] += cross.re[k] * weight;
    phase.im[k] += cross.im[k] * weight;
    plain.re[k] += cross.re[k];
    plain.im[k] += cross.im[k];
  }
}

/** The shifts of the highest local peaks. What was transformed forward twice runs backwards: index n − d is shift d. */
function highest(values: Float64Array, lines: number, most: number): readonly number[] {
  const size = values.length;
  const at = (shift: number): number => values[(size - shift) % size];
  const peaks: number[] = [];
  for (let shift = 1 - lines; shift < lines; shift++) {
    if (shift !== 0 && at(shift) > 0 && at(shift) >= at(shift - 1) && at(shift) >= at(shift + 1))
      peaks.push(shift);
  }
  return peaks.sort((a, b) => at(b) - at(a)).slice(0, most);
}

/** In place, forward, of a power of two: radix-2 decimation in time (J. W. Cooley, J. W. Tukey, 1965). */
function transform({ re, im }: Complex): void {
  const size = re.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j], re[i]];
    [im[i], im[j]] = [im[j], im[i]];
  }
  for (let half = 1; half < size; half *= 2) {
    for (let k = 0; k < half; k++) {
      const cos = Math.cos((Math.PI * k) / half);
      const sin = -Math.sin((Math.PI * k) / half);
      for (let i = k; i < size; i += 2 * half) {
        const j = i + half;
        const oddRe = re[j] * cos - im[j] * sin;
        const oddIm = re[j] * sin + im[j] * cos;
        re[j] = re[i] - oddRe;
        im[j] = im[i] - oddIm;
        re[i] += oddRe;
        im[i] += oddIm;
      }
    }
  }
}
