/** From 5 ms, a proof under frame control, to 10 s, a step that met a slow application; about 1-2-5 a decade. */
const STEP_SECONDS = [0.005, 0.01, 0.02, 0.035, 0.05, 0.1, 0.2, 0.35, 0.5, 1, 2.5, 5, 10];
/** Looks are an order of magnitude faster: from 0.5 ms, where probing one region lies. */
const CAPTURE_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 1, 5];
/** Sessions wait for networks and people. */
const SESSION_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

interface MetricDefinition {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  readonly help: string;
  /** Upper bounds in the metric's unit; histograms only. */
  readonly buckets?: number[];
}

/** Every metric by its name without the prefix `pixelproof_`. docs/metrics.md is tested equal to this table. */
export const METRICS = {
  step_cycle_seconds: {
    type: 'histogram',
    labels: ['flow', 'step'],
    buckets: STEP_SECONDS,
    help: 'From the begin of a step to its verdict, everything in between included.',
  },
  confirmation_seconds: {
    type: 'histogram',
    labels: ['flow', 'step', 'verdict'],
    buckets: STEP_SECONDS,
    help: 'From the input to the first frame that proved it, or to the decision when none did.',
  },
  capture_seconds: {
    type: 'histogram',
    labels: ['sensor', 'format', 'stage'],
    buckets: CAPTURE_SECONDS,
    help: 'One look by stage: capture (until the bytes are here), decode, probe.',
  },
  session_state_seconds: {
    type: 'histogram',
    labels: ['state'],
    buckets: SESSION_SECONDS,
    help: 'How long the session stayed in a state.',
  },
  verdicts_total: {
    type: 'counter',
    labels: ['flow', 'step', 'verdict'],
    help: 'Transitions by verdict.',
  },
  ambiguous_ratio: {
    type: 'gauge',
    labels: ['flow'],
    help: 'Share of transitions since the start of the process that ended ambiguous, 0 to 1.',
  },
  retries_total: {
    type: 'counter',
    labels: ['flow', 'step', 'reason'],
    help: 'Attempts after the first, by what made them necessary.',
  },
  fallbacks_total: {
    type: 'counter',
    labels: ['flow', 'kind'],
    help: 'What was fallen back to: click_point, region, wide_scan, sensor.',
  },
  artifacts_total: {
    type: 'counter',
    labels: ['kind'],
    help: 'Pictures handed to the artifact store.',
  },
  artifact_bytes_total: {
    type: 'counter',
    labels: ['kind'],
    help: 'Size of the pictures handed to the artifact store.',
  },
  estimated_units_per_second: {
    type: 'gauge',
    labels: ['flow'],
    help: 'Units of work per second, as the run last estimated it.',
  },
  runs_total: {
    type: 'counter',
    labels: ['flow', 'outcome'],
    help: 'Runs that ended, by outcome.',
  },
  last_success_timestamp_seconds: {
    type: 'gauge',
    labels: ['flow'],
    help: 'When a run of the flow last ended in done, Unix time.',
  },
  cdp_timeouts_total: {
    type: 'counter',
    labels: ['method'],
    help: 'CDP commands that were not answered in time.',
  },
  build_info: {
    type: 'gauge',
    labels: ['version', 'browser'],
    help: 'Always 1; the labels say what is running.',
  },
} as const satisfies Record<string, MetricDefinition>;

type Metrics = typeof METRICS;
export type MetricName<Type extends MetricDefinition['type']> = {
  [Name in keyof Metrics]: Metrics[Name]['type'] extends Type ? Name : never;
}[keyof Metrics];
export type MetricLabel<Name extends keyof Metrics> = Metrics[Name]['labels'][number];
