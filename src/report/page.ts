import type { Album } from './album.js';
import { type Html, html } from './html.js';
import { PAGE_SCRIPT, PAGE_STYLE } from './page-style.js';

/** The whole file around a body: policy, style, the album's pictures as JSON, and the script that shows them. */
export function page({
  title,
  body,
  pictures,
}: Readonly<{ title: string; body: Html; pictures: Album }>): string {
  const urls = Object.fromEntries(
    [...pictures].flatMap(([sha256, entry]) => ('url' in entry ? [[sha256, entry.url]] : [])),
  );
  const policy =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  return [
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta http-equiv="Content-Security-Policy" content="${policy}" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${title}</title>
        </head>
      </html>`.markup,
    `<style>${PAGE_STYLE}</style>\n</head>\n<body>`,
    body.markup,
    // Hashes and base64 only: nothing in it could end the element.
    `<script type="application/json" id="pictures">${JSON.stringify(urls)}</script>`,
    `<script>${PAGE_SCRIPT}</script>\n</body>\n</html>\n`,
  ].join('\n');
}
