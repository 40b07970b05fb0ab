import { join } from 'node:path';
import type { LedgerTruth } from '../../calibrations/ledger/app/server.mjs';
import { type Target, startScript } from '../targets/start-target.js';

const SERVER = join(import.meta.dirname, '..', '..', 'calibrations', 'ledger', 'app', 'server.mjs');

export interface Ledger extends Target {
  truth(): Promise<LedgerTruth>;
}

/** The bundled application in a process of its own: the runs that are measured do not hold up what it does late on purpose. */
export async function startLedger({
  seed,
  rows,
  misbehave,
}: Readonly<{ seed: number; rows: number; misbehave: string }>): Promise<Ledger> {
  const options = { seed, rows, misbehave };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const target = await startScript(SERVER, ...args);
  const truth = async (): Promise<LedgerTruth> => {
    const answer = await fetch(`${target.url}/truth`);
    return (await answer.json()) as LedgerTruth;
  };
  return { ...target, truth };
}
