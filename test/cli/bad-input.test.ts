import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodePng } from '../../src/image/index.js';
import { solid } from '../support/draw.js';
import { LEDGER_FLOW, runCli } from './run-cli.js';

const GRID_FLOW = join(import.meta.dirname, '..', '..', 'calibrations', 'cheetah-grid', 'flow.ts');
let folder: string;
let picture: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pixelproof-cli-'));
  picture = join(folder, 'picture.png');
  await writeFile(picture, encodePng(solid(40, 30, [1, 2, 3])));
  await writeFile(join(folder, 'text.png'), 'no picture');
  await writeFile(join(folder, 'cut.png'), encodePng(solid(40, 30, [1, 2, 3])).subarray(0, 40));
  await writeFile(join(folder, 'calibration.yaml'), 'version: 1\nnam: ledger\n');
  await writeFile(join(folder, 'syntax.ts'), 'export default { name: \n');
  await writeFile(join(folder, 'throws.ts'), "throw new Error('two\\nlines \\u001b[31m');\n");
  await writeFile(
    join(folder, 'unproved.ts'),
    'export default { name: "x", calibration: "c", steps: {} };\n',
  );
});
afterAll(() => rm(folder, { recursive: true }));

const inFolder = (name: string): string => join(folder, name);

describe(
  'what is not as it has to be is one line on stderr, nothing on stdout, and exit code 2',
  { timeout: 30_000 },
  () => {
    it.each<[string, string, () => string[]]>([
      ['an unknown command', 'PXP_USAGE', () => ['prob']],
      ['an unknown option', 'PXP_USAGE', () => ['probe', 'rows', picture, '--fast']],
      ['a missing argument', 'PXP_USAGE', () => ['probe', 'rows']],
      ['an unknown kind of probe', 'PXP_USAGE', () => ['probe', 'toString', picture]],
      ['one picture too few', 'PXP_USAGE', () => ['probe', 'change', picture]],
      ['one picture too many', 'PXP_USAGE', () => ['probe', 'rows', picture, picture]],
      ['a region of three numbers', 'PXP_USAGE', () => ['probe', 'rows', picture, '--region', '1,2,3']],
      ['a region of letters', 'PXP_USAGE', () => ['probe', 'rows', picture, '--region', 'a,b,c,d']],
      ['a region outside', 'PXP_RECT', () => ['probe', 'rows', picture, '--region', '30,0,20,10']],
      ['a missing picture', 'PXP_IO', () => ['probe', 'rows', inFolder('none.png')]],
      ['a folder for a picture', 'PXP_IO', () => ['probe', 'rows', folder]],
      ['a text for a picture', 'PXP_IMAGE_FORMAT', () => ['probe', 'rows', inFolder('text.png')]],
      ['half a picture', 'PXP_IMAGE_CORRUPT', () => ['probe', 'rows', inFolder('cut.png')]],
      ['a missing flow', 'PXP_IO', () => ['run', inFolder('none.ts')]],
      ['a flow that is no code', 'PXP_FLOW', () => ['run', inFolder('syntax.ts')]],
      ['a flow that throws', 'PXP_FLOW', () => ['run', inFolder('throws.ts')]],
      ['a flow without steps', 'PXP_FLOW', () => ['run', inFolder('unproved.ts')]],
      ['a missing calibration', 'PXP_IO', () => ['run', LEDGER_FLOW, '--calibration', inFolder('none.yaml')]],
      [
        'a bad calibration',
        'PXP_CALIBRATION',
        () => ['run', LEDGER_FLOW, '--calibration', inFolder('calibration.yaml')],
      ],
      ['a url that is none', 'PXP_USAGE', () => ['run', LEDGER_FLOW, '--url', 'nonsense']],
      ['a viewport that is none', 'PXP_USAGE', () => ['run', LEDGER_FLOW, '--viewport', '1600']],
      ['no device pixels', 'PXP_USAGE', () => ['run', LEDGER_FLOW, '--device-scale-factor', '0']],
      [
        'half a device pixel',
        'PXP_USAGE',
        () => ['run', LEDGER_FLOW, '--viewport', '1601x900', '--device-scale-factor', '1.5'],
      ],
      [
        'a viewport without room for a point',
        'PXP_CALIBRATION',
        () => ['run', GRID_FLOW, '--viewport', '1024x768'],
      ],
      ['a data folder below a file', 'PXP_IO', () => ['run', LEDGER_FLOW, '--data', join(picture, 'data')]],
      ['no url', 'PXP_USAGE', () => ['capture', 'nowhere']],
      ['a size that is none', 'PXP_USAGE', () => ['capture', 'http://127.0.0.1:1', '--size', 'big']],
      [
        'an unknown misbehaviour',
        'PXP_USAGE',
        () => ['demo', '--misbehave', 'naughty=1', '--data', inFolder('demo')],
      ],
      ['no rows', 'PXP_USAGE', () => ['demo', '--rows', '0']],
      ['runs where there are none', 'PXP_USAGE', () => ['timeline', 'last', '--data', inFolder('no-data')]],
      ['a report where there is none', 'PXP_USAGE', () => ['report', 'last', '--data', inFolder('no-data')]],
    ])('%s', async (_, code, args) => {
      const ended = await runCli(...args(), '--json');
      expect(ended.stderr).toMatch(new RegExp(`^pixelproof: ${code} [^\\n]+\\n$`));
      expect(ended).toMatchObject({ code: 2, stdout: '' });
      // eslint-disable-next-line no-control-regex -- terminals obey them
      expect(ended.stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    });

    it('names line and column of a calibration', async () => {
      const { stderr } = await runCli('run', LEDGER_FLOW, '--calibration', inFolder('calibration.yaml'));
      expect(stderr).toContain('calibration.yaml:2:1:');
    });

    it('shows control characters of names, and does not obey them', async () => {
      const { stderr } = await runCli('probe', 'rows', 'red\u001b[31m\nnext \u009b2J.png');
      expect(stderr).toContain('red\\u001b[31m\\u000anext \\u009b2J.png');
      expect(stderr.split('\n')).toHaveLength(2);
    });

    it('leaves no folder behind where it only looked', async () => {
      await runCli('timeline', 'last', '--data', inFolder('no-data'));
      expect(await readdir(folder)).not.toContain('no-data');
    });
  },
);
