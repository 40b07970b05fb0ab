import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type LedgerServer,
  type LedgerOptions,
  startLedgerServer,
} from '../../calibrations/ledger/app/server.mjs';
import type { StoredEvent, TimelineEvent } from '../../src/runtime/index.js';
import { type Ended, LEDGER_FLOW, jsonOf, runCli, startCli } from '../cli/run-cli.js';

let data: string;
let server: LedgerServer | undefined;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'pixelproof-run-'));
});
afterEach(async () => {
  await server?.close();
  await rm(data, { recursive: true, force: true, maxRetries: 5 });
});

async function start(options: LedgerOptions) {
  server = await startLedgerServer(options);
  const args = ['run', LEDGER_FLOW, '--url', server.url, '--data', data, '--json'];
  return { application: server, args, run: (): Promise<Ended> => runCli(...args) };
}

/** Clicks on a row's action that the application took, by row; those it lost by itself do not count. */
function takenClicks(application: LedgerServer): number[] {
  const perRow = new Map<number, number>();
  for (const { row, lost } of application.truth().clicks) {
    if (row !== null && !lost) perRow.set(row, (perRow.get(row) ?? 0) + 1);
  }
  return [...perRow.values()];
}

async function eventsOf(run = 'last'): Promise<StoredEvent[]> {
  return jsonOf(await runCli('timeline', run, '--data', data, '--json')) as StoredEvent[];
}

type Of<T extends TimelineEvent['type']> = Extract<StoredEvent, { type: T }>;
const intentsOf = (events: readonly StoredEvent[]) =>
  events.filter((event): event is Of<'step.intent'> => event.type === 'step.intent');

/** Every picture these events refer to is on disk, whole. */
function expectPictures(events: readonly StoredEvent[]): void {
  for (const { before, evidence } of intentsOf(events)) {
    for (const { sha256, sizeBytes } of [before, ...evidence]) {
      const bytes = readFileSync(join(data, 'artifacts', 'sha256', sha256.slice(0, 2), `${sha256}.png`));
      expect(bytes).toHaveLength(sizeBytes);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
  }
}

test('a run collects every row with one click each, and says so in one line of JSON', async () => {
  const { application, run } = await start({ rows: 6 });
  const ended = await run();
  expect(ended.code, ended.stderr).toBe(0);
  const report = jsonOf(ended) as { report: string; verdicts: object; runId: string };
  const quantiles = { p50: expect.any(Number) as number, p95: expect.any(Number) as number };
  expect(report).toEqual({
    runId: expect.stringMatching(/^\d{8}T\d{6}-[0-9a-f]{6}$/) as string,
    outcome: 'done',
    units: 6,
    reviews: 0,
    verdicts: { proved: expect.any(Number) as number },
    sensor: expect.any(String) as string,
    cycleMs: quantiles,
    confirmMs: quantiles,
    dataDir: data,
    report: expect.any(String) as string,
  });
  expect(existsSync(report.report)).toBe(true);
  expect(application.truth()).toMatchObject({ remaining: 0, doubles: 0 });
  expect(takenClicks(application)).toEqual(Array(6).fill(1));

  const events = await eventsOf(report.runId);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  const rows = intentsOf(events).filter(({ step }) => step === 'collectRow');
  expect(rows).toHaveLength(6);
  for (const { evidence } of rows) expect(evidence).toHaveLength(1);
  expectPictures(events);

  const written = jsonOf(await runCli('report', 'last', '--data', data, '--json')) as { file: string };
  expect(readFileSync(written.file, 'utf8')).toMatch(/^<!doctype html>/i);
  const replay = await runCli('replay', 'last', '--data', data, '--json');
  expect(jsonOf(replay)).toMatchObject({ decided: expect.any(Number) as number, differences: [] });
  expect((jsonOf(replay) as { decided: number }).decided).toBeGreaterThan(6);
});

test('a run collects every row of an application that loses clicks, is late, announces, expires and moves', async () => {
  const misbehave = { lost: 0.1, delay: 400, announce: 4, expire: 5, shift: 4 };
  const { application, run } = await start({ rows: 7, seed: 3, misbehave });
  const ended = await run();
  expect(ended.code, ended.stderr).toBe(0);
  expect(jsonOf(ended)).toMatchObject({ outcome: 'done', units: 7 });
  expect(application.truth()).toMatchObject({ remaining: 0 });
  expect(application.truth().lost, 'the seed has to lose some').toBeGreaterThan(0);
  expect(takenClicks(application)).toEqual(Array(7).fill(1));
}, 120_000);

test('a click that fires twice is never counted: exit code 3, and the pictures are there', async () => {
  const { application, run } = await start({ rows: 6, misbehave: { double: 1 } });
  const ended = await run();
  expect(ended.code, ended.stderr).toBe(3);
  expect(ended.stderr).toMatch(/^pixelproof: PXP_STEP /m);
  expect(jsonOf(ended)).toMatchObject({ outcome: 'parked', units: 0 });
  expect(application.truth().doubles).toBeGreaterThan(0);
  const events = await eventsOf();
  const review = events.find((event): event is Of<'review.opened'> => event.type === 'review.opened')!;
  expect(review.pictures.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['before', 'after', 'evidence']),
  );
  expectPictures(events);
});

test('killed twice, the third run finishes: no row is clicked twice, and every click has its picture', async () => {
  const { application, args, run } = await start({ rows: 10 });
  for (const rows of [3, 6]) {
    const { child, ended } = startCli(args);
    await expect
      .poll(() => application.truth().collected.length, { timeout: 40_000, interval: 5 })
      .toBeGreaterThanOrEqual(rows);
    child.kill('SIGKILL');
    expect(await ended).toMatchObject({ code: 'SIGKILL' });
  }
  const last = await run();
  expect(last.code, last.stderr).toBe(0);
  expect(application.truth()).toMatchObject({ remaining: 0 });
  expect(takenClicks(application)).toEqual(Array(10).fill(1));

  const { runId } = jsonOf(last) as { runId: string };
  const { openSqliteRunStore } = await import('../../src/store/index.js');
  const { timelineEventSchema } = await import('../../src/runtime/index.js');
  const { systemClock } = await import('../../src/core/index.js');
  const parse = (value: unknown) => timelineEventSchema.parse(value);
  const store = await openSqliteRunStore({
    file: join(data, 'pixelproof.sqlite'),
    clock: systemClock,
    parse,
  });
  const runs = await store.runs();
  expect(runs.map(({ state }) => state)).toEqual(['done', 'failed', 'failed']);
  expect(runs[0].runId).toBe(runId);
  const events = (await Promise.all(runs.map((each) => store.events(each.runId)))).flat();
  await store.close();
  const clicks = application.truth().clicks.filter(({ row }) => row !== null).length;
  const rows = intentsOf(events).filter(({ step }) => step === 'collectRow');
  // An intent may have died before its click; no click is without its intent.
  expect(rows.length).toBeGreaterThanOrEqual(clicks);
  expectPictures(events);
}, 120_000);

test('a second run on the same target is refused with 4; SIGTERM lets the first finish its unit and end with 130', async () => {
  const { application, args, run } = await start({ rows: 14 });
  const first = startCli(args);
  await expect
    .poll(() => application.truth().collected.length, { timeout: 40_000, interval: 20 })
    .toBeGreaterThanOrEqual(1);
  const second = await run();
  expect(second).toMatchObject({ code: 4, stdout: '' });
  expect(second.stderr).toMatch(/^pixelproof: PXP_LEASE [^\n]+\n$/);

  first.child.kill('SIGTERM');
  const ended = await first.ended;
  expect(ended.code, ended.stderr).toBe(130);
  expect(jsonOf(ended)).toMatchObject({
    outcome: 'cancelled',
    units: application.truth().collected.length,
  });
  const events = await eventsOf();
  expect(events.find(({ type }) => type === 'stop.requested')).toMatchObject({ mode: 'drain' });
  expect(events.at(-1)).toMatchObject({ type: 'run.state', state: 'cancelled' });
});
