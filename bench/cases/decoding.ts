import { isPixelproofError } from '../../src/core/index.js';
import {
  type DecodeOptions,
  ImageBuffer,
  crop,
  decode,
  encodeJpeg,
  encodePng,
} from '../../src/image/index.js';
import { ledgerLike } from '../ledger-like.js';
import { FIRST_ROW } from '../page.js';
import { photoLike } from '../photo-like.js';
import type { Recorder } from '../recorder.js';
import { timed } from '../timed.js';

interface Picture {
  /** As in the case's name: `jpeg-q80-1280x720`. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly isJpeg: boolean;
}

type Decoder = NonNullable<DecodeOptions['decoder']>;

/** PNG goes by them as by the canvas. */
const JPEG_ONLY: readonly Decoder[] = ['accelerated', 'wasm'];

/**
 * How far a JPEG decoder may be from the portable one, in levels: they interpolate chroma differently, by up to 61 at a
 * coloured edge, but hardly anywhere else.
 */
const JPEG_MAX_DIFFERENCE = 96;
const JPEG_MEAN_DIFFERENCE = 2;

/** `decode:<format>-<size>:<decoder>`: each decoder's time for one picture, its pixels checked against the portable one's. */
export async function decodingCases(recorder: Recorder): Promise<void> {
  const { quick } = recorder.options;
  const decoders = availableDecoders(recorder);
  for (const { name, bytes, isJpeg } of pictures(quick)) {
    const reference = decode(bytes, { decoder: 'portable' }).image;
    const sides = decoders
      .filter((decoder) => isJpeg || !JPEG_ONLY.includes(decoder))
      .map((decoder) => {
        const result = decode(bytes, { decoder });
        requireAlike(result.image, reference, { what: `${name} by ${result.decoder}`, exact: !isJpeg });
        const side = decoder === 'accelerated' ? decoder : result.decoder;
        return { name: `decode:${name}:${side}`, sample: () => timed(() => decode(bytes, { decoder })) };
      });
    await recorder.compare(sides, {
      // The first calls of a turn pay for the caches and the memory that the sides before have used up.
      ...{ unit: 'ms', turns: 5, perTurn: 12, discard: 6 },
      ...(quick ? { warmUpMs: 60, budgetMs: 300 } : { warmUpMs: 400, budgetMs: 3000 }),
    });
  }
}

function pictures(quick: boolean): Picture[] {
  const frame = ledgerLike({ firstRow: 0 });
  const row = crop(frame, FIRST_ROW_OF_LEDGER);
  const sized = [
    { size: '1280x720', image: frame },
    { size: '1240x56', image: row },
    ...(quick ? [] : [{ size: '1280x720-photo', image: photoLike(frame) }]),
  ];
  const qualities = quick ? [80] : [60, 80];
  return sized.flatMap(({ size, image }) => [
    ...qualities.map((quality) => ({
      name: `jpeg-q${quality}-${size}`,
      bytes: encodeJpeg(image, quality),
      isJpeg: true,
    })),
    { name: `png-${size}`, bytes: encodePng(image), isJpeg: false },
  ]);
}

/** The drawn list begins lower than the page's. */
const FIRST_ROW_OF_LEDGER = { ...FIRST_ROW, y: 152 };

function availableDecoders(recorder: Recorder): Decoder[] {
  const probe = encodeJpeg(new ImageBuffer(8, 8, new Uint8Array(4 * 64).fill(255)), 80);
  const optional: readonly Decoder[] = [...JPEG_ONLY, 'canvas'];
  const there = optional.filter((decoder) => {
    try {
      decode(probe, { decoder });
      return true;
    } catch (error) {
      if (!isPixelproofError(error, 'PXP_USAGE')) throw error;
      recorder.note(`decoder ${decoder} left out: ${error.message}`);
      return false;
    }
  });
  return [...there, 'portable'];
}

function requireAlike(
  image: ImageBuffer,
  reference: ImageBuffer,
  { what, exact }: Readonly<{ what: string; exact: boolean }>,
): void {
  let sum = 0;
  let greatest = 0;
  for (let i = 0; i < reference.data.length; i++) {
    const difference = Math.abs(image.data[i] - reference.data[i]);
    sum += difference;
    if (difference > greatest) greatest = difference;
  }
  const mean = sum / reference.data.length;
  const alike = exact ? greatest === 0 : greatest <= JPEG_MAX_DIFFERENCE && mean <= JPEG_MEAN_DIFFERENCE;
  if (!alike)
    throw new Error(
      `${what} differs from the portable decoder by ${greatest} at most, ${mean.toFixed(2)} on average`,
    );
}
