import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PixelproofError } from '../src/core/index.js';
import { busyProcessors } from './busy-processors.js';
import { collectingCases } from './cases/collecting.js';
import { cyclingCases } from './cases/cycling.js';
import { decodingCases } from './cases/decoding.js';
import { loopingCases } from './cases/looping.js';
import { probingCases } from './cases/probing.js';
import { scalingCases } from './cases/scaling.js';
import { sensingCases } from './cases/sensing.js';
import { soakingCases } from './cases/soaking.js';
import { describeMachine } from './machine.js';
import { servePage } from './page.js';
import { installedPeers, requirePeer } from './peers/open-peer.js';
import { ratiosOf } from './ratios.js';
import { type BenchOptions, type PeerName, Recorder } from './recorder.js';
import { renderPage } from './render-page.js';
import { renderTable } from './render-table.js';
import type { BenchResult } from './result.js';

export interface BenchRequest extends Omit<BenchOptions, 'peers'> {
  /** Default: those that are installed. */
  readonly peers?: readonly PeerName[];
  /** Where the results go. */
  readonly folder: string;
}

export interface BenchReport {
  readonly result: BenchResult;
  /** The same for people at a terminal. */
  readonly table: string;
  readonly files: Readonly<{ json: string; page: string }>;
}

/** Processors that others may use before a note says so: a desktop at rest stays below. */
const BUSY = 0.3;

/**
 * Measures this machine: decoders, probes, sensors, click to proof against other tools, the collector's loop, sessions
 * in parallel. Writes `<date>-<commit>.json` and a page of plots beside it. Every picture that is timed is also read: a
 * wrong one ends the benchmark with an error, and no number of it is kept.
 *
 * Errors: PXP_USAGE (a peer that is not installed, no such case), PXP_IO (folder), those of launching and driving a browser.
 */
export async function runBench({ folder, ...options }: BenchRequest): Promise<BenchReport> {
  const peers = options.peers ?? (await installedPeers());
  for (const peer of peers) await requirePeer(peer);
  const recorder = new Recorder({ ...options, peers });
  const machine = await describeMachine();
  const busy = await busyProcessors();
  if (busy > BUSY) {
    recorder.note(
      `others kept ${busy.toFixed(1)} of ${machine.cpus} processors busy when the run began: its milliseconds are too long, its ratios uncertain`,
    );
  }
  const server = await servePage();
  try {
    // First: what other cases leave in Node's memory would make any growth look small.
    await soakingCases(recorder, server);
    await decodingCases(recorder);
    await probingCases(recorder);
    await sensingCases(recorder, server);
    await loopingCases(recorder, server);
    await collectingCases(recorder, server);
    await cyclingCases(recorder, server);
    await scalingCases(recorder, server);
  } finally {
    await server.close();
  }
  const { cases, notes } = recorder;
  if (cases.length === 0) {
    throw new PixelproofError('PXP_USAGE', 'no case has that in its name', {
      what: '--only',
      expected: 'a part of a name such as click-to-proof:frame-control',
      received: options.only,
    });
  }
  const result = { machine, cases, ratios: ratiosOf(cases), notes };
  const files = await writeResult(result, folder);
  return { result, table: renderTable(result), files };
}

async function writeResult(result: BenchResult, folder: string): Promise<BenchReport['files']> {
  const date = new Date().toISOString().slice(0, 19).replaceAll(':', '');
  const name = join(folder, `${date}-${result.machine.commit}`);
  const files = { json: `${name}.json`, page: `${name}.html` };
  await mkdir(folder, { recursive: true });
  await writeFile(files.json, `${JSON.stringify(result, null, 2)}\n`);
  await writeFile(files.page, renderPage(result, date));
  return files;
}
