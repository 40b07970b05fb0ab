import { type Rect, type Size, containsRect, sizeRect } from '../../core/geometry.js';
import type { PathFinding } from './finding.js';
import { screenshotSize } from '../screenshot-size.js';
import type { Calibration } from './schema.js';
import { showValue } from './show-value.js';

/** Every place that is not wholly inside the reference screenshot, and every list whose row heights contradict. */
export function checkPlaces(calibration: Calibration): PathFinding[] {
  const size = screenshotSize(calibration.viewport);
  const findings = places(calibration)
    .filter(({ rect }) => !containsRect(sizeRect(size), rect))
    .map((place) => outside(size, place));
  for (const [name, { rows }] of Object.entries(calibration.lists)) {
    if (rows.minHeight <= rows.maxHeight) continue;
    findings.push({
      path: ['lists', name, 'rows', 'maxHeight'],
      part: 'value',
      problem: 'the highest row is lower than the lowest',
      expected: `at least ${rows.minHeight}`,
      received: `${rows.maxHeight}`,
    });
  }
  return findings;
}

type Place = Readonly<{ path: readonly PropertyKey[]; written: readonly number[]; rect: Rect }>;

function places({
  points,
  regions,
  swatches,
  anchors,
  lists,
  counters,
  modals,
  masks,
}: Calibration): Place[] {
  const rects = Object.entries({ regions, swatches, counters }).flatMap(([section, entries]) =>
    Object.entries<{ rect: Corners }>(entries).map(([name, { rect }]) => area([section, name, 'rect'], rect)),
  );
  const anchored = Object.entries(anchors).flatMap(([name, anchor]) => {
    if (!('template' in anchor)) return [area(['anchors', name, 'rect'], anchor.rect)];
    const { search, at } = anchor;
    return [
      ...(typeof search === 'string' ? [] : [area(['anchors', name, 'search'], search)]),
      ...(at === undefined ? [] : [pixel(['anchors', name, 'at'], at)]),
    ];
  });
  return [
    ...Object.entries(points).flatMap(([name, { at, fallbacks }]) => [
      pixel(['points', name, 'at'], at),
      ...fallbacks.map((each, i) => pixel(['points', name, 'fallbacks', i], each)),
    ]),
    ...rects,
    ...anchored,
    ...Object.entries(lists).flatMap(([name, { action, identity }]) =>
      Object.entries({ action, identity }).flatMap(([key, part]) =>
        part && 'columns' in part ? [columns(['lists', name, key, 'columns'], part.columns)] : [],
      ),
    ),
    ...Object.entries(modals).map(([name, { box }]) => area(['modals', name, 'box'], box)),
    ...masks.map(({ rect }, i) => area(['masks', i, 'rect'], rect)),
  ];
}

type Corners = readonly [x: number, y: number, width: number, height: number];

function area(path: readonly PropertyKey[], written: Corners): Place {
  const [x, y, width, height] = written;
  return { path, written, rect: { x, y, width, height } };
}

function pixel(path: readonly PropertyKey[], written: readonly [x: number, y: number]): Place {
  return { path, written, rect: { x: written[0], y: written[1], width: 1, height: 1 } };
}

function columns(path: readonly PropertyKey[], written: readonly [x: number, width: number]): Place {
  return { path, written, rect: { x: written[0], y: 0, width: written[1], height: 1 } };
}

function outside({ width, height }: Size, { path, written }: Place): PathFinding {
  return {
    path,
    part: 'value',
    problem: `\`${path.map(String).join('.')}\` is outside of the reference viewport`,
    expected: `pixels within ${width}x${height}`,
    received: showValue(written),
  };
}
