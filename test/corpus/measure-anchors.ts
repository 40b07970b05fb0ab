import type { Rect } from '../../src/core/geometry.js';
import { type ImageBuffer, crop } from '../../src/image/index.js';
import { hammingDistance, signature } from '../../src/probe/signature.js';
import { type Evidence, all, gone, matches, on, tabActive, visible } from '../../src/visual/evidence.js';
import { apart } from '../support/apart.js';
import type { Answer } from './answer.js';
import { UNSURE } from './confusion.js';
import { sectionsOf } from './measure-predicates.js';
import { ask, sceneOf, spelled } from './scene.js';
import type { Shots } from './shot.js';
import type { FrameTruth } from './truth.js';

/** Something that one of two pictures is known to show, and where the other one shows it. */
export interface Mark {
  /** Where it is in the picture it is taken from. */
  readonly at: Rect;
  readonly from: 'before' | 'after';
  /** Where it is in the other picture; null when it is not there. */
  readonly there: Rect | null;
  /** Where it may be. */
  readonly search: Rect;
}

/** What calibrations say by default: bits that may differ of an anchor. Up to half as many more are unsure. */
const MAX_DISTANCE = 10;
/** A patch with fewer bits set is refused by `calibrate lint`: a blank one fits it. */
const LEAST_BITS = MAX_DISTANCE + 1;
/** Nobody looks for more than a heading, a button or a row's text. */
const LARGEST = { width: 240, height: 64 };
const SLACK = 1;

/** Whether a mark is found again, by its signature in its place and by its picture wherever it is. */
export function measureMark({ before, after, clean }: Shots, mark: Mark): Answer[] {
  const [own, other] = mark.from === 'before' ? [before, after] : [after, before];
  const { dhash } = signature(clean[mark.from], { region: mark.at });
  if (hammingDistance(dhash, '0'.repeat(16)) < LEAST_BITS) return [];
  const piece = {
    ...mark.at,
    width: Math.min(mark.at.width, LARGEST.width),
    height: Math.min(mark.at.height, LARGEST.height),
  };
  const picture = crop(clean[mark.from], piece);
  const anchors = {
    signed: { rect: spelled(mark.at), dhash, maxDistance: MAX_DISTANCE },
    pictured: { template: 'mark.png', search: spelled(mark.search) },
  };
  const shows = (image: ImageBuffer, place: Rect | null): Answer[] => {
    const isInPlace = place !== null && apart(place, mark.at) === 0;
    const where = `mark at ${spelled(mark.at).join(' ')}`;
    const scene = sceneOf({ now: image }, { anchors }, { pictures: new Map([['pictured', picture]]) });
    const distance = hammingDistance(signature(image, { region: mark.at }).dhash, dhash);
    const near = distance <= 1.5 * MAX_DISTANCE ? UNSURE : 'other';
    const match = ask(scene, matches('pictured'), place !== null);
    // The probe's own place and reason.
    const { regions, reason } = match.judgement;
    const isThere = place === null || apart(regions[1], { ...piece, x: place.x, y: place.y }) <= SLACK;
    const missed = reason === 'several' ? UNSURE : 'not there';
    return [
      {
        ...{ asked: 'signature', truth: isInPlace ? 'same' : 'other' },
        ...{ answer: distance <= MAX_DISTANCE ? 'same' : near, where: `${where}: distance ${distance}` },
      },
      {
        ...{ asked: 'matchTemplate', truth: place === null ? 'not there' : 'there' },
        answer: reason !== 'matched' ? missed : isThere ? 'there' : 'elsewhere',
        where: `${where}: ${reason}`,
      },
      ...[ask(scene, visible('signed'), isInPlace), ask(scene, gone('signed'), !isInPlace), match].map(
        (answer) => ({ ...answer, where: `${where}: ${answer.where}` }),
      ),
    ];
  };
  // From where it was taken it is the same but for what the variant adds.
  return [...(own === clean[mark.from] ? [] : shows(own, mark.at)), ...shows(other, mark.there)];
}

/** Which screen it is: one of the page's tabs, or the popup. */
export function judgeScreens(
  { before, after, clean }: Shots,
  { truth, popup }: Readonly<{ truth: FrameTruth; popup: Rect }>,
): Answer[] {
  const { tabs } = truth;
  if (tabs === undefined) return [];
  const names = Object.keys(tabs.marks);
  const { dhash } = signature(clean.after, { region: popup });
  const anchors = { popup: { rect: spelled(popup), dhash } };
  const screens = new Map<string, Evidence>([
    ['popup', visible('popup')],
    ...names.map((name): [string, Evidence] => [name, all(tabActive(name), gone('popup'))]),
  ]);
  const shows = (now: ImageBuffer, shown: string): Answer[] => {
    const scene = sceneOf({ now }, { ...sectionsOf(truth), anchors }, { screens });
    return [tabs.active, 'popup'].map((name) => ask(scene, on(name), name === shown));
  };
  return [...shows(before, tabs.active), ...shows(after, 'popup')];
}
