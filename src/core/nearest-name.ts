/**
 * The one of `names` that `wanted` was probably meant to be, for "did you mean": the smallest edit distance, two letters in the wrong
 * order being one edit,
 * compared without case, the first of equals. `undefined` when none is within a third of the wanted name's length (at
 * least 1, at most 3), so that a guess is never further off than a typing error. Cost: names × length².
 *
 * Source: the optimal string alignment of F. J. Damerau, A technique for computer detection and correction of spelling errors, 1964,
 * row by row as in Wagner and Fischer, The string-to-string correction problem, 1974.
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
    const distance = alignment(wanted.toLowerCase(), name.toLowerCase());
    if (distance >= bestDistance) continue;
    best = name;
    bestDistance = distance;
  }
  return best;
}

function alignment(a: string, b: string): number {
  let [earlier, previous]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? earlier[j - 2] + 1 : Infinity;
      row.push(Math.min(replaced, swapped, previous[j] + 1, row[j - 1] + 1));
    }
    [earlier, previous] = [previous, row];
  }
  return previous[b.length];
}
