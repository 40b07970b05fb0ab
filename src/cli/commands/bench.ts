import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError } from 'commander';
import { createJiti } from 'jiti';
import { type ErrorCode, ERROR_CATALOGUE, PixelproofError } from '../../core/index.js';
import { parseWhole } from '../arguments.js';
import { createOutput } from '../output.js';
import { PACKAGE_FOLDER } from '../package-info.js';

type Peer = 'playwright' | 'puppeteer';

interface BenchCommandOptions {
  readonly vs?: readonly Peer[];
  readonly quick?: boolean;
  readonly only?: string;
  readonly soak?: number;
  readonly out: string;
  readonly json?: boolean;
}

/** What the command needs of `bench/main.ts`, which is no part of the build. */
export interface BenchModule {
  readonly runBench: (
    request: Readonly<{
      peers?: readonly Peer[];
      quick: boolean;
      only?: string;
      soak?: number;
      folder: string;
      onProgress: (line: string) => void;
    }>,
  ) => Promise<{
    readonly result: unknown;
    readonly table: string;
    readonly files: Readonly<{ json: string; page: string }>;
  }>;
}

export function addBenchCommand(program: Command): void {
  program
    .command('bench')
    .description('sensors, formats, decoders, probes and click to proof on this machine')
    .option('--vs <peers>', 'playwright,puppeteer or none; default: those that are installed', parsePeers)
    .option('--quick', 'fewer cases and samples, under 40 s')
    .option('--only <text>', 'only cases whose name contains it')
    .option('--soak <n>', 'also n transitions in a row per sensor', parseWhole({ min: 1, max: 1e6 }))
    .option('--out <folder>', 'where results and their page of plots go', 'bench/results')
    .option('--json', 'print the result as JSON')
    .action(async ({ vs, quick = false, only, soak, out, json = false }: BenchCommandOptions) => {
      const output = createOutput({ json });
      const { runBench } = await loadBench();
      const request = { peers: vs, quick, only, soak, folder: resolve(out) };
      try {
        const { result, table, files } = await runBench({
          ...request,
          onProgress: (line) => output.progress(line),
        });
        output.result(result, table);
        output.note(`results in ${files.json}, plots in ${files.page}`);
      } catch (error) {
        throw asOwnError(error);
      }
    });
}

function parsePeers(text: string): readonly Peer[] {
  const names = text === 'none' ? [] : text.split(',');
  const known = names.filter((name): name is Peer => name === 'playwright' || name === 'puppeteer');
  if (known.length < names.length)
    throw new InvalidArgumentError('expected playwright,puppeteer, one of them, or none.');
  return known;
}

/** By jiti, as flows are. What the benchmark imports of `src` is this very build, so what is timed is what is shipped. */
async function loadBench(): Promise<BenchModule> {
  const file = join(PACKAGE_FOLDER, 'bench', 'main.ts');
  try {
    await access(file);
  } catch (cause) {
    throw new PixelproofError('PXP_USAGE', 'the benchmark is not part of this installation', {
      what: file,
      hint: 'run it in a clone of the repository',
      cause,
    });
  }
  const build = fileURLToPath(new URL('../..', import.meta.url));
  const jiti = createJiti(import.meta.url, {
    alias: { '../src': build, '../../src': build },
    fsCache: false,
  });
  return jiti.import<BenchModule>(file);
}

/** jiti gives the benchmark a copy of the error class of its own. */
function asOwnError(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== 'PixelproofError' || !('code' in error)) return error;
  if (typeof error.code !== 'string' || !Object.hasOwn(ERROR_CATALOGUE, error.code)) return error;
  return new PixelproofError(error.code as ErrorCode, error.message, { cause: error.cause });
}
