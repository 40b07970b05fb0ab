import { type Page, launchBrowser, openPage } from '../../src/cdp/index.js';
import { InputEpoch, systemClock } from '../../src/core/index.js';
import { rowBands } from '../../src/probe/row-bands.js';
import { createScreenshotSource } from '../../src/sensor/index.js';
import { pageUrl } from '../corpus/capture/page-url.js';
import { rowAnswers } from '../corpus/measure-probes.js';
import type { FrameTruth } from '../corpus/truth.js';

export const FORMATS = ['png', 'jpeg'] as const;
export type Format = (typeof FORMATS)[number];

export interface ListTally {
  readonly look: string;
  readonly lists: number;
  /** Each whole row found within 2 pixels and none invented; else `wrong` from this confidence on, below it `unsure`. */
  readonly grades: Readonly<Record<Format, { right: number; wrong: number; unsure: number }>>;
  /** What was not right, for people who want to look. */
  readonly findings: readonly string[];
}

const SURE = 0.8;
const FONTS = ['14px sans-serif', '13px sans-serif', '15px serif', '13px monospace', '16px sans-serif'];
const SIZES = [
  { width: 640, height: 520 },
  { width: 480, height: 400 },
  { width: 860, height: 560 },
];
/** One in four is drawn for a dense screen. */
const DENSE = 4;

/**
 * Draws lists as user interfaces do, in a browser, each look again and again with other words, fonts, sizes, themes, a selected row and
 * scrolled by a part of one, and holds the rows found in the lossless picture and in a JPEG of quality 60 against the document's.
 * `from`: the first seed. `onTally` gets what there is after each look.
 */
export async function measureLists({
  lists,
  from,
  onTally,
}: Readonly<{ lists: number; from: number; onTally: (tally: ListTally) => void }>): Promise<void> {
  const browser = await launchBrowser({ windowSize: { width: 1280, height: 720 } });
  try {
    const looks = await looksOf(await openPage(browser, { size: SIZES[0], deviceScaleFactor: 1 }));
    for (const [k, look] of looks.entries()) {
      const grades = { png: { right: 0, wrong: 0, unsure: 0 }, jpeg: { right: 0, wrong: 0, unsure: 0 } };
      const findings: string[] = [];
      const count = Math.ceil((lists - k) / looks.length);
      for (let i = 0; i < count; i++) {
        const seed = from + i;
        const scale = i % DENSE === DENSE - 1 ? 2 : 1;
        const { width, height } = SIZES[i % SIZES.length];
        const size = { width: scale * width, height: scale * height };
        const page = await openPage(browser, { size, deviceScaleFactor: scale });
        const query = queryOf(look, seed);
        await page.navigate(`${pageUrl('lists.html')}?${query}`);
        const [list] = ((await page.evaluate('truth()')) as FrameTruth).lists!;
        const source = createScreenshotSource({ page, epoch: new InputEpoch(), clock: systemClock });
        for (const format of FORMATS) {
          const frame = await source.capture({ format, quality: 60 });
          const { rows, confidence } = rowBands(frame.decode(), { region: list.region });
          const missed = rowAnswers(rows, list).filter(({ truth, answer }) => truth !== answer);
          const grade = missed.length === 0 ? 'right' : confidence >= SURE ? 'wrong' : 'unsure';
          grades[format][grade]++;
          if (grade !== 'right')
            findings.push(
              `${query}, scale ${scale}, ${format}: ${grade}, ${missed[0].answer} for ${missed[0].where}`,
            );
        }
        await page.close();
      }
      onTally({ look, lists: count, grades, findings });
    }
  } finally {
    await browser.close();
  }
}

async function looksOf(page: Page): Promise<string[]> {
  await page.navigate(`${pageUrl('lists.html')}?look=nothing`);
  const looks = (await page.evaluate('looks')) as string[];
  await page.close();
  return looks.filter((look) => look !== 'nothing');
}

/** Options of the page, another way with each seed. */
function queryOf(look: string, seed: number): string {
  const font = encodeURIComponent(FONTS[seed % FONTS.length]);
  const options = [`look=${look}`, `seed=${seed}`, `font=${font}`];
  if (seed % 2 === 0) options.push('dark');
  if (seed % 3 === 1) options.push(`select=${seed % 5}`);
  if (seed % 7 < 3) options.push(`scroll=${1 + ((seed * 5) % 28)}`);
  return options.join('&');
}
