import type { Rect } from '../../src/core/index.js';
import { ImageBuffer, crop } from '../../src/image/index.js';
import {
  changeScore,
  components,
  emptiness,
  parseColor,
  rowBands,
  signature,
  swatch,
  veil,
} from '../../src/probe/index.js';
import { ledgerLike } from '../ledger-like.js';
import { photoLike } from '../photo-like.js';
import type { Side } from '../interleave.js';
import { loadPixelmatch } from '../peers/pixelmatch.js';
import type { Recorder } from '../recorder.js';
import { timed } from '../timed.js';

/** What a transition is judged by: the frame before the click, and the one after it. */
interface Scene {
  /** As in the case's name. */
  readonly name: string;
  readonly before: ImageBuffer;
  readonly after: ImageBuffer;
}

const GREEN = parseColor('#2e9e4f');
const ROW: Rect = { x: 20, y: 152, width: 1240, height: 56 };
const LIST_ROWS = 9;

/**
 * `probes:transition-<size>`: swatch, row bands, components near a colour, change score and signature (dHash; what is equal
 * is known from the bytes) of one transition in one go, on a frame nobody has looked at yet; `probe:<probe>-<size>` each by itself. The pictures are a drawn list
 * before and after its first row went (nearly every row of pixels differs) and, as the hard case, a photograph.
 * `compare:<way>-1280x720`: how much differs between the two, by the change score and by pixelmatch.
 */
export async function probingCases(recorder: Recorder): Promise<void> {
  const { quick } = recorder.options;
  const [frame, row] = scenes();
  requireRight(frame);
  const schedule = {
    unit: 'ms',
    warmUpMs: quick ? 100 : 400,
    turns: 8,
    perTurn: 5,
    budgetMs: quick ? 500 : 4000,
  } as const;
  await recorder.compare(
    [frame, row].map((scene) => ({
      name: `probes:transition-${scene.name}`,
      sample: () => {
        const fresh = unseen(scene);
        return timed(() => judge(fresh));
      },
    })),
    schedule,
  );
  await recorder.compare(await comparers(frame), schedule);
  for (const scene of quick ? [frame] : [frame, row, photoScene()])
    await recorder.compare(singles(scene), schedule);
}

function scenes(): [Scene, Scene] {
  const before = ledgerLike({ firstRow: 0 });
  const after = ledgerLike({ firstRow: 1 });
  return [
    { name: '1280x720', before, after },
    { name: 'row', before: crop(before, ROW), after: crop(after, ROW) },
  ];
}

function photoScene(): Scene {
  const before = photoLike({ width: 1280, height: 720 });
  const data = Uint8Array.from(before.data);
  // The lower half moved up by a row: everything in it differs.
  data.copyWithin(4 * 1280 * 360, 4 * 1280 * 361);
  return { name: '1280x720-photo', before, after: new ImageBuffer(1280, 720, data) };
}

/** What is timed has to be right first. */
function requireRight({ before, after }: Scene): void {
  const rows = rowBands(before, { region: list(before) }).rows.filter(({ partial }) => !partial);
  const buttons = components(before, { color: { near: GREEN } });
  if (rows.length !== LIST_ROWS || buttons.length < LIST_ROWS) {
    throw new Error(
      `expected ${LIST_ROWS} rows and their buttons, received ${rows.length} and ${buttons.length}`,
    );
  }
  if (changeScore(before, before).bbox !== null || changeScore(before, after).bbox === null) {
    throw new Error('the change score does not tell a changed frame from an unchanged one');
  }
}

/** The same pixels as a new image, without what an earlier probe left behind in it; the frame before was looked at already. */
function unseen({ before, after, name }: Scene): Scene {
  return { name, before, after: new ImageBuffer(after.width, after.height, after.data) };
}

function judge({ before, after }: Scene): unknown {
  return [
    swatch(after, { region: patch(after), colors: { green: GREEN } }),
    rowBands(after, { region: list(after) }),
    components(after, { color: { near: GREEN } }),
    changeScore(before, after),
    signature(after).dhash,
  ];
}

function singles(scene: Scene): Side[] {
  const { before } = scene;
  const probes: Record<string, (scene: Scene) => unknown> = {
    swatch: ({ after }) => swatch(after, { region: patch(after), colors: { green: GREEN } }),
    rowBands: ({ after }) => rowBands(after, { region: list(after) }),
    components: ({ after }) => components(after, { color: { near: GREEN } }),
    'changeScore-equal': () => changeScore(before, before),
    'changeScore-changed': ({ after }) => changeScore(before, after),
    signature: ({ after }) => signature(after).dhash,
    'signature-sha256': ({ after }) => signature(after).sha256,
    emptiness: ({ after }) => emptiness(after, { region: list(after) }),
    veil: ({ after }) => veil(before, after),
  };
  return Object.entries(probes).map(([probe, run]) => ({
    name: `probe:${probe}-${scene.name}`,
    sample: () => {
      const fresh = unseen(scene);
      return timed(() => run(fresh));
    },
  }));
}

/** How much differs between two frames, by us and by the usual library. */
async function comparers(scene: Scene): Promise<Side[]> {
  const pixelmatch = await loadPixelmatch();
  const { before, after } = scene;
  const side = (name: string, compare: (after: ImageBuffer) => number): Side => ({
    name: `compare:${name}-${scene.name}`,
    sample() {
      const fresh = unseen(scene);
      return timed(() => compare(fresh.after));
    },
  });
  const ours = side('changeScore', (fresh) => changeScore(before, fresh).score);
  if (pixelmatch === undefined) return [ours];
  if (pixelmatch(before, after) === 0) throw new Error('pixelmatch finds no difference where a row went');
  return [ours, side('pixelmatch', (fresh) => pixelmatch(before, fresh))];
}

/** Where the rows are. */
function list({ width, height }: ImageBuffer): Rect {
  return height === ROW.height ? { x: 0, y: 0, width, height } : { ...ROW, height: 512 };
}

/** As large as the patch that tells a tab's state. */
function patch({ width, height }: ImageBuffer): Rect {
  return { x: Math.floor(width / 2), y: Math.floor(height / 2), width: 120, height: 3 };
}
