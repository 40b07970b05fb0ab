import { CELL } from './foreign-cells.js';
import { type Occlusion, occlusion } from './occlusion.js';
import { type Candidate, edgeOf } from './veil-candidate.js';

/** A line gives two pixels of the outline, its upper and its lower step, a line of text more; fewer may be chance. */
const FEW_LINES = 3;
const MANY_LINES = 6;
/** Of the lines at an outline, those that end there. */
const CUT_SHARE = 0.6;
/** Within the cells at the border of a group the outline lies somewhere. */
const INSIDE_CELL = 4;

/** Lines end at the outline, more than chance ends, and fewer run on elsewhere. */
export function cutsMost(lines: Occlusion): boolean {
  return cutsMany(lines) && cutsShare(lines);
}

export function cutsMany({ cut }: Occlusion): boolean {
  return cut >= MANY_LINES;
}

/** Few lines are at the outline, or they run on elsewhere, but those there are end. */
export function mayCover(lines: Occlusion): boolean {
  return !cutsFew(lines) && cutsShare(lines);
}

export function cutsFew({ cut }: Occlusion): boolean {
  return cut < FEW_LINES;
}

/** Lines are gone on both sides of the outline: what was there was replaced. */
export function tearsMost({ cut, torn }: Occlusion): boolean {
  return torn >= MANY_LINES && torn > 4 * cut;
}

/** Whether lines end at what is foreign, however faint its outline: a popup in the colours of the page it lies on. */
export function endsLines(candidate: Candidate): boolean {
  const { before, after, region, group } = candidate;
  const around = { rect: group, region, edge: edgeOf(candidate.tolerance), near: CELL + INSIDE_CELL };
  const { cut, torn } = occlusion(before, after, around);
  return cut >= MANY_LINES && cut > 2 * torn && cut > 2 * occlusion(after, before, around).cut;
}

function cutsShare({ cut, torn, through }: Occlusion): boolean {
  return cut >= CUT_SHARE * (cut + torn + through);
}
