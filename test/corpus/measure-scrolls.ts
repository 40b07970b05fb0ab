import type { Rect } from '../../src/core/geometry.js';
import { displacement } from '../../src/probe/displacement.js';
import { scrolled } from '../../src/visual/evidence.js';
import type { Answer } from './answer.js';
import { ask, sceneOf, spelled } from './scene.js';
import type { Shots } from './shot.js';
import type { ScrollTruth } from './truth.js';

/** Of the offset, where pixels are fractions of the page's. */
const SLACK = 1;
const ROWS = { minHeight: 8, maxHeight: 200 };

/** By how much a list moved, and whether it did. */
export function measureScroll({ before, after }: Shots, { region, by }: ScrollTruth): Answer[] {
  const found = displacement(before, after, { region });
  const moved = Math.abs(found.by - by) <= SLACK ? 'moved' : 'elsewhere';
  const where = `by ${by}, found ${found.by}: ${found.reason}`;
  const scene = sceneOf(
    { before, now: after },
    {
      regions: { list: { rect: spelled(region) } },
      lists: { list: { region: 'list', rows: ROWS } },
    },
  );
  return [
    {
      ...{ asked: 'displacement', truth: by === 0 ? 'still' : 'moved', where },
      answer: found.state === 'moved' ? moved : found.state,
    },
    ask(scene, scrolled('list'), by !== 0),
  ];
}

/** Where something of the list is after it moved; null when it went out of it, or in part. */
export function movedBy({ region, by }: ScrollTruth, part: Rect): Rect | null {
  const y = part.y - by;
  const isInside = y >= region.y && y + part.height <= region.y + region.height;
  return isInside ? { ...part, y } : null;
}
