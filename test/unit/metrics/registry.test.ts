import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/core/index.js';
import { createRunMetrics } from '../../../src/metrics/index.js';
import { METRICS } from '../../../src/metrics/metric-definitions.js';
import { transition } from '../../support/transitions.js';

const clock: Clock = {
  nowMs: () => 0,
  date: () => new Date('2026-01-01T00:00:00.500Z'),
  sleep: () => Promise.reject(new Error('metrics do not sleep')),
};
const metrics = () => createRunMetrics({ version: '1.2.3', clock });

describe('createRunMetrics', () => {
  it('has every metric of the table, with its type and help, and no other', async () => {
    const text = await metrics().text();
    const described = [...text.matchAll(/^# HELP (\S+) (.*)\n# TYPE \S+ (\S+)$/gm)].map(
      ([, name, help, type]) => ({ name, help, type }),
    );
    expect(described).toEqual(
      expect.arrayContaining(
        Object.entries(METRICS).map(([name, { help, type }]) => ({ name: `pixelproof_${name}`, help, type })),
      ),
    );
    expect(described).toHaveLength(Object.keys(METRICS).length);
  });

  it('says what is running, and with which browser once there is one', async () => {
    const m = metrics();
    expect(await sample(m, 'build_info{version="1.2.3",browser="unknown"}')).toBe(1);
    m.browser('Chrome/150');
    expect(await sample(m, 'build_info{version="1.2.3",browser="Chrome/150"}')).toBe(1);
    expect(await sample(m, 'build_info{version="1.2.3",browser="unknown"}')).toBeUndefined();
  });

  it('measures proved transitions from the input to the first proof, in seconds', async () => {
    const m = metrics();
    m.transition('f', transition('a/1'), 220);
    expect(await sample(m, 'step_cycle_seconds_sum{flow="f",step="collectRow"}')).toBeCloseTo(0.22);
    const labels = '{flow="f",step="collectRow",verdict="proved"}';
    expect(await sample(m, `confirmation_seconds_sum${labels}`)).toBeCloseTo(0.03);
    expect(await sample(m, `verdicts_total${labels}`)).toBe(1);
  });

  it('measures the others to their decision, and only when an input was sent', async () => {
    const m = metrics();
    const { instants } = transition('a/1');
    m.transition('f', transition('a/1', { verdict: 'no-effect' }), 220);
    m.transition(
      'f',
      transition('a/2', { verdict: 'no-effect', instants: { ...instants, inputSentMs: null } }),
      220,
    );
    const labels = '{flow="f",step="collectRow",verdict="no-effect"}';
    expect(await sample(m, `confirmation_seconds_sum${labels}`)).toBeCloseTo(0.205);
    expect(await sample(m, `confirmation_seconds_count${labels}`)).toBe(1);
    expect(await sample(m, `verdicts_total${labels}`)).toBe(2);
  });

  it('keeps the ambiguous share per flow', async () => {
    const m = metrics();
    m.transition('f', transition('a/1', { verdict: 'ambiguous' }), 1);
    for (const id of ['a/2', 'a/3', 'a/4']) m.transition('f', transition(id), 1);
    m.transition('g', transition('b/1'), 1);
    expect(await sample(m, 'ambiguous_ratio{flow="f"}')).toBe(0.25);
    expect(await sample(m, 'ambiguous_ratio{flow="g"}')).toBe(0);
  });

  it('counts retries, fallbacks, artifacts, timeouts and runs', async () => {
    const m = metrics();
    m.retry('f', 's', 'no-effect');
    m.fallback('f', 'wide_scan');
    m.artifact('before', 100);
    m.artifact('before', 20);
    m.cdpTimeout('Page.captureScreenshot');
    m.unitRate('f', 12.5);
    m.sessionState('login', 1500);
    m.capture({ sensor: 'screenshot', format: 'png', stage: 'decode', ms: 4 });
    m.runEnded('f', 'failed');
    expect(await sample(m, 'retries_total{flow="f",step="s",reason="no-effect"}')).toBe(1);
    expect(await sample(m, 'fallbacks_total{flow="f",kind="wide_scan"}')).toBe(1);
    expect(await sample(m, 'artifacts_total{kind="before"}')).toBe(2);
    expect(await sample(m, 'artifact_bytes_total{kind="before"}')).toBe(120);
    expect(await sample(m, 'cdp_timeouts_total{method="Page.captureScreenshot"}')).toBe(1);
    expect(await sample(m, 'estimated_units_per_second{flow="f"}')).toBe(12.5);
    expect(await sample(m, 'session_state_seconds_sum{state="login"}')).toBe(1.5);
    const looks = 'sensor="screenshot",format="png",stage="decode"';
    expect(await sample(m, `capture_seconds_sum{${looks}}`)).toBe(0.004);
    expect(await sample(m, 'runs_total{flow="f",outcome="failed"}')).toBe(1);
    expect(await sample(m, 'last_success_timestamp_seconds{flow="f"}')).toBeUndefined();
    m.runEnded('f', 'done');
    expect(await sample(m, 'last_success_timestamp_seconds{flow="f"}')).toBe(1767225600.5);
  });

  it('shares nothing with another registry', async () => {
    const [a, b] = [metrics(), metrics()];
    a.cdpTimeout('Page.enable');
    expect(await sample(b, 'cdp_timeouts_total{method="Page.enable"}')).toBeUndefined();
  });
});

describe('docs/metrics.md', () => {
  it('is equal to the table', async () => {
    await expect(page()).toMatchFileSnapshot('../../../docs/metrics.md');
  });
});

async function sample(from: ReturnType<typeof metrics>, series: string): Promise<number | undefined> {
  const line = (await from.text()).split('\n').find((l) => l.startsWith(`pixelproof_${series} `));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

function page(): string {
  const sections = Object.entries(METRICS).map(([name, metric]) => {
    const buckets = 'buckets' in metric ? `Buckets: ${metric.buckets.join(', ')}.\n` : '';
    const labels = metric.labels.map((label) => `\`${label}\``).join(', ');
    return `## \`pixelproof_${name}\`\n\n${metric.help}\n\nA ${metric.type}. Labels: ${labels}.\n${buckets}`;
  });
  return [
    '# Metrics',
    `What a running pixelproof counts and measures, in the Prometheus text format. Times are in seconds, sizes in bytes. Labels are
names from flows and fixed words, never ids of runs or intents: those are in the timeline. This page is written by
\`npx vitest run test/unit/metrics -u\` and tested equal to the registry.`,
    ...sections.map((section) => section.trimEnd()),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
