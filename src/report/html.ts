/** Text that is markup already. Only `html` makes it. */
export interface Html {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, markup is not, false, null and undefined leave nothing. */
export type HtmlValue = string | number | Html | readonly (Html | false)[] | false | null | undefined;

/**
 * HTML or SVG from a template: every value is escaped for text and for quoted attributes, unless it is the result of
 * another `html`. Values must not stand in unquoted attributes, or inside script and style elements.
 *
 * @example
 * html`<b title="${name}">${name}</b>`;
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = strings[0];
  for (const [i, value] of values.entries()) markup += render(value) + strings[i + 1];
  return { markup };
}

function render(value: HtmlValue): string {
  if (value === false || value === null || value === undefined) return '';
  if (typeof value === 'string') return escape(value);
  if (typeof value === 'number') return `${value}`;
  return 'markup' in value ? value.markup : value.map(render).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
