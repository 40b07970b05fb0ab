import type { ImageBuffer } from '../../src/image/index.js';
import { stability } from '../../src/probe/stability.js';
import { changed, unchanged } from '../../src/visual/evidence.js';
import type { Answer } from './answer.js';
import { ask, sceneOf, spelled } from './scene.js';
import type { Shots } from './shot.js';
import type { PlaceTruth } from './truth.js';

/** What tells of places whether they are as before. */
export function measurePlaces({ before, after }: Shots, places: readonly PlaceTruth[]): Answer[] {
  const regions = Object.fromEntries(places.map((place, i) => [`place-${i}`, { rect: spelled(place) }]));
  const scene = sceneOf({ before, now: after }, { regions });
  return places.flatMap((place, i) => {
    const { x, y, width, height } = place;
    const region = { x, y, width, height };
    const where = `place at ${spelled(place).join(' ')}`;
    const isChanged = ask(scene, changed(`place-${i}`), place.changed);
    const { state, reason } = stability([before, after], { region });
    return [
      {
        ...{ asked: 'changeScore', truth: place.changed ? 'changed' : 'same', where },
        // The probe's own score.
        answer: isChanged.judgement.score === 0 ? 'same' : 'changed',
      },
      {
        ...{ asked: 'stability', truth: place.changed ? 'moving' : 'stable', where: `${where}: ${reason}` },
        answer: state,
      },
      { ...isChanged, where },
      { ...ask(scene, unchanged(`place-${i}`), !place.changed), where },
    ];
  });
}

/** A screen that shows one tone says nothing, whatever was before. */
export function measureBlank(image: ImageBuffer, again: ImageBuffer): Answer {
  const { state, reason } = stability([image, again]);
  return { asked: 'stability', truth: 'flat', answer: state, where: reason };
}
