import { printableName } from '../../image/printable-name.js';

const MAX_SHOWN_LENGTH = 80;
const MAX_SHOWN_ITEMS = 8;

/**
 * A value from a file as an error may show it: one line of at most 80 characters, strings in double quotes, control
 * characters escaped. A mapping is only named, and of a long list the first 8 items are shown: the value may be as large
 * as the file, or contain itself.
 */
export function showValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return `"${showText(value, MAX_SHOWN_LENGTH - 2)}"`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return value === null ? 'null' : 'a mapping';
  const items = value
    .slice(0, MAX_SHOWN_ITEMS)
    .map((item: unknown) => (Array.isArray(item) ? '[…]' : showValue(item)));
  if (value.length > MAX_SHOWN_ITEMS) items.push('…');
  return showText(`[${items.join(', ')}]`);
}

/** The text with control characters escaped, cut to `maxLength` with an ellipsis. */
export function showText(text: string, maxLength = MAX_SHOWN_LENGTH): string {
  const shown = printableName(text.slice(0, maxLength + 1));
  return shown.length > maxLength ? `${shown.slice(0, maxLength - 1)}…` : shown;
}
