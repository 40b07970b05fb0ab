import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeMachine } from '../../bench/machine.js';
import { loadFlow } from '../../src/cli/load-flow.js';
import { SENSORS, type SensorName } from '../../src/cli/open-sensor.js';
import { type ListTally, measureLists } from './lists.js';
import { replaceSection } from './page.js';
import { measurePlacebo } from './placebo.js';
import { type Circumstances, renderLists, renderPlacebo, renderSurvival, renderVerdicts } from './render.js';
import { SITUATIONS, type Survival, measureSurvival } from './survival.js';
import { type Tally, measureMisbehaviour } from './verdicts.js';

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

/** Each answers how often the engine was not what it promises. */
const MEASUREMENTS = { verdicts, placebo, survival, lists };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    transitions: { type: 'string', default: '1000' },
    windows: { type: 'string', default: '2000' },
    rows: { type: 'string', default: '12' },
    lists: { type: 'string', default: '600' },
    from: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    parallel: { type: 'string', default: '1' },
    sensor: { type: 'string', default: 'auto' },
    out: { type: 'string', default: 'docs/accuracy.md' },
  },
});
const name = oneOf(Object.keys(MEASUREMENTS) as (keyof typeof MEASUREMENTS)[], positionals[0] ?? 'verdicts');
const sensor: SensorName = oneOf(SENSORS, values.sensor);
const { only } = values;
const out = resolve(values.out);
const loaded = await loadFlow(join(import.meta.dirname, '../../calibrations/ledger/flow.ts'));
const { commit } = await describeMachine();
const circumstances: Circumstances = { date: new Date().toISOString().slice(0, 10), commit, sensor };

// An exit ends the applications that were started; a signal alone does not.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const broken = await MEASUREMENTS[name]();
process.stderr.write(`${values.out}: ${broken} broken promises\n`);
process.exitCode = broken === 0 ? 0 : 1;

/** Verdicts that claim what did not happen, and effects without a verdict. */
async function verdicts(): Promise<number> {
  const transitions = whole(values.transitions);
  const tallies = new Map<string, Tally>();
  const inOrder = (): Tally[] => MISBEHAVIOURS.flatMap((each) => tallies.get(each) ?? []);
  await sideBySide(MISBEHAVIOURS, (misbehaviour) =>
    measureMisbehaviour({
      ...{ misbehaviour, transitions, loaded, sensor },
      onTally: (tally) => {
        tallies.set(tally.misbehaviour, tally);
        save(
          renderVerdicts(inOrder(), circumstances),
          `${misbehaviour || 'none'}: ${tally.transitions} of ${transitions}, ${tally.runs} runs`,
        );
      },
      onKept: (dataDir) => {
        console.log(`${misbehaviour || 'none'}: a run with findings is kept in ${dataDir}`);
      },
    }),
  );
  return inOrder().reduce(
    (sum, { grades, unclaimed }) =>
      sum + (grades['false-proof'] ?? 0) + (grades['missed-effect'] ?? 0) + unclaimed,
    0,
  );
}

/** Windows without any input that were called proved. */
async function placebo(): Promise<number> {
  let fooled = 0;
  await measurePlacebo({
    ...{ windows: whole(values.windows), sensor },
    onTally: (tallies) => {
      fooled = tallies.reduce((sum, { confirmed }) => sum + confirmed, 0);
      const windows = tallies.reduce((sum, tally) => sum + tally.windows, 0);
      save(renderPlacebo(tallies, circumstances), `${fooled} of ${windows} windows called proved`);
    },
  });
  return fooled;
}

/** Situations that the dynamic mode survives and the hybrid mode, which is to do all that it does, does not. */
async function survival(): Promise<number> {
  const rows = whole(values.rows);
  const survivals = new Map<string, Survival>();
  const inOrder = (): Survival[] => SITUATIONS.flatMap((each) => survivals.get(each) ?? []);
  await sideBySide(SITUATIONS, async (situation) => {
    survivals.set(situation, await measureSurvival({ situation, rows, loaded, sensor }));
    save(renderSurvival(inOrder(), circumstances), `${situation || 'none'}: seen in each mode`);
  });
  return inOrder().filter(({ byMode: { hybrid, dynamic } }) => dynamic.survived && !hybrid.survived).length;
}

/** Lists of which the rows are sure and wrong in the lossless picture. */
async function lists(): Promise<number> {
  const tallies: ListTally[] = [];
  await measureLists({
    ...{ lists: whole(values.lists), from: whole(values.from) },
    onTally: (tally) => {
      tallies.push(tally);
      save(renderLists(tallies, circumstances), `${tally.look}: ${tally.lists} lists`);
    },
  });
  return tallies.reduce((sum, { grades }) => sum + grades.png.wrong, 0);
}

/** Those of the names that `--only` is part of, as many at a time as `--parallel` says. */
async function sideBySide<Name extends string>(
  names: readonly Name[],
  measure: (each: Name) => Promise<void>,
): Promise<void> {
  const waiting = names.filter((each) => each.includes(only));
  if (waiting.length === 0) {
    throw new Error(`--only has to be part of one of: ${names.join(' ')}; received ${only}`);
  }
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await measure(next);
  };
  await Promise.all(Array.from({ length: whole(values.parallel) }, work));
}

/** Written anew after each part: what was measured stands there however it ends. */
function save(section: string, progress: string): void {
  process.stderr.write(`${progress}\n`);
  const page = existsSync(out) ? readFileSync(out, 'utf8') : '# Accuracy\n';
  writeFileSync(out, replaceSection(page, name, section));
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`expected a whole number from 1; received ${text}`);
  return value;
}

function oneOf<Name extends string>(names: readonly Name[], given: string): Name {
  const found = names.find((each) => each === given);
  if (found === undefined) throw new Error(`expected one of: ${names.join(' ')}; received ${given}`);
  return found;
}
