import type { Rect } from '../core/index.js';
import type { Judgement, Truth } from './judgement.js';
import { type Evidence, spellEvidence } from './evidence.js';
import { judgeCustom } from './predicates/custom.js';
import { judgeCounted } from './predicates/counted.js';
import { judgeListEmpty } from './predicates/list-empty.js';
import { judgeAnchor, judgeSwatch } from './predicates/mark.js';
import { judgeModalOpen } from './predicates/modal.js';
import { judgeChanged, judgeUnchanged } from './predicates/region-change.js';
import { judgeRowAdded, judgeRowAdvanced, judgeRowRemoved } from './predicates/rows.js';
import type { Finding, Scene } from './predicates/scene.js';
import { type Recognition, judgeOn, recognise } from './predicates/screen.js';
import { judgeScrolled } from './predicates/scrolled.js';
import { judgeTabActive } from './predicates/tab-active.js';
import { judgeTemplate } from './predicates/template.js';
import { judgeTextGrew } from './predicates/text-grew.js';
import { screenOf } from './vocabulary.js';

/**
 * Evaluates the evidence on one look (and, where it speaks of change, on the look before the action). Three-valued, by
 * Kleene's strong logic: `any` holds when one part holds, `all` fails when one part fails, and what is left is unsure. A flat
 * frame (black, half painted) makes everything unsure. Pure: neither waits nor looks again.
 *
 * Errors: PXP_CALIBRATION_NAME for a name the calibration lacks, PXP_FLOW for a screen the flow lacks and from a custom
 * predicate, PXP_RECT when the look does not show a region.
 */
export function judge(evidence: Evidence, scene: Scene): Judgement {
  const predicate = spellEvidence(evidence);
  if (scene.now.flat) {
    return {
      predicate,
      truth: 'unsure',
      score: 0,
      margin: 0,
      regions: [scene.now.rect],
      reason: 'flat-frame',
    };
  }
  switch (evidence.kind) {
    case 'all':
    case 'any':
      return combine(
        evidence.kind,
        predicate,
        evidence.of.map((part) => judge(part, scene)),
      );
    case 'not': {
      const part = judge(evidence.of, scene);
      return { ...part, predicate, truth: NEGATED[part.truth], parts: [part] };
    }
    default:
      return { predicate, ...notByItself(evidence, find(evidence, scene), scene) };
  }
}

/** Above this share of ambient tiles a place says nothing of an action. */
const MAX_AMBIENT_SHARE = 0.5;

/**
 * What an action is judged by must not be what moves by itself: a lamp that blinks is lit after every click. Text that grows
 * is measured against its caret.
 */
function notByItself(evidence: Evidence, finding: Finding, { before, ambient }: Scene): Finding {
  if (before === null || evidence.kind === 'textGrew' || finding.truth === 'unsure') return finding;
  const area = (rect: Rect): number => rect.width * rect.height;
  const sum = (of: (rect: Rect) => number): number =>
    finding.regions.reduce((all, rect) => all + of(rect), 0);
  if (sum((rect) => area(rect) * ambient.share(rect)) <= MAX_AMBIENT_SHARE * sum(area)) return finding;
  return { ...finding, truth: 'unsure', margin: 0, reason: 'ambient-covers' };
}

/** Which screen the look shows. Asks nothing of a look before. Errors: as `judge`. */
export function whereIs(scene: Scene): Recognition {
  const { now, screens, reach } = scene;
  return now.reading(`screen ${reach}`, () =>
    recognise([...screens].map(([name, evidence]) => [name, judge(evidence, { ...scene, before: null })])),
  );
}

const NEGATED: Record<Truth, Truth> = { holds: 'fails', fails: 'holds', unsure: 'unsure' };

function find(evidence: Exclude<Evidence, { kind: 'all' | 'any' | 'not' }>, scene: Scene): Finding {
  switch (evidence.kind) {
    case 'tabActive':
      return judgeTabActive(scene, evidence.tab);
    case 'swatchIs':
      return judgeSwatch(scene.now, scene.calibration.swatch(evidence.swatch), evidence.state);
    case 'changed':
      return judgeChanged(scene, evidence.region, evidence.atLeast);
    case 'unchanged':
      return judgeUnchanged(scene, evidence.region);
    case 'visible':
      return judgeMarker(scene, evidence.anchor);
    case 'gone':
      return negate(judgeMarker(scene, evidence.anchor));
    case 'matches':
      return judgeTemplate(scene, scene.calibration.template(evidence.template));
    case 'modalOpen':
      return judgeModalOpen(scene, evidence.modal);
    case 'modalClosed':
      return negate(judgeModalOpen(scene, evidence.modal));
    case 'listEmpty':
      return judgeListEmpty(scene, evidence.list);
    case 'rowAdvanced':
      return judgeRowAdvanced(scene, evidence.list);
    case 'rowRemoved':
      return judgeRowRemoved(scene, evidence.list);
    case 'rowAdded':
      return judgeRowAdded(scene, evidence.list);
    case 'counted':
      return judgeCounted(scene, evidence);
    case 'scrolled':
      return judgeScrolled(scene, evidence.list);
    case 'textGrew':
      return judgeTextGrew(scene, evidence);
    case 'on':
      screenOf(scene, evidence.screen);
      return judgeOn(whereIs(scene), evidence.screen);
    case 'custom':
      return judgeCustom(scene, evidence);
  }
}

/** An anchor by signature or by template. */
function judgeMarker(scene: Scene, name: string): Finding {
  const { now, calibration } = scene;
  const template = calibration.templates.get(name);
  return template === undefined ? judgeAnchor(now, calibration.anchor(name)) : judgeTemplate(scene, template);
}

function negate(finding: Finding): Finding {
  return { ...finding, truth: NEGATED[finding.truth] };
}

/**
 * The part that decides gives score, margin and reason; where several could, the strongest for `any`, the weakest for `all`. Of an `all`
 * that holds all parts do, and the first is what it is about: its reason says so, not that of a popup that is not there.
 */
function combine(kind: 'all' | 'any', predicate: string, parts: readonly Judgement[]): Judgement {
  const deciding: Truth = kind === 'any' ? 'holds' : 'fails';
  const truth = [deciding, 'unsure' as const].find((each) => parts.some((part) => part.truth === each));
  const answer = truth ?? (kind === 'any' ? 'fails' : 'holds');
  const those = parts.filter((part) => part.truth === answer);
  const strongestFirst = [...those].sort((a, b) => b.margin - a.margin);
  const decider = kind === 'any' ? strongestFirst[0] : strongestFirst[strongestFirst.length - 1];
  const { score, margin } = decider;
  const { reason } = kind === 'all' && answer === 'holds' ? parts[0] : decider;
  return {
    predicate,
    truth: answer,
    score,
    margin,
    reason,
    regions: parts.flatMap((part) => part.regions),
    parts,
  };
}
