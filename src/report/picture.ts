import { PixelproofError, type Rect } from '../core/index.js';
import type { ArtifactRef } from '../visual/transition-record.js';
import type { Album } from './album.js';
import { type Html, html } from './html.js';
import { type OverlayMarks, overlay } from './overlay.js';

/**
 * One picture with its caption and what is drawn on it, or a placeholder that says why there is none. The page's script
 * fills in the pixels when it comes into view.
 */
export function picture({
  ref,
  caption,
  album,
  marks,
}: Readonly<{ ref: ArtifactRef | null; caption: string; album: Album; marks?: OverlayMarks }>): Html {
  return html`<figure>
    <figcaption>
      ${caption}${ref?.rect ? html` <span class="quiet">${spellRect(ref.rect)}</span>` : ''}
    </figcaption>
    ${frame(ref, caption, album, marks)}
  </figure>`;
}

/** The picture alone, small, for a row of a list. */
export function miniature({ ref, album }: Readonly<{ ref: ArtifactRef | null; album: Album }>): Html {
  const entry = ref === null ? undefined : album.get(ref.sha256);
  if (ref === null || entry === undefined || 'missing' in entry)
    return html`<span class="mini none">–</span>`;
  return html`<img class="mini" alt="" data-picture="${ref.sha256}" />`;
}

function frame(
  ref: ArtifactRef | null,
  caption: string,
  album: Album,
  marks: OverlayMarks | undefined,
): Html {
  if (ref === null) return html`<div class="picture none">no picture was taken</div>`;
  const entry = album.get(ref.sha256);
  if (entry === undefined) throw new PixelproofError('PXP_USAGE', `the album lacks ${ref.sha256}`);
  const shape = ref.rect === null ? '' : `aspect-ratio:${ref.rect.width}/${ref.rect.height}`;
  if ('missing' in entry) {
    return html`<div class="picture none" style="${shape}">
      no picture: ${entry.missing}<br /><code>${ref.sha256.slice(0, 16)}…</code>
    </div>`;
  }
  return html`<div class="picture" style="${shape}">
    <img alt="${caption}" data-picture="${ref.sha256}" />${
      ref.rect !== null && marks !== undefined ? overlay(ref.rect, marks) : ''
    }
  </div>`;
}

function spellRect({ x, y, width, height }: Rect): string {
  return `${width}×${height} at ${x}, ${y}`;
}
