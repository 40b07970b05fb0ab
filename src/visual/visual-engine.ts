import { type Clock, type Rect, sizeRect } from '../core/index.js';
import {
  type Assumption,
  type BrokenAssumption,
  type ResolvedCalibration,
  checkCalibration,
  explainBroken,
} from '../calibration/index.js';
import { decode } from '../image/index.js';
import { type Redecision, redecide } from './redecide.js';
import type { Step } from './step.js';
import type { ArtifactRef, TransitionRecord } from './transition-record.js';
import type { Actuator } from '../input/index.js';
import type { FrameSource } from '../sensor/index.js';
import { AmbientMap } from './motion/ambient-map.js';
import { beginTransition } from './transition/begin-transition.js';
import { confirmTransition } from './transition/confirm-transition.js';
import { type Behind, type EngineContext, blockedBy } from './engine-context.js';
import { Deadlines } from './deadlines.js';
import type { Evidence } from './evidence.js';
import { judge, whereIs } from './judge.js';
import { LastingMotion } from './motion/lasting-motion.js';
import { Look } from './look.js';
import type { Judgement } from './judgement.js';
import { type CaptureTiming, createObserver, createPictureMaker } from './transition/observe.js';
import { isSeenClosed, judgeUnknown, stillShows, unknownBox } from './predicates/modal.js';
import type { Recognition } from './predicates/screen.js';
import { MODES, type Mode, type Reach } from './reach.js';
import { type Readings, readingsOf } from './readings.js';
import { checkpoint, evidenceRegions } from './plan-checkpoint.js';
import { placesOfEvidence, placesOfStep } from './used-places.js';
import type { Judged, Outcome, Pending, Picture, TransitionRequest } from './transition.js';

/** What layer 2 needs of a frame source. */
export type Eye = Pick<FrameSource, 'name' | 'capture' | 'until'>;

/** Layer 2's eye and hand, asked for anew at each use: a lost browser comes back as another source. */
export interface Screen {
  source(): Eye;
  actuator(): Actuator;
}

/**
 * Layer 2: acts and proves. It keeps only what it learned: ambient motion, timeouts that were too short, what the page looks like
 * with nothing over it, and what is behind a popup that a step has opened.
 */
export interface VisualEngine {
  /** Looks, makes the intent durable, acts, and confirms. Rejects with PXP_ABORTED, or what the journal rejects with. */
  transition(request: TransitionRequest): Promise<Outcome>;
  /** Judges an input that left earlier: after a blocker was removed, a browser came back, or a process died. */
  resume(
    pending: Pending,
    options?: Readonly<{ recovering?: string; signal?: AbortSignal }>,
  ): Promise<Judged>;
  /** An intent as it was stored, made judgeable again. Errors: PXP_IMAGE_… when its picture is not sound. */
  recall(stored: StoredIntent): Pending;
  /** Whether the evidence holds now. Looks until that is sure or `timeoutMs` (4000) have passed, and answers what it has. */
  see(evidence: Evidence, options?: SeeOptions): Promise<Sight<Judgement>>;
  /** Which of the flow's screens is there, and what it shows. Looks until that is sure, as `see`. */
  where(options?: SeeOptions): Promise<Sight<Where>>;
  /** Watches the idle screen and learns what moves by itself: 1.7 s, and longer as long as more is found. */
  learnAmbient(options?: Readonly<{ durationMs?: number; signal?: AbortSignal }>): Promise<LearnedAmbient>;
  /** All of the screen as it is, secrets black. */
  picture(options?: Readonly<{ signal?: AbortSignal }>): Promise<Picture>;
  /**
   * Holds the calibration against one look at the whole screen. What `about` goes by has to show: the step that failed, or
   * evidence that should hold. Other anchors may be another screen's, and are no more than not visible where they are not found.
   */
  check(about: Step | Evidence, options?: Readonly<{ signal?: AbortSignal }>): Promise<CalibrationCheck>;
  /** What a stored transition is judged as today. Looks at no screen. Errors: PXP_IMAGE_… when a picture is not sound. */
  redecide(stored: StoredTransition): Redecision;
}

export interface SeeOptions {
  readonly timeoutMs?: number;
  /** False where blockers do not matter, as while a session is prepared. Default true. */
  readonly watchBlockers?: boolean;
  readonly signal?: AbortSignal;
}

export type Sight<T> =
  { readonly kind: 'seen'; readonly seen: T } | { readonly kind: 'blocked'; readonly by: string };

/** The screen as recognised on one frame, with the readings of that frame. */
export interface Where extends Recognition {
  readonly readings: Readings;
}

/** What the timeline and the artifact store hold of an intent whose process died; instants on the clock of now. */
export interface StoredIntent extends Omit<Pending, 'before' | 'behind' | 'scope'> {
  /** The pictures, encoded, as `beforeRef` and `behindRef` name them. */
  readonly before: Uint8Array;
  readonly behind: Uint8Array | null;
}

export interface CalibrationCheck {
  readonly assumptions: readonly Assumption[];
  /** Of what was asked about, those that do not hold, with what to write instead. */
  readonly broken: readonly BrokenAssumption[];
  readonly picture: Picture;
}

export interface LearnedAmbient {
  /** How much of the viewport moves by itself, 0..1. */
  readonly share: number;
  /** Which tiles, as `ambientTiles` takes them. */
  readonly tiles: string;
}

/** A record with its encoded pictures, and the step as it is now. */
export interface StoredTransition {
  readonly record: TransitionRecord;
  readonly step: Step;
  readonly before: Uint8Array;
  readonly behind: Uint8Array | null;
  readonly after: Uint8Array;
}

const SEE_MS = 4000;
const POLL_MS = 50;
/** Longer than a second, so that a clock's tick is seen, and than two blinks of a caret (530 ms each on most systems). */
const AMBIENT_MS = 1700;
/** As long as more of the screen is found to move, or all of it changes, the watch goes on this long, up to the limit: what wanders takes a while. */
const AMBIENT_MORE_MS = 1200;
const AMBIENT_LIMIT_MS = 6000;
const AMBIENT_STILL_MS = 200;

export function createVisualEngine({
  screen,
  calibration,
  clock,
  screens = new Map(),
  mode = 'hybrid',
  blockers,
  ambientTiles,
  onTiming,
}: Readonly<{
  screen: Screen;
  calibration: ResolvedCalibration;
  clock: Clock;
  /** The flow's. Default none. */
  screens?: ReadonlyMap<string, Evidence>;
  /** How the calibration is used. Default `hybrid`. */
  mode?: Mode;
  /** What may get in the way of any step, by name: watched on every look. */
  blockers: ReadonlyMap<string, Evidence>;
  /** What another engine learned of the same viewport. */
  ambientTiles?: string;
  onTiming?: (timing: CaptureTiming) => void;
}>): VisualEngine {
  const ambient = new AmbientMap(calibration.size);
  for (const { rect, why } of calibration.masks) if (why === 'ambient') ambient.add(rect);
  if (ambientTiles !== undefined) ambient.addSpelled(ambientTiles);
  const secrets = calibration.masks.filter(({ why }) => why === 'secret').map(({ rect }) => rect);
  let clear: Look | null = null;
  let popup: Look | null = null;
  let behindPopup: Behind | null = null;
  const context: EngineContext = {
    clock,
    calibration,
    screens,
    ambient,
    blockers,
    observe: createObserver({
      source: () => screen.source(),
      clock,
      onTiming,
      onLook(look) {
        if (behindPopup !== null && isSeenClosed(look, behindPopup.modal)) behindPopup = null;
      },
    }),
    pictures: createPictureMaker(secrets),
    actuator: () => screen.actuator(),
    deadlines: new Deadlines(),
    reaches: MODES[mode],
    clearLook: () => clear,
    popupLook: () => popup,
    onProved(look, judgement) {
      const box = unknownBox(judgement);
      if (box !== null) popup = look.part(box);
      else if (popup === null || isGone(popup, look)) {
        popup = null;
        clear = look;
      }
    },
    behindPopup: () => behindPopup,
    onBehindPopup: (behind) => (behindPopup = behind),
    onProbed: (ms) => onTiming?.({ sensor: screen.source().name, format: 'png', stage: 'probe', ms }),
  };
  const { observe } = context;

  /** A look at another part of the screen does not tell; what the popup shows may be another text by now. */
  const isGone = (known: Look, look: Look): boolean =>
    look.shows(known.rect) &&
    !stillShows(look, known) &&
    (clear === null || judgeUnknown(clear, look)?.truth !== 'holds');

  /** What the first reach that is sure says; unsure as the last one is, when none is. */
  const byReach = <T>(read: (reach: Reach) => T, isSure: (value: T) => boolean): T => {
    const [first, ...further] = context.reaches;
    return further.reduce((found, reach) => (isSure(found) ? found : read(reach)), read(first));
  };

  const lookUntilSure = async <T>(
    {
      region,
      read,
      isSure,
    }: Readonly<{ region: Rect; read: (look: Look) => T; isSure: (value: T) => boolean }>,
    { timeoutMs = SEE_MS, watchBlockers = true, signal }: SeeOptions,
  ): Promise<Sight<T>> => {
    const dueAt = clock.nowMs() + timeoutMs;
    let watched = region;
    for (;;) {
      const { look } = await observe.now(watched, signal);
      // A screen that shows something, but not there, is no flat one.
      if (look.flat) watched = sizeRect(calibration.size);
      const by = watchBlockers && !look.flat ? blockedBy(context, look, { clear, popup }) : null;
      if (by !== null) return { kind: 'blocked', by };
      const seen = read(look);
      if (isSure(seen) || clock.nowMs() > dueAt) return { kind: 'seen', seen };
      await clock.sleep(POLL_MS, signal);
    }
  };

  return {
    transition: (request) => beginTransition(request, context),

    resume: (pending, options = {}) => confirmTransition(pending, context, options),

    recall({ before, behind, ...stored }) {
      // They are black in the stored picture, and so would always differ.
      for (const rect of secrets) ambient.add(rect);
      const { region, beforeRef, behindRef } = stored;
      const looks = {
        before: lookAt(before, beforeRef, region),
        behind: behind === null || behindRef === null ? null : lookAt(behind, behindRef, region),
      };
      return { ...stored, ...looks, scope: null, interruptions: [{ kind: 'lost', by: 'process' }] };
    },

    see(evidence, options = {}) {
      const { watchBlockers = true } = options;
      const watched = watchBlockers ? [...blockers.values()] : [];
      const regions = [evidence, ...watched].flatMap((each) =>
        context.reaches.flatMap((reach) => evidenceRegions(each, { ...context, reach })),
      );
      const isSure = ({ truth }: Judgement): boolean => truth !== 'unsure';
      const read = (now: Look): Judgement =>
        byReach(
          (reach) => judge(evidence, { ...context, reach, before: null, behind: null, clear, popup, now }),
          isSure,
        );
      return lookUntilSure({ region: checkpoint(regions, calibration), read, isSure }, options);
    },

    where: (options = {}) => {
      const isSure = ({ screen }: Recognition): boolean => screen !== 'unsure';
      const read = (now: Look): Where => ({
        ...byReach(
          (reach) => whereIs({ ...context, reach, before: null, behind: null, clear, popup, now }),
          isSure,
        ),
        readings: readingsOf(now, calibration),
      });
      // Readings may be asked of anything, so all of it is looked at.
      return lookUntilSure({ region: sizeRect(calibration.size), read, isSure }, options);
    },

    async learnAmbient({ durationMs = AMBIENT_MS, signal } = {}) {
      const everything = sizeRect(calibration.size);
      const startedAt = clock.nowMs();
      let dueAt = startedAt + durationMs;
      let { look: earlier } = await observe.now(everything, signal);
      const lasting = new LastingMotion();
      while (clock.nowMs() < dueAt) {
        // Every frame that differs, not a sample of them: what is lit seldom is seen sooner.
        const { look: later } = await observe.change(everything, { timeoutMs: AMBIENT_STILL_MS, signal });
        const known = ambient.share(everything);
        const isEvent = later !== earlier && !ambient.learn(earlier, later);
        if (isEvent) lasting.see({ earlier, later }, clock.nowMs(), ambient);
        if (isEvent || ambient.share(everything) > known) {
          dueAt = Math.max(dueAt, Math.min(clock.nowMs() + AMBIENT_MORE_MS, startedAt + AMBIENT_LIMIT_MS));
        }
        earlier = later;
      }
      clear ??= earlier;
      return { share: ambient.share(everything), tiles: ambient.spell() };
    },

    picture: async ({ signal } = {}) =>
      context.pictures.whole(await observe.now(sizeRect(calibration.size), signal)),

    async check(about, { signal } = {}) {
      const observation = await observe.now(sizeRect(calibration.size), signal);
      const { image } = observation.look;
      const used =
        'kind' in about
          ? placesOfEvidence(about, context)
          : placesOfStep(about, { ...context, blockers: [...blockers.values()] });
      const assumptions = checkCalibration(calibration, image).map((assumption): Assumption => {
        const { name, kind, state } = assumption;
        const isElsewhere = (kind === 'anchor' || kind === 'template') && !used.includes(name);
        return isElsewhere && state === 'broken' ? { ...assumption, state: 'not-visible' } : assumption;
      });
      const isBroken = assumptions.some(({ state }) => state === 'drifted' || state === 'broken');
      return {
        assumptions,
        // No names at all would ask about everything.
        broken: isBroken && used.length > 0 ? explainBroken(calibration, image, used) : [],
        picture: context.pictures.whole(observation),
      };
    },

    redecide({ record, step, before, behind, after }) {
      const { region } = record;
      const looks = {
        before: lookAt(before, record.before, region),
        behind: behind === null || record.behind === null ? null : lookAt(behind, record.behind, region),
        after: lookAt(after, record.after ?? record.before, region),
      };
      const decided = redecide(record, { step, ...looks, calibration, screens, ambient });
      // Of others it is not known which blocker their recovery was allowed.
      const by =
        record.verdict === 'blocked'
          ? blockedBy(context, looks.after, { stepBlockers: step.blockedBy, clear: looks.before })
          : null;
      return by === null ? decided : { ...decided, verdict: 'blocked', reason: by };
    },
  };
}

function lookAt(picture: Uint8Array, { sha256, rect }: ArtifactRef, region: Rect): Look {
  return new Look(decode(picture, { what: `picture ${sha256}` }).image, rect ?? region);
}
