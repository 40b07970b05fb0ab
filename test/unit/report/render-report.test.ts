import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { PixelproofError } from '../../../src/core/index.js';
import { type ImageBuffer, decode, encodePng } from '../../../src/image/index.js';
import { renderReport } from '../../../src/report/index.js';
import type { TimelineEvent } from '../../../src/runtime/timeline.js';
import type { ArtifactRef, TransitionRecord } from '../../../src/visual/transition-record.js';
import { paint, solid } from '../../support/draw.js';
import { clicked, intentEvent, transition } from '../../support/transitions.js';
import { runOf, timeline } from './timeline.js';

const stored = new Map<string, Uint8Array>();
const reads: string[] = [];
const readArtifact = ({ sha256 }: ArtifactRef): Promise<Uint8Array> => {
  reads.push(sha256);
  const bytes = stored.get(sha256);
  return bytes === undefined
    ? Promise.reject(new PixelproofError('PXP_ARTIFACT', 'the artifact is missing'))
    : Promise.resolve(bytes);
};
beforeEach(() => {
  stored.clear();
  reads.length = 0;
});

describe('renderReport', () => {
  it('shows a run that did nothing', async () => {
    const text = await render([]);
    expect(text).toContain('Done');
    expect(pictures(text)).toEqual({});
  });

  it('shows what of the calibration did not hold, expected beside found, and what to write', async () => {
    const { before } = pictured('a/1', 1);
    const rect = { x: 11, y: 12, width: 13, height: 14 };
    const text = await render([
      [0, { type: 'calibration.checked', held: 7, drifted: ['swatches.a'], broken: [], failing: [] }],
      [
        1000,
        {
          ...{ type: 'calibration.broken', step: 'collectRow', picture: before },
          assumptions: [
            {
              ...{ name: 'swatches.a', state: 'drifted', expected: 'active', found: '3 px lower' },
              ...{ proposed: 'rect: [11, 15, 13, 14]', rect, foundRect: { ...rect, y: 15 } },
            },
          ],
        },
      ],
    ]);
    expect(text).toContain('7 assumptions hold; swatches.a has drifted');
    expect(text).toContain('<code>rect: [11, 15, 13, 14]</code>');
    expect(text.split(`data-picture="${before.sha256}"`)).toHaveLength(3);
    expect(Object.keys(pictures(text))).toEqual([before.sha256]);
  });

  it('leads with the outcome, its reason and the numbers', async () => {
    const text = await render(
      [
        [0, { type: 'run.state', state: 'running', reason: 'ready' }],
        [1000, intentEvent('a/1')],
        [2000, verdict(pictured('a/1', 1))],
        [4000, verdict(pictured('a/2', 2))],
        [9000, { type: 'run.state', state: 'failed', reason: 'step-refused' }],
      ],
      { state: 'failed' },
    );
    const words = visible(text);
    expect(words).toMatch(/Failed : step-refused/);
    expect(words).toMatch(/units 2 units\/min 40 duration 10\.0 s transitions 2/);
    expect(words).toMatch(/proved 2 100 %/);
  });

  it('loads nothing and says so to the browser', async () => {
    const text = await render([[1, verdict(pictured('a/1', 1))]]);
    expect(text).toContain("default-src 'none'; img-src data:;".replaceAll("'", '&#39;'));
    const { markup } = withoutData(text);
    expect(markup).not.toMatch(/(src|srcset|href)="(?!#)/);
    expect(markup).not.toMatch(/@import|url\(/);
  });

  it('escapes every text of the run', async () => {
    const evil = `</script><script>alert("x")</script><img src=x onerror='1'>`;
    const record = transition('a/1', {
      ...pictured('a/1', 1),
      intentId: evil,
      step: evil,
      reason: evil,
      verdict: 'wrong-effect',
      action: { ...clicked, target: evil },
      interruptions: [{ kind: 'blocked', by: evil }],
      proof: { predicate: evil, truth: 'fails', score: 0, margin: 0, regions: [], reason: evil },
    });
    const intent = intentEvent('a/9', record.before);
    const events: TimelineEvent[] = [
      verdict(record),
      { ...intent, step: evil } as TimelineEvent,
      { type: 'run.state', state: 'failed', reason: evil },
      { type: 'session.state', state: 'login', detail: evil, previousMs: null },
      { type: 'sensor.chosen', sensor: evil, format: evil, reason: evil },
      { type: 'step.skipped', step: evil, reason: evil },
      { type: 'step.refused', step: evil, reason: evil, detail: evil },
      { type: 'step.interrupted', intentId: evil, step: evil, kind: 'lost', by: evil },
      { type: 'recovery', by: evil, how: evil, ok: false },
      { type: 'review.opened', intentId: null, step: evil, verdict: evil, reason: evil, pictures: [] },
      { type: 'stop.requested', mode: 'drain', by: evil },
      { type: 'warning', code: evil, detail: evil },
      { type: 'step.late-effect', intentId: evil, step: evil, afterMs: 1 },
    ];
    const text = await render(
      events.map((event, i) => [i, event]),
      { flow: evil, target: evil, runId: evil },
    );
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('<img src=x');
    expect(text.match(/<script/g)).toHaveLength(2);
    expect(text.match(/&lt;script&gt;alert\(&quot;x&quot;\)/g)!.length).toBeGreaterThan(20);
  });

  it('puts what was not proved first, the newest on top, then the proved ones', async () => {
    const text = await render([
      [1, verdict(pictured('a/1', 1))],
      [2, verdict({ ...pictured('a/2', 2), verdict: 'no-effect' })],
      [3, verdict(pictured('a/3', 3))],
      [4, { type: 'step.refused', step: 'collectRow', reason: 'no-target', detail: '' }],
      [5, intentEvent('a/4', picture(4))],
      [
        6,
        {
          type: 'review.opened',
          intentId: 'a/2',
          step: 's',
          verdict: 'no-effect',
          reason: 'r',
          pictures: [],
        },
      ],
      [7, verdict({ ...pictured('a/5', 5), verdict: 'ambiguous' })],
      [8, verdict(pictured('a/6', 6))],
    ]);
    expect([...text.matchAll(/ id="t(\d+)"/g)].map(([, seq]) => Number(seq))).toEqual([
      7, 6, 5, 4, 2, 8, 3, 1,
    ]);
    // The review's pictures are with the transition it is about.
    expect(text).toContain('href="#t2"');
  });

  it('embeds each distinct picture once, full where it was not proved, small where it was', async () => {
    const shared = picture(1, { width: 1280, height: 64 });
    const other = keep(noise(1280, 64));
    const text = await render([
      [1, verdict({ ...transition('a/1'), before: other, after: shared })],
      [2, verdict({ ...transition('a/2'), before: shared, after: shared, verdict: 'wrong-effect' })],
    ]);
    expect(reads.toSorted()).toEqual([shared.sha256, other.sha256].toSorted());
    const embedded = pictures(text);
    expect(Object.keys(embedded).toSorted()).toEqual(reads.toSorted());
    const full = bytesOf(embedded[shared.sha256], 'image/png');
    expect(Buffer.compare(full, stored.get(shared.sha256)!)).toBe(0);
    const { image } = decode(bytesOf(embedded[other.sha256], 'image/jpeg'));
    expect([image.width, image.height]).toEqual([640, 32]);
  });

  it('shows the screen that a popup was opened on', async () => {
    const [behind, before, after] = [picture(1), picture(2), picture(3)];
    const text = await render([[1, verdict({ ...transition('a/1'), behind, before, after })]]);
    expect(text.indexOf('behind the popup')).toBeGreaterThan(0);
    expect(reads.toSorted()).toEqual([behind, before, after].map(({ sha256 }) => sha256).toSorted());
  });

  it('shows placeholders for what is missing, damaged or was never taken', async () => {
    const missing = picture(1);
    stored.delete(missing.sha256);
    const damaged = picture(2);
    stored.set(damaged.sha256, Uint8Array.of(1, 2, 3));
    const text = await render([
      [1, verdict({ ...transition('a/1'), before: missing, after: damaged })],
      [2, verdict({ ...transition('a/2'), before: picture(3), after: null, verdict: 'unknown' })],
    ]);
    expect(visible(text)).toContain('no picture: PXP_ARTIFACT');
    expect(visible(text)).toContain('no picture: PXP_IMAGE_FORMAT');
    expect(visible(text)).toContain('no picture was taken');
    expect(Object.keys(pictures(text))).toHaveLength(1);
  });

  it('draws regions, click and changed tiles in the coordinates of the viewport', async () => {
    const rect = { x: 100, y: 50, width: 320, height: 160 };
    const tile = (x: number, y: number) => ({ x, y, width: 16, height: 16 });
    const record = transition('a/1', {
      before: { ...picture(1), rect },
      after: { ...picture(2), kind: 'after', rect },
      change: {
        score: 0.1,
        bbox: { x: 112, y: 64, width: 48, height: 32 },
        tiles: [tile(112, 64), tile(128, 64), tile(112, 80), tile(128, 80), tile(144, 80)],
        unexplained: 0,
      },
    });
    const text = await render([[1, verdict(record)]]);
    expect(text.match(/viewBox="100 50 320 160"/g)).toHaveLength(2);
    expect(text).toContain('class="looked holds" x="0" y="20" width="640" height="180"');
    expect(text).toContain('class="box" x="590" y="30" width="20" height="20"');
    expect(text).toContain('class="bbox" x="112" y="64" width="48" height="32"');
    expect(text).toContain('d="M112 64h32v16h-32zM112 80h48v16h-48z"');
    expect(text.match(/class="click"/g)).toHaveLength(2);
  });

  it('says why, predicate by predicate', async () => {
    const words = visible(await render([[1, verdict(pictured('a/1', 1))]]));
    expect(words).toMatch(/✓ any of advanced-by-1 score 0\.98 · margin 0\.40/);
    expect(words).toMatch(/✗ modalOpen\(confirm\) no-modal score 0\.10 · margin 0\.80/);
  });

  it('stays small, whatever the run stored', async () => {
    const big = encodePng(noise(1200, 900));
    const events = Array.from({ length: 12 }, (_, i): [number, TimelineEvent] => {
      const sha256 = createHash('sha256').update(`${i}`).digest('hex');
      stored.set(sha256, big);
      const ref: ArtifactRef = { ...transition('x').before, sha256, sizeBytes: big.length, rect: null };
      return [i, verdict({ ...transition(`a/${i}`), before: ref, after: null, verdict: 'no-effect' })];
    });
    const text = await render(events);
    expect(big.length).toBeGreaterThan(3_000_000);
    expect(text.length).toBeLessThan(15_000_000);
    // The newest in full, the others as thumbnails.
    expect(Object.values(pictures(text)).map((url) => url.slice(5, 15))).toEqual([
      'image/png;',
      'image/png;',
      ...Array.from({ length: 10 }, () => 'image/jpeg'),
    ]);
  });
});

const render = (
  events: readonly (readonly [atMs: number, event: TimelineEvent])[],
  run: Parameters<typeof runOf>[0] = {},
): Promise<string> => renderReport({ run: runOf(run), events: timeline(events), readArtifact });

const verdict = (record: TransitionRecord): TimelineEvent => ({
  type: 'step.verdict',
  intentId: record.intentId,
  record,
});

/** A stored picture that differs by its number. */
function picture(number: number, { width, height } = { width: 64, height: 32 }): ArtifactRef {
  const mark = { x: number, y: 0, width: 9, height: 9 };
  return keep(paint(solid(width, height, [250, 250, 250]), mark, [200, 0, 0]));
}

function keep(image: ImageBuffer): ArtifactRef {
  const { width, height } = image;
  const bytes = encodePng(image);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  stored.set(sha256, bytes);
  return { ...transition('x').before, sha256, sizeBytes: bytes.length, rect: { x: 0, y: 0, width, height } };
}

/** Pixels no lossless format makes small; the generator is Park and Miller's, CACM 31 (1988). */
function noise(width: number, height: number): ImageBuffer {
  const image = solid(width, height, [0, 0, 0]);
  let state = 1;
  for (let i = 0; i < image.data.length; i++) {
    state = (state * 16807) % 2147483647;
    if (i % 4 !== 3) image.data[i] = state & 255;
  }
  return image;
}

function pictured(intentId: string, number: number): TransitionRecord {
  return transition(intentId, {
    before: picture(number),
    after: picture(number + 10),
  });
}

function pictures(text: string): Record<string, string> {
  const json = /<script type="application\/json" id="pictures">(.*)<\/script>/.exec(text)![1];
  return JSON.parse(json) as Record<string, string>;
}

function bytesOf(url: string, mediaType: string): Buffer {
  const prefix = `data:${mediaType};base64,`;
  expect(url.slice(0, prefix.length)).toBe(prefix);
  return Buffer.from(url.slice(prefix.length), 'base64');
}

function withoutData(text: string): { markup: string } {
  return { markup: text.replace(/<script[\s\S]*?<\/script>/g, '') };
}

/** The words a reader sees, single-spaced. */
function visible(text: string): string {
  const { markup } = withoutData(text.slice(text.indexOf('<body>')));
  return markup
    .replace(/<title>[^<]*<\/title>|<[^>]*>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');
}
