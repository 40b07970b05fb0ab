import { type Rect, center } from '../../core/index.js';
import type { ResolvedTab } from '../../calibration/index.js';
import { type Rgb, components } from '../../probe/index.js';
import type { Look } from '../look.js';
import { reachesRegion } from '../reach.js';
import { judgeMark } from './mark.js';
import type { Finding, Scene } from './scene.js';

/** What is found in the broader region is a mark of this part of the calibrated one's area or more. */
const MIN_AREA_SHARE = 0.4;
/** It belongs to the nearest tab, when that is nearer than this share of the distance to the next. */
const NEARER = 0.5;

/**
 * Tabs compete: this one's mark holds and no other's does. No active tab is an answer (fails; unsure as long as the mark may be
 * elsewhere in the tab's region), several are too (unsure: the look fell into a transition, or the calibration is off).
 */
export function judgeTabActive(scene: Scene, tab: string): Finding {
  const own = judgeTab(scene, scene.calibration.tab(tab));
  const marks = [...scene.calibration.tabs.values()].map((each) => ({
    name: each.name,
    found: judgeTab(scene, each),
  }));
  const active = marks.filter(({ found }) => found.truth === 'holds').map(({ name }) => name);
  const rival = Math.max(0, ...marks.filter(({ name }) => name !== tab).map(({ found }) => found.score));
  const regions = marks.flatMap(({ found }) => found.regions);
  const answer = { score: own.score, margin: Math.max(0, own.score - rival), regions };
  if (active.length > 1) return { ...answer, truth: 'unsure', reason: 'several-active' };
  if (active[0] === tab) return { ...answer, truth: 'holds', reason: 'active' };
  if (active.length === 1)
    return { ...answer, margin: rival - own.score, truth: 'fails', reason: `${active[0]}-active` };
  const mayBeElsewhere = scene.reach === 'near' && scene.calibration.tab(tab).region !== null;
  const truth = own.truth === 'unsure' || mayBeElsewhere ? 'unsure' : 'fails';
  return { ...answer, truth, reason: 'none-active' };
}

/** By the mark in its place; where the look reaches further and the tab has a region, wherever in it the mark's colour is. */
function judgeTab(scene: Scene, { name, mark, region }: ResolvedTab): Finding {
  if (mark.kind === 'anchor' || region === null || !reachesRegion(scene.reach))
    return judgeMark(scene.now, mark);
  const nearest = marksIn(scene, region).filter((each) => each.tab === name);
  if (nearest.length === 0) {
    return { truth: 'fails', score: 0, margin: 1, regions: [region], reason: 'not-in-region' };
  }
  const margin = Math.max(...nearest.map((each) => each.margin));
  const regions = nearest.map((each) => each.rect);
  return margin < NEARER
    ? { truth: 'unsure', score: margin, margin, regions, reason: 'between-tabs' }
    : { truth: 'holds', score: 1, margin, regions, reason: 'in-region' };
}

interface FoundMark {
  readonly rect: Rect;
  /** The tab whose calibrated mark is nearest. */
  readonly tab: string;
  /** By how much it is nearer than the next tab's, as a share of the next's distance. */
  readonly margin: number;
}

/** Whatever in the region has the colour of an active tab's swatch and is large enough for one. */
function marksIn({ now, calibration }: Scene, region: Rect): readonly FoundMark[] {
  return now.reading(`marks in ${Object.values(region).join(' ')}`, () => {
    const swatches = [...calibration.tabs.values()].flatMap(({ name, mark }) =>
      mark.kind === 'swatch' ? [{ ...mark.swatch, name, state: mark.state }] : [],
    );
    const boxes = swatches.flatMap(({ rect, states, state, tolerance }) =>
      colored(now, { region, rect, color: states[state], tolerance }),
    );
    // Tabs share their colours: what two of them found is one mark.
    const distinct = new Map(boxes.map((box) => [Object.values(box).join(' '), box]));
    return [...distinct.values()].map((rect) => {
      const ranked = swatches
        .map((swatch) => ({ tab: swatch.name, distance: distance(rect, swatch.rect) }))
        .sort((a, b) => a.distance - b.distance);
      const next = ranked.at(1)?.distance ?? Infinity;
      return { rect, tab: ranked[0].tab, margin: next === 0 ? 0 : 1 - ranked[0].distance / next };
    });
  });
}

function colored(
  now: Look,
  {
    region,
    rect,
    color: near,
    tolerance,
  }: Readonly<{ region: Rect; rect: Rect; color: Rgb; tolerance: number }>,
): readonly Rect[] {
  return components(now.image, {
    region: now.toImage(region),
    color: { near, tolerance },
    minArea: Math.max(1, Math.ceil(MIN_AREA_SHARE * rect.width * rect.height)),
    minWidth: Math.ceil(rect.width / 2),
    minHeight: 1,
  }).map(({ x, y, width, height }) => now.toViewport({ x, y, width, height }));
}

function distance(a: Rect, b: Rect): number {
  const [p, q] = [center(a), center(b)];
  return Math.hypot(p.x - q.x, p.y - q.y);
}
