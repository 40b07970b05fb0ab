import type { InkPixels } from './emptiness-ink.js';

/** Directions that are told apart. */
const SECTORS = 24;
/** A ring is this thin and this round: of its radius, how far its ink strays within a direction, and from one to another. */
const THIN = 0.22;
const ROUND = 0.1;
/** A direction holds ink with this share of what the fullest has; the faint track of an arc has the second. */
const LEAST = 0.2;
const TRACK = 0.03;
/** The same all around, by the faintest and the strongest direction: a circle of an icon. */
const UNIFORM = { ink: 0.3, strength: 0.6 };
/** The widest gap of an arc whose circle is known, of a whole turn. */
const GAP = 0.5;

/**
 * What ink along a circle is: `turning` where its strength changes around it, as of an arc, an arc on its track, spokes or
 * dots that fade; `closed` where it is the same in all directions; `short` where it fills less than half of a turn, which
 * any curve does; `none` where it lies at several radii.
 */
export type Ring = 'turning' | 'closed' | 'short' | 'none';

export function ringOf(ink: InkPixels): Ring {
  const circle = fitCircle(ink);
  if (circle === null) return 'none';
  const sum = new Float64Array(SECTORS);
  const radii = new Float64Array(SECTORS);
  const squares = new Float64Array(SECTORS);
  const strength = new Float64Array(SECTORS);
  for (let i = 0; i < ink.count; i++) {
    const [dx, dy, weight] = [ink.x[i] - circle.x, ink.y[i] - circle.y, ink.weight[i]];
    const sector = Math.floor((SECTORS * (Math.atan2(dy, dx) + Math.PI)) / (2 * Math.PI)) % SECTORS;
    const radius = Math.hypot(dx, dy);
    sum[sector] += weight;
    radii[sector] += weight * radius;
    squares[sector] += weight * radius * radius;
    strength[sector] += weight * weight;
  }
  const most = Math.max(...sum);
  let [total, within, last, gap] = [0, 0, -1, 0];
  let first = -1;
  let round = true;
  for (let sector = 0; sector < SECTORS; sector++) {
    if (sum[sector] === 0) continue;
    const mean = radii[sector] / sum[sector];
    total += sum[sector];
    within += squares[sector] - mean * radii[sector];
    if (sum[sector] >= LEAST * most && Math.abs(mean - circle.radius) > ROUND * circle.radius) round = false;
    if (sum[sector] < TRACK * most) continue;
    if (first < 0) first = sector;
    else gap = Math.max(gap, sector - last - 1);
    last = sector;
  }
  gap = Math.max(gap, first + SECTORS - last - 1);
  if (!round || Math.sqrt(Math.max(0, within) / total) > THIN * circle.radius) return 'none';
  if (gap > GAP * SECTORS) return 'short';
  const strengths = strength.map((squared, sector) => (sum[sector] === 0 ? 0 : squared / sum[sector]));
  const isEven =
    Math.min(...sum) >= UNIFORM.ink * most &&
    Math.min(...strengths) >= UNIFORM.strength * Math.max(...strengths);
  return isEven ? 'closed' : 'turning';
}

/**
 * The circle through the ink, by least squares of the squared distances. Source: Kåsa, "A circle fitting procedure and its error
 * analysis", IEEE Transactions on Instrumentation and Measurement 25(1), 1976. Null where the ink is a line.
 */
function fitCircle({ count, x, y, weight }: InkPixels): { x: number; y: number; radius: number } | null {
  let [sum, meanX, meanY] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    sum += weight[i];
    meanX += weight[i] * x[i];
    meanY += weight[i] * y[i];
  }
  meanX /= sum;
  meanY /= sum;
  let [xx, xy, yy, xr, yr] = [0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [u, v, w] = [x[i] - meanX, y[i] - meanY, weight[i]];
    const r = u * u + v * v;
    xx += w * u * u;
    xy += w * u * v;
    yy += w * v * v;
    xr += w * u * r;
    yr += w * v * r;
  }
  const det = xx * yy - xy * xy;
  if (det <= 1e-6 * xx * yy) return null;
  const cx = (xr * yy - yr * xy) / (2 * det);
  const cy = (yr * xx - xr * xy) / (2 * det);
  return { x: meanX + cx, y: meanY + cy, radius: Math.sqrt(cx * cx + cy * cy + (xx + yy) / sum) };
}
