import type { Point, Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type Assumption, MOVED_PX, placeMargin } from './assumption.js';
import { locatePatch } from '../measure/locate-patch.js';
import type { ResolvedTemplate } from '../resolved-calibration.js';

/** A template at its place, within `reach` pixels of it, or where its place is not known, anywhere it is looked for. */
export function checkTemplate(
  image: ImageBuffer,
  { template, optional, reach }: Readonly<{ template: ResolvedTemplate; optional: boolean; reach: number }>,
): Assumption {
  const { name, rect: search, image: patch, at, minScore } = template;
  const rect = at === null ? search : { ...at, width: patch.width, height: patch.height };
  const located = locatePatch(image, {
    patch,
    places: at === null ? within(search, patch) : around(at, reach),
  });
  const score = located?.score ?? 0;
  const base = {
    name: `anchors.${name}`,
    kind: 'template',
    rect,
    expected: at === null ? `likeness ${minScore}` : `likeness ${minScore} at ${at.x}, ${at.y}`,
  } as const;
  if (located === null || score < minScore) {
    const found = `likeness ${score.toFixed(2)} at best`;
    return { ...base, state: optional ? 'not-visible' : 'broken', found, margin: 0 };
  }
  const found = `likeness ${score.toFixed(2)} at ${located.rect.x}, ${located.rect.y}`;
  const lead = minScore === 1 ? 1 : (score - minScore) / (1 - minScore);
  if (at === null) return { ...base, state: 'held', found, margin: lead };
  const offset = { x: located.rect.x - at.x, y: located.rect.y - at.y };
  if (Math.max(Math.abs(offset.x), Math.abs(offset.y)) < MOVED_PX) {
    return { ...base, state: 'held', found, margin: Math.min(lead, placeMargin(offset)) };
  }
  return { ...base, state: 'drifted', found, offset, margin: 0, foundRect: located.rect };
}

function* around({ x, y }: Point, reach: number): Generator<Point> {
  yield { x, y };
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) yield { x: x + dx, y: y + dy };
  }
}

function* within({ x, y, width, height }: Rect, patch: ImageBuffer): Generator<Point> {
  for (let dy = 0; dy + patch.height <= height; dy++) {
    for (let dx = 0; dx + patch.width <= width; dx++) yield { x: x + dx, y: y + dy };
  }
}
