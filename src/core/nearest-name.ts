/**
 * The one of `names` that `wanted` was probably meant to be, for "did you mean": the smallest Levenshtein distance,
 * compared without case, the first of equals. `undefined` when none is within a third of the wanted name's length (at
 * least 1, at most 3), so that a guess is never further off than a typing error. Cost: names × length².
 *
 * Source: V. I. Levenshtein, Binary codes capable of correcting deletions, insertions and reversals, 1966; the two-row
 * form of Wagner and Fischer, The string-to-string correction problem, 1974.
 *
 * @example
 * nearestName('regoins', ['points', 'regions']); // 'regions'
 */
export function nearestName(wanted: string, names: Iterable<string>): string | undefined {
  // No name in a calibration is longer than 64; whatever is far longer is no typing error.
  if (wanted.length > 100) return undefined;
  let best: string | undefined;
  let bestDistance = Math.min(3, Math.max(1, Math.floor(wanted.length / 3))) + 1;
  for (const name of names) {
    const distance = levenshtein(wanted.toLowerCase(), name.toLowerCase());
    if (distance >= bestDistance) continue;
    best = name;
    bestDistance = distance;
  }
  return best;
}

function levenshtein(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, previous[j] + 1, row[j - 1] + 1));
    }
    previous = row;
  }
  return previous[b.length];
}
