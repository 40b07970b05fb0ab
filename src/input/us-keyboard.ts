/** What `Input.dispatchKeyEvent` needs to know of a key. */
export interface KeyDescription {
  /** DOM `KeyboardEvent.key`. */
  readonly key: string;
  /** DOM `KeyboardEvent.code`: the key's place on a US keyboard. */
  readonly code: string;
  readonly windowsVirtualKeyCode: number;
  /** What it writes; nothing for keys that only do. */
  readonly text?: string;
}

/**
 * The key of that name on a US keyboard (DOM `KeyboardEvent.key`: `Enter`, `ArrowDown`, `a`, `A`, `;`), or undefined. Capital
 * letters and upper signs come without Shift, as a keyboard driver that types would send them. Codes: UI Events KeyboardEvent
 * code values, and the virtual key codes that Windows gave them.
 */
export function describeKey(name: string): KeyDescription | undefined {
  return KEYS.get(name);
}

/** Keys held while another one is pressed; `bit`: `modifiers` of `Input.dispatchKeyEvent`. */
const MODIFIERS: readonly (readonly [name: string, code: number, bit: number])[] = [
  ['Alt', 18, 1],
  ['Control', 17, 2],
  ['Meta', 91, 4],
  ['Shift', 16, 8],
];

/** A key, and those that are held down meanwhile, in the order they go down. */
export interface Chord {
  readonly held: readonly { readonly key: KeyDescription; readonly bit: number }[];
  readonly key: KeyDescription;
}

/**
 * What `Control+s`, `Shift+Tab` or a single key's name stands for; undefined where one of them is none or is held twice, and for a sign with
 * Shift, which has a name of its own (`!`). With Shift a letter is a capital one; with another modifier no key writes.
 */
export function describeChord(name: string): Chord | undefined {
  const start = name.slice(0, -1).lastIndexOf('+') + 1;
  const names = name.slice(0, start).split('+').slice(0, -1);
  const last = name.slice(start);
  const held = names.flatMap((each) => {
    const modifier = MODIFIERS.find(([known]) => known === each);
    if (modifier === undefined) return [];
    const [key, windowsVirtualKeyCode, bit] = modifier;
    return [{ key: { key, code: `${key}Left`, windowsVirtualKeyCode }, bit }];
  });
  if (held.length < names.length || new Set(names).size < names.length) return undefined;
  if (names.includes('Shift') && /^[^a-zA-Z]$/.test(last)) return undefined;
  const isCapital = names.includes('Shift') && /^[a-z]$/.test(last);
  const key = describeKey(isCapital ? last.toUpperCase() : last);
  if (key === undefined) return undefined;
  const { text: _, ...silent } = key;
  return { held, key: held.every(({ bit }) => bit === 8) ? key : silent };
}

/** Name, or lower and upper sign; place; virtual key code. */
const NAMED: readonly (readonly [key: string, code: number, text?: string])[] = [
  ['Backspace', 8],
  ['Tab', 9],
  ['Enter', 13, '\r'],
  ['Escape', 27],
  ['PageUp', 33],
  ['PageDown', 34],
  ['End', 35],
  ['Home', 36],
  ['ArrowLeft', 37],
  ['ArrowUp', 38],
  ['ArrowRight', 39],
  ['ArrowDown', 40],
  ['Insert', 45],
  ['Delete', 46],
];
const SIGNS: readonly (readonly [signs: string, place: string, code: number])[] = [
  [';:', 'Semicolon', 186],
  ['=+', 'Equal', 187],
  [',<', 'Comma', 188],
  ['-_', 'Minus', 189],
  ['.>', 'Period', 190],
  ['/?', 'Slash', 191],
  ['`~', 'Backquote', 192],
  ['[{', 'BracketLeft', 219],
  ['\\|', 'Backslash', 220],
  [']}', 'BracketRight', 221],
  ['\'"', 'Quote', 222],
  [' ', 'Space', 32],
];
const DIGITS = ['0)', '1!', '2@', '3#', '4$', '5%', '6^', '7&', '8*', '9('];
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

const KEYS: ReadonlyMap<string, KeyDescription> = new Map(
  [
    ...NAMED.map(([key, code, text]) => ({
      ...{ key, code: key, windowsVirtualKeyCode: code },
      ...(text === undefined ? {} : { text }),
    })),
    ...Array.from({ length: 12 }, (_, i) => ({
      ...{ key: `F${i + 1}`, code: `F${i + 1}`, windowsVirtualKeyCode: 112 + i },
    })),
    ...SIGNS.flatMap(([signs, place, code]) => written(signs, place, code)),
    ...DIGITS.flatMap((signs, digit) => written(signs, `Digit${digit}`, 48 + digit)),
    ...Array.from(LETTERS, (letter, i) =>
      written(letter + letter.toUpperCase(), `Key${letter.toUpperCase()}`, 65 + i),
    ).flat(),
  ].map((description): [string, KeyDescription] => [description.key, description]),
);

function written(signs: string, code: string, windowsVirtualKeyCode: number): readonly KeyDescription[] {
  return Array.from(signs, (sign) => ({ key: sign, code, windowsVirtualKeyCode, text: sign }));
}
