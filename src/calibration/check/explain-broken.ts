import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { toHex } from '../../probe/color/color.js';
import { swatch as readSwatch } from '../../probe/swatch.js';
import type { Assumption } from './assumption.js';
import { checkCalibration } from './check-calibration.js';
import type { ResolvedCalibration } from '../resolved-calibration.js';

/** An assumption that does not hold, with what to write instead. */
export interface BrokenAssumption {
  /** Its path in the file. */
  readonly name: string;
  readonly state: 'drifted' | 'broken';
  readonly expected: string;
  readonly found: string;
  /** The new value in the file's words, at this viewport; null where a picture alone does not tell. */
  readonly proposed: string | null;
  readonly rect: Rect;
  readonly foundRect: Rect | null;
}

/**
 * Which assumptions of a calibration do not hold on a picture of its viewport, and what to write instead: the moved place of
 * what has drifted, the colour there now of a swatch that is evenly of another. `names` are paths in the file
 * (`swatches.tab.inbox`) or the names that flows use (`tab.inbox`, `list`): an empty list asks about all. `tabs` is told
 * along with any tab's swatch. Empty when everything asked about holds or does not show. Pure; as slow as a check, 50 ms.
 *
 * Errors: PXP_IMAGE_SIZE when the picture is not of the calibration's size.
 *
 * @example
 * explainBroken(calibration, frame, ['tab.inbox'])[0]?.proposed; // 'rect: [72, 121, 120, 3]'
 */
export function explainBroken(
  calibration: ResolvedCalibration,
  image: ImageBuffer,
  names: readonly string[],
): BrokenAssumption[] {
  const wanted = new Set(names);
  const asked = ({ name }: Assumption): boolean =>
    wanted.size === 0 || aliasesOf(name, calibration).some((alias) => wanted.has(alias));
  return checkCalibration(calibration, image).flatMap((assumption) => {
    const { name, state, expected, found, rect, foundRect } = assumption;
    if ((state !== 'drifted' && state !== 'broken') || !asked(assumption)) return [];
    const proposed = propose(assumption, { calibration, image });
    return [{ name, state, expected, found, proposed, rect, foundRect: foundRect ?? null }];
  });
}

/** `lists.list.rows` is also `list` and `lists.list`, `swatches.tab.inbox` is `tab.inbox`; tabs, and what shows together, are all that belongs to them. */
function aliasesOf(name: string, { tabs, together }: ResolvedCalibration): readonly string[] {
  if (name === 'tabs') {
    const own = [...tabs.values()].flatMap(({ name: tab, click, mark }) => [
      ...[tab, `tabs.${tab}`, click.name],
      mark.kind === 'swatch' ? mark.swatch.name : mark.anchor.name,
    ]);
    return [name, ...own];
  }
  const [section, ...rest] = name.split('.');
  if (section === 'together') {
    const marks = together[Number(rest[0])].map((mark) =>
      mark.kind === 'swatch' ? `swatches.${mark.swatch.name}` : `anchors.${mark.anchor.name}`,
    );
    return [name, ...marks];
  }
  const bare = rest.join('.');
  if (section !== 'lists') return [name, bare];
  const list = rest.slice(0, -1).join('.');
  return [name, bare, list, `lists.${list}`];
}

function propose(
  { name, kind, state, offset, rect, foundRect }: Assumption,
  { calibration, image }: Readonly<{ calibration: ResolvedCalibration; image: ImageBuffer }>,
): string | null {
  if (kind === 'swatch' && state === 'broken') return proposeColor(name, { calibration, image });
  if (state !== 'drifted' || foundRect === undefined || offset === undefined) return null;
  switch (kind) {
    case 'region':
    case 'swatch':
    case 'anchor':
    case 'counter':
      return `rect: [${spell(foundRect)}]`;
    case 'modal':
      return `box: [${spell(foundRect)}]`;
    case 'template':
      return `at: [${foundRect.x}, ${foundRect.y}]`;
    case 'list': {
      const list = calibration.lists.get(name.split('.').slice(1, -1).join('.'));
      return list === undefined ? null : `first: ${list.rows.first + offset.y}`;
    }
    case 'action':
      return `columns: [${rect.x + offset.x}, ${rect.width}]`;
    case 'tabs':
    case 'together':
      return null;
  }
}

/** Standard deviation of a channel up to which a patch is of one colour, noise of a lossy codec included. */
const EVEN_SPREAD = 6;

/** One colour and no other: a theme has changed. Which of the states it is, the picture does not say. */
function proposeColor(
  name: string,
  { calibration, image }: Readonly<{ calibration: ResolvedCalibration; image: ImageBuffer }>,
): string | null {
  const found = calibration.swatches.get(name.slice('swatches.'.length));
  if (found === undefined) return null;
  const { mean, spread } = readSwatch(image, { region: found.rect, colors: found.states });
  return Math.max(...spread) > EVEN_SPREAD
    ? null
    : `${Object.keys(found.states).join(' or ')}: '${toHex(mean)}'`;
}

const spell = ({ x, y, width, height }: Rect): string => [x, y, width, height].join(', ');
