import type { RowProfile } from './row-profile.js';

/** JPEG stores colour coarsely: what only the colour says counts this much of what brightness says. */
const COLOUR_WEIGHT = 0.25;

/** So far from a boundary it does not blur. Pixels. */
const BESIDE = 2;

/** Neighbouring rows of one background. */
export interface Run {
  readonly top: number;
  bottom: number;
  red: number;
  green: number;
  blue: number;
}

export type Ground = Pick<Run, 'red' | 'green' | 'blue'>;

export function backgroundRuns(profile: RowProfile): Run[] {
  const { red, green, blue, height, noise } = profile;
  const runs: Run[] = [];
  let run: Run | undefined;
  for (let y = 0; y < height; y++) {
    if (run !== undefined && distance(profile, y, run) <= noise) {
      const weight = Math.min(16, y - run.top);
      run.red += (red[y] - run.red) / (weight + 1);
      run.green += (green[y] - run.green) / (weight + 1);
      run.blue += (blue[y] - run.blue) / (weight + 1);
      run.bottom = y + 1;
    } else {
      run = { top: y, bottom: y + 1, red: red[y], green: green[y], blue: blue[y] };
      runs.push(run);
    }
  }
  return runs;
}

export function distance({ red, green, blue, noise }: RowProfile, y: number, run: Run): number {
  return difference(red[y] - run.red, green[y] - run.green, blue[y] - run.blue, noise);
}

export function apart(a: Ground, b: Ground, noise: number): number {
  return difference(a.red - b.red, a.green - b.green, a.blue - b.blue, noise);
}

function difference(red: number, green: number, blue: number, noise: number): number {
  const most = Math.max(Math.abs(red), Math.abs(green), Math.abs(blue));
  if (noise <= 1) return most;
  return Math.max(Math.abs(luma(red, green, blue)), COLOUR_WEIGHT * most);
}

export function lumaOf({ red, green, blue }: RowProfile, y: number): number {
  return luma(red[y], green[y], blue[y]);
}

/** By how much the luma of the background changes at a boundary, apart from its blur. */
export function lumaStep(profile: RowProfile, y: number): number {
  const lumaAt = (row: number): number => lumaOf(profile, Math.max(0, Math.min(profile.height - 1, row)));
  return Math.abs(lumaAt(y - 1 - BESIDE) - lumaAt(y + BESIDE));
}

export function runLuma({ red, green, blue }: Run): number {
  return luma(red, green, blue);
}

function luma(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
