import type { Command } from 'commander';
import { PixelproofError, systemClock } from '../../core/index.js';
import { type Replay, replayRun } from '../../runtime/index.js';
import { createVisualEngine } from '../../visual/index.js';
import { loadFlow } from '../load-flow.js';
import { findRun, openStores } from '../open-stores.js';
import { createOutput } from '../output.js';

interface ReplayOptions {
  readonly flow?: string;
  readonly calibration?: string;
  readonly data: string;
  readonly json?: boolean;
}

export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description("decides a run's verdicts again from its pictures, with today's flow and calibration")
    .argument('<run>', 'its id, or last')
    .option('--flow <file>', 'flow file (default: that of the run)')
    .option('--calibration <file>', "calibration file (default: the flow's)")
    .option('--data <folder>', 'runs, timelines and pictures', '.pixelproof')
    .option('--json', 'print the result as JSON')
    .action(async (wanted: string, { flow: file, calibration, data, json = false }: ReplayOptions) => {
      const { store, artifacts } = await openStores(data, { mustExist: true });
      try {
        const { runId } = await findRun(store, wanted);
        const events = await store.events(runId);
        const run = events.find((event) => event.type === 'flow.loaded');
        const flow = file ?? run?.file;
        if (flow === undefined) {
          throw new PixelproofError('PXP_USAGE', 'the run does not say which flow it was of', {
            what: '--flow',
            expected: 'the flow file',
            received: `run ${runId}`,
          });
        }
        const loaded = await loadFlow(flow, { calibration, viewport: run?.viewport });
        const engine = createVisualEngine({
          screen: { source: noScreen, actuator: noScreen },
          calibration: loaded.calibration,
          clock: systemClock,
          screens: new Map(Object.entries(loaded.flow.screens ?? {})),
          blockers: new Map(
            Object.entries(loaded.flow.session.blockers ?? {}).map(([name, { when }]) => [name, when]),
          ),
          ambientTiles: events.findLast((event) => event.type === 'ambient.learned')?.tiles,
        });
        const replay = await replayRun(events, { flow: loaded.flow, engine, artifacts });
        createOutput({ json }).result({ runId, ...replay }, spell(replay));
        process.exitCode = replay.differences.length === 0 ? 0 : 1;
      } finally {
        await store.close();
      }
    });
}

function noScreen(): never {
  throw new PixelproofError('PXP_USAGE', 'a replay looks at no screen');
}

function spell({ decided, withoutPicture, differences }: Replay): string {
  return [
    `${decided} verdicts decided again, ${differences.length} differ, ${withoutPicture} have no picture to decide by`,
    ...differences.map(
      ({ intentId, step, stored, now }) =>
        `${intentId} ${step}: ${stored.verdict} (${stored.reason}), now ${now.verdict} (${now.reason})`,
    ),
  ].join('\n');
}
