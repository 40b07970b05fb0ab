import type { Point, Rect } from '../core/index.js';
import type { Judgement, Truth } from '../visual/judgement.js';
import { type Html, html } from './html.js';

/** What is drawn on a picture, all in viewport device pixels. */
export interface OverlayMarks {
  readonly proof: Judgement | null;
  readonly click?: Point;
  /** Where what was dragged from `click` was dropped. */
  readonly drop?: Point;
  /** The component or row that was clicked. */
  readonly box?: Rect | null;
  readonly tiles?: readonly Rect[];
  readonly bbox?: Rect | null;
}

/** An SVG that lies over a picture of the viewport's part `rect` and draws on it in the viewport's coordinates. */
export function overlay(rect: Rect, { proof, click, drop, box, tiles = [], bbox }: OverlayMarks): Html {
  return html`<svg
    class="overlay"
    viewBox="${rect.x} ${rect.y} ${rect.width} ${rect.height}"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${tiles.length > 0 && html`<path class="tiles" d="${tilesPath(tiles)}" />`}
    ${bbox && outline(bbox, 'bbox')}
    ${lookedAt(proof).map(({ region, truth }) =>
      // What failed beside a part that holds decided nothing.
      outline(
        region,
        proof?.truth === 'holds' && truth !== 'holds' ? `looked aside ${truth}` : `looked ${truth}`,
      ),
    )}
    ${box && outline(box, 'box')} ${click && cross(click, rect)}
    ${click && drop && [line(click, drop), cross(drop, rect)]}
  </svg>`;
}

/** Regions of the predicates that looked themselves; a region two of them share is drawn once, by the first. */
function lookedAt(proof: Judgement | null): readonly { readonly region: Rect; readonly truth: Truth }[] {
  const found = new Map<string, { region: Rect; truth: Truth }>();
  const visit = ({ parts, regions, truth }: Judgement): void => {
    if (parts !== undefined && parts.length > 0) parts.forEach(visit);
    else for (const region of regions) setOnce(found, spell(region), { region, truth });
  };
  if (proof !== null) visit(proof);
  return [...found.values()];
}

function setOnce<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value);
}

function outline({ x, y, width, height }: Rect, name: string): Html {
  const box = html`x="${x}" y="${y}" width="${width}" height="${height}"`;
  // The dark edge shows it on any ground.
  return html`<rect class="edge" ${box} /><rect class="${name}" ${box} />`;
}

function line(from: Point, to: Point): Html {
  const d = `M${from.x} ${from.y}L${to.x} ${to.y}`;
  return html`<path class="edge" d="${d}" /><path class="click drag" d="${d}" />`;
}

/** About 28 px on a picture shown 600 px wide, whatever part of the viewport it shows. */
function cross({ x, y }: Point, rect: Rect): Html {
  const arm = Math.max(4, Math.min(rect.width / 42, 30));
  const gap = arm / 4;
  const d = `M${x - arm} ${y}H${x - gap}M${x + gap} ${y}H${x + arm}M${x} ${y - arm}V${y - gap}M${x} ${y + gap}V${y + arm}`;
  return html`<path class="edge" d="${d}" /><path class="click" d="${d}" />`;
}

/** One path for all tiles; neighbours in a row become one box, equal boxes below each other too: thousands are usual. */
function tilesPath(tiles: readonly Rect[]): string {
  const runs: Rect[] = [];
  for (const tile of tiles.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const last = runs.at(-1);
    if (last?.y === tile.y && last.height === tile.height && last.x + last.width === tile.x) {
      runs[runs.length - 1] = { ...last, width: last.width + tile.width };
    } else runs.push(tile);
  }
  const boxes: Rect[] = [];
  const openAt = new Map<string, number>();
  for (const run of runs) {
    const above = openAt.get(`${run.x} ${run.width} ${run.y}`);
    const index = above ?? boxes.length;
    if (above === undefined) boxes.push(run);
    else boxes[above] = { ...boxes[above], height: boxes[above].height + run.height };
    openAt.set(`${run.x} ${run.width} ${run.y + run.height}`, index);
  }
  return boxes.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`).join('');
}

function spell({ x, y, width, height }: Rect): string {
  return `${x} ${y} ${width} ${height}`;
}
