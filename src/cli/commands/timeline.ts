import type { Command } from 'commander';
import { printableName } from '../../image/index.js';
import type { StoredEvent } from '../../runtime/index.js';
import { findRun, openStores } from '../open-stores.js';
import { actionText } from '../../report/index.js';
import { createOutput } from '../output.js';

export function addTimelineCommand(program: Command): void {
  program
    .command('timeline')
    .description("a run's events")
    .argument('<run>', 'its id, or last')
    .option('--data <folder>', 'runs, timelines and pictures', '.pixelproof')
    .option('--json', 'print the events as a JSON array')
    .action(async (wanted: string, { data, json = false }: Readonly<{ data: string; json?: boolean }>) => {
      const { store } = await openStores(data, { mustExist: true });
      try {
        const { runId } = await findRun(store, wanted);
        const events = await store.events(runId);
        createOutput({ json }).result(events, events.map(spellEvent).join('\n'));
      } finally {
        await store.close();
      }
    });
}

function spellEvent(event: StoredEvent): string {
  return `${String(event.seq).padStart(5)}  ${event.at}  ${event.type.padEnd(20)}${printableName(spellBody(event))}`;
}

function spellBody(event: StoredEvent): string {
  switch (event.type) {
    case 'run.state':
      return `${event.state}: ${event.reason}`;
    case 'session.state':
      return `${event.state} ${event.detail}`;
    case 'flow.loaded':
      return `${event.file} with ${event.calibration}`;
    case 'ambient.learned':
      return `${(100 * event.share).toFixed(1)} % of the viewport`;
    case 'calibration.checked':
      return `${event.held} held, ${event.drifted.length} drifted, ${event.broken.length} broken`;
    case 'calibration.broken':
      return event.assumptions
        .map(
          ({ name, state, proposed }) => `${name} ${state}${proposed === null ? '' : `, write ${proposed}`}`,
        )
        .join('; ');
    case 'sensor.chosen':
      return `${event.sensor} ${event.format}: ${event.reason}`;
    case 'step.intent':
      return `${event.step} #${event.attempt}: ${event.action.kind} ${actionText(event.action)}`;
    case 'step.withdrawn':
      return `${event.step}: nothing was sent (${[event.reason, event.where].filter(Boolean).join(', ')})`;
    case 'step.interrupted':
      return `${event.step}: ${event.kind} by ${event.by}`;
    case 'step.verdict': {
      const { step, attempt, verdict, reason, instants } = event.record;
      return `${step} #${attempt}: ${verdict} (${reason}) after ${instants.decidedMs} ms`;
    }
    case 'step.skipped':
    case 'step.refused':
      return `${event.step}: ${event.reason}`;
    case 'screen.seen':
      return `${event.screen} (${event.reason})`;
    case 'recovery':
      return `${event.by} by ${event.how}: ${event.ok ? 'done' : 'failed'}`;
    case 'step.late-effect':
      return `${event.step} after ${event.afterMs} ms`;
    case 'review.opened':
      return `${event.step}: ${event.verdict} (${event.reason})`;
    case 'stop.requested':
      return `${event.mode} by ${event.by}`;
    case 'warning':
      return `${event.code}: ${event.detail}`;
  }
}
