import { PixelproofError } from '../core/errors.js';
import { type Rect, containsPoint, sameRect, sizeRect } from '../core/geometry.js';
import type { ImageBuffer } from '../image/image-buffer.js';
import { resize } from '../image/resize.js';
import { parseColor } from '../probe/color/color.js';
import type { LoadedPictures } from './file/load-pictures.js';
import { type Place, cut, inside, outOfView, whole } from './in-view.js';
import { createPlacement } from './placement.js';
import { resolveList } from './resolve-list.js';
import type {
  ResolvedCalibration,
  ResolvedMark,
  ResolvedPoint,
  ResolvedTemplate,
} from './resolved-calibration.js';
import type { Calibration, SignatureAnchor, TemplateAnchor } from './file/schema.js';
import type { Viewport } from './screenshot-size.js';
import { noSuchName } from './no-such-name.js';

/**
 * The calibration as it is at `viewport`: every place moved as its pin says, in whole device pixels, colours parsed, names
 * replaced by what they name. At the reference viewport nothing moves. Pure; microseconds per entry.
 *
 * Of a pinned region, swatch or modal that sticks out, what is inside remains; of a mask perhaps nothing.
 *
 * Errors: PXP_CALIBRATION when nothing remains of one, when a point or a part of an anchor falls outside, when a template
 * is larger than what remains of where to look for it, or when its picture was not loaded.
 * PXP_CALIBRATION_NAME for a reference to nothing, which a calibration that was parsed does not have.
 *
 * @example
 * const at = resolveCalibration(calibration, { width: 1920, height: 1080, deviceScaleFactor: 1 });
 * at.point('tab.inbox').at; // { x: 186, y: 132 }
 */
export function resolveCalibration(
  calibration: Calibration & Partial<LoadedPictures>,
  viewport: Viewport,
): ResolvedCalibration {
  const placement = createPlacement({ reference: calibration.viewport, runtime: viewport });
  const at = (where: string): Place => ({ calibration: calibration.name, where, placement });

  const points = mapped(calibration.points, (name, entry) => resolvePoint(at(`points.${name}`), name, entry));
  const regions = mapped(calibration.regions, (name, { rect, pin }) =>
    cut(at(`regions.${name}`), placement.rect(rect, pin)),
  );
  const edges = mapped(calibration.regions, (_, entry) => entry.edges);
  const swatches = mapped(calibration.swatches, (name, { rect, pin, states, tolerance }) => ({
    name,
    rect: cut(at(`swatches.${name}`), placement.rect(rect, pin)),
    states: Object.fromEntries(Object.entries(states).map(([state, color]) => [state, parseColor(color)])),
    tolerance,
  }));
  const [signatures, pictured] = anchorsByKind(calibration);
  const places = mapped(signatures, (name, { rect, pin }) =>
    whole(at(`anchors.${name}`), placement.rect(rect, pin)),
  );
  const anchors = mapped(signatures, (name, { dhash, maxDistance }) => {
    const rect = places.get(name)!;
    const rivals = Object.entries(signatures)
      .filter(([other, { dhash: its }]) => its !== dhash && sameRect(places.get(other)!, rect))
      .map(([other, { dhash: its }]) => ({ name: other, dhash: its }));
    return { name, rect, dhash, maxDistance, rivals };
  });
  const templates = mapped(pictured, (name, anchor) =>
    resolveTemplate(at(`anchors.${name}`), { name, anchor, image: calibration.pictures?.get(name), regions }),
  );
  const counters = mapped(calibration.counters, (name, { rect, pin, digits }) => {
    const place = at(`counters.${name}`);
    const shapes = loaded(place, calibration.digits?.get(name), digits);
    return { name, rect: whole(place, placement.rect(rect, pin)), digits: shapes };
  });
  const find = {
    point: finder(calibration.name, 'points', points),
    region: finder(calibration.name, 'regions', regions),
    swatch: finder(calibration.name, 'swatches', swatches),
    anchor: finder(calibration.name, 'anchors', anchors),
    template: templateFinder(calibration.name, { templates, anchors }),
    counter: finder(calibration.name, 'counters', counters),
  };
  const mark = (entry: Calibration['tabs'][string]['mark']): ResolvedMark =>
    'swatch' in entry
      ? { kind: 'swatch', swatch: find.swatch(entry.swatch), state: entry.state }
      : { kind: 'anchor', anchor: find.anchor(entry.anchor) };

  const tabs = mapped(calibration.tabs, (name, tab) => ({
    name,
    click: find.point(tab.click),
    mark: mark(tab.mark),
    region: tab.region === undefined ? null : find.region(tab.region),
  }));
  const lists = mapped(calibration.lists, (name, entry) => {
    const list = { name, entry, rect: find.region(entry.region), region: calibration.regions[entry.region] };
    return resolveList(list, at(`lists.${name}`), find);
  });
  const modals = mapped(calibration.modals, (name, { box, pin, close, ...modal }) => ({
    name,
    box: cut(at(`modals.${name}`), placement.rect(box, pin)),
    mark: mark(modal.mark),
    close: close === undefined ? null : find.point(close),
  }));
  // What a flow may click without a name of its own in `points`.
  const ofTabs = [...tabs].map(([name, { click }]) => [`tabs.${name}.click`, click] as const);
  const ofModals = [...modals].flatMap(([name, { close }]) =>
    close === null ? [] : [[`modals.${name}.close`, close] as const],
  );
  const masks = calibration.masks
    .map(({ rect, pin, why }) => ({ rect: inside(placement, placement.rect(rect, pin)), why }))
    .filter(({ rect }) => rect.width > 0 && rect.height > 0);

  return {
    name: calibration.name,
    size: placement.size,
    deviceScaleFactor: viewport.deviceScaleFactor,
    park: calibration.park === undefined ? null : find.point(calibration.park).at,
    ...{ points, regions, edges, swatches, anchors, templates, tabs, lists, counters, modals, masks },
    optional: new Set([
      ...optionalOf('swatches', calibration.swatches),
      ...optionalOf('anchors', calibration.anchors),
    ]),
    together: calibration.together.map((marks) => marks.map(mark)),
    ...find,
    point: finder(calibration.name, 'points', new Map([...ofTabs, ...ofModals, ...points])),
    tab: finder(calibration.name, 'tabs', tabs),
    list: finder(calibration.name, 'lists', lists),
    modal: finder(calibration.name, 'modals', modals),
  };
}

function optionalOf(section: string, entries: Readonly<Record<string, { optional: boolean }>>): string[] {
  return Object.keys(entries)
    .filter((name) => entries[name].optional)
    .map((name) => `${section}.${name}`);
}

function mapped<T, R>(
  section: Readonly<Record<string, T>>,
  make: (name: string, entry: T) => R,
): Map<string, R> {
  return new Map(Object.entries(section).map(([name, entry]) => [name, make(name, entry)]));
}

function resolvePoint(
  place: Place,
  name: string,
  { at, fallbacks, pin }: Calibration['points'][string],
): ResolvedPoint {
  const { placement } = place;
  const [first, ...others] = [at, ...fallbacks].map((each) => placement.point(each, pin));
  for (const point of [first, ...others]) {
    if (!containsPoint(sizeRect(placement.size), point))
      throw outOfView(place, { ...point, width: 1, height: 1 });
  }
  return { name, at: first, fallbacks: others };
}

function anchorsByKind({
  anchors,
}: Calibration): [Record<string, SignatureAnchor>, Record<string, TemplateAnchor>] {
  const signatures: Record<string, SignatureAnchor> = {};
  const templates: Record<string, TemplateAnchor> = {};
  for (const [name, anchor] of Object.entries(anchors)) {
    if ('template' in anchor) templates[name] = anchor;
    else signatures[name] = anchor;
  }
  return [signatures, templates];
}

/** A factor this close to 1 moves the far edge of a patch of 250 pixels by half a pixel: not worth resampling it. */
const SAME_SCALE = 0.002;

function resolveTemplate(
  place: Place,
  {
    name,
    anchor: { search, at, minScore, minMargin, pin, template },
    image: picture,
    regions,
  }: Readonly<{
    name: string;
    anchor: TemplateAnchor;
    image: ImageBuffer | undefined;
    regions: ReadonlyMap<string, Rect>;
  }>,
): ResolvedTemplate {
  const image = loaded(place, picture, template);
  const scale = place.placement.lengthScale(pin);
  const grown = (length: number): number => Math.max(1, Math.round(length * scale));
  const sized =
    Math.abs(scale - 1) < SAME_SCALE
      ? image
      : resize(image, { width: grown(image.width), height: grown(image.height) });
  const rect =
    typeof search === 'string' ? regions.get(search)! : cut(place, place.placement.rect(search, pin));
  if (sized.width > rect.width || sized.height > rect.height) {
    throw new PixelproofError('PXP_CALIBRATION', `\`${place.where}\` is larger than where it is looked for`, {
      what: place.calibration,
      where: place.where,
      expected: `at most ${rect.width}x${rect.height}`,
      received: `${sized.width}x${sized.height}`,
    });
  }
  const corner = at === undefined ? null : place.placement.rect([...at, image.width, image.height], pin);
  return {
    name,
    rect,
    image: sized,
    at: corner === null ? null : { x: corner.x, y: corner.y },
    minScore,
    minMargin,
  };
}

function loaded<T>(place: Place, picture: T | undefined, path: string): T {
  if (picture !== undefined) return picture;
  throw new PixelproofError('PXP_CALIBRATION', 'a picture is not loaded', {
    what: place.calibration,
    where: place.where,
    expected: `the pixels of "${path}"`,
    received: 'nothing',
    hint: 'load the file with loadCalibration',
  });
}

/** Flows ask for a picture by an anchor's name; an anchor by signature is there, and is none. */
function templateFinder(
  calibration: string,
  {
    templates,
    anchors,
  }: Readonly<{ templates: ReadonlyMap<string, ResolvedTemplate>; anchors: ReadonlyMap<string, unknown> }>,
): (name: string) => ResolvedTemplate {
  const find = finder(calibration, 'anchors', templates);
  return (name) => {
    if (!anchors.has(name)) return find(name);
    throw new PixelproofError('PXP_CALIBRATION_NAME', 'the anchor is a signature, not a picture', {
      what: calibration,
      where: `anchors.${name}`,
      expected: 'an anchor with a `template`',
      received: 'one with a `dhash`',
      hint: `\`visible(${name})\` takes either`,
    });
  };
}

function finder<T>(
  calibration: string,
  section: string,
  entries: ReadonlyMap<string, T>,
): (name: string) => T {
  return (name) => {
    const entry = entries.get(name);
    if (entry !== undefined) return entry;
    throw noSuchName(name, { calibration, section, names: [...entries.keys()] });
  };
}
