import { type Rect, type Size, sizeRect } from '../../../src/core/geometry.js';
import type { ImageBuffer } from '../../../src/image/image-buffer.js';
import type { Evidence } from '../../../src/visual/evidence.js';
import { AmbientMap } from '../../../src/visual/motion/ambient-map.js';
import { Look } from '../../../src/visual/look.js';
import type { Reach } from '../../../src/visual/reach.js';
import type { Scene } from '../../../src/visual/predicates/scene.js';
import { type AppState, drawApp, scriptedCalibration } from '../../support/scripted-screen.js';

export const calibration = scriptedCalibration();
export const viewport: Size = calibration.size;

/** The application at rest: four rows, the first tab, no popup. */
export const resting: AppState = {
  rows: [1, 2, 3, 4],
  enabled: true,
  tab: 'open',
  modal: null,
  status: 0,
  caret: false,
  scrolled: 0,
  field: '',
};

/** A look at the application in a state like the resting one. */
export function lookAt(changes: Partial<AppState> = {}, region: Rect = sizeRect(viewport)): Look {
  return new Look(drawApp({ ...resting, ...changes }, 0, region).image, region);
}

export function lookOf(image: ImageBuffer): Look {
  return new Look(image, sizeRect(image));
}

/** What a predicate sees; `before` is left out where no action is judged. */
export function sceneOf(
  now: Look,
  {
    before = null,
    ambient = new AmbientMap(viewport),
    screens = {},
    reach = 'near',
  }: Readonly<{
    before?: Look | null;
    ambient?: AmbientMap;
    screens?: Record<string, Evidence>;
    reach?: Reach;
  }> = {},
): Scene {
  return {
    before,
    behind: null,
    now,
    calibration,
    ambient,
    screens: new Map(Object.entries(screens)),
    reach,
  };
}
