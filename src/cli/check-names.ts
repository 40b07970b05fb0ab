import { type ResolvedCalibration, noSuchName } from '../calibration/index.js';
import { PixelproofError } from '../core/index.js';
import { describeChord } from '../input/index.js';
import type { FlowDefinition } from '../runtime/index.js';
import { type Action, type Evidence, checkProof, evidenceRegions, keptRegions } from '../visual/index.js';

/**
 * Holds a flow against its calibration: each name it uses is there, and each step's proof can tell.
 * Errors: PXP_FLOW with the place in the flow; its cause says what the calibration lacks.
 */
export function checkNames(
  flow: FlowDefinition,
  { calibration, file }: Readonly<{ calibration: ResolvedCalibration; file: string }>,
): void {
  const screens = new Map(Object.entries(flow.screens ?? {}));
  const at = (where: string, check: () => unknown): void => {
    try {
      check();
    } catch (cause) {
      if (!(cause instanceof PixelproofError)) throw cause;
      throw new PixelproofError('PXP_FLOW', cause.message, { what: file, where, cause });
    }
  };
  const requireKnown = (where: string, evidence: Evidence): void =>
    at(where, () => evidenceRegions(evidence, { calibration, screens }));
  const requireKept = (where: string, names: readonly string[]): void =>
    names.forEach((name, i) => at(`${where}.${i}`, () => keptRegions(name, calibration)));

  const { ready, blockers = {} } = flow.session;
  requireKnown('session.ready', ready);
  for (const [name, { when }] of Object.entries(blockers))
    requireKnown(`session.blockers.${name}.when`, when);
  for (const [name, screen] of screens) requireKnown(`screens.${name}`, screen);
  for (const [name, step] of Object.entries(flow.steps)) {
    const { act, proves, unit, blockedBy, keep, evidence = [] } = step;
    const where = `steps.${name}`;
    at(where, () => checkProof(step, { blockers: Object.values(blockers).map(({ when }) => when) }));
    at(`${where}.act`, () => checkAction(act, calibration));
    requireKnown(`${where}.proves`, proves);
    if (typeof unit === 'object') requireKnown(`${where}.unit`, unit);
    blockedBy.forEach((each, i) => requireKnown(`${where}.blockedBy.${i}`, each));
    requireKept(`${where}.keep`, keep);
    requireKept(`${where}.evidence`, evidence);
  }
}

/** The points of the pointer, the lists and the keys. */
function checkAction(act: Action, calibration: ResolvedCalibration): void {
  if (act.kind === 'press' && describeChord(act.key) === undefined) {
    throw new PixelproofError('PXP_INPUT', 'the keyboard has no such key', {
      expected: 'a KeyboardEvent.key of a US keyboard, as Enter or Control+s',
      received: act.key,
    });
  }
  if (act.kind === 'scroll') calibration.list(act.list);
  if (act.kind === 'drag') calibration.point(act.to);
  if (!('target' in act)) return;
  const lists = [...calibration.lists.values()];
  const without = lists.find(({ name, action }) => action === null && act.target === `${name}.action`);
  if (without !== undefined && !calibration.points.has(act.target)) {
    throw new PixelproofError('PXP_CALIBRATION_NAME', 'the list has no action', {
      what: calibration.name,
      where: `lists.${without.name}`,
      expected: 'an `action`',
      received: 'none',
    });
  }
  const names = [
    ...calibration.points.keys(),
    ...[...calibration.tabs.keys()].map((name) => `tabs.${name}.click`),
    ...[...calibration.modals.values()].flatMap(({ name, close }) => (close ? [`modals.${name}.close`] : [])),
    ...lists.flatMap(({ name, action }) => (action ? [`${name}.action`] : [])),
  ];
  if (names.includes(act.target)) return;
  throw noSuchName(act.target, {
    ...{ calibration: calibration.name, section: 'points, tabs, modals and lists', names },
  });
}
