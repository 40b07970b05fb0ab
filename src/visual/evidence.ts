import type { ImageBuffer } from '../image/index.js';
import type { Judgement } from './judgement.js';

/**
 * What the pixels have to show, as data: it can be stored, linted, drawn and evaluated again later. Names refer to the
 * calibration. Evaluation is in judge.ts.
 */
export type Evidence =
  | { readonly kind: 'tabActive'; readonly tab: string }
  | { readonly kind: 'swatchIs'; readonly swatch: string; readonly state: string }
  | { readonly kind: 'changed'; readonly region: string; readonly atLeast: number }
  | { readonly kind: 'unchanged'; readonly region: string }
  | { readonly kind: 'visible'; readonly anchor: string }
  | { readonly kind: 'gone'; readonly anchor: string }
  | { readonly kind: 'matches'; readonly template: string }
  | { readonly kind: 'modalOpen'; readonly modal: string | null }
  | { readonly kind: 'modalClosed'; readonly modal: string | null }
  | { readonly kind: 'listEmpty'; readonly list: string }
  | { readonly kind: 'rowAdvanced'; readonly list: string }
  | { readonly kind: 'rowRemoved'; readonly list: string }
  | { readonly kind: 'rowAdded'; readonly list: string }
  | { readonly kind: 'counted'; readonly counter: string; readonly by: number }
  | { readonly kind: 'scrolled'; readonly list: string }
  | {
      readonly kind: 'textGrew';
      readonly region: string;
      readonly glyphs: number;
      readonly within?: number;
    }
  | { readonly kind: 'on'; readonly screen: string }
  | {
      readonly kind: 'custom';
      readonly name: string;
      readonly regions: readonly string[];
      readonly judge: CustomJudge;
    }
  | { readonly kind: 'all'; readonly of: readonly Evidence[] }
  | { readonly kind: 'any'; readonly of: readonly Evidence[] }
  | { readonly kind: 'not'; readonly of: Evidence };

/** A flow's own predicate: pure, of its regions' pixels and nothing else, so that it can be decided again later. */
export type CustomJudge = (view: CustomView) => CustomFinding;

/** The regions in the order they were named, RGBA8. */
export interface CustomView {
  readonly now: readonly ImageBuffer[];
  /** The same before the action; null where no action is judged. */
  readonly before: readonly ImageBuffer[] | null;
}

export type CustomFinding = Pick<Judgement, 'truth' | 'score' | 'margin' | 'reason'>;

/** The tab is the active one: its swatch shows the active state and no other tab's does. */
export const tabActive = (tab: string): Evidence => ({ kind: 'tabActive', tab });

/** The swatch is in the named state, ahead of its other states. */
export const swatchIs = (swatch: string, state: string): Evidence => ({ kind: 'swatchIs', swatch, state });

/** At least this share (0..1) of the region differs from before the action. */
export const changed = (
  region: string,
  { atLeast = 0.01 }: Readonly<{ atLeast?: number }> = {},
): Evidence => ({
  kind: 'changed',
  region,
  atLeast,
});

/** Nothing but ambient motion differs in the region from before the action. */
export const unchanged = (region: string): Evidence => ({ kind: 'unchanged', region });

/** The anchor looks as calibrated. */
export const visible = (anchor: string): Evidence => ({ kind: 'visible', anchor });

/** The anchor does not look as calibrated. */
export const gone = (anchor: string): Evidence => ({ kind: 'gone', anchor });

/** The anchor's template is in its search region, in one place only; `visible` of an anchor by template says the same. */
export const matches = (template: string): Evidence => ({ kind: 'matches', template });

/** The named modal is open; without a name, any calibrated one is. */
export const modalOpen = (modal?: string): Evidence => ({ kind: 'modalOpen', modal: modal ?? null });

/** The named modal is not open; without a name, none of the calibrated ones is. */
export const modalClosed = (modal?: string): Evidence => ({ kind: 'modalClosed', modal: modal ?? null });

/** The list shows no rows, and is not just loading. */
export const listEmpty = (list: string): Evidence => ({ kind: 'listEmpty', list });

/** The first row is gone and exactly the rows that followed it moved up into its place. */
export const rowAdvanced = (list: string): Evidence => ({ kind: 'rowAdvanced', list });

/** Exactly one row, the first or another, is gone and the rows below it moved up. */
export const rowRemoved = (list: string): Evidence => ({ kind: 'rowRemoved', list });

/** Exactly one row has come, the first or another, and the rows below it moved down. One that comes out of view does not count. */
export const rowAdded = (list: string): Evidence => ({ kind: 'rowAdded', list });

/** The counter's number is by so much higher than before, or lower where `by` is negative. A whole number, not 0. */
export const counted = (counter: string, { by }: Readonly<{ by: number }>): Evidence => ({
  kind: 'counted',
  counter,
  by,
});

/** The list's content moved along; that it did not is its end. */
export const scrolled = (list: string): Evidence => ({ kind: 'scrolled', list });

/**
 * So many glyphs (spaces are none) came after the text that was in the region, a field of one line without its border. Letters that touch
 * count as one, and so does what a lost key leaves: `within` glyphs less or more are taken for letters, 0 by default.
 */
export const textGrew = (
  region: string,
  { glyphs, within = 0 }: Readonly<{ glyphs: number; within?: number }>,
): Evidence => ({ kind: 'textGrew', region, glyphs, ...(within === 0 ? {} : { within }) });

/** The screen is this one of the flow's `screens`, ahead of all others. */
export const on = (screen: string): Evidence => ({ kind: 'on', screen });

/** What `judge` says of these regions. The name stands in records; the function does not. */
export const custom = (
  name: string,
  { regions, judge }: Readonly<{ regions: readonly string[]; judge: CustomJudge }>,
): Evidence => ({ kind: 'custom', name, regions, judge });

/** Every part holds. */
export const all = (...of: readonly Evidence[]): Evidence => ({ kind: 'all', of });

/** At least one part holds. */
export const any = (...of: readonly Evidence[]): Evidence => ({ kind: 'any', of });

/** The part fails. */
export const not = (of: Evidence): Evidence => ({ kind: 'not', of });

/** How people and records spell it: `any(rowAdvanced(list), modalOpen(confirm))`. */
export function spellEvidence(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'tabActive':
      return `tabActive(${evidence.tab})`;
    case 'swatchIs':
      return `swatchIs(${evidence.swatch}, ${evidence.state})`;
    case 'changed':
      return `changed(${evidence.region}, ${evidence.atLeast})`;
    case 'unchanged':
      return `unchanged(${evidence.region})`;
    case 'visible':
    case 'gone':
      return `${evidence.kind}(${evidence.anchor})`;
    case 'matches':
      return `matches(${evidence.template})`;
    case 'modalOpen':
    case 'modalClosed':
      return `${evidence.kind}(${evidence.modal ?? ''})`;
    case 'listEmpty':
    case 'rowAdvanced':
    case 'rowRemoved':
    case 'rowAdded':
    case 'scrolled':
      return `${evidence.kind}(${evidence.list})`;
    case 'counted':
      return `counted(${evidence.counter}, ${evidence.by})`;
    case 'textGrew':
      return `textGrew(${evidence.region}, ${evidence.glyphs})`;
    case 'on':
      return `on(${evidence.screen})`;
    case 'custom':
      return `custom(${evidence.name})`;
    case 'all':
    case 'any':
      return `${evidence.kind}(${evidence.of.map(spellEvidence).join(', ')})`;
    case 'not':
      return `not(${spellEvidence(evidence.of)})`;
  }
}
