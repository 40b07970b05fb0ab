import { type Rect, center } from '../../core/index.js';
import type { ResolvedMark, ResolvedSwatch, ResolvedTab } from '../../calibration/index.js';
import { type SwatchResult, components, deltaE } from '../../probe/index.js';
import type { Look } from '../look.js';
import { reachesRegion } from '../reach.js';
import { judgeMark, readSwatch } from './mark.js';
import type { Finding, Scene } from './scene.js';

/** What is found in the broader region is a mark of this part of the calibrated one's area or more. */
const MIN_AREA_SHARE = 0.4;
/** It belongs to the nearest tab, when that is nearer than this share of the distance to the next. */
const NEARER = 0.5;
/** ΔE by which the marks of tabs in one state may differ: what codecs add to them. */
const SAME_STATE = 2;
/** Levels by which its pixels spread: letters or a badge over a mark spread more. */
const ONE_TONE = 20;
/** Pixels: of what is no thicker chroma subsampling leaves no pixel its colour. */
const THIN = 3;

/**
 * Tabs compete: this one's mark holds and no other's does. No active tab is an answer (fails; unsure as long as the mark may be
 * elsewhere in the tab's region, and where it differs from the marks of the others, as it does below a veil), several are too (unsure: the look fell into a transition, or the calibration is off). Where the
 * look reaches further it is the tabs' regions that are searched when no mark holds in its place.
 */
export function judgeTabActive(scene: Scene, tab: string): Finding {
  const { region } = scene.calibration.tab(tab);
  const inPlace = marksInPlace(scene);
  const isSearched = reachesRegion(scene.reach) && !inPlace.some(({ found: { truth } }) => truth === 'holds');
  const marks = isSearched
    ? inPlace.map(({ name, found }) => ({
        name,
        found: judgeInRegion(scene, scene.calibration.tab(name), found),
      }))
    : inPlace;
  const own = marks.find(({ name }) => name === tab)!.found;
  const active = marks.filter(({ found }) => found.truth === 'holds').map(({ name }) => name);
  const rival = Math.max(0, ...marks.filter(({ name }) => name !== tab).map(({ found }) => found.score));
  const regions = marks.flatMap(({ found }) => found.regions);
  const answer = { score: own.score, margin: Math.max(0, own.score - rival), regions };
  // What was found elsewhere is no mark of this tab's where another one's, in its place, is the odd one. Of two both are.
  const isContested =
    isSearched &&
    marks.length > 2 &&
    marks.some(({ name }) => name !== active[0] && standsApart(scene, name));
  if (active.length > 1 || (active.length === 1 && isContested)) {
    return { ...answer, truth: 'unsure', reason: 'several-active' };
  }
  if (active[0] === tab) return { ...answer, truth: 'holds', reason: 'active' };
  if (active.length === 1)
    return { ...answer, margin: rival - own.score, truth: 'fails', reason: `${active[0]}-active` };
  const mayBeElsewhere = scene.reach === 'near' && region !== null;
  const isUnsure = own.truth === 'unsure' || mayBeElsewhere || standsApart(scene, tab);
  const truth = isUnsure ? 'unsure' : 'fails';
  return { ...answer, truth, reason: 'none-active' };
}

/**
 * Whether the tab's mark differs from those of the other tabs, most of which look the same: below a veil, or in a window that lost the
 * focus, no mark has a calibrated colour, and the active one still is the odd one.
 */
function standsApart({ now, calibration }: Scene, tab: string): boolean {
  const shown = new Map(
    [...calibration.tabs.values()].flatMap(({ name, mark }) =>
      mark.kind === 'swatch' ? [[name, readSwatch(now, mark.swatch)] as const] : [],
    ),
  );
  const own = shown.get(tab);
  const isAltered = ({ ranked }: SwatchResult): boolean =>
    ranked.every(({ distance }) => distance > SAME_STATE);
  const isPlain = ({ spread }: SwatchResult): boolean => Math.max(...spread) <= ONE_TONE;
  if (own === undefined || !isPlain(own)) return false;
  shown.delete(tab);
  const others = [...shown.values()];
  const isLike = (one: SwatchResult, other: SwatchResult): boolean =>
    deltaE(one.mean, other.mean) <= SAME_STATE && isPlain(other);
  const likest = others
    .map((one) => others.filter((other) => isLike(one, other)))
    .reduce((most, each) => (each.length > most.length ? each : most), []);
  // Of two tabs it is the other one that the pointer may be over.
  const areAltered = isAltered(own) || (others.length > 1 && likest.every(isAltered));
  return areAltered && likest.length > others.length / 2 && !others.some((other) => isLike(own, other));
}

/**
 * Where marks of other tabs show a state, one that shows none of its states (it has the focus, the pointer is over it) says nothing;
 * where none does, the tabs are not there.
 */
function marksInPlace({
  now,
  calibration,
}: Scene): readonly { readonly name: string; readonly found: Finding }[] {
  const marks = [...calibration.tabs.values()].map(({ name, mark }) => ({
    name,
    found: judgeMark(now, mark),
  }));
  const showsNone = ({ truth, margin }: Finding): boolean => truth === 'fails' && margin === 0;
  if (marks.every(({ found }) => showsNone(found))) return marks;
  return marks.map(({ name, found }) => ({
    name,
    found: showsNone(found) ? { ...found, truth: 'unsure' } : found,
  }));
}

/**
 * Wherever in the tab's region the colour of its mark is. Where that is the colour of the ground as well nothing can be told,
 * nor where something like it is in the mark's place and nothing of it is found: a codec leaves no pixel of a thin line its colour.
 */
function judgeInRegion(scene: Scene, { name, mark, region }: ResolvedTab, inPlace: Finding): Finding {
  if (mark.kind === 'anchor' || region === null) return inPlace;
  const found = marksIn(scene, region);
  const nearest = found.filter((each) => each.tab === name);
  const regions = nearest.map(({ rect }) => rect);
  if (nearest.length > 0) {
    const margin = Math.max(...nearest.map((each) => each.margin));
    return margin < NEARER
      ? { truth: 'unsure', score: margin, margin, regions, reason: 'between-tabs' }
      : { truth: 'holds', score: 1, margin, regions, reason: 'in-region' };
  }
  const isUnsure =
    inPlace.truth === 'unsure' || found.some(({ tab }) => tab === null) || mayBeThin(scene.now, region, mark);
  return isUnsure
    ? { ...inPlace, truth: 'unsure', margin: 0, regions: [region] }
    : { truth: 'fails', score: 0, margin: 1, regions: [region], reason: 'not-in-region' };
}

interface FoundMark {
  readonly rect: Rect;
  /** The tab whose calibrated mark is nearest; null for what is larger than from one tab to the next. */
  readonly tab: string | null;
  /** By how much it is nearer than the next tab's, as a share of the next's distance. */
  readonly margin: number;
}

/** Whatever in the region has the colour of an active tab's swatch and is large enough for one. */
function marksIn({ now, calibration }: Scene, region: Rect): readonly FoundMark[] {
  return now.reading(`marks in ${Object.values(region).join(' ')}`, () => {
    const swatches = [...calibration.tabs.values()].flatMap(({ name, mark }) =>
      mark.kind === 'swatch' ? [{ ...mark.swatch, name, state: mark.state }] : [],
    );
    const boxes = swatches.flatMap((swatch) => colored(now, region, swatch));
    // Tabs share their colours: what two of them found is one mark.
    const distinct = new Map(boxes.map((box) => [Object.values(box).join(' '), box]));
    return [...distinct.values()].map((rect) => {
      const ranked = swatches
        .map((swatch) => ({ tab: swatch.name, rect: swatch.rect, distance: distance(rect, swatch.rect) }))
        .sort((a, b) => a.distance - b.distance);
      const [nearest] = ranked;
      const next = ranked.at(1);
      if (next === undefined) return { rect, tab: nearest.tab, margin: 1 };
      const tab = reachesOver(rect, nearest.rect, next.rect) ? null : nearest.tab;
      return { rect, tab, margin: next.distance === 0 ? 0 : 1 - nearest.distance / next.distance };
    });
  });
}

/** Whether a line as thin as the mark, of which a codec left another colour, may be in the region. */
function mayBeThin(
  now: Look,
  region: Rect,
  { swatch, state }: ResolvedMark & { readonly kind: 'swatch' },
): boolean {
  if (Math.min(swatch.rect.width, swatch.rect.height) > THIN) return false;
  return colored(now, region, { ...swatch, tolerance: Infinity, state }).length > 0;
}

/** Larger, along the way from one tab to the next, than that way. */
function reachesOver(found: Rect, tab: Rect, next: Rect): boolean {
  const [p, q] = [center(tab), center(next)];
  const [across, down] = [Math.abs(p.x - q.x), Math.abs(p.y - q.y)];
  return across >= down ? found.width > across : found.height > down;
}

/** Up to the swatch's tolerance from the active colour, but no further than halfway to that of another state. */
function colored(
  now: Look,
  region: Rect,
  { rect, states, state, tolerance }: ResolvedSwatch & { readonly state: string },
): readonly Rect[] {
  const near = states[state];
  const others = Object.entries(states).flatMap(([name, color]) =>
    name === state ? [] : [deltaE(color, near)],
  );
  return components(now.image, {
    region: now.toImage(region),
    color: { near, tolerance: Math.min(tolerance, ...others.map((apart) => apart / 2)) },
    minArea: Math.max(1, Math.ceil(MIN_AREA_SHARE * rect.width * rect.height)),
    minWidth: Math.ceil(rect.width / 2),
    minHeight: 1,
  }).map(({ x, y, width, height }) => now.toViewport({ x, y, width, height }));
}

function distance(a: Rect, b: Rect): number {
  const [p, q] = [center(a), center(b)];
  return Math.hypot(p.x - q.x, p.y - q.y);
}
