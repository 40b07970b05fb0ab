import { isPixelproofError } from '../core/index.js';
import type { ArtifactRef } from '../visual/transition-record.js';
import { thumbnail } from './thumbnail.js';

/** What became of a wanted picture: its data URL, or why there is none. */
export type AlbumEntry = { readonly url: string } | { readonly missing: string };
/** By hash: a picture that several steps show is embedded once. */
export type Album = ReadonlyMap<string, AlbumEntry>;

export interface WantedPicture {
  readonly ref: ArtifactRef;
  /** Every pixel matters; the others may be thumbnails. */
  readonly full: boolean;
}

/** Together with the markup of some hundred steps this stays below 15 MB, which browsers open without a pause. */
const MAX_FULL_CHARACTERS = 6_000_000;
const MAX_CHARACTERS = 12_000_000;

/**
 * Reads the pictures in their order and makes data URLs of them: full ones as stored until half of the budget is used,
 * then thumbnails until it is used up, then none. What cannot be read or decoded is an entry that says so, never an error.
 */
export async function album(
  wanted: readonly WantedPicture[],
  readArtifact: (ref: ArtifactRef) => Promise<Uint8Array>,
): Promise<Album> {
  const entries = new Map<string, AlbumEntry>();
  let characters = 0;
  for (const { ref, full } of wanted) {
    if (entries.has(ref.sha256)) continue;
    if (characters >= MAX_CHARACTERS) {
      entries.set(ref.sha256, { missing: 'left out to keep this file small' });
      continue;
    }
    const entry = await read(ref, full && characters < MAX_FULL_CHARACTERS, readArtifact);
    entries.set(ref.sha256, entry);
    if ('url' in entry) characters += entry.url.length;
  }
  return entries;
}

async function read(
  ref: ArtifactRef,
  full: boolean,
  readArtifact: (ref: ArtifactRef) => Promise<Uint8Array>,
): Promise<AlbumEntry> {
  try {
    const bytes = await readArtifact(ref);
    if (full) return { url: dataUrl(ref.mediaType, bytes) };
    const small = thumbnailOrOriginal(bytes);
    return { url: dataUrl(small === bytes ? ref.mediaType : 'image/jpeg', small) };
  } catch (error) {
    return { missing: isPixelproofError(error) ? error.code : 'not readable' };
  }
}

/** Small originals stay as they are: a crop of a row is often smaller as the PNG it is. */
function thumbnailOrOriginal(bytes: Uint8Array): Uint8Array {
  try {
    const small = thumbnail(bytes);
    return small.length < bytes.length ? small : bytes;
  } catch (error) {
    // Without an encoder on this platform the report is larger, not poorer.
    if (isPixelproofError(error, 'PXP_USAGE')) return bytes;
    throw error;
  }
}

function dataUrl(mediaType: string, bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
  return `data:${mediaType};base64,${base64}`;
}
