import { type Rect, sizeRect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { mostFrequentColor } from '../../probe/color/most-frequent-color.js';
import { innerColumns } from './find-panels.js';
import { SHORTEST_PX } from '../measure/find-lines.js';
import { measureEdges } from '../measure/measure-edges.js';
import type { Side } from '../file/schema.js';

export interface ProposedRegion {
  readonly name: string;
  readonly rect: Rect;
  /** Along which a line shows, or will when a band that goes over the whole width is moved. */
  readonly sides: readonly Side[];
}

const SIDES = ['left', 'top', 'right', 'bottom'] as const;
/** How far `check` looks for a line: of two within reach one may be taken for the other. */
const REACH_PX = 32;
/** What a band begins and ends with. */
const END_PX = 8;
/** What `solve` needs of places along each direction. */
const ENOUGH = 3;

export const listName = (index: number): string => (index === 0 ? 'list' : `list.${index + 1}`);

/** Bands, panels and lists with the sides they can be found by, and of lists the columns inside that have lines of their own. */
export function proposeRegions(
  image: ImageBuffer,
  {
    bands,
    panels,
    lists,
  }: Readonly<{ bands: readonly Rect[]; panels: readonly Rect[]; lists: readonly Rect[] }>,
): readonly ProposedRegion[] {
  const isPage = (color: string): boolean =>
    [sizeRect(image), { ...sizeRect(image), width: END_PX }].some(
      (rect) => mostFrequentColor(image, rect).join() === color,
    );
  const measured = (name: string, rect: Rect): ProposedRegion => ({
    name,
    rect,
    sides: shownSides(image, rect),
  });
  return [
    ...bands.map((rect, i) => {
      const band = measured(`band.${i + 1}`, rect);
      const color = mostFrequentColor(image, rect).join();
      const ends = [0, rect.width - END_PX].map((x) => ({ ...rect, x, width: END_PX }));
      const isOwn = !isPage(color) && ends.every((end) => mostFrequentColor(image, end).join() === color);
      return isOwn
        ? { ...band, sides: SIDES.filter((side) => band.sides.includes(side) || isAcross(side)) }
        : band;
    }),
    ...panels.map((rect, i) => measured(`panel.${i + 1}`, rect)),
    ...lists.flatMap((rect, i) => {
      const columns = innerColumns(image, rect);
      const inside = columns === null ? [] : [measured(`${listName(i)}.columns`, columns)];
      return [
        measured(listName(i), rect),
        ...inside
          .map((region) => ({ ...region, sides: region.sides.filter(isAcross) }))
          .filter(({ sides }) => sides.length > 0),
      ];
    }),
  ];
}

/** What to add when the edges are too few for `solve`, as comments. */
export function missingEdges(regions: readonly Pick<ProposedRegion, 'rect' | 'sides'>[]): readonly string[] {
  const places = (sides: readonly Side[]): number => {
    const found = regions.flatMap(({ rect, sides: shown }) =>
      shown
        .filter((side) => sides.includes(side) && (isAcross(side) ? rect.height : rect.width) >= SHORTEST_PX)
        .map((side) => placeOf(rect, side)),
    );
    return new Set(found).size;
  };
  return [
    { sides: ['left', 'right'] as const, direction: 'across' },
    { sides: ['top', 'bottom'] as const, direction: 'down' },
  ].flatMap(({ sides, direction }) =>
    places(sides) >= ENOUGH
      ? []
      : [
          `# Fewer than ${ENOUGH} lines to \`solve\` by were found ${direction}: add template anchors with \`at\`, such as a logo.`,
        ],
  );
}

const isAcross = (side: Side): boolean => side === 'left' || side === 'right';

function placeOf({ x, y, width, height }: Rect, side: Side): number {
  return { left: x, top: y, right: x + width, bottom: y + height }[side];
}

/** Along which a line shows, exactly there. */
export function shownSides(image: ImageBuffer, rect: Rect): readonly Side[] {
  return measureEdges(image, { rect, sides: SIDES, reach: REACH_PX })
    .filter(({ expected, found }) => found === expected)
    .map(({ side }) => side);
}
