import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCalibration } from '../../src/calibration/index.js';
import { crop, encodePng, readImage } from '../../src/image/index.js';
import { LEDGER_FILE, framePath } from '../unit/calibration/ledger-frames.js';
import { LEDGER_FLOW, jsonOf, runCli } from './run-cli.js';

let folder: string;
let file: string;
let out: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixelproof-calibrate-'));
  file = join(folder, 'calibration.yaml');
  out = join(folder, 'out.png');
  await copyFile(LEDGER_FILE, file);
});
afterAll(() => rm(folder, { recursive: true }));

const calibrate = (...args: string[]) => runCli('calibrate', ...args);
const INBOX = framePath('inbox.png');
const MOVED = framePath('shift-12.q80.jpg');

describe('calibrate', { timeout: 60_000 }, () => {
  it('lint: nothing on the shipped file, exit 2 for what is worthless, with line and column', async () => {
    expect(await calibrate('lint', file)).toMatchObject({ code: 0, stderr: '' });
    const bad = join(folder, 'bad.yaml');
    await writeFile(
      bad,
      "version: 1\nname: t\nviewport: { width: 100, height: 100 }\nanchors:\n  a: { rect: [0, 0, 9, 9], dhash: '0000000000000003' }\n",
    );
    const ended = await calibrate('lint', bad, '--json');
    expect(ended).toMatchObject({ code: 2, stderr: '' });
    expect(jsonOf(ended)).toMatchObject({
      valid: false,
      findings: [{ line: '5:6', severity: 'error', where: 'anchors.a' }],
    });
    expect((await calibrate('lint', bad)).stdout).toContain(
      'bad.yaml:5:6: error: anchors.a a blank patch fits it',
    );
  });

  it('read: what a picture shows, and a picture of it', async () => {
    const shown = jsonOf(await calibrate('read', file, '--image', INBOX, '--out', out, '--json'));
    expect(shown).toMatchObject({
      tabs: ['inbox'],
      modals: [],
      lists: [{ name: 'list', empty: 'fails' }],
      counters: [{ name: 'remaining', value: 200 }],
    });
    const [{ rows, actions }] = (shown as { lists: [{ rows: unknown[]; actions: { state: string }[] }] })
      .lists;
    expect([rows.length, actions.length, actions.filter(({ state }) => state === 'enabled').length]).toEqual([
      9, 10, 10,
    ]);
    expect((await readImage(out)).image).toMatchObject({ width: 1280, height: 720 });
    const confirm = await calibrate('read', file, '--image', framePath('confirm.png'));
    expect(confirm.stdout).toMatch(/^modals +confirm$/m);
    expect(confirm.stdout).toMatch(
      /^lists\.list +\d+ whole rows, empty: \w+; \d+ actions enabled, \d+ disabled$/m,
    );
  });

  it('check: a picture of another size is told, as a cut of the screen may have been meant', async () => {
    const cut = join(folder, 'cut.png');
    const { image } = await readImage(INBOX);
    await writeFile(cut, encodePng(crop(image, { x: 0, y: 0, width: 1000, height: 600 })));
    const { code, stderr } = await calibrate('check', file, '--image', cut, '--out', out);
    expect([code, stderr.trim()]).toEqual([
      3,
      `${cut} is 1000x600 at scale 1, the calibration is of 1280x720: its places go by their pins`,
    ]);
  });

  it('lint: points that the flow beside it, or the one that is named, does not click', async () => {
    const packs = join(import.meta.dirname, '..', '..', 'calibrations');
    const shipped = join(packs, 'gtk-widget-factory', 'calibration.yaml');
    expect(jsonOf(await calibrate('lint', shipped, '--json'))).toMatchObject({ findings: [] });
    const flow = join(folder, 'one-step.ts');
    await writeFile(
      flow,
      `import { click, defineFlow, tabActive } from 'pixelproof';
const step = { act: click('tabs.inbox.click'), proves: tabActive('inbox'), blockedBy: [], keep: [], effect: 'idempotent' };
export default defineFlow({ name: 'one-step', calibration: './calibration.yaml', steps: { step },
  session: { url: 'http://127.0.0.1:9', ready: tabActive('inbox') }, async run() {} });`,
    );
    expect(await calibrate('lint', file)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('0 warnings') as string,
    });
    const more = join(folder, 'more.yaml');
    const text = await readFile(LEDGER_FILE, 'utf8');
    await writeFile(more, text.replace(/^points:/m, 'points:\n  idle: { at: [1, 1] }'));
    const { stdout } = await calibrate('lint', more, '--flow', flow);
    expect(stdout).toContain('points.idle neither the file nor a step of its flow uses it');
    expect(stdout).not.toContain('points.tab.inbox');
  });

  it('lint: what is an error there is none to run with', async () => {
    const blank = join(folder, 'blank.yaml');
    const text = await readFile(LEDGER_FILE, 'utf8');
    await writeFile(
      blank,
      text.replace(/^anchors:/m, "anchors:\n  none: { rect: [0, 0, 9, 9], dhash: '0000000000000003' }"),
    );
    const ended = await runCli('run', LEDGER_FLOW, '--calibration', blank, '--dry-run');
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/PXP_CALIBRATION .*anchors\.none: a blank patch fits it/);
  });

  it('overlay: a picture of the same size, with something on it', async () => {
    expect(await calibrate('overlay', file, '--image', INBOX, '--out', out)).toMatchObject({ code: 0 });
    const [drawn, plain] = [(await readImage(out)).image, (await readImage(INBOX)).image];
    expect([drawn.width, drawn.height]).toEqual([plain.width, plain.height]);
    expect(Buffer.compare(drawn.data, plain.data)).not.toBe(0);
  });

  it('check: exit 0 when all is held, over several pictures, one overlay each', async () => {
    const ended = await calibrate(
      ...['check', file, '--image', INBOX, '--image', framePath('confirm.png'), '--out', out, '--json'],
    );
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const { assumptions, overlay } = jsonOf(ended) as {
      assumptions: { name: string; state: string }[];
      overlay: string[];
    };
    expect(new Set(assumptions.map(({ state }) => state))).toEqual(new Set(['held', 'not-visible']));
    expect(assumptions.find(({ name }) => name === 'modals.confirm')!.state).toBe('held');
    expect(overlay).toEqual([join(folder, 'out.1.png'), join(folder, 'out.2.png')]);
  });

  it('check: exit 3 when something has drifted, in a table with both values', async () => {
    const { code, stdout } = await calibrate('check', file, '--image', MOVED, '--out', out);
    expect(code).toBe(3);
    expect(stdout).toMatch(/drifted +regions\.header +bottom 64 +bottom 76 \(0, \+12\)/);
    expect(stdout).toMatch(/1 broken, 7 drifted/);
  });

  it('check --ledger: every check is added, and what is about to fail is warned of', async () => {
    const ledger = join(folder, 'data', 'drift.jsonl');
    const check = () =>
      calibrate('check', file, '--image', INBOX, '--out', out, '--ledger', ledger, '--json');
    expect(jsonOf(await check())).toMatchObject({ trends: [] });
    const lines = (await readFile(ledger, 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(19);
    const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    // Of a swatch that has left the file since: what shows now is held as well as can be.
    const fading = [3, 2, 1].map((days) =>
      JSON.stringify({ at: ago(days), name: 'swatches.old', state: 'held', margin: 0.2 + days * 0.1 }),
    );
    await writeFile(ledger, `${fading.join('\n')}\n{"cut`);
    const ended = await check();
    expect(ended).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^warning: swatches\.old will not hold from 20/) as string,
    });
    expect(jsonOf(ended)).toMatchObject({ trends: [{ name: 'swatches.old', outlook: 'warning' }] });
    expect((await readFile(ledger, 'utf8')).trim().split('\n')).toHaveLength(3 + 19);
    await writeFile(ledger, `${fading.join('\n')}\nnonsense\n`);
    expect(await check()).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('drift.jsonl:4') as string,
    });
  });

  it('check --mutate: the share of changes that are noticed', async () => {
    const ended = await calibrate('check', file, '--mutate', '--image', framePath('archive.png'), '--json');
    expect(ended.code).toBe(0);
    const { share, mutants } = jsonOf(ended) as { share: number; mutants: number };
    expect(mutants).toBe(31);
    expect(share).toBeGreaterThanOrEqual(0.95);
    const blind = join(folder, 'blind.yaml');
    await writeFile(blind, 'version: 1\nname: blind\nviewport: { width: 1280, height: 720 }\n');
    const noticed = await calibrate('check', blind, '--mutate', '--image', framePath('archive.png'));
    expect(noticed.code).toBe(3);
  });

  it('solve: proposes a diff, writes with --write, and then the check holds', async () => {
    const before = await readFile(file, 'utf8');
    const proposed = await calibrate('solve', file, '--image', MOVED);
    expect(proposed).toMatchObject({ code: 0, stderr: '' });
    expect(proposed.stdout).toContain('+  tab.inbox: { at: [136, 100], fallbacks: [[72, 92]] }');
    expect(await readFile(file, 'utf8')).toBe(before);
    expect(jsonOf(await calibrate('solve', file, '--image', MOVED, '--write', '--json'))).toMatchObject({
      solved: true,
      written: true,
    });
    expect((await loadCalibration(file)).points['tab.inbox'].at).toEqual([136, 100]);
    expect(await calibrate('check', file, '--image', MOVED, '--out', out)).toMatchObject({ code: 0 });
    await writeFile(file, before);
  });

  it('solve: exit 3 and the reason for a redesigned layout, nothing written', async () => {
    const before = await readFile(file, 'utf8');
    const ended = await calibrate(
      'solve',
      file,
      '--image',
      framePath('redesign.q80.jpg'),
      '--write',
      '--json',
    );
    expect(ended.code).toBe(3);
    expect(jsonOf(ended)).toMatchObject({ solved: false, reason: expect.any(String) as string });
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('init: a file that passes the lint and holds, with its overlay; never over one that is there', async () => {
    const made = join(folder, 'made');
    const ended = await calibrate('init', INBOX, '--out', made, '--json');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(jsonOf(ended)).toMatchObject({ found: { tabs: 4, lists: 1 } });
    const proposed = join(made, 'calibration.yaml');
    expect(await calibrate('lint', proposed)).toMatchObject({ code: 0 });
    expect(await calibrate('check', proposed, '--image', INBOX, '--out', out)).toMatchObject({ code: 0 });
    expect((await readImage(join(made, 'overlay.png'))).image).toMatchObject({ width: 1280, height: 720 });
    expect(await calibrate('init', INBOX, '--out', made)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is a calibration already') as string,
    });
  });

  it.each<[string, string, () => string[]]>([
    ['a text to begin with', 'PXP_IMAGE_FORMAT', () => ['init', file, '--out', join(folder, 'new')]],
    [
      'a picture to sign in to',
      'PXP_USAGE',
      () => ['init', INBOX, '--flow', 'flow.ts', '--out', join(folder, 'new')],
    ],
    ['nothing to look at', 'PXP_USAGE', () => ['check', file]],
    [
      'a picture and a page',
      'PXP_USAGE',
      () => ['check', file, '--image', INBOX, '--url', 'http://127.0.0.1:1'],
    ],
    ['no url', 'PXP_USAGE', () => ['check', file, '--url', 'nowhere']],
    ['two pictures to solve by', 'PXP_USAGE', () => ['solve', file, '--image', INBOX, '--image', INBOX]],
    [
      'two pictures to draw on',
      'PXP_USAGE',
      () => ['overlay', file, '--image', INBOX, '--image', INBOX, '--out', out],
    ],
    ['no place for the overlay', 'PXP_USAGE', () => ['overlay', file, '--image', INBOX]],
    ['a missing file', 'PXP_IO', () => ['lint', join(folder, 'none.yaml')]],
    ['a picture for a calibration', 'PXP_CALIBRATION', () => ['lint', INBOX]],
    ['a missing picture', 'PXP_IO', () => ['check', file, '--image', join(folder, 'none.png')]],
    ['a calibration for a picture', 'PXP_IMAGE_FORMAT', () => ['check', file, '--image', file]],
    ['an unknown part', 'PXP_USAGE', () => ['guess', file]],
  ])('refuses %s in one line', async (_, code, args) => {
    const ended = await calibrate(...args());
    expect(ended.stderr).toMatch(new RegExp(`^pixelproof: ${code} [^\\n]+\\n$`));
    expect(ended).toMatchObject({ code: 2, stdout: '' });
  });
});
