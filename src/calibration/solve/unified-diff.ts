/** Lines of context around a change, as `diff -u` has them. */
const CONTEXT = 3;

/**
 * The changes from one text to another as a unified diff, for people and for `patch`. Meant for small changes of small
 * files: lines are compared in a table of (lines before) × (lines after) after equal lines at both ends. Empty when equal.
 *
 * Source: longest common subsequence by dynamic programming (Wagner and Fischer, 1974); the format is that of POSIX diff -u.
 */
export function unifiedDiff(before: string, after: string, { file }: Readonly<{ file: string }>): string {
  const lines = compare(linesOf(before), linesOf(after));
  const changed = lines.flatMap(({ kind }, i) => (kind === ' ' ? [] : [i]));
  if (changed.length === 0) return '';
  const hunks: string[] = [];
  for (let i = 0; i < changed.length;) {
    const start = Math.max(0, changed[i] - CONTEXT);
    let end = changed[i];
    while (i < changed.length && changed[i] - end <= 2 * CONTEXT) end = changed[i++];
    hunks.push(hunk(lines, start, Math.min(lines.length, end + CONTEXT + 1)));
  }
  return `--- ${file}\n+++ ${file}\n${hunks.join('\n')}`;
}

/** A last line without a line break is another line than one with it, and `patch` has to be told. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  const last = lines.pop()!;
  return last === '' ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}

interface DiffLine {
  readonly kind: ' ' | '-' | '+';
  readonly text: string;
}

function hunk(lines: readonly DiffLine[], start: number, end: number): string {
  const count = (part: readonly DiffLine[], kind: '-' | '+'): number =>
    part.filter((line) => line.kind === ' ' || line.kind === kind).length;
  const [head, body] = [lines.slice(0, start), lines.slice(start, end)];
  const range = (kind: '-' | '+'): string => `${count(head, kind) + 1},${count(body, kind)}`;
  return [`@@ -${range('-')} +${range('+')} @@`, ...body.map(({ kind, text }) => `${kind}${text}`)].join(
    '\n',
  );
}

function compare(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  let head = 0;
  while (head < Math.min(a.length, b.length) && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail++;
  const same = (line: string): DiffLine => ({ kind: ' ', text: line });
  return [
    ...a.slice(0, head).map(same),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ];
}

function middle(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] =
        a[i] === b[j]
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: ' ', text: a[i++] });
      j++;
    } else if (i < a.length && (j === b.length || common[(i + 1) * width + j] >= common[i * width + j + 1])) {
      lines.push({ kind: '-', text: a[i++] });
    } else lines.push({ kind: '+', text: b[j++] });
  }
  return lines;
}
