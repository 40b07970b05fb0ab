/** Counts by what was asked, the kind of picture, and `truth > answer`. */
export type Confusion = Record<string, Record<string, Record<string, number>>>;

export const UNSURE = 'unsure';

export function count(
  confusion: Confusion,
  asked: string,
  variant: string,
  cell: { truth: string; answer: string },
): void {
  const cells = ((confusion[asked] ??= {})[variant] ??= {});
  const key = `${cell.truth} > ${cell.answer}`;
  cells[key] = (cells[key] ?? 0) + 1;
}

export interface Comparison {
  /** One line each; empty when nothing is worse. */
  readonly worse: readonly string[];
  readonly better: readonly string[];
}

/**
 * Worse: more answers in a wrong cell (an unsure one is not right either), or fewer in a right one. Better: the other way
 * round. Where pictures came or went, both lists may tell of it: then the baseline has to be renewed.
 */
export function compare(now: Confusion, baseline: Confusion): Comparison {
  const worse: string[] = [];
  const better: string[] = [];
  for (const asked of keys(now, baseline)) {
    for (const variant of keys(variantsOf(now, asked), variantsOf(baseline, asked))) {
      const [cells, old] = [now, baseline].map((table) => cellsOf(table, asked, variant));
      for (const key of keys(cells, old)) {
        const change = (cells[key] ?? 0) - (old[key] ?? 0);
        if (change === 0) continue;
        const line = `${asked}, ${variant}: ${key}: ${old[key] ?? 0} before, ${cells[key] ?? 0} now`;
        (change > 0 === isRight(key) ? better : worse).push(line);
      }
    }
  }
  return { worse, better };
}

function variantsOf(confusion: Confusion, asked: string): Confusion[string] {
  return Object.hasOwn(confusion, asked) ? confusion[asked] : {};
}

function cellsOf(confusion: Confusion, asked: string, variant: string): Partial<Record<string, number>> {
  const variants = variantsOf(confusion, asked);
  return Object.hasOwn(variants, variant) ? variants[variant] : {};
}

function keys(a: object, b: object): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}

function isRight(key: string): boolean {
  const [truth, answer] = key.split(' > ');
  return truth === answer;
}

/** A table per question: a line per kind of picture and truth, a column per answer. */
export function renderConfusion(confusion: Confusion): string {
  return Object.keys(confusion)
    .sort()
    .map((asked) => `${asked}\n${renderOne(confusion[asked])}`)
    .join('\n');
}

function renderOne(byVariant: Confusion[string]): string {
  const all = Object.values(byVariant).flatMap((cells) => Object.keys(cells).map((key) => key.split(' > ')));
  const truths = [...new Set(all.map(([truth]) => truth))].sort();
  const answers = [...new Set(all.map(([, answer]) => answer))].sort();
  const lines = Object.keys(byVariant).flatMap((variant) =>
    truths
      .map((truth) => ({
        truth,
        counts: answers.map((answer) => byVariant[variant][`${truth} > ${answer}`] ?? 0),
      }))
      .filter(({ counts }) => counts.some((times) => times > 0))
      .map(({ truth, counts }) => [variant, truth, ...counts.map(String)]),
  );
  return [['', 'truth', ...answers], ...lines]
    .map(
      ([variant, truth, ...cells]) =>
        `  ${variant.padEnd(12)}${truth.padEnd(14)}${cells.map((cell) => cell.padStart(11)).join('')}\n`,
    )
    .join('');
}

/** One cell a line, so that a change shows as one. */
export function serialize(confusion: Confusion): string {
  const sorted = Object.fromEntries(
    Object.keys(confusion)
      .sort()
      .map((asked) => [
        asked,
        Object.fromEntries(
          Object.keys(confusion[asked])
            .sort()
            .map((variant) => {
              const cells = confusion[asked][variant];
              return [
                variant,
                Object.fromEntries(
                  Object.keys(cells)
                    .sort()
                    .map((key) => [key, cells[key]]),
                ),
              ];
            }),
        ),
      ]),
  );
  return `${JSON.stringify(sorted, null, 2)}\n`;
}
