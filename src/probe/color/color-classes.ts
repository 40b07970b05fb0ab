/**
 * Which class a colour belongs to, remembered: `classify` is asked once per distinct colour as long as its slot is not
 * taken by another. Class 0 is "none of interest", the others are 1..126. Alpha is ignored: screenshots are opaque.
 *
 * The slot of a colour is made of the five low bits of each channel. Colours that compete for a slot differ by at least
 * 32 in a channel, so the many near-equal colours of a lossy fill never evict each other. The answer is always exact.
 */
export class ColorClasses {
  readonly #classify: (packed: number) => number;
  /** Class + 1 in the top byte, the pixel's other bytes below; 0 is an empty slot. */
  readonly #slots = new Int32Array(1 << 15);

  constructor(classify: (packed: number) => number) {
    this.#classify = classify;
  }

  /** The class of an RGBA pixel as `ImageBuffer.signedWords()` gives it. */
  of(word: number): number {
    const slots = this.#slots;
    const slot = (word & 31) | ((word >>> 3) & 0x3e0) | ((word >>> 6) & 0x7c00);
    const known = slots[slot];
    if (((known ^ word) & 0xffffff) === 0 && known !== 0) return (known >>> 24) - 1;
    const found = this.#classify(((word & 0xff) << 16) | (word & 0xff00) | ((word >>> 16) & 0xff));
    slots[slot] = ((found + 1) << 24) | (word & 0xffffff);
    return found;
  }
}
