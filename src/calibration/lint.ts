import { deltaE, parseColor } from '../probe/color.js';
import type { Calibration } from './schema.js';

/** Something a calibration that loads would do badly. `where` is a path such as `swatches.tab.inbox.states`. */
export interface LintWarning {
  readonly where: string;
  readonly message: string;
}

/**
 * What is valid but will mislead: colours of states that cannot be told apart, rows that do not fit their list, tabs that
 * nothing tells apart, marks under a mask, fallbacks that repeat, names that differ in case alone. Sections in the order
 * of the format, entries in the order of the file. Empty when there is nothing to say. Cost: squares of the section sizes.
 */
export function lintCalibration(calibration: Calibration): LintWarning[] {
  return [
    ...lintNames(calibration),
    ...lintListTargets(calibration),
    ...lintPoints(calibration),
    ...lintSwatches(calibration),
    ...lintMarks(calibration),
    ...lintLists(calibration),
    ...lintMasks(calibration),
  ];
}

function lintNames(calibration: Calibration): LintWarning[] {
  const sections = ['points', 'regions', 'swatches', 'anchors', 'tabs', 'lists', 'modals'] as const;
  return sections.flatMap((section) => {
    const seen = new Map<string, string>();
    return Object.keys(calibration[section]).flatMap((name) => {
      const twin = seen.get(name.toLowerCase());
      if (twin !== undefined)
        return [warning(`${section}.${name}`, `differs from \`${twin}\` in case alone`)];
      seen.set(name.toLowerCase(), name);
      return [];
    });
  });
}

/** `<list>.action` is how a flow clicks the first row: a point of that name could not be reached. */
function lintListTargets({ lists, points }: Calibration): LintWarning[] {
  return Object.keys(lists)
    .map((list) => `${list}.action`)
    .filter((name) => Object.hasOwn(points, name))
    .map((name) => warning(`points.${name}`, 'is also what a flow calls the action of that list'));
}

function lintPoints({ points }: Calibration): LintWarning[] {
  return Object.entries(points).flatMap(([name, { at, fallbacks }]) => {
    const spots = [at, ...fallbacks].map(String);
    return spots.flatMap((spot, i) =>
      spots.indexOf(spot) < i ? [warning(`points.${name}.fallbacks`, `[${spot}] is tried already`)] : [],
    );
  });
}

function lintSwatches({ swatches }: Calibration): LintWarning[] {
  return Object.entries(swatches).flatMap(([name, { states, tolerance }]) =>
    pairs(Object.entries(states)).flatMap(([[a, colorA], [b, colorB]]) =>
      lookAlike(`swatches.${name}.states`, { [a]: colorA, [b]: colorB }, tolerance),
    ),
  );
}

/** Two colours within the tolerance: each pixel of the one counts for the other as well. */
function lookAlike(
  where: string,
  colors: Readonly<Record<string, string>>,
  tolerance: number,
): LintWarning[] {
  const [[a, colorA], [b, colorB]] = Object.entries(colors);
  const distance = deltaE(parseColor(colorA), parseColor(colorB));
  if (distance > tolerance) return [];
  return [
    warning(
      where,
      `\`${a}\` and \`${b}\` are ΔE ${distance.toFixed(1)} apart, within the tolerance ${tolerance}`,
    ),
  ];
}

function lintMarks({ tabs, modals }: Calibration): LintWarning[] {
  const marked = [
    ...Object.entries(tabs).map(([name, { mark }]) => ({ name, where: `tabs.${name}.mark`, mark })),
    ...Object.entries(modals).map(([name, { mark }]) => ({ name, where: `modals.${name}.mark`, mark })),
  ];
  return pairs(marked).flatMap(([first, second]) =>
    sameMark(first.mark, second.mark)
      ? [warning(second.where, `is that of \`${first.name}\` too: nothing tells them apart`)]
      : [],
  );
}

type Mark = Calibration['tabs'][string]['mark'];

function sameMark(a: Mark, b: Mark): boolean {
  if ('swatch' in a) return 'swatch' in b && a.swatch === b.swatch && a.state === b.state;
  return 'anchor' in b && a.anchor === b.anchor;
}

function lintLists({ lists, regions }: Calibration): LintWarning[] {
  return Object.entries(lists).flatMap(([name, { region, rows, action, identity }]) => {
    const where = `lists.${name}`;
    const [left, top, width, height] = regions[region].rect;
    const { first = top, pitch, minHeight, maxHeight } = rows;
    const found: LintWarning[] = [];
    if (first < top || first >= top + height) {
      found.push(warning(`${where}.rows.first`, `${first} is outside of region \`${region}\``));
    }
    if ((pitch ?? minHeight) > height) {
      found.push(
        warning(`${where}.rows`, `not one row fits into the ${height} pixels of region \`${region}\``),
      );
    }
    if (pitch !== undefined && (pitch < minHeight || pitch > maxHeight)) {
      found.push(warning(`${where}.rows.pitch`, `${pitch} is not within ${minHeight} and ${maxHeight}`));
    }
    for (const [key, part] of Object.entries({ action, identity })) {
      if (!part || !('columns' in part)) continue;
      const [x, columnWidth] = part.columns;
      if (x >= left && x + columnWidth <= left + width) continue;
      found.push(warning(`${where}.${key}.columns`, `stick out of region \`${region}\``));
    }
    if (action && 'columns' in action && action.disabled !== undefined) {
      const { enabled, disabled, tolerance } = action;
      found.push(...lookAlike(`${where}.action`, { enabled, disabled }, tolerance));
    }
    return found;
  });
}

function lintMasks({ masks, swatches, anchors }: Calibration): LintWarning[] {
  const ambient = masks.filter(({ why }) => why === 'ambient').map(({ rect }) => rect);
  const looked = [
    ...Object.entries(swatches).map(([name, { rect }]) => ({ where: `swatches.${name}`, rect })),
    ...Object.entries(anchors).flatMap(([name, anchor]) =>
      'template' in anchor ? [] : [{ where: `anchors.${name}`, rect: anchor.rect }],
    ),
  ];
  return looked
    .filter(({ rect }) => ambient.some((mask) => overlap(mask, rect)))
    .map(({ where }) => warning(where, 'lies under an ambient mask, where no proof looks'));
}

type Corners = readonly [x: number, y: number, width: number, height: number];

function overlap([ax, ay, aWidth, aHeight]: Corners, [bx, by, bWidth, bHeight]: Corners): boolean {
  return ax < bx + bWidth && bx < ax + aWidth && ay < by + bHeight && by < ay + aHeight;
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.flatMap((a, i) => items.slice(i + 1).map((b): [T, T] => [a, b]));
}

function warning(where: string, message: string): LintWarning {
  return { where, message };
}
