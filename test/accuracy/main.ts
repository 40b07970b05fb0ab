import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from '../../bench/machine.js';
import { loadFlow } from '../../src/cli/load-flow.js';
import { SENSORS, type SensorName } from '../../src/cli/open-sensor.js';
import { type Tally, measureMisbehaviour } from './measure.js';
import { type PlaceboTally, measurePlacebo } from './placebo.js';
import { placeboOf, renderAccuracy, renderPlacebo, withPlacebo } from './render.js';

/** What the engine has to tell apart, one each. */
const MISBEHAVIOURS = [
  '',
  'lost=0.3',
  'delay=1500',
  'double=0.15',
  'shift=3',
  'recolor=6',
  'announce=4',
  'black=0.15',
  'ambient=5',
  'equal=0.9',
] as const;

const { values } = parseArgs({
  options: {
    transitions: { type: 'string', default: '1000' },
    sensor: { type: 'string', default: 'auto' },
    only: { type: 'string', default: '' },
    placebo: { type: 'string', default: '0' },
    parallel: { type: 'string', default: '1' },
    out: { type: 'string', default: 'docs/accuracy.md' },
  },
});
const sensor = SENSORS.find((name): name is SensorName => name === values.sensor);
const transitions = Number(values.transitions);
const windows = Number(values.placebo);
if (sensor === undefined || !Number.isInteger(transitions) || transitions < 1 || !(windows >= 0)) {
  throw new Error('--sensor has to be a sensor, --transitions and --placebo whole numbers');
}
if (!MISBEHAVIOURS.some((name) => name.includes(values.only))) {
  throw new Error(`--only has to be part of one of: ${MISBEHAVIOURS.join(' ')}; received ${values.only}`);
}
const out = resolve(values.out);
const loaded = await loadFlow(join(import.meta.dirname, '../../calibrations/ledger/flow.ts'));
const { commit } = await describeMachine();
const date = new Date().toISOString().slice(0, 10);
const tallies = new Map<string, Tally>();
const inOrder = (): Tally[] => MISBEHAVIOURS.flatMap((name) => tallies.get(name) ?? []);
const page = await readFile(out, 'utf8').catch(() => '');
// In place of the table of misbehaviours: that of windows without any input, which stands in the same file.
const confirmed = windows === 0 ? 0 : await placebo(windows, sensor);
const waiting = windows > 0 ? [] : MISBEHAVIOURS.filter((name) => name.includes(values.only));
// One file for all, written anew after each run: what was measured stands there however it ends.
const work = async (): Promise<void> => {
  for (let misbehaviour = waiting.shift(); misbehaviour !== undefined; misbehaviour = waiting.shift()) {
    await measureMisbehaviour({
      ...{ misbehaviour, transitions, loaded, sensor },
      onTally: async (tally) => {
        tallies.set(tally.misbehaviour, tally);
        const name = tally.misbehaviour || 'none';
        process.stderr.write(`${name}: ${tally.transitions} of ${transitions}, ${tally.runs} runs\n`);
        const table = renderAccuracy(inOrder(), { date, commit, sensor });
        await writeFile(out, withPlacebo(table, placeboOf(page)));
      },
    });
  }
};
await Promise.all(Array.from({ length: Number(values.parallel) }, work));
const bad = inOrder().reduce(
  (sum, { grades }) => sum + (grades['false-proof'] ?? 0) + (grades['missed-effect'] ?? 0),
  confirmed,
);
process.stderr.write(`${values.out}: ${bad} verdicts that claim what did not happen\n`);
process.exitCode = bad === 0 ? 0 : 1;

/** Answers how many windows were called proved. */
async function placebo(wanted: number, name: SensorName): Promise<number> {
  let last: readonly PlaceboTally[] = [];
  await measurePlacebo({
    ...{ windows: wanted, sensor: name },
    onTally: async (tallies) => {
      last = tallies;
      const section = renderPlacebo(tallies, { date, commit, sensor: name });
      await writeFile(out, withPlacebo(page, section));
      for (const { application, windows: count, confirmed: fooled } of tallies) {
        process.stderr.write(`${application}: ${fooled} of ${count} windows called proved\n`);
      }
    },
  });
  return last.reduce((sum, tally) => sum + tally.confirmed, 0);
}
