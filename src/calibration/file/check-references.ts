import type { PathFinding } from './finding.js';
import { nearestName } from '../../core/nearest-name.js';
import type { Calibration } from './schema.js';
import { showValue } from './show-value.js';

type Section = 'points' | 'regions' | 'swatches' | 'anchors' | 'counters';
type Reference = Readonly<{ path: readonly string[]; section: Section; name: string }>;

/** Every name one part of the calibration uses that no other part defines, states of swatches included. */
export function checkReferences(calibration: Calibration): PathFinding[] {
  const dangling = references(calibration)
    .filter(({ section, name }) => !Object.hasOwn(calibration[section], name))
    .map(({ path, section, name }) =>
      undefinedName(path, name, `a name in \`${section}\``, calibration[section]),
    );
  const states = marks(calibration).flatMap(({ path, mark }) => {
    if (!('swatch' in mark) || !Object.hasOwn(calibration.swatches, mark.swatch)) return [];
    const { states } = calibration.swatches[mark.swatch];
    if (Object.hasOwn(states, mark.state)) return [];
    return [undefinedName([...path, 'state'], mark.state, `a state of swatch \`${mark.swatch}\``, states)];
  });
  return [...dangling, ...states, ...templatesAsMarks(calibration)];
}

/** A mark and the sign of an empty list are read at their place, without a search: a signature, never a template. */
function templatesAsMarks(calibration: Calibration): PathFinding[] {
  return references(calibration)
    .filter(({ section, name }) => section === 'anchors' && Object.hasOwn(calibration.anchors, name))
    .filter(({ name }) => 'template' in calibration.anchors[name])
    .map(({ path, name }) => ({
      path,
      part: 'value',
      problem: `\`${path.join('.')}\` names a template`,
      expected: 'an anchor with `rect` and `dhash`',
      received: showValue(name),
    }));
}

function references(calibration: Calibration): Reference[] {
  const found: Reference[] = [];
  const add = (path: readonly string[], section: Section, name: string | undefined): void => {
    if (name !== undefined) found.push({ path, section, name });
  };
  add(['park'], 'points', calibration.park);
  for (const { path, mark } of marks(calibration)) {
    if ('swatch' in mark) add([...path, 'swatch'], 'swatches', mark.swatch);
    else add([...path, 'anchor'], 'anchors', mark.anchor);
  }
  for (const [name, tab] of Object.entries(calibration.tabs)) {
    add(['tabs', name, 'click'], 'points', tab.click);
    add(['tabs', name, 'region'], 'regions', tab.region);
  }
  for (const [name, anchor] of Object.entries(calibration.anchors)) {
    if ('template' in anchor && typeof anchor.search === 'string') {
      add(['anchors', name, 'search'], 'regions', anchor.search);
    }
  }
  for (const [name, list] of Object.entries(calibration.lists)) {
    add(['lists', name, 'region'], 'regions', list.region);
    add(['lists', name, 'empty'], 'anchors', list.empty);
    add(['lists', name, 'counter'], 'counters', list.counter);
    if (list.action && 'point' in list.action)
      add(['lists', name, 'action', 'point'], 'points', list.action.point);
  }
  for (const [name, modal] of Object.entries(calibration.modals)) {
    add(['modals', name, 'close'], 'points', modal.close);
  }
  return found;
}

function marks({ tabs, modals, together }: Calibration) {
  return [
    ...Object.entries(tabs).map(([name, { mark }]) => ({ path: ['tabs', name, 'mark'], mark })),
    ...Object.entries(modals).map(([name, { mark }]) => ({ path: ['modals', name, 'mark'], mark })),
    ...together.flatMap((group, i) =>
      group.map((mark, j) => ({ path: ['together', String(i), String(j)], mark })),
    ),
  ];
}

function undefinedName(
  path: readonly string[],
  name: string,
  expected: string,
  defined: Readonly<Record<string, unknown>>,
): PathFinding {
  const meant = nearestName(name, Object.keys(defined));
  return {
    path,
    part: 'value',
    problem: `\`${path.join('.')}\` names what is not defined`,
    expected,
    received: showValue(name),
    ...(meant === undefined ? {} : { hint: `did you mean \`${meant}\`?` }),
  };
}
