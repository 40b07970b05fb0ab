import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Point, type Rect, containsPoint } from '../../src/core/index.js';
import type { StoredEvent } from '../../src/runtime/index.js';
import type { TransitionRecord } from '../../src/visual/index.js';
import type { Target } from './start-target.js';

/** One widget as the accessibility bus has it; boxes in pixels of the page. */
export interface Widget extends Rect {
  readonly role: string;
  readonly name: string;
  readonly states: readonly string[];
}

/** One click: the engine's record of it, and what the widgets were before its step's first click and at its verdict. */
export interface WatchedStep {
  readonly record: TransitionRecord;
  readonly before: readonly Widget[];
  readonly after: readonly Widget[];
}

export interface WatchedRun {
  readonly report: { readonly outcome: string; readonly units: number; readonly verdicts: object };
  readonly steps: readonly WatchedStep[];
}

interface Moment {
  readonly event: Extract<StoredEvent, { type: 'step.intent' | 'step.verdict' }>;
  readonly widgets: readonly Widget[];
}

/** Runs the flow on the target, with the accessibility bus as a witness of each click. */
export async function watchedRun(target: Target, flow: string, dataDir: string): Promise<WatchedRun> {
  const script = join(import.meta.dirname, 'watch-run.mjs');
  const child = spawn(process.execPath, [script, flow, target.url, dataDir], {
    env: { ...process.env, ...environmentOf(target) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(said.stderr);
  const { report, moments } = JSON.parse(said.stdout) as {
    report: WatchedRun['report'];
    moments: readonly Moment[];
  };
  const steps = moments.flatMap(({ event, widgets: after }) => {
    if (event.type !== 'step.verdict') return [];
    const intent = moments.findLast(
      (each) => each.event.type === 'step.intent' && each.event.seq < event.seq,
    )!;
    return [{ record: event.record, before: intent.widgets, after }];
  });
  return { report, steps };
}

/** Every widget of the target that shows. */
export function readWidgets(target: Target): readonly Widget[] {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'targets', 'atspi-state.py');
  // Not the python3 of the path: the Debian package is for Debian's.
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', [script], {
    env: { ...process.env, ...environmentOf(target) },
    encoding: 'utf8',
    timeout: 20_000,
    maxBuffer: 1 << 24,
  });
  if (status !== 0) throw new Error(`the accessibility bus does not answer: ${stderr}`);
  return JSON.parse(stdout) as Widget[];
}

/** What the target printed as `NAME=value`. */
function environmentOf({ notes }: Target): Record<string, string> {
  return Object.fromEntries(notes.map((note) => note.split(/=(.*)/s, 2) as [string, string]));
}

/** The widget at the point; where several overlap, the smallest. */
export function widgetAt(widgets: readonly Widget[], point: Point): Widget {
  const under = widgets.filter((each) => containsPoint(each, point));
  const widget = under.sort((a, b) => a.width * a.height - b.width * b.height).at(0);
  if (widget === undefined) throw new Error(`no widget at ${point.x}, ${point.y}`);
  return widget;
}
