import { median } from '../../core/median.js';
import type { AssumptionState } from './assumption.js';

/** One assumption as one check saw it. A line of the drift ledger. */
export interface DriftObservation {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly name: string;
  readonly state: AssumptionState;
  /** How far it was from failing, 0..1. */
  readonly margin: number;
}

/** How an assumption has fared so far. */
export interface DriftTrend {
  readonly name: string;
  /** Observations in which it was visible. */
  readonly seen: number;
  readonly latest: { readonly at: string; readonly state: AssumptionState; readonly margin: number };
  /** Change of the margin per day; 0 with fewer than three observations or when they are of one instant. */
  readonly perDay: number;
  /** When the margin comes to 0 if it goes on so; null when it does not, or not within the horizon. */
  readonly failsAt: string | null;
  /** `failing`: it does not hold now. `warning`: it holds, and will not at `failsAt`. */
  readonly outlook: 'steady' | 'warning' | 'failing';
}

export interface DriftOptions {
  /** How far ahead a failure is worth a warning, days. Default 30. */
  readonly horizonDays?: number;
}

/** Two points make a line through any noise; the third says whether it is one. */
const MIN_OBSERVATIONS = 3;
/** Only the recent past tells of the near future: a repair begins a new line. */
const MAX_OBSERVATIONS = 50;
const DAY_MS = 86_400_000;

/**
 * The trend of each assumption over the checks so far, by name in the order of first appearance. The margins since the last
 * time it failed, at most 50, are fitted with a robust line (the median of all pairwise slopes: Theil, 1950; Sen, 1968: up to
 * 29 % of the observations may be anything), which is followed to margin 0. Observations in which it was not visible say
 * nothing. Pure; the order of the observations does not matter. Cost: squares of the observations per name.
 *
 * @example
 * driftTrends(observations).filter(({ outlook }) => outlook !== 'steady');
 */
export function driftTrends(
  observations: readonly DriftObservation[],
  { horizonDays = 30 }: DriftOptions = {},
): DriftTrend[] {
  const byName = new Map<string, DriftObservation[]>();
  for (const observation of observations) {
    if (observation.state === 'not-visible') continue;
    byName.set(observation.name, [...(byName.get(observation.name) ?? []), observation]);
  }
  return [...byName].map(([name, all]) => trendOf(name, all, horizonDays));
}

function trendOf(name: string, all: readonly DriftObservation[], horizonDays: number): DriftTrend {
  const sorted = [...all].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const last = sorted[sorted.length - 1];
  const latest = { at: last.at, state: last.state, margin: last.margin };
  const base = { name, seen: sorted.length, latest };
  if (last.state !== 'held') return { ...base, perDay: 0, failsAt: null, outlook: 'failing' };
  const repairedAt = sorted.findLastIndex(({ state }) => state !== 'held') + 1;
  const recent = sorted.slice(Math.max(repairedAt, sorted.length - MAX_OBSERVATIONS));
  const perDay = recent.length < MIN_OBSERVATIONS ? 0 : medianSlope(recent);
  const daysLeft = perDay < 0 ? currentMargin(recent, perDay) / -perDay : Infinity;
  if (daysLeft > horizonDays) return { ...base, perDay, failsAt: null, outlook: 'steady' };
  const failsAt = new Date(Date.parse(last.at) + Math.max(0, daysLeft) * DAY_MS).toISOString();
  return { ...base, perDay, failsAt, outlook: 'warning' };
}

const daysOf = ({ at }: DriftObservation): number => Date.parse(at) / DAY_MS;

function medianSlope(observations: readonly DriftObservation[]): number {
  const slopes = observations.flatMap((a, i) =>
    observations.slice(i + 1).flatMap((b) => {
      const days = daysOf(b) - daysOf(a);
      return days === 0 ? [] : [(b.margin - a.margin) / days];
    }),
  );
  return slopes.length === 0 ? 0 : median(slopes);
}

/** Where the line stands at the last observation: the median of what each puts there. */
function currentMargin(observations: readonly DriftObservation[], perDay: number): number {
  const end = daysOf(observations[observations.length - 1]);
  return median(observations.map((each) => each.margin + perDay * (end - daysOf(each))));
}
