/**
 * Which class a colour belongs to, remembered: `classify` is asked once per distinct colour as long as its slot is not
 * taken by another. Class 0 is "none of interest", the others are 1..126. Alpha is ignored: screenshots are opaque.
 *
 * The slot of a colour is made of the five low bits of each channel. Colours that compete for a slot differ by at least
 * 32 in a channel, so the many near-equal colours of a lossy fill never evict each other. The answer is always exact.
 */
export class ColorClasses {
  readonly #classify: (packed: number) => number;
  /** Class + 1 in the top byte, the colour below; 0 is an empty slot. */
  readonly #slots = new Int32Array(1 << 15);

  constructor(classify: (packed: number) => number) {
    this.#classify = classify;
  }

  /** The class of the RGBA pixel whose red byte is at `offset`. */
  at(data: Uint8Array, offset: number): number {
    const r = data[offset];
    const g = data[offset + 1];
    const b = data[offset + 2];
    const packed = (r << 16) | (g << 8) | b;
    const slot = ((r & 31) << 10) | ((g & 31) << 5) | (b & 31);
    const known = this.#slots[slot];
    if ((known & 0xffffff) === packed && known !== 0) return (known >>> 24) - 1;
    const found = this.#classify(packed);
    this.#slots[slot] = ((found + 1) << 24) | packed;
    return found;
  }
}
