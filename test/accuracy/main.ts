import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from '../../bench/machine.js';
import { loadFlow } from '../../src/cli/load-flow.js';
import { SENSORS, type SensorName } from '../../src/cli/open-sensor.js';
import { type Tally, measureMisbehaviour } from './measure.js';
import { renderAccuracy } from './render.js';

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
    parallel: { type: 'string', default: '1' },
    out: { type: 'string', default: 'docs/accuracy.md' },
  },
});
const sensor = SENSORS.find((name): name is SensorName => name === values.sensor);
const transitions = Number(values.transitions);
if (sensor === undefined || !Number.isInteger(transitions) || transitions < 1) {
  throw new Error('--sensor has to be a sensor, --transitions a whole number from 1');
}
const loaded = await loadFlow(join(import.meta.dirname, '../../calibrations/ledger/flow.ts'));
const { commit } = await describeMachine();
const date = new Date().toISOString().slice(0, 10);
const tallies = new Map<string, Tally>();
const inOrder = (): Tally[] => MISBEHAVIOURS.flatMap((name) => tallies.get(name) ?? []);
const waiting = MISBEHAVIOURS.filter((name) => name.includes(values.only));
// One file for all, written anew after each run: what was measured stands there however it ends.
const work = async (): Promise<void> => {
  for (let misbehaviour = waiting.shift(); misbehaviour !== undefined; misbehaviour = waiting.shift()) {
    await measureMisbehaviour({
      ...{ misbehaviour, transitions, loaded, sensor },
      onTally: async (tally) => {
        tallies.set(tally.misbehaviour, tally);
        const name = tally.misbehaviour || 'none';
        process.stderr.write(`${name}: ${tally.transitions} of ${transitions}, ${tally.runs} runs\n`);
        await writeFile(resolve(values.out), renderAccuracy(inOrder(), { date, commit, sensor }));
      },
    });
  }
};
await Promise.all(Array.from({ length: Number(values.parallel) }, work));
const bad = inOrder().reduce(
  (sum, { grades }) => sum + (grades['false-proof'] ?? 0) + (grades['missed-effect'] ?? 0),
  0,
);
process.stderr.write(`${values.out}: ${bad} verdicts that claim what did not happen\n`);
process.exitCode = bad === 0 ? 0 : 1;
