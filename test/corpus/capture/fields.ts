import type { Browser } from '../../../src/cdp/index.js';
import type { Rect } from '../../../src/core/index.js';
import type { FrameTruth } from '../truth.js';
import { Album } from './camera.js';
import { pageUrl } from './page-url.js';

interface Field {
  readonly region: Rect;
  readonly text: string;
  /** Where the first character begins. */
  readonly at: number;
}

type Content = readonly [text: string, caret?: number];

/** What is in the field, by a name; carets stand before the character of that number. */
const CONTENTS: Readonly<Record<string, Content>> = {
  empty: [''],
  focused: ['', 0],
  one: ['R', 1],
  some: ['River'],
  someCaret: ['River', 5],
  caretBack: ['River', 2],
  more: ['River bank', 10],
  thin: ['Riverl', 6],
  spaced: ['River  ', 7],
  shorter: ['Rive', 4],
  amid: ['Ri77ver', 4],
  other: ['Mango', 5],
  long: ['River bank, twelve miles', 24],
  full: ['River bank, twelve miles up the stream', 38],
};
const COMMON = [
  ['empty', 'focused'],
  ['empty', 'some'],
  ['focused', 'one'],
  ['focused', 'someCaret'],
  ['some', 'someCaret'],
  ['someCaret', 'some'],
  ['someCaret', 'more'],
  ['someCaret', 'other'],
] as const;
const FURTHER = [
  ['focused', 'empty'],
  ['one', 'someCaret'],
  ['someCaret', 'caretBack'],
  ['someCaret', 'thin'],
  ['someCaret', 'spaced'],
  ['someCaret', 'shorter'],
  ['someCaret', 'amid'],
  ['some', 'more'],
  ['more', 'long'],
  ['long', 'full'],
] as const;

const LOOKS: readonly Readonly<{ name: string; options: string; scale?: number; isFurther?: boolean }>[] = [
  { name: 'light', options: 'placeholder=Street%20or%20square', isFurther: true },
  { name: 'dark@1.5', options: 'theme=dark&font=15px%20sans-serif', scale: 1.5, isFurther: true },
  { name: 'sepia-serif', options: 'theme=sepia&font=italic%2016px%20serif&placeholder=Name' },
  { name: 'contrast-mono', options: 'theme=contrast&font=13px%20monospace' },
  { name: 'pale@2', options: 'theme=pale&font=12px%20sans-serif', scale: 2 },
  { name: 'secret', options: 'type=password' },
  { name: 'centred', options: 'textAlign=center' },
];

/** What is typed into fields of several looks; truth from the document. */
export async function captureFields(browser: Browser): Promise<void> {
  const album = new Album('typed-fields');
  for (const { name, options, scale = 1, isFurther = false } of LOOKS) {
    const size = { width: 224 * scale, height: 42 * scale };
    const camera = await album.open(browser, { size, deviceScaleFactor: scale });
    await camera.navigate(`${pageUrl('fields.html')}?${options}`);
    const pairs = [...COMMON, ...(isFurther ? FURTHER : [])];
    const fields = new Map<string, Field>();
    for (const content of new Set(pairs.flat())) {
      const [text, caret] = CONTENTS[content];
      await camera.evaluate(`put(${JSON.stringify(text)}, ${JSON.stringify({ caret })})`);
      await camera.take(`${name}-${content}`, {});
      fields.set(content, (await camera.evaluate('typed()')) as Field);
    }
    for (const [before, after] of pairs) {
      const [was, is] = [fields.get(before)!, fields.get(after)!];
      const shifted = was.text !== '' && was.at !== is.at;
      album.pair(`${name}-${before}`, `${name}-${after}`, {
        what: `${before} to ${after}`,
        typed: {
          ...{ region: is.region, was: was.text, is: is.text },
          ...(shifted ? { shifted } : {}),
          ...(options.includes('password') ? { masked: true } : {}),
        },
      });
    }
    await camera.close();
  }
  album.save();
}

const NUMBERS: readonly Readonly<{ name: string; options: string; scale?: number }>[] = [
  { name: 'light', options: '' },
  { name: 'dark@1.5', options: 'theme=dark&font=14px%20sans-serif', scale: 1.5 },
  { name: 'tinted-serif', options: 'theme=tinted&font=bold%2018px%20serif' },
  { name: 'mono@2', options: 'font=12px%20monospace', scale: 2 },
  { name: 'smaller', options: 'font=20px%20sans-serif&size=16px' },
];

/** Numbers in several fonts, and what is none; truth from the document. */
export async function captureNumbers(browser: Browser): Promise<void> {
  const album = new Album('drawn-numbers');
  for (const { name, options, scale = 1 } of NUMBERS) {
    const size = { width: 250 * scale, height: 180 * scale };
    const camera = await album.open(browser, { size, deviceScaleFactor: scale });
    await camera.navigate(`${pageUrl('numbers.html')}?${options}`);
    await camera.take(name, (await camera.evaluate('truth()')) as FrameTruth);
    await camera.close();
  }
  album.save();
}
