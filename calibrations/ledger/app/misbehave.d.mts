export interface Misbehaviour {
  /** Share of clicks that are recorded and have no effect. */
  lost: number;
  /** Every effect comes 0 to this many ms late. */
  delay: number;
  /** Share of clicks that fire again 60 to 140 ms later at the same place, where another row may be by then. */
  double: number;
  /** Design pixels the picture moves right and down. */
  shift: number;
  /** Window pixels per design pixel, whatever the window's size; 0 for as large as fits. */
  scale: number;
  /** 1 for another layout: header and tabs below the list. */
  redesign: number;
  theme: 'light' | 'dark' | 'contrast';
  /** Levels by which each channel of every colour is off, this way or that. */
  recolor: number;
  /** Marks that turn with every frame, in header, tabs, list and footer. */
  ambient: number;
  /** Share of time in which the picture is black, in bursts of 100 to 400 ms. */
  black: number;
  /** An announcement after every so many collected rows; 0 for never (one still comes after the fifth). */
  announce: number;
  /** The session ends after every so many collected rows; 0 for never. */
  expire: number;
  /** Share of rows that look exactly like the row before. */
  equal: number;
  /** The renderer crashes once after so many collected rows; 0 for never. */
  crash: number;
}

export class OptionError extends Error {}
export const MISBEHAVE_HELP: string;
export function parseMisbehave(given: string | Partial<Misbehaviour>): Misbehaviour;
