import { type Rect, intersect, overlaps } from '../../core/index.js';
import {
  type ResolvedCalibration,
  type ResolvedMark,
  type ResolvedModal,
  placeOfMark,
} from '../../calibration/index.js';
import { matchTemplate, veil } from '../../probe/index.js';
import type { Judgement } from '../judgement.js';
import type { Look } from '../look.js';
import { judgeMark } from './mark.js';
import type { Finding, Scene } from './scene.js';

const OPEN_UNKNOWN = 'open-unknown';
/** A popup that is still there correlates by more with what it was, also as a JPEG; the page below it does not. */
const STILL = 0.9;

/**
 * A modal is open: the named one by its mark; without a name any calibrated one, or one nobody calibrated that shows as
 * a veil since before the action, or since the page was last seen clear. Unsure where what has come since fits a popup and something else as well.
 */
export function judgeModalOpen(scene: Scene, name: string | null): Finding {
  if (name !== null) return judgeNamed(scene, scene.calibration.modal(name));
  const found = [...scene.calibration.modals.values()].map((modal) => ({
    modal,
    found: judgeMark(scene.now, modal.mark),
  }));
  const open = found.find((each) => each.found.truth === 'holds');
  if (open !== undefined) return { ...open.found, reason: `open-${open.modal.name}` };
  const unknown = judgeOver(scene);
  if (unknown !== null) return unknown;
  const regions = found.flatMap((each) => each.found.regions);
  const unsure = found.find((each) => each.found.truth === 'unsure');
  if (unsure !== undefined) return { ...unsure.found, regions };
  const score = Math.max(0, ...found.map((each) => each.found.score));
  return { truth: 'fails', score, margin: 1 - score, regions, reason: 'none-open' };
}

/** By its mark; one whose mark is gone may be under what nobody calibrated, where that may have come and nothing calibrated has come to light. */
function judgeNamed({ before, now, calibration }: Scene, modal: ResolvedModal): Finding {
  const found = judgeMark(now, modal.mark);
  if (found.truth !== 'fails' || before === null || showsPage(now, { before, calibration })) return found;
  if (judgeMark(before, modal.mark).truth !== 'holds') return found;
  const over = judgeUnknown(before, now);
  return over === null ? found : { ...over, truth: 'unsure', reason: 'unknown-maybe-open' };
}

/** Whether a tab's or an anchor's mark is there, or another popup's, that the popup dimmed or covered before. */
function showsPage(
  now: Look,
  {
    before,
    calibration: { modals, tabs, anchors },
  }: Readonly<{ before: Look; calibration: ResolvedCalibration }>,
): boolean {
  const marks: ResolvedMark[] = [
    ...[...modals.values(), ...tabs.values()].map(({ mark }) => mark),
    ...[...anchors.values()].map((anchor) => ({ kind: 'anchor', anchor }) as const),
  ];
  const holds = (look: Look, mark: ResolvedMark): boolean =>
    look.shows(placeOfMark(mark)) && judgeMark(look, mark).truth === 'holds';
  return marks.some((mark) => holds(now, mark) && !holds(before, mark));
}

/** What nobody calibrated and has come over the page since the look before, or was over it then and still is. */
function judgeOver({ before, behind, clear, popup, now, calibration }: Scene): Finding | null {
  if (popup !== undefined && popup !== null && stillShows(now, popup)) {
    return { truth: 'holds', score: 1, margin: 1, regions: [popup.rect], reason: OPEN_UNKNOWN };
  }
  const earlier = before ?? clear ?? null;
  const come = earlier === null ? null : judgeUnknown(earlier, now);
  if (come !== null || before === null || behind === null) return come;
  // Of a calibrated one its mark has told.
  return typeof openModal(before, calibration) === 'object' ? null : judgeUnknown(behind, now);
}

/** A popup nobody calibrated that has come since the earlier look, or may have; null where none has. */
export function judgeUnknown(earlier: Look, look: Look): Finding | null {
  // A clear look may be of another step's checkpoint.
  if (!overlaps(earlier.rect, look.rect)) return null;
  const rect = intersect(earlier.rect, look.rect);
  const [before, now] = [earlier.part(rect), look.part(rect)];
  const { state, box, margin } = now.comparison(before, 'veil', () => veil(before.image, now.image));
  if (state === 'closed') return null;
  const regions = [box === null ? now.rect : now.toViewport(box)];
  return state === 'open'
    ? { truth: 'holds', score: 1, margin, regions, reason: OPEN_UNKNOWN }
    : { truth: 'unsure', score: 0.5, margin, regions, reason: 'unknown-maybe-open' };
}

/** The box of the popup nobody calibrated that a proof rests on; null where it rests on none. */
export function unknownBox({ truth, reason, regions, parts = [] }: Judgement): Rect | null {
  if (truth !== 'holds') return null;
  if (parts.length > 0) return parts.map(unknownBox).find((box) => box !== null) ?? null;
  return reason === OPEN_UNKNOWN ? regions[0] : null;
}

/** Whether a popup is where it was seen, with what it showed, whatever has become of the page around it. */
export function stillShows(look: Look, popup: Look): boolean {
  if (!look.shows(popup.rect)) return false;
  return look.comparison(popup, 'popup', () => {
    const region = look.toImage(popup.rect);
    return matchTemplate(look.image, popup.image, { region, minScore: STILL, minMargin: 0 }).found;
  });
}

/** The calibrated modal that is open for certain, by the marks within the look; or `none`, or `unclear` where one may be. */
export function openModal(look: Look, { modals }: ResolvedCalibration): ResolvedModal | 'none' | 'unclear' {
  const judged = [...modals.values()].map((modal) => {
    const isSeen = look.shows(placeOfMark(modal.mark));
    return { modal, truth: isSeen ? judgeMark(look, modal.mark).truth : 'unsure' };
  });
  const open = judged.find(({ truth }) => truth === 'holds');
  if (open !== undefined) return open.modal;
  return judged.every(({ truth }) => truth === 'fails') ? 'none' : 'unclear';
}

/** The look shows the place of the modal's mark, and not the mark. */
export function isSeenClosed(look: Look, { mark }: ResolvedModal): boolean {
  return !look.flat && look.shows(placeOfMark(mark)) && judgeMark(look, mark).truth === 'fails';
}

/** The boxes of the modals that are, or may be, open: what lies under them cannot be judged. */
export function openModalBoxes(look: Look, { modals }: ResolvedCalibration): readonly Rect[] {
  return look.reading('open modals', () =>
    [...modals.values()].filter(({ mark }) => judgeMark(look, mark).truth !== 'fails').map(({ box }) => box),
  );
}
