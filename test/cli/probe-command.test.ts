import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePng } from '../../src/image/index.js';
import { paint, solid } from '../support/draw.js';
import { LEDGER_FLOW, jsonOf, runCli, startCli } from './run-cli.js';

let folder: string;
let before: string;
let after: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixelproof-cli-'));
  [before, after] = [join(folder, 'before.png'), join(folder, 'after.png')];
  const white = solid(160, 120, [255, 255, 255]);
  const button = paint(white, { x: 20, y: 30, width: 60, height: 24 }, [46, 158, 79]);
  await writeFile(before, encodePng(white));
  await writeFile(after, encodePng(button));
});
afterAll(() => rm(folder, { recursive: true }));

async function probe(...args: string[]): Promise<unknown> {
  const ended = await runCli('probe', ...args, '--json');
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  return jsonOf(ended);
}

describe('probe prints one record, in image pixels', { timeout: 30_000 }, () => {
  it('components', async () => {
    expect(await probe('components', after, '--color', '#2e9e4f')).toEqual({
      components: [
        expect.objectContaining({ x: 20, y: 30, width: 60, height: 24, area: 1440, color: '#2e9e4f' }),
      ],
    });
  });

  it('components in a region, still in image pixels', async () => {
    const args = ['--color', '#2e9e4f', '--region', '10,20,100,90'];
    expect(await probe('components', after, ...args)).toMatchObject({ components: [{ x: 20, y: 30 }] });
  });

  it('change, of equal pictures and of different ones', async () => {
    expect(await probe('change', before, before)).toMatchObject({ score: 0, bbox: null, tiles: [] });
    const { score, bbox } = (await probe('change', before, after)) as { score: number; bbox: object };
    expect(score).toBeGreaterThan(0);
    expect(bbox).toMatchObject({ x: expect.any(Number) as number, width: expect.any(Number) as number });
  });

  it.each([
    ['rows', ['rows', 'pitch']],
    ['signature', ['sha256', 'dhash', 'phash']],
    ['empty', ['state']],
  ])('%s', async (kind, keys) => {
    expect(Object.keys((await probe(kind, before)) as object)).toEqual(expect.arrayContaining(keys));
  });

  it('veil', async () => {
    expect(await probe('veil', before, before)).toMatchObject({ open: false, box: null, state: 'closed' });
  });

  it('template, in a region too', async () => {
    const button = { x: 20, y: 30, width: 60, height: 24 };
    const patch = join(folder, 'patch.png');
    await writeFile(patch, encodePng(solid(60, 24, [46, 158, 79])));
    expect(await probe('template', after, patch)).toMatchObject({ found: true, ...button, score: 1 });
    expect(await probe('template', after, patch, '--region', '10,20,100,90')).toMatchObject(button);
    expect(await probe('template', before, patch)).toMatchObject({ found: false });
    await writeFile(patch, encodePng(solid(60, 24, [50, 158, 79])));
    expect(await probe('template', after, patch)).toMatchObject({ found: true, ...button });
    expect(await probe('template', after, patch, '--min-score', '1')).toMatchObject({ reason: 'weak' });
  });

  it('stability: a blank frame is flat', async () => {
    expect(await probe('stability', after, after)).toMatchObject({ state: 'stable', moved: [] });
    const moving = await probe('stability', before, after, '--tile', '40');
    expect(moving).toMatchObject({
      state: 'moving',
      moved: [{ x: 0, y: 0 }, { x: 40 }, { y: 40 }, { x: 40 }],
    });
    expect(await probe('stability', after, before)).toMatchObject({ state: 'flat' });
  });

  it('for people it is indented', async () => {
    const { stdout } = await runCli('probe', 'change', before, before);
    expect(stdout.split('\n').length).toBeGreaterThan(3);
  });
});

describe('the command itself', { timeout: 30_000 }, () => {
  it('tells its version, and help is no mistake', async () => {
    expect(await runCli('--version')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
    expect(await runCli('run', '--help')).toMatchObject({ code: 0, stderr: '' });
  });

  it('checks a flow and its calibration without starting anything', async () => {
    const ended = await runCli('run', LEDGER_FLOW, '--dry-run', '--json');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(jsonOf(ended)).toMatchObject({
      flow: 'ledger-collector',
      ok: true,
      steps: expect.arrayContaining(['collectRow']) as string[],
    });
  });

  it('does not crash when nobody reads what it says', async () => {
    const good = startCli(['probe', 'signature', before]);
    good.child.stdout!.destroy();
    expect(await good.ended).toMatchObject({ code: 0, stderr: '' });
    const bad = startCli(['probe', 'signature', join(folder, 'none.png')]);
    bad.child.stderr!.destroy();
    expect(await bad.ended).toMatchObject({ code: 2 });
  });
});
