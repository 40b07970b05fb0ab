import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Point, Rect, Size } from '../src/core/index.js';
import { encodeJpeg } from '../src/image/index.js';
import { photoLike } from './photo-like.js';
import { BIT_COLORS, BLOCK, BLOCKS, BLOCK_PITCH, BLOCK_X, BLOCK_Y } from './row-number.js';

export const VIEWPORT: Size = { width: 1280, height: 720 };
/** The list's first row, and the button that takes it away. */
export const FIRST_ROW: Rect = { x: 20, y: 104, width: 1240, height: 56 };
export const FIRST_BUTTON: Point = { x: 1190, y: 132 };

/** `photo` has a photograph behind everything but the rows' numbers. */
export type PageContent = 'rows' | 'photo';

export interface PageServer {
  url(content: PageContent): string;
  close(): Promise<void>;
}

/**
 * Serves the page all sides are measured on, on loopback: one canvas with ten rows. A click on a row's button removes
 * the row, those below move up, a new one comes last. Each row carries its number (from 0) in coloured blocks, so the
 * first row's number counts the clicks that took effect and the pixels alone say what is right (`readRowNumber`).
 * `motion(true)` in the page makes a strip above the rows move with every frame; the rows stay as they are.
 */
export async function servePage(): Promise<PageServer> {
  let photo: Uint8Array | undefined;
  const server = createServer(({ url }, response) => {
    if (url === '/photo.jpg') {
      photo ??= encodeJpeg(photoLike(VIEWPORT), 95);
      response.setHeader('content-type', 'image/jpeg').end(photo);
    } else {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: (content) => `http://127.0.0.1:${port}/?${content}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const PAGE = `<!doctype html><meta charset="utf-8"><title>benchmark</title><link rel="icon" href="data:,">
<style>body { margin: 0; overflow: hidden } canvas { display: block }</style>
<canvas id="canvas" width="${VIEWPORT.width}" height="${VIEWPORT.height}"></canvas>
<script>
const g = canvas.getContext('2d', { alpha: false });
const rows = Array.from({ length: 10 }, (_, i) => i);
let next = rows.length, photo = null, moving = false, step = 0;
const first = ${JSON.stringify(FIRST_ROW)}, pitch = 60;
const rect = (x, y, w, h, color) => { g.fillStyle = color; g.fillRect(x, y, w, h); };

function drawRow(n, position) {
  const y = first.y + pitch * position;
  if (photo === null) rect(first.x, y, first.width, first.height, n % 2 ? '#f1f4f9' : '#ffffff');
  else g.drawImage(photo, first.x, (n * 37) % 600, first.width, first.height, first.x, y, first.width, first.height);
  const check = (n ^ (n >> 4) ^ (n >> 8) ^ (n >> 12)) & 15, bits = n * 16 + check;
  for (let i = 0; i < ${BLOCKS}; i++) {
    const one = Math.floor(bits / 2 ** (${BLOCKS} - 1 - i)) % 2;
    rect(first.x + ${BLOCK_X} + ${BLOCK_PITCH} * i, y + ${BLOCK_Y}, ${BLOCK}, ${BLOCK}, one ? '${BIT_COLORS.one}' : '${BIT_COLORS.zero}');
  }
  g.fillStyle = '#1f2733';
  g.font = '16px sans-serif';
  g.fillText('Payment of invoice ' + (40000 + n * 7) + ', party ' + (n * 7919 % 9973), first.x + 470, y + 24);
  g.font = '13px sans-serif';
  g.fillText('due on day ' + (1 + n % 28) + ', amount ' + (n * 104729 % 99991) / 100 + ' in favour of account ' + n * 31 % 8999, first.x + 470, y + 44);
  rect(1135, y + 10, 110, 36, '#2e9e4f');
  g.fillStyle = '#ffffff';
  g.fillText('Collect', 1166, y + 33);
}
function draw() {
  if (photo === null) rect(0, 0, canvas.width, canvas.height, '#f5f6f8');
  else g.drawImage(photo, 0, 0);
  g.fillStyle = '#1f2733';
  g.font = '22px sans-serif';
  g.fillText('Benchmark', 24, 52);
  rows.forEach(drawRow);
  drawStrip();
}
function drawStrip() {
  for (let i = 0; i < 24; i++) rect(300 + 40 * i, 20, 40, 60, 'hsl(' + (i * 15 + step * 3) % 360 + ' 60% 60%)');
}
function move() {
  if (!moving) return;
  step++;
  drawStrip();
  requestAnimationFrame(move);
}
window.motion = (on) => {
  const start = on && !moving;
  moving = on;
  if (start) requestAnimationFrame(move);
};
canvas.addEventListener('click', ({ offsetX: x, offsetY: y }) => {
  const position = Math.floor((y - first.y) / pitch);
  if (x < 1135 || x >= 1245 || position < 0 || position >= rows.length) return;
  rows.splice(position, 1);
  rows.push(next++);
  draw();
});
draw();
window.ready = new Promise((resolve, reject) => {
  if (location.search !== '?photo') return resolve(true);
  const image = new Image();
  image.onload = () => { photo = image; draw(); resolve(true); };
  image.onerror = reject;
  image.src = '/photo.jpg';
});
</script>`;
