/**
 * A JPEG Huffman table as one lookup by the next 16 bits: `length << 8 | symbol`, 0 where no code begins so. Returns
 * undefined when the code lengths need more codes than there are. `counts[i]` codes have length i+1. 128 KB each.
 *
 * Source: ITU-T T.81, section C (figures C.1 and C.2).
 */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): Uint16Array | undefined {
  const table = new Uint16Array(1 << 16);
  let next = 0;
  let symbol = 0;
  for (let length = 1; length <= 16; length++) {
    const step = 1 << (16 - length);
    for (let i = 0; i < counts[length - 1]; i++, next += step, symbol++) {
      if (next + step > table.length) return undefined;
      table.fill((length << 8) | symbols[symbol], next, next + step);
    }
  }
  return table;
}
