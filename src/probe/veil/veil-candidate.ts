import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import type { ForeignCells } from './foreign-cells.js';
import { leaveBorders, reachBorders } from './frame-border.js';
import { meetsAtCorners } from './frame-corners.js';
import { type FramePair, type NewFrame, type Prediction, newFrame } from './new-frame.js';
import { type Occlusion, occlusion } from './occlusion.js';
import type { PageDimming } from './page-dimming.js';

/** A group of foreign cells that may be something laid over the page. */
export interface Candidate {
  readonly before: ImageBuffer;
  readonly after: ImageBuffer;
  readonly region: Rect;
  readonly page: PageDimming;
  readonly prediction: Prediction;
  readonly tolerance: number;
  readonly cells: ForeignCells;
  readonly minShare: number;
  /** The box of what is foreign here. */
  readonly group: Rect;
}

/** What came with an outline, and what that outline does to the lines it crosses. */
export interface Outlined {
  readonly frame: NewFrame;
  readonly lines: Occlusion;
}

export function outlined(candidate: Candidate): Outlined {
  const { before, after, region } = candidate;
  const frame = frameOf(candidate);
  return {
    frame,
    lines: occlusion(before, after, { rect: frame.rect, region, edge: edgeOf(candidate.tolerance) }),
  };
}

/** The same of what went: the two pictures in the other order. */
export function outlinedBefore(candidate: Candidate): Outlined {
  return outlined({ ...candidate, before: candidate.after, after: candidate.before });
}

export function frameOf(candidate: Candidate): NewFrame {
  const pair = pairOf(candidate);
  return leaveBorders(pair, reachBorders(pair, newFrame(pair, candidate.group), candidate.group));
}

export function isClosedFrame(candidate: Candidate, frame: NewFrame): boolean {
  return meetsAtCorners(pairOf(candidate), frame);
}

export function pairOf({
  before,
  after,
  prediction,
  region,
  tolerance,
}: Omit<Candidate, 'group'>): FramePair {
  return { before, after, prediction, region, step: Math.max(5, tolerance / 4) };
}

/** A line across the outline steps by this many levels at least. */
export function edgeOf(tolerance: number): number {
  return Math.max(LEAST_EDGE, tolerance);
}

/** The fainter borders of themes step by 17. */
const LEAST_EDGE = 10;
