import { describe, expect, it } from 'vitest';
import type { TimelineEvent } from '../../../src/runtime/timeline.js';
import { figures } from '../../../src/report/figures.js';
import { clicked, intentEvent, transition, verdictEvent } from '../../support/transitions.js';
import { runOf, timeline } from './timeline.js';

describe('figures', () => {
  it('is all zero and null for a run that did nothing', () => {
    const numbers = figures({ run: runOf({ endedAt: null }), events: [] });
    expect(numbers).toMatchObject({
      reason: '',
      durationMs: 0,
      units: 0,
      unitsPerMinute: null,
      transitions: [],
      verdicts: { proved: 0, 'no-effect': 0, 'wrong-effect': 0, blocked: 0, ambiguous: 0, unknown: 0 },
      retries: 0,
      fallbacks: 0,
      sensor: null,
      cycle: null,
      confirm: null,
      openIntents: [],
    });
  });

  it('counts units and their rate from the first intent to the last verdict', () => {
    const events = timeline([
      [0, { type: 'run.state', state: 'preparing', reason: 'started' }],
      [5000, intentEvent('a/1')],
      [6000, verdictEvent('a/1', 'proved')],
      [6000, intentEvent('a/2')],
      [8000, verdictEvent('a/2', 'proved')],
      [9000, { type: 'run.state', state: 'done', reason: 'list-empty' }],
    ]);
    expect(figures({ run: runOf({ endedAt: null }), events })).toMatchObject({
      reason: 'list-empty',
      durationMs: 9000,
      units: 2,
      unitsPerMinute: 40,
    });
  });

  it('counts verdicts, retries, fallbacks, degraded and skipped', () => {
    const numbers = figures({
      run: runOf(),
      events: timeline([
        [0, { type: 'sensor.chosen', sensor: 'screenshot', format: 'png', reason: 'first' }],
        [1, verdict(transition('a/1', { verdict: 'no-effect', units: 0 }))],
        [
          2,
          verdict(
            transition('a/2', { attempt: 2, degraded: true, action: { ...clicked, foundBy: 'fallback' } }),
          ),
        ],
        [3, { type: 'step.skipped', step: 'openInbox', reason: 'already' }],
        [4, { type: 'sensor.chosen', sensor: 'screencast', format: 'jpeg', reason: 'stall' }],
      ]),
    });
    expect(numbers).toMatchObject({
      verdicts: { proved: 1, 'no-effect': 1 },
      retries: 1,
      fallbacks: 1,
      degraded: 1,
      skipped: 1,
      units: 1,
      sensor: { name: 'screencast', format: 'jpeg' },
    });
  });

  it('confirms from the input to the proof, and others to the decision', () => {
    const instants = {
      inputSentMs: 10,
      firstChangeMs: 30,
      firstProvedMs: 40,
      settledMs: 210,
      decidedMs: 215,
    };
    const { transitions, confirm } = figures({
      run: runOf(),
      events: timeline([
        [1, verdict(transition('a/1', { instants }))],
        [2, verdict(transition('a/2', { instants, verdict: 'wrong-effect' }))],
        [3, verdict(transition('a/3', { instants: { ...instants, inputSentMs: null }, verdict: 'unknown' }))],
      ]),
    });
    expect(transitions.map(({ confirmMs }) => confirmMs)).toEqual([30, 205, null]);
    expect(transitions.map(({ cycleMs }) => cycleMs)).toEqual([215, 215, 215]);
    expect(confirm).toEqual({ p50: 30, p95: 30 });
  });

  it('takes quantiles by nearest rank', () => {
    const events = timeline(
      Array.from({ length: 20 }, (_, i): [number, TimelineEvent] => [
        i,
        verdict(
          transition(`a/${i}`, { instants: { ...transition('x').instants, decidedMs: ((i * 7) % 20) + 1 } }),
        ),
      ]),
    );
    expect(figures({ run: runOf(), events }).cycle).toEqual({ p50: 10, p95: 19 });
  });

  it('finds intents without a verdict', () => {
    const events = timeline([
      [0, intentEvent('a/1')],
      [1, intentEvent('a/2')],
      [2, verdictEvent('a/1', 'proved')],
    ]);
    expect(figures({ run: runOf(), events }).openIntents).toMatchObject([{ intentId: 'a/2', seq: 2 }]);
  });
});

const verdict = (record: ReturnType<typeof transition>): TimelineEvent => ({
  type: 'step.verdict',
  intentId: record.intentId,
  record,
});
