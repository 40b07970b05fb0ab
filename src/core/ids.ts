import { randomBytes } from 'node:crypto';

/** A run's id: sortable by start time, safe as a file name. `20261122T101530-4f9a2c`. */
export function newRunId(at: Date): string {
  const stamp = at.toISOString().replace(/[-:]/g, '').slice(0, 15);
  return `${stamp}-${randomBytes(3).toString('hex')}`;
}
