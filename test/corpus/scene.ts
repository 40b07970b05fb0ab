import {
  parseCalibration,
  type ResolvedCalibration,
  resolveCalibration,
} from '../../src/calibration/index.js';
import { type Rect, type Size, sizeRect } from '../../src/core/geometry.js';
import type { ImageBuffer } from '../../src/image/index.js';
import { AmbientMap } from '../../src/visual/motion/ambient-map.js';
import type { Evidence } from '../../src/visual/evidence.js';
import { judge } from '../../src/visual/judge.js';
import type { Judgement } from '../../src/visual/judgement.js';
import { Look } from '../../src/visual/look.js';
import type { Scene } from '../../src/visual/predicates/scene.js';
import type { Answer } from './answer.js';
import { cached } from './cached.js';

/** The sections of a calibration file, without its head. */
export type Sections = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The scene that a predicate judges, with the calibration that somebody who knows the application would write. */
export function sceneOf(
  { before, now }: Readonly<{ before?: ImageBuffer; now: ImageBuffer }>,
  sections: Sections,
  {
    pictures = new Map(),
    screens = new Map(),
  }: Readonly<{
    pictures?: ReadonlyMap<string, ImageBuffer>;
    screens?: ReadonlyMap<string, Evidence>;
  }> = {},
): Scene {
  const look = (image: ImageBuffer): Look => new Look(image, sizeRect(image));
  return {
    before: before === undefined ? null : look(before),
    behind: null,
    now: look(now),
    calibration: calibrate(now, sections, pictures),
    screens,
    ambient: new AmbientMap(now),
    reach: 'near',
  };
}

export function ask(scene: Scene, evidence: Evidence, isTrue: boolean): Answer & { judgement: Judgement } {
  const judgement = judge(evidence, scene);
  const { predicate, truth: answer, reason } = judgement;
  const where = `${predicate}: ${reason}`;
  return { asked: evidence.kind, truth: isTrue ? 'holds' : 'fails', answer, where, judgement };
}

/** How a calibration file spells a rectangle. */
export function spelled({ x, y, width, height }: Rect): readonly number[] {
  return [x, y, width, height];
}

function calibrate(
  { width, height }: Size,
  sections: Sections,
  pictures: ReadonlyMap<string, ImageBuffer>,
): ResolvedCalibration {
  const text = JSON.stringify({ version: 1, name: 'golden', viewport: { width, height }, ...sections });
  const calibration = { ...parsed(text), pictures };
  return resolveCalibration(calibration, { width, height, deviceScaleFactor: 1 });
}

/** Variants of a picture share it. */
const parsed = cached((text: string) => parseCalibration(text, { file: 'golden.json' }));
