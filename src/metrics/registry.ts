import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type Clock, systemClock } from '../core/index.js';
import type { RunMetrics } from '../runtime/run-metrics.js';
import { METRICS, type MetricLabel, type MetricName } from './metric-definitions.js';

/** Run metrics that can be read. */
export interface ReadableMetrics extends RunMetrics {
  /** Names the browser in build_info, once one is there: the product string it reports. */
  browser(product: string): void;
  /** Prometheus text exposition format 0.0.4. */
  text(): Promise<string>;
}

/**
 * A registry of its own (not prom-client's global one) with every metric of docs/metrics.md, in seconds and bytes. Labels
 * are names from flows and fixed words, never ids, so there are as many series as the flows have steps. `clock` only
 * stamps the last success.
 *
 * @example
 * const metrics = createRunMetrics({ version: '1.2.0' });
 */
export function createRunMetrics({
  version,
  clock = systemClock,
}: Readonly<{ version: string; clock?: Clock }>): ReadableMetrics {
  const registry = new Registry();
  const counter = <Name extends MetricName<'counter'>>(name: Name) =>
    new Counter<MetricLabel<Name>>(configuration(name, registry));
  const gauge = <Name extends MetricName<'gauge'>>(name: Name) =>
    new Gauge<MetricLabel<Name>>(configuration(name, registry));
  const histogram = <Name extends MetricName<'histogram'>>(name: Name) =>
    new Histogram<MetricLabel<Name>>({
      ...configuration(name, registry),
      buckets: [...METRICS[name].buckets],
    });

  const stepCycle = histogram('step_cycle_seconds');
  const confirmation = histogram('confirmation_seconds');
  const captures = histogram('capture_seconds');
  const sessionStates = histogram('session_state_seconds');
  const verdicts = counter('verdicts_total');
  const ambiguousRatio = gauge('ambiguous_ratio');
  const retries = counter('retries_total');
  const fallbacks = counter('fallbacks_total');
  const artifacts = counter('artifacts_total');
  const artifactBytes = counter('artifact_bytes_total');
  const unitsPerSecond = gauge('estimated_units_per_second');
  const runs = counter('runs_total');
  const lastSuccess = gauge('last_success_timestamp_seconds');
  const cdpTimeouts = counter('cdp_timeouts_total');
  const buildInfo = gauge('build_info');
  buildInfo.set({ version, browser: 'unknown' }, 1);
  const transitions = new Map<string, { all: number; ambiguous: number }>();

  return {
    transition(flow, { step, verdict, instants }, cycleMs) {
      stepCycle.observe({ flow, step }, cycleMs / 1000);
      verdicts.inc({ flow, step, verdict });
      const { inputSentMs, firstProvedMs, decidedMs } = instants;
      if (inputSentMs !== null) {
        const endMs = verdict === 'proved' ? (firstProvedMs ?? decidedMs) : decidedMs;
        confirmation.observe({ flow, step, verdict }, (endMs - inputSentMs) / 1000);
      }
      const count = transitions.get(flow) ?? { all: 0, ambiguous: 0 };
      transitions.set(flow, count);
      count.all++;
      if (verdict === 'ambiguous') count.ambiguous++;
      ambiguousRatio.set({ flow }, count.ambiguous / count.all);
    },
    retry: (flow, step, reason) => retries.inc({ flow, step, reason }),
    fallback: (flow, kind) => fallbacks.inc({ flow, kind }),
    capture: ({ sensor, format, stage, ms }) => captures.observe({ sensor, format, stage }, ms / 1000),
    artifact(kind, sizeBytes) {
      artifacts.inc({ kind });
      artifactBytes.inc({ kind }, sizeBytes);
    },
    unitRate: (flow, rate) => unitsPerSecond.set({ flow }, rate),
    sessionState: (state, ms) => sessionStates.observe({ state }, ms / 1000),
    cdpTimeout: (method) => cdpTimeouts.inc({ method }),
    runEnded(flow, outcome) {
      runs.inc({ flow, outcome });
      if (outcome === 'done') lastSuccess.set({ flow }, clock.date().getTime() / 1000);
    },
    browser(product) {
      buildInfo.reset();
      buildInfo.set({ version, browser: product }, 1);
    },
    text: () => registry.metrics(),
  };
}

function configuration<Name extends keyof typeof METRICS>(name: Name, registry: Registry) {
  const { help, labels } = METRICS[name];
  return {
    name: `pixelproof_${name}`,
    help,
    labelNames: [...labels] as MetricLabel<Name>[],
    registers: [registry],
  };
}
