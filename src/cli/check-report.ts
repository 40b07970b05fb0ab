import type { Assumption, AssumptionState } from '../calibration/index.js';

/** The assumptions of one or more pictures as a table, what needs attention first, and a line that counts. */
export function spellAssumptions(assumptions: readonly Assumption[]): string {
  const rows = [...assumptions]
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
    .map(({ state, name, expected, found, offset }) => [
      state,
      name,
      expected,
      offset === undefined ? found : `${found} (${signed(offset.x)}, ${signed(offset.y)})`,
    ]);
  const table = [['state', 'assumption', 'expected', 'found'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column].length)));
  const lines = table.map((row) =>
    row.map((cell, i) => (i < widths.length ? cell.padEnd(widths[i] + 2) : cell)).join(''),
  );
  const counts = ORDER.map(
    (state) => `${assumptions.filter((each) => each.state === state).length} ${state}`,
  );
  return [...lines, '', counts.join(', ')].join('\n');
}

const ORDER: readonly AssumptionState[] = ['broken', 'drifted', 'held', 'not-visible'];

function signed(value: number): string {
  return value > 0 ? `+${value}` : String(value);
}
