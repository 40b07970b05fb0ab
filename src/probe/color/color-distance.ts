import { writeLab } from './color.js';

/**
 * CIE76 ΔE of two RGBA words as `ImageBuffer.signedWords()` gives them (red in the low byte); alpha is ignored. Changed
 * areas repeat few colours, so the L*a*b* of the last 4096 are remembered: about 5 ns then, 60 ns more for a new colour.
 */
export function colorDistance(a: number, b: number): number {
  const i = slotOf(a);
  const slot = slotOf(b);
  const j = slot === i ? SPARE : slot;
  if (KNOWN[i] !== a) remember(i, a);
  if (KNOWN[j] !== b) remember(j, b);
  const lightness = KNOWN[i + 1] - KNOWN[j + 1];
  const greenRed = KNOWN[i + 2] - KNOWN[j + 2];
  const blueYellow = KNOWN[i + 3] - KNOWN[j + 3];
  return Math.sqrt(lightness * lightness + greenRed * greenRed + blueYellow * blueYellow);
}

/** Multiplicative hashing by 2³²/φ, the top 12 bits: Knuth, The Art of Computer Programming, volume 3, section 6.4. */
function slotOf(word: number): number {
  return (Math.imul(word, 0x9e3779b1) >>> 20) << 2;
}

function remember(slot: number, word: number): void {
  KNOWN[slot] = word;
  writeLab(((word & 0xff) << 16) | (word & 0xff00) | ((word >>> 16) & 0xff), KNOWN, slot + 1);
}

const SLOTS = 4096;
/** For the second of two colours that meet in one slot. */
const SPARE = 4 * SLOTS;
/** A word and its L*, a*, b* side by side: one cache line. NaN equals no word. */
const KNOWN = new Float64Array(4 * (SLOTS + 1)).fill(NaN);
