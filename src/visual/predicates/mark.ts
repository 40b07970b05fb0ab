import type { ResolvedAnchor, ResolvedMark, ResolvedSwatch } from '../../calibration/index.js';
import {
  type SwatchResult,
  fromSubsampledLine,
  hammingDistance,
  signature,
  steadyHash,
  swatch,
} from '../../probe/index.js';
import type { Look } from '../look.js';
import type { Finding } from './scene.js';

/** What is up to half as far again as it may be is unsure: a colour, an anchor. */
const NEARLY = 1.5;

/** A mark is there: its swatch is in the named state, or its anchor looks as calibrated. */
export function judgeMark(now: Look, mark: ResolvedMark): Finding {
  return mark.kind === 'anchor' ? judgeAnchor(now, mark.anchor) : judgeSwatch(now, mark.swatch, mark.state);
}

/** The swatch's best state is this one. Unsure when no state explains it: a colour the calibration does not know. */
export function judgeSwatch(
  now: Look,
  { name, rect, states, tolerance }: ResolvedSwatch,
  state: string,
): Finding {
  const { best, ranked, margin, mean } = readSwatch(now, { name, rect, states, tolerance });
  const score = ranked.find((each) => each.name === state)?.share ?? 0;
  if (best === state) return { truth: 'holds', score, margin, regions: [rect], reason: `is-${state}` };
  if (best !== null) return { truth: 'fails', score, margin, regions: [rect], reason: `is-${best}` };
  // A colour that belongs to no calibrated state is evidence against this state, when none of its pixels are there, nor what
  // a codec makes of them: of a thin line JPEG leaves no pixel its colour.
  const others = Object.entries(states).flatMap(([each, color]) => (each === state ? [] : [color]));
  const near = [states[state], ...others].map((other) => fromSubsampledLine(mean, states[state], other));
  return score === 0 && Math.min(...near) > NEARLY * tolerance
    ? { truth: 'fails', score, margin: 0, regions: [rect], reason: 'is-none-of-its-states' }
    : { truth: 'unsure', score, margin, regions: [rect], reason: 'between-states' };
}

export function readSwatch(
  now: Look,
  { name, rect, states, tolerance }: Pick<ResolvedSwatch, 'name' | 'rect' | 'states' | 'tolerance'>,
): SwatchResult {
  return now.reading(`swatch ${name}`, () =>
    swatch(now.image, { region: now.toImage(rect), colors: states, tolerance }),
  );
}

/** Bits by which one anchor of a place has to be nearer than the others: as many as a codec turns by chance. */
const LEAD = 2;

/**
 * The anchor's difference hash is within its distance, and nearer than those of the other anchors of its place; unsure up to half
 * as far again, and where it is further only by the picture's noise. A place of one tone shows no anchor.
 */
export function judgeAnchor(now: Look, { name, rect, dhash, maxDistance, rivals }: ResolvedAnchor): Finding {
  const region = now.toImage(rect);
  const found = now.reading(`anchor ${name}`, () => signature(now.image, { region }).dhash);
  const distance = hammingDistance(found, dhash);
  const score = 1 - distance / 64;
  const margin = Math.abs(distance - maxDistance) / 64;
  const answer = { score, margin, regions: [rect], reason: `distance-${distance}` };
  if (distance <= maxDistance) {
    const rival = rivals
      .map((other) => ({ ...other, lead: hammingDistance(found, other.dhash) - distance }))
      .sort((a, b) => a.lead - b.lead)
      .at(0);
    if (rival === undefined) return { truth: 'holds', ...answer };
    const led = { ...answer, margin: Math.min(margin, Math.abs(rival.lead) / 64) };
    if (rival.lead >= LEAD) return { truth: 'holds', ...led };
    return { ...led, truth: rival.lead <= -LEAD ? 'fails' : 'unsure', reason: `like-${rival.name}` };
  }
  if (now.part(rect).flat) return { truth: 'fails', ...answer };
  if (distance <= NEARLY * maxDistance) return { truth: 'unsure', ...answer };
  const steady = now.reading(`steady anchor ${name}`, () => steadyHash(now.image, { region }));
  const isNoise = hammingDistance(steady, dhash) <= NEARLY * maxDistance;
  return { truth: isNoise ? 'unsure' : 'fails', ...answer };
}
