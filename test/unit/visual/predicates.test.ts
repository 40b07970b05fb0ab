import { describe, expect, test } from 'vitest';
import type { ResolvedAnchor } from '../../../src/calibration/index.js';
import { type Rect, sizeRect } from '../../../src/core/geometry.js';
import { ImageBuffer } from '../../../src/image/image-buffer.js';
import {
  type Evidence,
  changed,
  gone,
  listEmpty,
  modalClosed,
  modalOpen,
  rowAdded,
  rowAdvanced,
  rowRemoved,
  scrolled,
  swatchIs,
  tabActive,
  textGrew,
  unchanged,
  visible,
} from '../../../src/visual/evidence.js';
import type { ResolvedTab } from '../../../src/calibration/index.js';
import { signature } from '../../../src/probe/index.js';
import { AmbientMap } from '../../../src/visual/motion/ambient-map.js';
import { judge } from '../../../src/visual/judge.js';
import type { Truth } from '../../../src/visual/judgement.js';
import type { Look } from '../../../src/visual/look.js';
import type { Scene } from '../../../src/visual/predicates/scene.js';
import { type AppState, drawApp } from '../../support/scripted-screen.js';
import { paint, solid } from '../../support/draw.js';
import { calibration, lookAt, lookOf, resting, sceneOf, viewport } from './scene.js';

type Rgb = readonly [number, number, number];
const BLUE: Rgb = [47, 111, 237];
const GREY: Rgb = [223, 227, 232];
/** What JPEG makes of a blue line of two pixels. */
const LOSSY_BLUE: Rgb = [58, 111, 207];
/** And of one of a single pixel on white: its luma, and half of its chroma. */
const SUBSAMPLED_BLUE: Rgb = [80, 105, 170];
const RED: Rgb = [200, 0, 0];

/** The application with some rects painted over. */
function painted(...patches: readonly [Rect, Rgb][]): Look {
  const { image } = drawApp(resting);
  return lookOf(patches.reduce((picture, [rect, color]) => paint(picture, rect, color), image));
}

/** A rect a quarter of which has one colour, and the rest another. */
function quarter(rect: Rect, colors: readonly [Rgb, Rgb]): Look {
  return painted([rect, colors[1]], [{ ...rect, width: rect.width / 4 }, colors[0]]);
}

describe('one look', () => {
  const openTab = calibration.swatch('tab.open').rect;
  const doneTab = calibration.swatch('tab.done').rect;

  test.each<[Truth, string, Evidence, Look]>([
    ['holds', 'active', tabActive('open'), lookAt()],
    ['fails', 'open-active', tabActive('done'), lookAt()],
    ['fails', 'done-active', tabActive('open'), lookAt({ tab: 'done' })],
    ['unsure', 'several-active', tabActive('open'), painted([doneTab, BLUE])],
    ['fails', 'none-active', tabActive('open'), painted([openTab, GREY])],
    ['unsure', 'none-active', tabActive('open'), quarter(openTab, [BLUE, RED])],
    ['unsure', 'none-active', tabActive('open'), painted([openTab, RED])],
    ['fails', 'none-active', tabActive('open'), painted([openTab, RED], [doneTab, RED])],

    ['holds', 'is-active', swatchIs('tab.open', 'active'), lookAt()],
    ['fails', 'is-active', swatchIs('tab.open', 'inactive'), lookAt()],
    ['unsure', 'between-states', swatchIs('tab.open', 'active'), quarter(openTab, [BLUE, RED])],
    ['fails', 'is-none-of-its-states', swatchIs('tab.open', 'active'), painted([openTab, RED])],
    ['unsure', 'between-states', swatchIs('tab.open', 'active'), painted([openTab, LOSSY_BLUE])],
    ['unsure', 'between-states', swatchIs('tab.open', 'active'), painted([openTab, SUBSAMPLED_BLUE])],

    ['holds', 'distance-0', visible('title'), lookAt()],
    ['fails', 'distance-0', gone('title'), lookAt()],
    ['holds', 'distance-11', gone('title'), painted([calibration.anchor('title').rect, [36, 48, 66]])],

    ['holds', 'is-open', modalOpen('confirm'), lookAt({ modal: 'confirm' })],
    ['fails', 'is-none-of-its-states', modalOpen('confirm'), lookAt({ modal: 'notice' })],
    ['fails', 'is-none-of-its-states', modalOpen('confirm'), lookAt()],
    ['holds', 'open-notice', modalOpen(), lookAt({ modal: 'notice' })],
    ['fails', 'none-open', modalOpen(), lookAt()],
    ['fails', 'is-open', modalClosed('confirm'), lookAt({ modal: 'confirm' })],
    ['holds', 'none-open', modalClosed(), lookAt()],
    ['fails', 'open-confirm', modalClosed(), lookAt({ modal: 'confirm' })],

    ['holds', 'empty', listEmpty('list'), lookAt({ rows: [] })],
    ['fails', 'populated', listEmpty('list'), lookAt()],
    ['fails', 'populated', listEmpty('list'), lookAt({ rows: [1] })],
    ['unsure', 'covered-by-modal', listEmpty('list'), lookAt({ rows: [], modal: 'confirm' })],

    ['unsure', 'nothing-before', changed('header'), lookAt()],
    ['unsure', 'nothing-before', unchanged('header'), lookAt()],
    ['unsure', 'nothing-before', rowAdvanced('list'), lookAt()],
    ['unsure', 'nothing-before', rowRemoved('list'), lookAt()],
    ['unsure', 'nothing-before', rowAdded('list'), lookAt()],
    ['unsure', 'nothing-before', scrolled('list'), lookAt()],
    ['unsure', 'nothing-before', textGrew('field', { glyphs: 1 }), lookAt()],
  ])('%s (%s): %j', (truth, reason, evidence, now) => {
    expect(judge(evidence, sceneOf(now))).toMatchObject({ truth, reason });
  });

  test('a popup that is fading in is neither open nor closed', () => {
    const rect = calibration.swatch('confirm').rect;
    const fading = quarter(rect, [
      [122, 63, 181],
      [255, 255, 255],
    ]);
    expect(judge(modalOpen('confirm'), sceneOf(fading)).truth).toBe('unsure');
    expect(judge(modalOpen(), sceneOf(fading)).truth).toBe('unsure');
    expect(judge(modalClosed(), sceneOf(fading)).truth).toBe('unsure');
    expect(judge(listEmpty('list'), sceneOf(fading)).reason).toBe('covered-by-modal');
  });

  test('a tab whose mark differs from those of the others is not called inactive below a veil', () => {
    const mark = (x: number): Rect => ({ x, y: 240, width: 60, height: 8 });
    const states = { active: BLUE, inactive: GREY };
    const [open] = calibration.tabs.values();
    const tabs = new Map<string, ResolvedTab>(
      [30, 130, 230].map((x) => {
        const swatch = { ...calibration.swatch('tab.open'), name: `veiled ${x}`, rect: mark(x), states };
        const tab = { ...open, name: `${x}`, mark: { kind: 'swatch', swatch, state: 'active' } as const };
        return [`${x}`, { ...tab, region: { x: 16, y: 230, width: 440, height: 30 } }] as const;
      }),
    );
    const veiled = ([r, g, b]: Rgb): Rgb => [r >> 1, g >> 1, b >> 1];
    const truths = (colors: readonly Rgb[]): readonly string[] => {
      const patches = [30, 130, 230].map((x, i): [Rect, Rgb] => [mark(x), veiled(colors[i])]);
      const scene = sceneOf(painted(...patches), { reach: 'region' });
      const those = { ...calibration, tabs, tab: (name: string) => tabs.get(name)! };
      return [...tabs.keys()].map((name) => judge(tabActive(name), { ...scene, calibration: those }).truth);
    };
    expect(truths([GREY, BLUE, GREY])).toEqual(['fails', 'unsure', 'fails']);
    expect(truths([GREY, GREY, GREY])).toEqual(['fails', 'fails', 'fails']);
  });

  test('an anchor is visible within its distance, unsure up to half as far again, gone beyond', () => {
    expect(calibration.anchor('title').maxDistance).toBe(10);
    const truths = [10, 11, 15, 16, 64].map((bits) => judgeTitle({ dhash: flipped(bits) }).truth);
    expect(truths).toEqual(['holds', 'unsure', 'unsure', 'fails', 'fails']);
  });

  test('an anchor is visible only where it leads the others of its place', () => {
    const found = [9, 6, 5, 4, 3, 2, 0].map((bits) => {
      const rivals = [{ name: 'other', dhash: flipped(bits) }];
      const { truth, reason } = judgeTitle({ dhash: flipped(4), rivals });
      return `${bits} ${truth} ${reason}`;
    });
    expect(found).toEqual([
      ...['9 holds distance-4', '6 holds distance-4'],
      ...['5 unsure like-other', '4 unsure like-other', '3 unsure like-other'],
      ...['2 fails like-other', '0 fails like-other'],
    ]);
  });

  /** The title's hash with so many bits turned. */
  function flipped(bits: number): string {
    const hash = BigInt(`0x${calibration.anchor('title').dhash}`) ^ ((1n << BigInt(bits)) - 1n);
    return hash.toString(16).padStart(16, '0');
  }

  function judgeTitle(changes: Partial<ResolvedAnchor>) {
    const anchor = { ...calibration.anchor('title'), ...changes };
    return judge(visible('title'), {
      ...sceneOf(lookAt()),
      calibration: { ...calibration, anchor: () => anchor },
    });
  }
});

describe('two looks', () => {
  type Change = Partial<AppState>;
  const MANY = { rows: [1, 2, 3, 4, 5, 6, 7, 8, 9] };
  const ALIKE = { rows: MANY.rows.map(() => 5) };
  test.each<[Truth, string, Evidence, Change, Change]>([
    ['fails', 'too-little-changed', changed('status'), {}, {}],
    ['holds', 'changed', changed('status'), {}, { status: 1 }],
    ['fails', 'too-little-changed', changed('status', { atLeast: 0.5 }), {}, { status: 1 }],
    ['fails', 'too-little-changed', changed('status', { atLeast: 0 }), {}, {}],
    ['holds', 'changed', changed('status', { atLeast: 0 }), {}, { status: 1 }],
    ['holds', 'unchanged', unchanged('status'), {}, { rows: [2, 3, 4] }],
    ['fails', 'changed', unchanged('status'), {}, { status: 1 }],

    ['holds', 'advanced-by-1', rowAdvanced('list'), {}, { rows: [2, 3, 4] }],
    ['fails', 'list-unchanged', rowAdvanced('list'), {}, {}],
    ['fails', 'list-unchanged', rowAdvanced('list'), {}, { status: 1 }],
    ['fails', 'advanced-by-2', rowAdvanced('list'), {}, { rows: [3, 4] }],
    ['fails', 'row-2-removed', rowAdvanced('list'), {}, { rows: [1, 3, 4] }],
    ['fails', 'row-4-removed', rowAdvanced('list'), {}, { rows: [1, 2, 3] }],
    ['unsure', 'no-shift-fits', rowAdvanced('list'), {}, { rows: [11, 12, 13, 14] }],
    ['unsure', 'no-rows-before', rowAdvanced('list'), { rows: [] }, {}],
    // The last rows.
    ['holds', 'advanced-by-1', rowAdvanced('list'), { rows: [1] }, { rows: [] }],
    ['fails', 'list-unchanged', rowAdvanced('list'), { rows: [1] }, { rows: [1] }],
    ['fails', 'advanced-by-2', rowAdvanced('list'), { rows: [1, 2] }, { rows: [] }],
    // More rows than fit: another one comes up from below.
    [
      'holds',
      'advanced-by-1',
      rowAdvanced('list'),
      { rows: [1, 2, 3, 4, 5, 6, 7] },
      { rows: [2, 3, 4, 5, 6, 7] },
    ],
    [
      'fails',
      'list-unchanged',
      rowAdvanced('list'),
      { rows: [1, 2, 3, 4, 5, 6, 7] },
      {
        rows: [1, 2, 3, 4, 5, 6, 7],
      },
    ],
    // Rows that look the same: as long as the list ends in view, how many are gone can be told.
    ['holds', 'advanced-by-1', rowAdvanced('list'), { rows: [5, 5, 5] }, { rows: [5, 5] }],
    ['fails', 'list-unchanged', rowAdvanced('list'), { rows: [5, 5, 5] }, { rows: [5, 5, 5] }],
    ['fails', 'advanced-by-2', rowAdvanced('list'), { rows: [5, 5, 5] }, { rows: [5] }],
    [
      'unsure',
      'several-shifts-fit',
      rowAdvanced('list'),
      { rows: [5, 5, 5, 5, 5, 5, 5] },
      {
        rows: [5, 5, 5, 5, 5, 5],
      },
    ],

    ['holds', 'scrolled-by-64', scrolled('list'), MANY, { ...MANY, scrolled: 2 }],
    ['holds', 'scrolled-by--32', scrolled('list'), { ...MANY, scrolled: 2 }, { ...MANY, scrolled: 1 }],
    ['fails', 'end-of-list', scrolled('list'), MANY, MANY],
    ['fails', 'end-of-list', scrolled('list'), MANY, { ...MANY, status: 1 }],
    ['unsure', 'several-fit', scrolled('list'), ALIKE, { ...ALIKE, scrolled: 1 }],
    ['unsure', 'covered-by-modal', scrolled('list'), MANY, { ...MANY, scrolled: 1, modal: 'notice' }],

    ['holds', 'grew-by-4', textGrew('field', { glyphs: 4 }), { field: 'ab' }, { field: 'abcdef' }],
    ['fails', 'no-new-ink', textGrew('field', { glyphs: 4 }), { field: 'ab' }, { field: 'ab', status: 1 }],
    ['unsure', 'grew-by-3', textGrew('field', { glyphs: 4 }), { field: 'ab' }, { field: 'abcde' }],
    ['holds', 'grew-by-3', textGrew('field', { glyphs: 4, within: 1 }), { field: 'ab' }, { field: 'abcde' }],
    ['unsure', 'grew-by-2', textGrew('field', { glyphs: 4, within: 1 }), { field: 'ab' }, { field: 'abcd' }],
    ['unsure', 'grew-by-5', textGrew('field', { glyphs: 2 }), { field: 'ab' }, { field: 'abcdefg' }],
    ['unsure', 'old-ink-gone', textGrew('field', { glyphs: 1 }), { field: 'abcd' }, { field: '' }],

    ['holds', 'advanced-by-1', rowRemoved('list'), {}, { rows: [2, 3, 4] }],
    ['holds', 'row-3-removed', rowRemoved('list'), {}, { rows: [1, 2, 4] }],
    ['holds', 'row-4-removed', rowRemoved('list'), {}, { rows: [1, 2, 3] }],
    ['fails', 'list-unchanged', rowRemoved('list'), {}, {}],
    ['fails', 'advanced-by-2', rowRemoved('list'), {}, { rows: [3, 4] }],
    // The last one in view may have been written anew, or pushed out by one that came.
    [
      'unsure',
      'several-shifts-fit',
      rowRemoved('list'),
      { rows: [1, 2, 3, 4, 5, 6, 7] },
      { rows: [1, 2, 3, 4, 5, 7] },
    ],
    [
      'fails',
      'list-unchanged',
      rowRemoved('list'),
      { rows: [1, 2, 3, 4, 5, 6, 7] },
      {
        rows: [1, 2, 3, 4, 5, 6, 7],
      },
    ],

    ['holds', 'row-1-added', rowAdded('list'), { rows: [2, 3, 4] }, {}],
    ['holds', 'row-3-added', rowAdded('list'), { rows: [1, 2, 4] }, {}],
    ['holds', 'row-4-added', rowAdded('list'), { rows: [1, 2, 3] }, {}],
    ['holds', 'row-1-added', rowAdded('list'), { rows: [] }, { rows: [1] }],
    ['fails', 'list-unchanged', rowAdded('list'), {}, {}],
    ['fails', 'list-unchanged', rowAdded('list'), {}, { status: 1 }],
    ['fails', 'added-2', rowAdded('list'), { rows: [3, 4] }, {}],
    ['unsure', 'no-rows-now', rowAdded('list'), {}, { rows: [] }],
    ['unsure', 'no-shift-fits', rowAdded('list'), {}, { rows: [2, 3, 4] }],
    // The last one in view makes room.
    ['holds', 'row-1-added', rowAdded('list'), { rows: [2, 3, 4, 5, 6, 7] }, { rows: [1, 2, 3, 4, 5, 6, 7] }],
    // Where it comes is not seen.
    [
      'fails',
      'list-unchanged',
      rowAdded('list'),
      { rows: [1, 2, 3, 4, 5, 6, 7] },
      { rows: [1, 2, 3, 4, 5, 6, 7, 8] },
    ],
    ['holds', 'row-1-added', rowAdded('list'), { rows: [2, 3, 4], modal: 'notice' }, {}],

    // Beside a popup that dims the page the rows can still be told; a list that may be empty below it cannot.
    ['holds', 'advanced-by-1', rowAdvanced('list'), {}, { rows: [2, 3, 4], modal: 'notice' }],
    ['fails', 'list-unchanged', rowAdvanced('list'), {}, { modal: 'notice' }],
    ['fails', 'advanced-by-2', rowAdvanced('list'), {}, { rows: [3, 4], modal: 'notice' }],
    ['holds', 'advanced-by-1', rowAdvanced('list'), { modal: 'confirm' }, { rows: [2, 3, 4] }],
  ])('%s (%s): %j from %j to %j', (truth, reason, evidence, from, to) => {
    expect(judge(evidence, sceneOf(lookAt(to), { before: lookAt(from) }))).toMatchObject({ truth, reason });
  });

  test('that a list stands still is told by the columns that differ from row to row', () => {
    const list = calibration.list('list');
    let { image } = lookAt(MANY);
    for (let y = list.rect.y; y < list.rect.y + list.rect.height; y += 32) {
      image = paint(image, { x: 46, y: y + 8, width: 300, height: 16 }, [255, 255, 255]);
      for (const x of [48, 144, 240]) {
        image = paint(image, { x, y: y + 8, width: 80, height: 16 }, [60, 60, 60]);
      }
    }
    const judgedBy = (identity: Rect): string => {
      // Of the very same picture letters would tell.
      const before = lookOf(paint(image, { ...list.rect, width: 1, height: 1 }, [254, 254, 254]));
      const other = { ...calibration, list: () => ({ ...list, identity }) };
      return judge(scrolled('list'), { ...sceneOf(lookOf(image), { before }), calibration: other }).reason;
    };
    expect(judgedBy(list.rect)).toBe('several-fit');
    expect(judgedBy({ ...list.rect, width: 30 })).toBe('end-of-list');
    // Too few columns to measure in.
    expect(judgedBy({ ...list.rect, width: 20 })).toBe('several-fit');
  });

  test('ambient motion is no change, and over half of a region it leaves nothing to tell', () => {
    const status = calibration.region('status');
    const [before, now] = [lookAt(), lookAt({ status: 1 })];
    const little = new AmbientMap(viewport);
    little.add({ ...status, width: 64 });
    const much = new AmbientMap(viewport);
    much.add({ ...status, width: 120 });
    const truths = (ambient: AmbientMap) =>
      [changed('status', { atLeast: 0 }), unchanged('status')].map(
        (evidence) => judge(evidence, sceneOf(now, { before, ambient })).truth,
      );
    expect(truths(new AmbientMap(viewport))).toEqual(['holds', 'fails']);
    expect(truths(little)).toEqual(['holds', 'fails']);
    expect(truths(much)).toEqual(['unsure', 'unsure']);
    const only = new AmbientMap(viewport);
    only.add({ ...status, width: 64 });
    const caretOnly = lookOf(paint(drawApp(resting).image, { ...status, width: 8 }, [0, 0, 0]));
    const judged = judge(unchanged('status'), sceneOf(caretOnly, { before, ambient: only }));
    expect(judged).toMatchObject({ truth: 'holds' });
  });

  test('a popup nobody calibrated is open when it came as a veil since before', () => {
    const dimmed = lookAt({ modal: 'confirm' });
    const { image } = dimmed;
    const unknown = lookOf(paint(image, calibration.modal('confirm').box, [250, 250, 250]));
    expect(judge(modalOpen(), sceneOf(unknown)).truth).toBe('fails');
    const judged = judge(modalOpen(), sceneOf(unknown, { before: lookAt() }));
    expect(judged).toMatchObject({ truth: 'holds', reason: 'open-unknown' });
    expect(judge(modalClosed(), sceneOf(unknown, { before: lookAt() })).truth).toBe('fails');
  });

  test('what may be a popup nobody calibrated leaves it unsure', () => {
    const before = lookAt();
    const other = lookOf(solid(viewport.width, viewport.height, [250, 250, 250]));
    const { image } = other;
    const left = lookOf(paint(image, { x: 40, y: 60, width: 120, height: 90 }, [20, 90, 160]));
    expect(judge(modalOpen(), sceneOf(left, { before }))).toMatchObject({
      truth: 'unsure',
      reason: 'unknown-maybe-open',
    });
    expect(judge(modalClosed(), sceneOf(left, { before })).truth).toBe('unsure');
    expect(judge(modalClosed(), sceneOf(left)).truth).toBe('holds');
  });

  test('a popup that covers nearly all of the columns leaves nothing to compare', () => {
    const wide = { ...calibration.modal('notice'), box: { x: 60, y: 100, width: 360, height: 120 } };
    const modals = new Map(calibration.modals).set('notice', wide);
    const scene = sceneOf(lookAt({ rows: [2, 3, 4], modal: 'notice' }), { before: lookAt() });
    expect(judge(rowAdvanced('list'), { ...scene, calibration: { ...calibration, modals } })).toMatchObject({
      truth: 'unsure',
      reason: 'covered-by-modal',
    });
  });

  test.each([
    ['stands in its place', { x: 60, y: 90, width: 80, height: 12 }],
    ['looks like a popup', { x: 120, y: 90, width: 220, height: 130 }],
  ])('the last row is gone when the calibrated empty state %s', (_, message) => {
    const inner = {
      x: message.x + 4,
      y: message.y + 3,
      width: message.width - 8,
      height: message.height - 6,
    };
    const box = paint(lookAt({ rows: [] }).image, message, [40, 44, 52]);
    const now = lookOf(paint(box, inner, [90, 94, 102]));
    const rect = { x: 40, y: 84, width: 120, height: 24 };
    const { dhash } = signature(now.image, { region: rect });
    const list = {
      ...calibration.list('list'),
      empty: { name: 'none', rect, dhash, maxDistance: 5, rivals: [] },
    };
    const scene = {
      ...sceneOf(now, { before: lookAt({ rows: [1] }) }),
      calibration: { ...calibration, list: () => list },
    };
    expect(judge(listEmpty('list'), scene)).toMatchObject({ truth: 'holds', reason: 'distance-0' });
    expect(judge(rowAdvanced('list'), scene)).toMatchObject({ truth: 'holds', reason: 'advanced-by-1' });
    const unknown = { ...scene, now: lookOf(now.image), calibration };
    expect(judge(rowAdvanced('list'), unknown).truth).not.toBe('holds');
  });

  test('of two rows that differ by a mark it is told which one went, however many rows there are', () => {
    const rows = [5, 5, 3, 4, 6, 7, 8];
    const mark = (app: Partial<AppState>, row: number) =>
      lookOf(paint(lookAt(app).image, { x: 360, y: 92 + 32 * row, width: 12, height: 10 }, [40, 44, 52]));
    const before = mark({ rows }, 1);
    const secondGone = lookAt({ rows: rows.slice(1) });
    expect(judge(rowAdvanced('list'), sceneOf(secondGone, { before }))).toMatchObject({
      truth: 'fails',
      reason: 'row-2-removed',
    });
    const firstGone = mark({ rows: rows.slice(1) }, 0);
    expect(judge(rowAdvanced('list'), sceneOf(firstGone, { before }))).toMatchObject({ truth: 'holds' });
  });

  test.each([
    ['two that went are not one where only every other row was found', [80, 144, 208], [3, 4, 5, 6, 7, 8]],
    ['the first one found is not the first where that was not found', [144, 176, 208], [1, 2, 4, 5, 6, 7]],
  ])('%s', (_, tops, now) => {
    const found = (): Look => {
      const look = lookAt({ rows: [1, 2, 3, 4, 5, 6, 7, 8] });
      look.reading('rows list false', () => ({
        rows: tops.map((y) => ({ y, height: 32 })),
        endsInside: false,
        foundBy: 'pixels',
      }));
      return look;
    };
    const after = lookAt({ rows: now });
    expect(judge(rowAdvanced('list'), sceneOf(after, { before: found() }))).toMatchObject({
      truth: 'unsure',
      reason: 'rows-unclear',
    });
    expect(
      judge(rowAdvanced('list'), sceneOf(lookAt({ rows: [1, 2, 3, 4, 5, 6, 7, 8] }), { before: found() })),
    ).toMatchObject({
      truth: 'fails',
      reason: 'list-unchanged',
    });
  });

  test.each([
    ['may be one of the rows that went where it shows no action', 'unsure', 'rows-unclear', null],
    ['may be one where it shows another colour there', 'unsure', 'rows-unclear', [90, 90, 90]],
    ['is one with an action', 'fails', 'advanced-by-2', [46, 158, 79]],
  ] as const)('what looks like the last row of a list %s', (_, truth, reason, there) => {
    const { image } = lookAt({ rows: [1] });
    const footer = paint(image, { x: 30, y: 120, width: 60, height: 10 }, [40, 44, 52]);
    const place = { x: 395, y: 116, width: 56, height: 20 };
    const before = lookOf(there === null ? footer : paint(footer, place, there));
    before.reading('rows list false', () => ({
      rows: [80, 112].map((y) => ({ y, height: 32 })),
      endsInside: true,
      foundBy: 'pixels',
    }));
    expect(judge(rowAdvanced('list'), sceneOf(lookAt({ rows: [] }), { before }))).toMatchObject({
      truth,
      reason,
    });
  });

  test('a heading further up hides no row', () => {
    const before = lookAt({ rows: [1, 2, 3, 4, 5, 6, 7] });
    before.reading('rows list false', () => ({
      rows: [80, 144, 176, 208].map((y) => ({ y, height: 32 })),
      endsInside: false,
      foundBy: 'pixels',
    }));
    const after = lookAt({ rows: [1, 2, 3, 5, 6, 7] });
    expect(judge(rowRemoved('list'), sceneOf(after, { before }))).toMatchObject({
      truth: 'holds',
      reason: 'row-3-removed',
    });
  });

  test('a popup nobody calibrated that came over the last row is no row that went', () => {
    const before = lookAt({ rows: [1, 2, 3, 4, 5, 6, 7] });
    const { x, y, height } = calibration.list('list').rect;
    const box = { x: x + 60, y: y + height - 30, width: 240, height: 70 };
    const inner = { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
    const dimmed = before.image.data.map((value, i) => (i % 4 === 3 ? value : value >> 1));
    const page = new ImageBuffer(before.image.width, before.image.height, dimmed);
    const open = paint(paint(page, box, [60, 60, 60]), inner, [250, 250, 250]);
    const dialog = paint(open, { x: box.x + 12, y: box.y + 14, width: 150, height: 8 }, [40, 40, 40]);
    expect(judge(rowRemoved('list'), sceneOf(lookOf(dialog), { before }))).toMatchObject({
      truth: 'unsure',
      reason: 'unknown-maybe-open',
    });
  });

  test('a line of text below the rows, or in an empty list, is no row that came', () => {
    const { x, y } = calibration.list('list').rect;
    const saying = (rows: number[], top: number): Look =>
      [0, 1, 2, 3, 4, 5].reduce((look, word) => {
        const at = { x: x + 8 + 40 * word, y: y + top, width: 4 + 5 * word, height: 12 };
        return lookOf(paint(look.image, at, [40, 44, 52]));
      }, lookAt({ rows }));
    const plain = { ...calibration.list('list'), action: null };
    const without = { ...calibration, list: () => plain };
    for (const [rows, top] of [
      [[1, 2, 3], 106],
      [[], 10],
    ] as const) {
      const scene = sceneOf(saying([...rows], top), { before: lookAt({ rows: [...rows] }) });
      expect(judge(rowAdded('list'), scene).truth).not.toBe('holds');
      expect(judge(rowAdded('list'), { ...scene, calibration: without }).truth).not.toBe('holds');
    }
  });

  test('the only row has not gone where its list is loading', () => {
    const { x, y } = calibration.list('list').rect;
    const spinner = { x: x + 220, y: y + 90, width: 24, height: 24 };
    const hole = { x: x + 225, y: y + 95, width: 14, height: 14 };
    const { image } = lookAt({ rows: [] });
    const loading = lookOf(paint(paint(image, spinner, [60, 60, 60]), hole, [255, 255, 255]));
    const before = lookAt({ rows: [1] });
    expect(judge(listEmpty('list'), sceneOf(loading, { before })).truth).not.toBe('holds');
    expect(judge(rowAdvanced('list'), sceneOf(loading, { before }))).toMatchObject({
      truth: 'unsure',
      reason: 'rows-unclear',
    });
  });

  test('a popup nobody calibrated that came below the rows is no row that came', () => {
    const before = lookAt({ rows: [1, 2] });
    const { x, y } = calibration.list('list').rect;
    const over = (top: number, height: number): Look => {
      const box = { x: x + 60, y: y + 64 + top, width: 240, height };
      const inner = { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 };
      const open = paint(paint(before.image, box, [60, 60, 60]), inner, [250, 250, 250]);
      return lookOf(paint(open, { x: box.x + 12, y: box.y + 12, width: 150, height: 8 }, [40, 40, 40]));
    };
    const answers = [over(14, 32), over(2, 40), over(30, 30)].flatMap((now) =>
      (['near', 'place'] as const).map((reach) => judge(rowAdded('list'), sceneOf(now, { before, reach }))),
    );
    expect(answers.map(({ truth }) => truth)).not.toContain('holds');
  });

  test('rows are found again where a table is laid out anew with its columns elsewhere', () => {
    const { x, y, width, height } = calibration.list('list').rect;
    const movedRight = ({ image }: Look, by: number): Look => {
      const data = Uint8Array.from(image.data);
      for (let line = y; line < y + height; line++) {
        const at = 4 * (line * image.width + x);
        data.copyWithin(at + 4 * by, at, at + 4 * (width - by));
      }
      return lookOf(new ImageBuffer(image.width, image.height, data));
    };
    const scene = (rows: number[]): Scene =>
      sceneOf(movedRight(lookAt({ rows }), 5), { before: lookAt({ rows: [1, 2, 3, 4, 5, 6, 7] }) });
    expect(judge(rowAdvanced('list'), scene([2, 3, 4, 5, 6, 7]))).toMatchObject({
      truth: 'holds',
      reason: 'advanced-by-1',
    });
    expect(judge(rowAdvanced('list'), scene([1, 2, 3, 4, 5, 6, 7])).truth).toBe('fails');
    expect(judge(rowAdvanced('list'), scene([11, 12, 13, 14, 15, 16])).truth).not.toBe('holds');
  });

  test('black frames say nothing about rows', () => {
    const black = lookOf(solid(viewport.width, viewport.height, [0, 0, 0]));
    expect(judge(rowAdvanced('list'), sceneOf(black, { before: lookAt() })).truth).toBe('unsure');
  });
});

test('a clear look at another part of the screen says nothing of a popup', () => {
  const clear = lookAt({}, { x: 0, y: 0, width: 480, height: 48 });
  const now = lookAt({ modal: 'notice' }, { x: 0, y: 64, width: 480, height: 200 });
  const scene = { ...sceneOf(now), clear, calibration: { ...calibration, modals: new Map() } };
  expect(judge(modalOpen(), scene)).toMatchObject({ truth: 'fails', reason: 'none-open' });
});

describe('rows that differ by a letter', () => {
  const marked = (rows: number[], row: number): Look =>
    lookOf(paint(lookAt({ rows }).image, { x: 200, y: 90 + 32 * row, width: 6, height: 10 }, [40, 44, 52]));
  const before = marked([1, 1, 3, 4], 1);

  test('the second one is gone, not the first', () => {
    const scene = sceneOf(lookAt({ rows: [1, 3, 4] }), { before });
    expect(judge(rowAdvanced('list'), scene)).toMatchObject({ truth: 'fails', reason: 'row-2-removed' });
    expect(judge(rowRemoved('list'), scene)).toMatchObject({ truth: 'holds', reason: 'row-2-removed' });
  });

  test('the last one that is shown is written anew, and is not gone', () => {
    const rows = [1, 2, 3, 4, 5, 6, 7, 8];
    const scene = sceneOf(marked(rows, 5), { before: lookAt({ rows }) });
    expect(judge(rowRemoved('list'), scene)).toMatchObject({ truth: 'unsure', reason: 'several-shifts-fit' });
  });

  test('the first one is gone', () => {
    const scene = sceneOf(marked([1, 3, 4], 0), { before });
    expect(judge(rowAdvanced('list'), scene)).toMatchObject({ truth: 'holds', reason: 'advanced-by-1' });
  });

  /** With the row of that index in the other tone. */
  const selected = (look: Look, row: number): Look => {
    const { width, height, data } = look.image;
    const [from, to] = [4 * width * (80 + 32 * row), 4 * width * (80 + 32 * row + 32)];
    const inner = (i: number): boolean => i >= from && i < to && Math.floor(i / 4) % width >= 16;
    return lookOf(
      new ImageBuffer(
        width,
        height,
        data.map((level, i) => (inner(i) && i % 4 !== 3 ? 255 - level : level)),
      ),
    );
  };

  test('that another one is selected is no scroll, however alike they are', () => {
    const look = lookAt({ rows: [1, 1, 2, 1, 1, 1] });
    for (const [was, is] of [
      [0, 1],
      [0, 4],
      [3, 5],
      [5, 0],
    ] as const) {
      const scene = sceneOf(selected(look, is), { before: selected(look, was) });
      expect(judge(scrolled('list'), scene).truth, `${was} to ${is}`).toBe('unsure');
    }
  });

  test('one that stays selected is gone no more than the one below that went', () => {
    const scene = sceneOf(selected(lookAt({ rows: [1, 3, 4] }), 0), { before: selected(before, 0) });
    expect(judge(rowAdvanced('list'), scene)).toMatchObject({ truth: 'fails', reason: 'row-2-removed' });
  });

  test('one that is selected in the place of the first tells that this is gone', () => {
    const scene = sceneOf(selected(marked([1, 3, 4], 0), 0), { before: selected(before, 0) });
    expect(judge(rowAdvanced('list'), scene)).toMatchObject({ truth: 'holds', reason: 'advanced-by-1' });
  });

  test('of the same picture it is not known which one of them is selected now', () => {
    const alike = lookAt({ rows: [1, 1, 3, 4] });
    const scene = sceneOf(selected(lookAt({ rows: [1, 3, 4] }), 0), { before: selected(alike, 0) });
    expect(judge(rowAdvanced('list'), scene)).toMatchObject({
      truth: 'unsure',
      reason: 'several-shifts-fit',
    });
  });
});

describe('what nobody calibrated has come over all of the screen', () => {
  const saver = [0, 1, 2, 3].reduce(
    (image, i) => paint(image, { x: 120 + 30 * i, y: 40, width: 16, height: 24 }, [220, 220, 230]),
    paint(lookAt().image, sizeRect(viewport), [11, 19, 43]),
  );
  const now = (): Look => lookOf(saver);

  test('an empty list of another ground is none', () => {
    const before = lookAt({ rows: [1] });
    for (const evidence of [listEmpty('list'), rowAdvanced('list'), rowRemoved('list')]) {
      expect(judge(evidence, sceneOf(now(), { before })).truth).toBe('unsure');
    }
    expect(judge(listEmpty('list'), sceneOf(now(), { before })).reason).toBe('other-ground');
    expect(judge(listEmpty('list'), sceneOf(lookAt({ rows: [] }), { before })).truth).toBe('holds');
  });

  test('rows from edge to edge may leave the ground of the page', () => {
    const full = lookAt({ rows: [1, 2, 3, 4, 5, 6, 7, 8] });
    const page = lookOf(paint(lookAt().image, calibration.region('list'), [244, 245, 247]));
    expect(judge(listEmpty('list'), sceneOf(page, { before: full })).truth).toBe('holds');
  });

  test('a popup whose mark is gone may be under it', () => {
    const before = lookAt({ modal: 'confirm' });
    expect(judge(modalClosed('confirm'), sceneOf(now(), { before })).reason).toBe('unknown-maybe-open');
    expect(judge(modalClosed('confirm'), sceneOf(lookAt(), { before })).truth).toBe('holds');
  });

  test('so may one whose page shows as dimmed as before', () => {
    const before = lookAt({ modal: 'confirm' });
    const box = { x: 130, y: 90, width: 220, height: 140 };
    const over = paint(paint(before.image, box, [250, 250, 250]), { ...box, height: 20 }, [20, 90, 60]);
    const scene = sceneOf(lookOf(over), { before });
    expect(judge(modalClosed('confirm'), scene)).toMatchObject({
      truth: 'unsure',
      reason: 'unknown-maybe-open',
    });
  });
});
