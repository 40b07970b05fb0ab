/** The page with `section` where the measurement of that name stood, or at its end. */
export function replaceSection(page: string, name: string, section: string): string {
  const [begin, end] = [`<!-- npm run accuracy -- ${name} -->`, `<!-- end of ${name} -->`];
  const text = `${begin}\n\n${section.trim()}\n\n${end}\n`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  return from < 0 || to < from
    ? `${page.trimEnd()}\n\n${text}`
    : page.slice(0, from) + text + page.slice(to + end.length + 1);
}
