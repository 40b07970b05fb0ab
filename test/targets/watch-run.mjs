// Runs a flow with the built package and, before a step's first click and at each verdict, asks the accessibility bus for the state of every
// widget. Plain Node, a process of its own: the flow and the engine have to share one copy of the package.
// Use: node watch-run.mjs FLOW URL DATA; prints {report, moments} as JSON.
import { spawnSync } from 'node:child_process';
import { executeRun } from '../../dist/cli/execute-run.js';
import { loadFlow } from '../../dist/cli/load-flow.js';

const STATE = new URL('../../scripts/targets/atspi-state.py', import.meta.url).pathname;
const [flow, url, dataDir] = process.argv.slice(2);

const moments = [];
const { result, report } = await executeRun({
  loaded: await loadFlow(flow),
  url,
  dataDir,
  sensor: 'screenshot',
  // Synchronous, so that the engine does not go on before the state is read.
  onEvent: (event) => {
    const isFirst = event.type === 'step.intent' && event.attempt === 1;
    if (!isFirst && event.type !== 'step.verdict') return;
    moments.push({ event, widgets: readState() });
  },
});
if (result.error !== null) process.stderr.write(`${String(result.error)}\n`);
process.stdout.write(JSON.stringify({ report, moments }));

function readState() {
  // Not the python3 of the path: the Debian package is for Debian's.
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', [STATE], {
    encoding: 'utf8',
    timeout: 20_000,
    maxBuffer: 1 << 24,
  });
  if (status !== 0) throw new Error(`the accessibility bus does not answer: ${stderr}`);
  return JSON.parse(stdout);
}
