import { deltaE, parseColor } from '../../probe/color/color.js';
import { hammingDistance } from '../../probe/signature.js';
import type { Calibration } from './schema.js';

/** Something a calibration that loads would do badly. */
export interface LintWarning {
  /** An `error` makes what it is about worthless: the file is not to be used so. */
  readonly severity: 'error' | 'warning';
  /** A path such as `swatches.tab.inbox.states`, for people. */
  readonly where: string;
  /** The same in parts, since names may have dots. */
  readonly path: readonly string[];
  readonly message: string;
}

export interface LintOptions {
  /** The names that steps of the flow click. */
  readonly clicked?: ReadonlySet<string>;
}

/**
 * What is valid but will mislead: colours of states that cannot be told apart, rows that do not fit their list, tabs that
 * nothing tells apart, marks that are not where they belong or lie under a mask, a pointer that is parked on a button, fallbacks
 * that repeat, names that differ in case alone, anchors of one place that look nearly alike; and what is worthless: an anchor that
 * a blank patch fits. Sections in the order of the format, entries in the order of the file. `clicked` are the targets of a flow's
 * steps: then points that nothing uses, too. Empty when there is nothing to say. Cost: squares of the section sizes.
 */
export function lintCalibration(calibration: Calibration, { clicked }: LintOptions = {}): LintWarning[] {
  return [
    ...lintNames(calibration),
    ...lintListTargets(calibration),
    ...lintPoints(calibration),
    ...lintSwatches(calibration),
    ...lintMarks(calibration),
    ...lintMarkPlaces(calibration),
    ...lintPark(calibration),
    ...lintLists(calibration),
    ...lintMasks(calibration),
    ...lintAnchors(calibration),
    ...lintRivals(calibration),
    ...(clicked === undefined ? [] : lintUnused(calibration, clicked)),
  ];
}

function lintNames(calibration: Calibration): LintWarning[] {
  const sections = [
    'points',
    'regions',
    'swatches',
    'anchors',
    'tabs',
    'lists',
    'counters',
    'modals',
  ] as const;
  return sections.flatMap((section) => {
    const seen = new Map<string, string>();
    return Object.keys(calibration[section]).flatMap((name) => {
      const twin = seen.get(name.toLowerCase());
      if (twin !== undefined) return [warning([section, name], `differs from \`${twin}\` in case alone`)];
      seen.set(name.toLowerCase(), name);
      return [];
    });
  });
}

/** ΔE: an action's two colours that are no further apart are easily mistaken, whatever tolerance the picture asks for. */
const LEAST_APART = 12;

/** `<list>.action` is how a flow clicks the first row: a point of that name could not be reached. */
function lintListTargets({ lists, points }: Calibration): LintWarning[] {
  return Object.keys(lists)
    .map((list) => `${list}.action`)
    .filter((name) => Object.hasOwn(points, name))
    .map((name) => warning(['points', name], 'is also what a flow calls the action of that list'));
}

function lintPoints({ points }: Calibration): LintWarning[] {
  return Object.entries(points).flatMap(([name, { at, fallbacks }]) => {
    const spots = [at, ...fallbacks].map(String);
    return spots.flatMap((spot, i) =>
      spots.indexOf(spot) < i ? [warning(['points', name, 'fallbacks'], `[${spot}] is tried already`)] : [],
    );
  });
}

function lintSwatches({ swatches }: Calibration): LintWarning[] {
  return Object.entries(swatches).flatMap(([name, { states, tolerance }]) =>
    pairs(Object.entries(states)).flatMap(([[a, colorA], [b, colorB]]) =>
      lookAlike(['swatches', name, 'states'], { [a]: colorA, [b]: colorB }, tolerance),
    ),
  );
}

/** Two colours within the tolerance: each pixel of the one counts for the other as well. */
function lookAlike(
  path: readonly string[],
  colors: Readonly<Record<string, string>>,
  tolerance: number,
): LintWarning[] {
  const [[a, colorA], [b, colorB]] = Object.entries(colors);
  const distance = deltaE(parseColor(colorA), parseColor(colorB));
  if (distance > tolerance) return [];
  return [
    warning(
      path,
      `\`${a}\` and \`${b}\` are ΔE ${distance.toFixed(1)} apart, within the tolerance ${tolerance}`,
    ),
  ];
}

function lintMarks({ tabs, modals }: Calibration): LintWarning[] {
  const marked = [
    ...Object.entries(tabs).map(([name, { mark }]) => ({ name, path: ['tabs', name, 'mark'], mark })),
    ...Object.entries(modals).map(([name, { mark }]) => ({ name, path: ['modals', name, 'mark'], mark })),
  ];
  return pairs(marked).flatMap(([first, second]) =>
    sameMark(first.mark, second.mark)
      ? [warning(second.path, `is that of \`${first.name}\` too: nothing tells them apart`)]
      : [],
  );
}

type Mark = Calibration['tabs'][string]['mark'];

/** A modal's mark is a part of it, and a tab's region is where its mark is looked for. */
function lintMarkPlaces({ tabs, modals, regions, swatches, anchors }: Calibration): LintWarning[] {
  const placeOf = (mark: Mark): Corners | null => {
    if ('swatch' in mark) return swatches[mark.swatch].rect;
    const anchor = anchors[mark.anchor];
    return 'template' in anchor ? null : anchor.rect;
  };
  const strays = (mark: Mark, within: Corners): boolean => {
    const place = placeOf(mark);
    return place !== null && !overlap(place, within);
  };
  return [
    ...Object.entries(tabs)
      .filter(([, { mark, region }]) => region !== undefined && strays(mark, regions[region].rect))
      .map(([name]) => warning(['tabs', name, 'region'], 'does not hold its mark')),
    ...Object.entries(modals)
      .filter(([, { mark, box }]) => strays(mark, box))
      .map(([name]) => warning(['modals', name, 'mark'], 'lies outside of its box')),
  ];
}

/** The pointer rests there after each click, and what it hovers over looks different. */
function lintPark({ park, points, lists, regions }: Calibration): LintWarning[] {
  if (park === undefined) return [];
  const [x, y] = points[park].at;
  return Object.entries(lists)
    .filter(([, { region, action }]) => {
      if (!action || !('columns' in action)) return false;
      const [, top, , height] = regions[region].rect;
      const [left, width] = action.columns;
      return overlap([x, y, 1, 1], [left, top, width, height]);
    })
    .map(([name]) => warning(['park'], `is on the actions of list \`${name}\``));
}

function sameMark(a: Mark, b: Mark): boolean {
  if ('swatch' in a) return 'swatch' in b && a.swatch === b.swatch && a.state === b.state;
  return 'anchor' in b && a.anchor === b.anchor;
}

function lintLists({ lists, regions }: Calibration): LintWarning[] {
  return Object.entries(lists).flatMap(([name, { region, rows, action, identity }]) => {
    const path = ['lists', name];
    const [left, top, width, height] = regions[region].rect;
    const { first = top, pitch, minHeight, maxHeight } = rows;
    const found: LintWarning[] = [];
    if (first < top || first >= top + height) {
      found.push(warning([...path, 'rows', 'first'], `${first} is outside of region \`${region}\``));
    }
    if ((pitch ?? minHeight) > height) {
      found.push(
        warning([...path, 'rows'], `not one row fits into the ${height} pixels of region \`${region}\``),
      );
    }
    if (pitch !== undefined && (pitch < minHeight || pitch > maxHeight)) {
      found.push(warning([...path, 'rows', 'pitch'], `${pitch} is not within ${minHeight} and ${maxHeight}`));
    }
    for (const [key, part] of Object.entries({ action, identity })) {
      if (!part || !('columns' in part)) continue;
      const [x, columnWidth] = part.columns;
      if (x >= left && x + columnWidth <= left + width) continue;
      found.push(warning([...path, key, 'columns'], `stick out of region \`${region}\``));
    }
    if (action && 'columns' in action && action.disabled !== undefined) {
      const { enabled, disabled, tolerance = LEAST_APART } = action;
      found.push(...lookAlike([...path, 'action'], { enabled, disabled }, tolerance));
    }
    return found;
  });
}

function lintMasks({ masks, swatches, counters, anchors }: Calibration): LintWarning[] {
  const ambient = masks.filter(({ why }) => why === 'ambient').map(({ rect }) => rect);
  const looked = [
    ...Object.entries(swatches).map(([name, { rect }]) => ({ path: ['swatches', name], rect })),
    ...Object.entries(counters).map(([name, { rect }]) => ({ path: ['counters', name], rect })),
    ...Object.entries(anchors).flatMap(([name, anchor]) =>
      'template' in anchor ? [] : [{ path: ['anchors', name], rect: anchor.rect }],
    ),
  ];
  return looked
    .filter(({ rect }) => ambient.some((mask) => overlap(mask, rect)))
    .map(({ path }) => warning(path, 'lies under an ambient mask, where no proof looks'));
}

/** A patch of one colour has the hash of no bits: an anchor within its distance of that is there when nothing is. */
function lintAnchors({ anchors }: Calibration): LintWarning[] {
  return Object.entries(anchors).flatMap(([name, anchor]) => {
    if ('template' in anchor) return [];
    const { dhash, maxDistance } = anchor;
    const bits = hammingDistance(dhash, BLANK);
    if (bits > maxDistance) return [];
    const message = `a blank patch fits it: ${bits} bits set, and ${maxDistance} may differ; choose a place with more to see`;
    return [warning(['anchors', name], message, 'error')];
  });
}

const BLANK = '0'.repeat(16);

/** Bits. Measured on tabs of interface libraries: of anchors further apart a codec turned none into the other; nearer, the focus did too. */
const RIVALS_APART = 10;

/** Anchors of one place compete, which tells nothing where their pictures are nearly one. */
function lintRivals({ anchors }: Calibration): LintWarning[] {
  const hashes = Object.entries(anchors).flatMap(([name, anchor]) =>
    'template' in anchor ? [] : [{ name, rect: String(anchor.rect), dhash: anchor.dhash }],
  );
  return pairs(hashes).flatMap(([a, b]) => {
    const apart = hammingDistance(a.dhash, b.dhash);
    if (a.rect !== b.rect || apart >= RIVALS_APART) return [];
    const message = `is ${apart} bits from \`${a.name}\` of the same place; a focus turns as many: use a swatch or a template`;
    return [warning(['anchors', b.name, 'dhash'], message)];
  });
}

/** A step is all that clicks, so a point that no step and nothing in the file names is of no use. Regions a flow's code may name. */
function lintUnused(
  { park, points, tabs, lists, modals }: Calibration,
  clicked: ReadonlySet<string>,
): LintWarning[] {
  const used = new Set([
    ...clicked,
    park,
    ...Object.values(tabs).map(({ click }) => click),
    ...Object.values(modals).map(({ close }) => close),
    ...Object.values(lists).flatMap(({ action }) => (action && 'point' in action ? [action.point] : [])),
  ]);
  return Object.keys(points)
    .filter((name) => !used.has(name))
    .map((name) => warning(['points', name], 'neither the file nor a step of its flow uses it; remove it'));
}

type Corners = readonly [x: number, y: number, width: number, height: number];

function overlap([ax, ay, aWidth, aHeight]: Corners, [bx, by, bWidth, bHeight]: Corners): boolean {
  return ax < bx + bWidth && bx < ax + aWidth && ay < by + bHeight && by < ay + aHeight;
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));
}

function warning(
  path: readonly string[],
  message: string,
  severity: LintWarning['severity'] = 'warning',
): LintWarning {
  return { severity, where: path.join('.'), path, message };
}
