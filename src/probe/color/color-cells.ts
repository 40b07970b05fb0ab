/** Colours counted by five bits a channel: which of 32768 cells one is in. */
export function cellOf(r: number, g: number, b: number): number {
  return ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
}

/** The colour in the middle of a cell, packed. */
export function cellColor(cell: number): number {
  return (
    ((((cell >> 10) << 3) | 4) << 16) | (((((cell >> 5) & 31) << 3) | 4) << 8) | (((cell & 31) << 3) | 4)
  );
}
