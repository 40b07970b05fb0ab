/**
 * How far a look trusts the calibration, from the cheapest on:
 * - `place`: calibrated places only. Rows by first row and pitch where they are given, a row's action at its calibrated place.
 * - `near`: calibrated places, with rows and actions found in the pixels of their calibrated columns.
 * - `region`: what a place would show is looked for in its broader region: a tab's mark in the tab's region, a row's action
 *   in the whole list.
 * - `wide`: templates in all of the look, too.
 */
export type Reach = 'place' | 'near' | 'region' | 'wide';

/** How a run uses the calibration; each reach after the first is taken when the one before ends unsure. */
export const MODES = {
  calibrated: ['place'],
  hybrid: ['near', 'region', 'wide'],
  dynamic: ['region', 'wide'],
} as const satisfies Record<string, readonly [Reach, ...Reach[]]>;

export type Mode = keyof typeof MODES;

export function reachesRegion(reach: Reach): boolean {
  return reach === 'region' || reach === 'wide';
}
