import type { Rect } from '../../core/geometry.js';
import {
  type Candidate,
  type Outlined,
  frameOf,
  isClosedFrame,
  outlined,
  outlinedBefore,
  pairOf,
} from './veil-candidate.js';
import {
  CALM,
  calmness,
  coveringSlack,
  foreignElsewhere,
  hangs,
  mayFill,
  recoloredCalmness,
  spills,
  wasPlain,
} from './veil-cover.js';
import { withoutHardShadow } from './hard-shadow.js';
import { withoutField } from './hung-field.js';
import { isOneOfSeveral } from './siblings.js';
import { stoodElsewhere } from './moved-content.js';
import { isPushed } from './pushed-page.js';
import { cutsFew, cutsMany, cutsMost, endsLines, mayCover, tearsMost } from './veil-lines.js';
import {
  CLEARLY,
  closedSlack,
  flushSlack,
  goesOn,
  isNewBox,
  isNewSheet,
  occludedSlack,
  outlineSlack,
  sidesBefore,
  wholeSides,
} from './veil-outline.js';
import { isBar, isMenuSized, isNotice, isOffToasts, largeSlack, menuSlack } from './veil-shape.js';
import type { VeilReason, VeilState } from '../veil.js';

export interface Judged {
  readonly box: Rect;
  readonly state: VeilState;
  /** The first criterion missed. */
  readonly reason: VeilReason;
  /** Of the weakest criterion, in its own units: 0 decides, above holds. */
  readonly slack: number;
}

/** Whether the foreign cells in `group` are something laid over the page. */
export function judgeCandidate(candidate: Candidate): Judged {
  return candidate.page.gain < 1 ? judgeDimmed(candidate) : judgePlain(candidate);
}

/** A backdrop says already that something is there: the criteria only tell the box from the rest. */
function judgeDimmed(candidate: Candidate): Judged {
  const frame = frameOf(candidate);
  const { rect: box } = frame;
  const { count, samples } = foreignElsewhere(candidate, box);
  const { reason, slack } = weakest([
    ['no-outline', outlineSlack(frame, 1)],
    ['not-covering', coveringSlack(candidate, box)],
    ['changed-elsewhere', (0.15 - count / Math.max(1, samples)) / 0.15],
    ['notice', largeSlack(box, candidate)],
  ]);
  if (reason === 'opened' && !isClosedFrame(candidate, frame)) return unclosed(box);
  const state = reason === 'opened' ? 'open' : reason === 'notice' ? 'closed' : 'unsure';
  return { box, state, reason, slack };
}

/** What a candidate over a page that stayed as it was is judged by: slacks, 0 decides, above holds. */
interface Signs extends Outlined {
  readonly outline: number;
  readonly covering: number;
  readonly large: number;
  readonly replaced: number;
  readonly elsewhere: number;
}

/**
 * Over a page that stays as it was a popup is told from a page's own new parts by what it covers: lines that ran on below
 * its outline end there. What replaces something else tears them on both sides, what is filled in has none.
 */
function judgePlain(candidate: Candidate): Judged {
  const signs = signsOf(candidate);
  const { frame, outline, covering, large, replaced, elsewhere } = signs;
  const { rect: box } = frame;
  const criteria: Criteria = [
    ['no-outline', outline],
    ['not-covering', covering],
    ['notice', large],
    ['replaced', replaced],
    ['changed-elsewhere', elsewhere],
  ];
  const isPartly = isPartlyOutlined(signs);
  const isNearly = isLikely(signs) && elsewhere >= CALM && outline > -NEARLY;
  // What went is looked at only where it matters: it costs as much as what came.
  const gone = isPartly || isNearly || (isLikely(signs) && outline >= 0) ? outlinedBefore(candidate) : null;
  if (gone !== null) criteria.unshift(['closed', closedSlack(signs, gone)]);
  const { reason, slack } = weakest(criteria);
  if (reason === 'opened') {
    if (!isClosedFrame(candidate, frame)) return unclosed(box);
    return mayBePagesOwn(candidate, signs, gone)
      ? { box, state: 'unsure', reason: 'replaced', slack: 0 }
      : { box: openedBox(candidate, box), state: 'open', reason, slack };
  }
  const isOutlined = isPartly || (isNearly && gone !== null && isBetterThan(signs, gone));
  if (mayBePopup(candidate, signs, { reason, isOutlined })) return { box, state: 'unsure', reason, slack };
  if (mayBeFaint(candidate, signs, reason))
    return { box: candidate.group, state: 'unsure', reason: 'no-outline', slack };
  if (mayBeFlush(candidate, signs, reason) || mayHaveRoom(candidate, signs, reason))
    return { box, state: 'unsure', reason, slack };
  return { box, state: 'closed', reason, slack };
}

/** Without what is not the box's own: the shadow that it throws, and the field that it hangs from. */
function openedBox(candidate: Candidate, box: Rect): Rect {
  return withoutField(pairOf(candidate), withoutHardShadow(candidate, box));
}

function signsOf(candidate: Candidate): Signs {
  const { frame, lines } = outlined(candidate);
  const { rect: box } = frame;
  const whole = Math.max(outlineSlack(frame, 3), cutsMost(lines) ? flushSlack(candidate, frame) : -1);
  const isMenu = cutsMost(lines) && outlineSlack(frame, 4) >= WHOLE;
  const large = isNotice(box, candidate.region) ? -1 : (isMenu ? menuSlack : largeSlack)(box, candidate);
  const calm = calmness(candidate, box);
  // What is recoloured costs a look at all that changed: only what is outlined and large is worth it.
  const elsewhere = calm < CALM && Math.min(large, whole) >= 0 ? recoloredCalmness(candidate, box) : calm;
  return {
    frame,
    lines,
    outline: cutsMost(lines) && elsewhere >= CALM ? Math.max(whole, occludedSlack(frame)) : whole,
    covering: coveringSlack(candidate, box),
    large,
    replaced: tearsMost(lines) ? -1 : 1,
    elsewhere,
  };
}

/** New, large and not torn: all but its outline and its surroundings speak for a popup. */
function isLikely({ covering, large, replaced }: Signs): boolean {
  return Math.min(covering, large, replaced) >= 0;
}

function isPartlyOutlined(signs: Signs): boolean {
  const { frame, lines, elsewhere } = signs;
  return isLikely(signs) && (mayCover(lines) || (elsewhere >= CALM && occludedSlack(frame) >= CLEAR_SIDES));
}

/** What came ends more lines than what went, and is the better outlined. */
function isBetterThan({ lines, outline }: Signs, gone: Outlined): boolean {
  return lines.cut > gone.lines.cut && outline > outlineSlack(gone.frame, 2);
}

/** Whether what meets all criteria may still be a part of the page that was filled, replaced, or came back. */
function mayBePagesOwn(candidate: Candidate, signs: Signs, gone: Outlined | null): boolean {
  const { frame, lines, elsewhere } = signs;
  const { rect: box } = frame;
  const isContested = gone !== null && isContestedBy(gone, signs);
  if (isContested || spills(candidate, box) || 4 * lines.torn > lines.cut) return true;
  if (sidesBefore(candidate, frame) >= DOCKED) return true;
  if (wasPlain(candidate, box) && goesOn(candidate, frame)) return true;
  if (cutsFew(lines) && isOneOfSeveral(candidate, frame)) return true;
  if (stoodElsewhere(candidate, box)) return true;
  if (isPushed(candidate.before, candidate.after, box, candidate.region)) return true;
  const isMenu = isMenuSized(box, candidate.region) && elsewhere >= CALM && outlineSlack(frame, 4) >= WHOLE;
  return cutsFew(lines) && mayFill(candidate, frame, isMenu);
}

/** What went was the better outlined, or ends half as many lines as what came: a dialog that closed, or was moved. */
function isContestedBy(gone: Outlined, { frame, lines }: Signs): boolean {
  if (outlineSlack(gone.frame, 1) > outlineSlack(frame, 1) + CLEARLY) return true;
  return cutsMany(gone.lines) && 2 * gone.lines.cut >= lines.cut;
}

/** Whether what misses `reason` may be a popup nevertheless: incompletely outlined, pale, or hanging from a bar. */
function mayBePopup(
  candidate: Candidate,
  { frame, lines, outline, large, elsewhere }: Signs,
  { reason, isOutlined }: { readonly reason: VeilReason; readonly isOutlined: boolean },
): boolean {
  if (reason === 'changed-elsewhere' || reason === 'no-outline') return isOutlined;
  if (reason === 'not-covering') return Math.min(outline, large, elsewhere) >= 0 && mayCover(lines);
  if (reason !== 'notice' || elsewhere < CALM) return false;
  const { rect } = frame;
  return !isBar(rect) && (isOffToasts(rect, candidate) || hangs(candidate, rect));
}

function mayBeFaint(
  candidate: Candidate,
  { frame, covering, large, elsewhere }: Signs,
  reason: VeilReason,
): boolean {
  const isUnclear = reason === 'no-outline' || reason === 'replaced';
  if (!isUnclear || Math.min(covering, large) < 0 || elsewhere < CALM) return false;
  if (reason === 'no-outline' && wholeSides(frame) >= MOST_SIDES && wasPlain(candidate, frame.rect))
    return true;
  return endsLines(candidate);
}

/** Whether lines that are torn may end a little beyond its outline: a terminal draws that in the middle of its characters. */
function mayHaveRoom(candidate: Candidate, signs: Signs, reason: VeilReason): boolean {
  const { frame, covering, large, elsewhere } = signs;
  return (
    reason === 'replaced' &&
    Math.min(covering, large) >= 0 &&
    elsewhere >= ALL_CALM &&
    !frame.sides.includes(null) &&
    (wholeSides(frame) >= MOST_SIDES || outlineSlack(frame, 4) >= MOSTLY) &&
    closedSlack(signs, outlinedBefore(candidate)) >= 0
  );
}

/** Whether it may lie along lines that the page had: a list below its field, over other fields, or a sheet below a header. */
function mayBeFlush(
  candidate: Candidate,
  { frame, covering, large, replaced, elsewhere }: Signs,
  reason: VeilReason,
): boolean {
  if (reason === 'closed' || large < 0 || elsewhere < CALM || covering < HALF_COVERED) return false;
  return isNewSheet(frame) || (replaced >= 0 && isNewBox(candidate, frame));
}

/** Whether what came is a whole box that hides what was there, though much else changed. */
export function standsApart(candidate: Candidate): boolean {
  const { frame, covering, large, elsewhere } = signsOf(candidate);
  if (Math.min(covering, large) < 0 || elsewhere >= CALM || outlineSlack(frame, 4) < MOSTLY) return false;
  return sidesBefore(candidate, frame) < DOCKED && isClosedFrame(candidate, frame);
}

/** Something opened, but one of the sides found is a line within it, or beyond it. */
function unclosed(box: Rect): Judged {
  return { box, state: 'unsure', reason: 'no-outline', slack: 0 };
}

type Criteria = [VeilReason, number][];

function weakest(criteria: Criteria): { reason: VeilReason; slack: number } {
  const reason = criteria.find(([, slack]) => slack < 0)?.[0] ?? 'opened';
  return { reason, slack: Math.min(...criteria.map(([, slack]) => slack)) };
}

/** So many sides on lines that the page had: a place that was filled, a panel docked in a window. */
const DOCKED = 3;
/** A menu may lie within the widget it belongs to and cut nothing: it is whole. */
const WHOLE = 0.8;
const CLEAR_SIDES = 0.5;
/** What stands apart is outlined on all sides, but for what it covers of the same colour. */
const MOSTLY = 0.5;
/** So many whole sides may be a popup whose shadow falls away from the other one, and that has no other outline. */
const MOST_SIDES = 3;
/** An outline that misses by this little may be one. */
const NEARLY = 0.15;
/** Nothing changed but what is outlined. */
const ALL_CALM = 0.95;
/** Half of what was there may be there still: the field that a list hangs from, with a ring around it. */
const HALF_COVERED = -0.3;
