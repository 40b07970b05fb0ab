import type { ResolvedMark } from '../calibration/index.js';
import type { Evidence } from './evidence.js';
import type { Step } from './step.js';
import { type Vocabulary, screenOf } from './vocabulary.js';

/** What of the calibration a step goes by, as paths in the file: where its action goes, what proves and blocks it, its evidence. */
export function placesOfStep(
  { act, proves, blockedBy, evidence = [] }: Step,
  { blockers, ...vocabulary }: Vocabulary & Readonly<{ blockers: readonly Evidence[] }>,
): readonly string[] {
  const { lists } = vocabulary.calibration;
  const listBefore = (name: string, suffix: string): readonly string[] =>
    name.endsWith(suffix) && lists.has(name.slice(0, -suffix.length))
      ? placesOfList(name.slice(0, -suffix.length), vocabulary)
      : [];
  return [
    ...[proves, ...blockedBy, ...blockers].flatMap((each) => placesOfEvidence(each, vocabulary)),
    ...('target' in act ? listBefore(act.target, '.action') : []),
    ...(act.kind === 'scroll' ? placesOfList(act.list, vocabulary) : []),
    ...evidence.flatMap((name) => [`regions.${name}`, ...listBefore(name, '.row')]),
  ];
}

/** What of the calibration the evidence looks at, as paths in the file. */
export function placesOfEvidence(evidence: Evidence, vocabulary: Vocabulary): readonly string[] {
  const { calibration, screens } = vocabulary;
  switch (evidence.kind) {
    case 'tabActive':
      return ['tabs', ...[...calibration.tabs.values()].map(({ mark }) => placeOf(mark))];
    case 'swatchIs':
      return [`swatches.${evidence.swatch}`];
    case 'changed':
    case 'unchanged':
    case 'textGrew':
      return [`regions.${evidence.region}`];
    case 'visible':
    case 'gone':
      return [`anchors.${evidence.anchor}`];
    case 'matches':
      return [`anchors.${evidence.template}`];
    case 'modalOpen':
    case 'modalClosed':
      return [...calibration.modals.values()]
        .filter(({ name }) => evidence.modal === null || name === evidence.modal)
        .flatMap(({ name, mark }) => [`modals.${name}`, placeOf(mark)]);
    case 'listEmpty':
    case 'rowAdvanced':
    case 'rowRemoved':
    case 'rowAdded':
    case 'scrolled':
      return placesOfList(evidence.list, vocabulary);
    case 'counted':
      return [`counters.${evidence.counter}`];
    case 'on':
      screenOf(vocabulary, evidence.screen);
      // Screens compete, so each is looked at.
      return [...screens.values()].flatMap((screen) => placesOfEvidence(screen, vocabulary));
    case 'custom':
      return evidence.regions.map((name) => `regions.${name}`);
    case 'all':
    case 'any':
      return evidence.of.flatMap((part) => placesOfEvidence(part, vocabulary));
    case 'not':
      return placesOfEvidence(evidence.of, vocabulary);
  }
}

function placesOfList(name: string, { calibration }: Vocabulary): readonly string[] {
  return [`lists.${name}`, `regions.${calibration.list(name).region}`];
}

function placeOf(mark: ResolvedMark): string {
  return mark.kind === 'swatch' ? `swatches.${mark.swatch.name}` : `anchors.${mark.anchor.name}`;
}
