import type { Rect } from '../../core/geometry.js';
import type { ImageBuffer } from '../../image/image-buffer.js';
import { type Shape, inkIn, shapesOf } from './emptiness-ink.js';
import { ringOf } from './emptiness-ring.js';
import { type InkCluster, inkClusters } from '../rows/profile/row-clusters.js';
import type { RowProfile } from '../rows/profile/row-profile.js';

/** What stands out, in multiples of the background's noise: a spinner's pale track, its fading dots. */
const FAINT = 5;
/** Pixels. */
const SMALLEST = 10;
const LARGEST = 160;
/** A line of text is so many times as wide as high, and has so many letters of at least this share of its height. */
const TEXT = { aspect: 2, letters: 4, height: 0.5 };
/** Pixels beside text that its halo may reach. */
const BESIDE_TEXT = 3;
/** The outline of an icon is this much of its size, filled less than this, and the icon itself no bar. */
const OUTLINE = 0.5;
const SOLID = 0.72;
const BAR = 3;
/** Of the largest, in both directions: dots of a row. */
const ALIKE = 0.7;

/**
 * What stands above the text of a centred message. `icon`: a closed outline that is no circle, or one with something in it,
 * above text. `spinner`: a ring whose strength changes around it, or dots in a row. `unclear`: what may be either, as a plain
 * circle, a filled disc, an arc of less than half a turn, a bar. `none`: there is only text.
 */
export type Graphic = 'none' | 'icon' | 'spinner' | 'unclear';

export function graphicOf(image: ImageBuffer, profile: RowProfile, region: Rect): Graphic {
  const parts = inkClusters(profile, { top: 0, bottom: profile.height });
  const scene = { image, profile, region };
  const isText = parts.map((part) => isLineOfText(scene, part));
  const first = isText.indexOf(false);
  if (first < 0) return 'none';
  // Spokes side by side may read as letters: the text starts at one of the lines that look like it, or there is none.
  const ends = [...parts.keys()].filter((part) => part > first && isText[part]);
  ends.push(parts.length);
  const kinds = ends.map((end) => kindOf(scene, { parts, first, end }));
  if (kinds.includes('spinner')) return 'spinner';
  // Below its text a message has a button.
  if (first > 0) return 'none';
  return kinds[0] === 'icon' && ends.length === 1 ? 'unclear' : kinds[0];
}

interface Scene {
  readonly image: ImageBuffer;
  readonly profile: RowProfile;
  readonly region: Rect;
}

/** Of what is drawn from one part up to another. */
function kindOf(
  scene: Scene,
  {
    parts,
    first,
    end,
  }: { readonly parts: readonly InkCluster[]; readonly first: number; readonly end: number },
): Graphic {
  const strong = boxOf(scene, { top: parts[first].top, bottom: parts[end - 1].bottom });
  const room = {
    top: first === 0 ? 0 : parts[first - 1].bottom + BESIDE_TEXT,
    bottom: end === parts.length ? scene.profile.height : parts[end].top - BESIDE_TEXT,
  };
  const size = Math.max(strong.width, strong.height);
  if (size > LARGEST) return 'unclear';
  const box = around(scene, strong, room);
  const ink = inkAt(scene, box);
  const shapes = shapesOf(ink, box);
  if (isDotRow(shapes)) return 'spinner';
  const ring = ringOf(ink);
  if (ring === 'turning') return size >= SMALLEST ? 'spinner' : 'unclear';
  return ring === 'none' && isIcon(shapes, strong) ? 'icon' : 'unclear';
}

function isLineOfText(scene: Scene, part: InkCluster): boolean {
  const box = boxOf(scene, part);
  if (box.width < TEXT.aspect * box.height) return false;
  const shapes = shapesOf(inkAt(scene, box), box);
  const letters = shapes.filter(({ height }) => height >= TEXT.height * box.height);
  return letters.length >= TEXT.letters && shapes[0].width < box.width / 2;
}

function inkAt({ image, profile: { red, green, blue, noise }, region }: Scene, box: Rect) {
  const row = box.y - region.y;
  return inkIn(image, box, { background: [red[row], green[row], blue[row]], faint: FAINT * noise });
}

/** In image pixels. */
function boxOf({ profile, region }: Scene, { top, bottom }: InkCluster): Rect {
  let [from, to] = [Infinity, -1];
  for (let y = top; y < bottom; y++) {
    from = Math.min(from, profile.left[y]);
    to = Math.max(to, profile.right[y]);
  }
  return { x: from, y: region.y + top, width: to + 1 - from, height: bottom - top };
}

/** With what may be fainter around it: the track of a spinner, its fading dots. */
function around({ region }: Scene, box: Rect, room: InkCluster): Rect {
  const grow = Math.max(box.width, box.height);
  const x = Math.max(region.x, box.x - grow);
  const y = Math.max(region.y + Math.max(0, room.top), box.y - grow);
  const right = Math.min(region.x + region.width, box.x + box.width + grow);
  const bottom = Math.max(box.y + box.height, Math.min(region.y + room.bottom, box.y + box.height + grow));
  return { x, y: Math.min(y, box.y), width: right - x, height: bottom - Math.min(y, box.y) };
}

/** Three to five shapes as wide as high and of one size, side by side. */
function isDotRow(shapes: readonly Shape[]): boolean {
  if (shapes.length < 3 || shapes.length > 5) return false;
  const { width, height } = shapes[0];
  const row = [...shapes].sort((a, b) => a.x - b.x);
  return row.every(
    (dot, i) =>
      dot.width <= 1.5 * dot.height &&
      dot.height <= 1.5 * dot.width &&
      dot.width >= ALIKE * width &&
      dot.height >= ALIKE * height &&
      Math.abs(dot.y + dot.height / 2 - shapes[0].y - height / 2) <= height / 4 + 1 &&
      (i === 0 || dot.x - row[i - 1].x <= 3 * width),
  );
}

function isIcon(shapes: readonly Shape[], { width, height }: Rect): boolean {
  const size = Math.max(width, height);
  if (size > BAR * Math.min(width, height)) return false;
  return shapes.some((shape) => {
    if (Math.max(shape.width, shape.height) < OUTLINE * size) return false;
    if (shape.ink.count > SOLID * shape.width * shape.height || !encloses(shape)) return false;
    const ring = ringOf(shape.ink);
    return ring === 'none' || (ring === 'closed' && shapes.length > 1);
  });
}

/** Whether a part of the background cannot be reached from outside: outlines are closed, arcs are open. */
function encloses({ x, y, width, height, ink }: Shape): boolean {
  const stride = width + 2;
  const free = new Uint8Array(stride * (height + 2)).fill(1);
  for (let i = 0; i < ink.count; i++) free[(ink.y[i] - y + 1) * stride + ink.x[i] - x + 1] = 0;
  const open = [0];
  free[0] = 0;
  while (open.length > 0) {
    const cell = open.pop()!;
    const column = cell % stride;
    const next = [
      column > 0 ? cell - 1 : -1,
      column < stride - 1 ? cell + 1 : -1,
      cell - stride,
      cell + stride,
    ];
    for (const to of next) {
      if (free[to] !== 1) continue;
      free[to] = 0;
      open.push(to);
    }
  }
  return free.includes(1);
}
