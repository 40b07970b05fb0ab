import type { Point } from '../core/index.js';
import type { Verdict } from '../visual/transition-record.js';
import { type Html, html } from './html.js';

/** Paths around 0,0: each verdict has its shape, so that nobody depends on telling the colours apart. */
const SHAPES: Readonly<Record<Verdict, string>> = {
  proved: 'M-2.6 0a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0z',
  'no-effect': 'M-4.5-4.5h9v9h-9z',
  'wrong-effect': 'M0-6.2L6.2 0 0 6.2-6.2 0z',
  blocked: 'M-4.6 4.6L0-5.2 4.6 4.6z',
  ambiguous: 'M-4.6-4.6h9.2L0 5.2z',
  unknown: 'M-5-2h3v-3h4v3h3v4h-3v3h-4v-3h-3z',
};

/** The verdict's sign in an SVG, centred on a point of its coordinates. */
export function verdictMark(verdict: Verdict, { x, y }: Point): Html {
  const place = `translate(${x.toFixed(1)} ${y.toFixed(1)})`;
  return html`<path class="mark v-${verdict}" transform="${place}" d="${SHAPES[verdict]}"></path>`;
}
