import { type Contestant, type Picture, type PictureFormat } from './contestant.js';
import { readRowNumber } from './row-number.js';

/** Clicks the first row away again and again, and knows from the pixels whether each click had its effect. */
export interface RowLoop {
  /** The picture that proved the last click, or the first look. */
  readonly picture: Picture;
  /** One click and its proof. Answers the milliseconds between the two. Throws when the proof shows another row. */
  next(): Promise<number>;
  /** Looks at the row anew, without a click. */
  refresh(): Promise<void>;
}

export async function startRowLoop(contestant: Contestant, format: PictureFormat): Promise<RowLoop> {
  let picture = await contestant.look(format);
  let number = numberIn(picture, contestant.name);
  return {
    get picture() {
      return picture;
    },
    async next() {
      const startedAt = performance.now();
      await contestant.click();
      picture = await contestant.proof({ format, before: picture, shows: number + 1 });
      const ms = performance.now() - startedAt;
      const shown = numberIn(picture, contestant.name);
      if (shown !== number + 1) {
        throw new Error(
          `${contestant.name}: after row ${number} a click has to show the next, but row ${shown} is there`,
        );
      }
      number = shown;
      return ms;
    },
    async refresh() {
      picture = await contestant.look(format);
      number = numberIn(picture, contestant.name);
    },
  };
}

function numberIn(picture: Picture, name: string): number {
  const number = readRowNumber(picture.decode());
  if (number === null) throw new Error(`${name}: the picture shows no whole row`);
  return number;
}
