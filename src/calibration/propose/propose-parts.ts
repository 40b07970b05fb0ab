import { type Rect, containsRect, enclosing, overlaps, sizeRect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { toHex } from '../../probe/color/color.js';
import { type Component, components } from '../../probe/components.js';
import { type ProposedButton, findButtons } from './find-buttons.js';
import { type ProposedList, findLists } from './find-lists.js';
import { findBands, findPanels } from './find-panels.js';
import { findTabs } from './find-tabs.js';
import { flatParts } from './flat-parts.js';
import { type ProposedRegion, listName, proposeRegions, shownSides } from './propose-regions.js';
import type { ProposedTabs } from './proposed-tabs.js';

export interface NamedList extends ProposedList {
  readonly name: string;
  readonly action: ListAction | null;
}

interface ListAction {
  readonly columns: Rect;
  readonly color: string;
  readonly minArea: number;
}

/** What a picture of an application shows that a calibration can name. */
export interface ProposedParts {
  readonly regions: readonly ProposedRegion[];
  readonly lists: readonly NamedList[];
  readonly tabs: ProposedTabs | null;
  /** With the sides they can be found by. */
  readonly buttons: readonly (ProposedButton & Pick<ProposedRegion, 'sides'>)[];
}

/** Square CSS pixels: less is a letter. */
const MIN_PART = 24;
/** So many rows have the same action, or it is none. */
const MIN_ACTIONS = 3;

/** `scale`: device pixels of a CSS pixel. */
export function proposeParts(image: ImageBuffer, scale: number): ProposedParts {
  const parts = flatParts(image, MIN_PART * scale * scale);
  const colored = components(image);
  const lists = findLists(image, parts, scale).map((list, i) => ({
    ...list,
    name: listName(i),
    action: findAction(colored, list.rect),
  }));
  const places = lists.map(({ rect }) => rect);
  const tabs = findTabs(
    image,
    parts.filter((part) => !places.some((list) => overlaps(list, part))),
    scale,
  );
  const taken = [...places, ...(tabs?.tabs ?? []).map(({ at }) => at)];
  const buttons = findButtons(image, [...parts, ...colored], { taken, scale }).map((button) => ({
    ...button,
    sides: shownSides(image, button.rect),
  }));
  const bands = findBands(image, places);
  const panels = findPanels(
    parts.filter((part) => !buttons.some(({ rect }) => containsRect(rect, part))),
    { bands, lists: places },
    { page: sizeRect(image), scale },
  );
  const regions = proposeRegions(image, { bands, panels, lists: places });
  return { regions, lists, tabs, buttons };
}

function findAction(buttons: readonly Component[], list: Rect): ListAction | null {
  const groups = new Map<string, Component[]>();
  for (const button of buttons.filter((each) => containsRect(list, each))) {
    const key = `${toHex(button.color)} ${button.x} ${button.width}`;
    groups.set(key, [...(groups.get(key) ?? []), button]);
  }
  const most = [...groups.values()].sort((a, b) => b.length - a.length).at(0);
  if (most === undefined || most.length < MIN_ACTIONS) return null;
  const [{ color }] = most;
  const minArea = Math.floor(Math.min(...most.map(({ area }) => area)) / 2);
  return { columns: enclosing(most), color: toHex(color), minArea };
}
