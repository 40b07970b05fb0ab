import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Of a page in `pages`. */
export const pageUrl = (name: string): string => pathToFileURL(join(import.meta.dirname, 'pages', name)).href;
