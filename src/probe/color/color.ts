import { PixelproofError } from '../../core/errors.js';

/** sRGB channels 0..255 in the order red, green, blue; fractions are allowed where the colour is a mean. */
export type Rgb = readonly [number, number, number];

/** `#rgb` or `#rrggbb`, either case, as channels. Errors: PXP_PROBE_OPTION for any other text. */
export function parseColor(text: string): Rgb {
  const long = /^#[0-9a-f]{3}$/i.test(text) ? text.replace(/[0-9a-f]/gi, '$&$&') : text;
  if (!/^#[0-9a-f]{6}$/i.test(long)) {
    throw new PixelproofError('PXP_PROBE_OPTION', 'not a colour', {
      expected: '#rgb or #rrggbb',
      received: JSON.stringify(text),
    });
  }
  const bits = Number.parseInt(long.slice(1), 16);
  return [bits >> 16, (bits >> 8) & 255, bits & 255];
}

/** `#rrggbb` in lower case; channels are rounded and clamped to 0..255. */
export function toHex(rgb: Rgb): string {
  return `#${rgb.map((channel) => clampByte(channel).toString(16).padStart(2, '0')).join('')}`;
}

/** The three channels as one number 0xrrggbb, rounded and clamped: what {@link writeLab} takes. */
export function packRgb(rgb: Rgb): number {
  return (clampByte(rgb[0]) << 16) | (clampByte(rgb[1]) << 8) | clampByte(rgb[2]);
}

/**
 * Perceived difference of two sRGB colours: the Euclidean distance in CIELAB, ΔE*ab 1976 (ISO/CIE 11664-4), 0 for equal
 * colours, about 2.3 for a just noticeable difference (Mahy 1994), 100 from black to white. Channels are rounded to bytes.
 * CIE76 and not CIEDE2000: it is a metric (symmetric, triangle inequality), ten times cheaper, and user interfaces
 * tell states apart by differences far above where the two formulas disagree.
 */
export function deltaE(a: Rgb, b: Rgb): number {
  const lab = new Float64Array(6);
  writeLab(packRgb(a), lab, 0);
  writeLab(packRgb(b), lab, 3);
  return Math.sqrt(squaredDeltaE(lab.subarray(0, 3), lab.subarray(3)));
}

/** The square of {@link deltaE} for two colours that are L*, a*, b* already: for comparisons, without the root. */
export function squaredDeltaE(a: Float64Array, b: Float64Array): number {
  const lightness = a[0] - b[0];
  const greenRed = a[1] - b[1];
  const blueYellow = a[2] - b[2];
  return lightness * lightness + greenRed * greenRed + blueYellow * blueYellow;
}

/**
 * Writes L* (0..100), a* and b* of the packed colour to `out[at..at+2]` without allocating. sRGB transfer curve and
 * primaries of IEC 61966-2-1, white point D65, CIELAB of ISO/CIE 11664-4. About 60 ns.
 */
export function writeLab(packed: number, out: Float64Array, at: number): void {
  const r = LINEAR[packed >> 16];
  const g = LINEAR[(packed >> 8) & 255];
  const b = LINEAR[packed & 255];
  // The rows of the sRGB matrix, each divided by the white point (0.95047, 1, 1.08883), so that white is a* = b* = 0.
  const x = labCurve(0.4339499 * r + 0.3762098 * g + 0.1898403 * b);
  const y = labCurve(0.2126729 * r + 0.7151522 * g + 0.0721749 * b);
  const z = labCurve(0.0177566 * r + 0.109468 * g + 0.8727755 * b);
  out[at] = 116 * y - 16;
  out[at + 1] = 500 * (x - y);
  out[at + 2] = 200 * (y - z);
}

/** The cube root with the linear toe below (6/29)³ that ISO/CIE 11664-4 defines. */
function labCurve(t: number): number {
  return t > 216 / 24389 ? Math.cbrt(t) : (24389 / 27 / 116) * t + 16 / 116;
}

/** Linear light of every sRGB byte (IEC 61966-2-1). */
const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => {
  const v = byte / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

function clampByte(channel: number): number {
  return Math.min(255, Math.max(0, Math.round(channel)));
}
