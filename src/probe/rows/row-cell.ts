/** Where a row lies, in pixel rows of the region; may reach beyond the stretch it was found in. */
export interface Cell {
  readonly top: number;
  readonly bottom: number;
}

/** Edges may be this far off before a row counts as cut. */
export const EDGE_SLACK = 2;

export function heightOf({ top, bottom }: Cell): number {
  return bottom - top;
}
