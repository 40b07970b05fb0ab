import { PixelproofError, isPixelproofError } from '../core/errors.js';
import { binaryOf } from './binary-of.js';
import type { CdpSession } from './session.js';

/** 60 Hz, which pages are made for. */
const IDLE_MS = 1000 / 60;
/**
 * While somebody waits frames follow each other at once (a pause of 1 ms costs a capture 2.5 of its 7 ms); when more than
 * these have brought nothing, each pause is 1 ms longer, so that the page itself gets the processor.
 */
const EAGER_FRAMES = 2;
const MAX_GAP_MS = 4;
/**
 * The interval told to the compositor while somebody waits, in ms. A display that misses a surface waits for it until one
 * interval is over, and a capture makes it miss one: at the default of 16.7 its second frame takes 18 ms in vain whenever
 * the page has not answered yet (loaded machine, captures of 1240x56: median 39 ms, with 1 ms 24). Frames asked for one by
 * one keep the default, for they are to wait for the page.
 */
const HURRY_INTERVAL_MS = 1;
/**
 * A picture and the frame that undoes its copy take this long together at most when nobody has to wait: what a page draws within that is
 * not told (1240x56: 4 ms, idle machine). Of longer ones it has to be said that something may have been drawn.
 */
const UNDONE_WITHIN_MS = 8;
/** A frame waits for the page's own work; one that takes this long belongs to a page that hangs. */
const FRAME_TIMEOUT_MS = 5000;

/** Begins the frames of a page under begin-frame control, where nothing moves or is drawn otherwise. */
export interface FrameClock {
  /** How many frames have brought damage, whoever asked for them. Equal numbers: nothing was drawn in between. */
  readonly damage: number;
  /** The same, with the frames in which a picture's copy is undone (see `picture`): what may have been drawn, at most. */
  readonly draws: number;
  /** How many copies were undone so late that the page may have drawn something in the same frame. */
  readonly doubts: number;
  /**
   * Waits for one frame that began after the call, shared by all who ask at once; answers whether it brought damage.
   * Errors: PXP_CDP_TIMEOUT (the page does not finish its frame), PXP_CAPTURE (an earlier one has not been finished), and
   * those of `CdpSession.send`.
   */
  frame(): Promise<boolean>;
  /**
   * The encoded picture of one frame that began after the call, of all the page draws; undefined when the page has nothing
   * to show yet. It counts as damage, since Chromium then reports damage whatever was drawn. Of the frame after it, in which the
   * copy is undone, it does, too: that one is begun at once and not counted as damage, but as a doubt if the page had the time to draw
   * something in it. Errors: as `frame`.
   */
  picture(settings: PictureSettings): Promise<Uint8Array | undefined>;
  /** Begins frame after frame until `work` settles, and settles as it does. */
  during<T>(work: Promise<T>): Promise<T>;
  /** No frames of its own until the result is called; what others ask for goes on. Pauses add up. */
  pause(): () => void;
  /** Begins no more frames of its own. The end of the session does the same. */
  stop(): void;
}

/**
 * Starts the clock of a session: 60 frames a second when nobody asks for any, back to back while somebody waits, and never
 * two at once, which Chromium refuses (headless/lib/browser/protocol/headless_handler.cc). A frame costs 0.5 ms of a page
 * that is still. A frame that is not finished in 5 s stops the clock until it is.
 */
export function startFrameClock(session: CdpSession): FrameClock {
  const clock = new BeginFrameClock(session);
  session.onEnd(() => clock.stop());
  clock.schedule();
  return clock;
}

export type PictureSettings = Readonly<{
  format: 'png' | 'jpeg';
  quality?: number;
  optimizeForSpeed?: boolean;
}>;

interface Waiter {
  resolve(hasDamage: boolean, picture: Uint8Array | undefined): void;
  reject(error: unknown): void;
}

class BeginFrameClock implements FrameClock {
  readonly #session: CdpSession;
  readonly #waiters: Waiter[] = [];
  readonly #pictures: { readonly settings: PictureSettings; readonly waiter: Waiter }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #pending = false;
  #overdue = false;
  #stopped = false;
  #busy = 0;
  #pauses = 0;
  #damage = 0;
  #draws = 0;
  #doubts = 0;
  /** The last frame brought a picture: the next one damages by itself. */
  #undoing = false;
  /** When the last picture's frame was begun. */
  #picturedAt = 0;
  /** Frames without damage in a row. */
  #still = 0;

  constructor(session: CdpSession) {
    this.#session = session;
  }

  get damage(): number {
    return this.#damage;
  }

  get draws(): number {
    return this.#draws;
  }

  get doubts(): number {
    return this.#doubts;
  }

  frame(): Promise<boolean> {
    return this.#ask((resolve, reject) => this.#waiters.push({ resolve, reject }));
  }

  picture(settings: PictureSettings): Promise<Uint8Array | undefined> {
    return this.#ask((resolve, reject) => {
      const waiter: Waiter = { resolve: (_hasDamage, picture) => resolve(picture), reject };
      this.#pictures.push({ settings, waiter });
    });
  }

  #ask<T>(enqueue: (resolve: (value: T) => void, reject: Waiter['reject']) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#overdue) {
        reject(
          new PixelproofError('PXP_CAPTURE', 'an earlier frame of this page has not been finished', {
            hint: 'attach to the page again',
          }),
        );
        return;
      }
      enqueue(resolve, reject);
      this.#begin();
    });
  }

  async during<T>(work: Promise<T>): Promise<T> {
    this.#busy++;
    this.#still = 0;
    this.#begin();
    try {
      return await work;
    } finally {
      this.#busy--;
    }
  }

  pause(): () => void {
    let paused = true;
    this.#pauses++;
    this.schedule();
    return () => {
      if (!paused) return;
      paused = false;
      this.#pauses--;
      this.schedule();
    };
  }

  stop(): void {
    this.#stopped = true;
    this.#clear();
  }

  /** When the next frame begins, by what is wanted now. */
  schedule(): void {
    this.#clear();
    if (this.#pending) return;
    // After the end, too: who asked while the last frame was under way is told of it by the session.
    if (this.#waiters.length + this.#pictures.length > 0) this.#begin();
    else if (this.#stopped) return;
    else if (this.#undoing) this.#begin();
    else if (this.#busy > 0) {
      const gapMs = Math.min(this.#still - EAGER_FRAMES, MAX_GAP_MS);
      // Not at once: what has arrived together with the frame may be what is waited for. Timers round 0 up to 1 ms.
      if (gapMs <= 0) this.#immediate = setImmediate(this.#begin);
      else this.#timer = setTimeout(this.#begin, gapMs);
    } else if (this.#pauses === 0) this.#timer = setTimeout(this.#begin, IDLE_MS);
  }

  #clear(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }

  readonly #begin = (): void => {
    if (this.#pending) return;
    this.#clear();
    this.#pending = true;
    // A picture has a frame of its own: with one, a frame does not say whether it brought damage.
    const pictured = this.#pictures.shift();
    const asked = pictured === undefined ? this.#waiters.splice(0) : [pictured.waiter];
    const isUndoing = this.#undoing && pictured === undefined;
    this.#undoing = pictured !== undefined;
    if (this.#undoing) this.#picturedAt = performance.now();
    const inHurry = this.#undoing || isUndoing || (asked.length === 0 && this.#busy > 0);
    const params = { interval: inHurry ? HURRY_INTERVAL_MS : IDLE_MS, screenshot: pictured?.settings };
    const next = (): void => {
      this.#pending = false;
      this.#overdue = false;
      this.schedule();
    };
    this.#session
      .send('HeadlessExperimental.beginFrame', params, { timeoutMs: FRAME_TIMEOUT_MS, onLate: next })
      .then(
        (frame) => {
          const hasDamage = frame.hasDamage && !isUndoing;
          if (hasDamage) this.#damage++;
          if (frame.hasDamage) this.#draws++;
          if (isUndoing && performance.now() - this.#picturedAt > UNDONE_WITHIN_MS) this.#doubts++;
          this.#still = hasDamage ? 0 : this.#still + 1;
          const { screenshotData } = frame;
          const picture = screenshotData === undefined ? undefined : binaryOf(screenshotData);
          for (const waiter of asked) waiter.resolve(hasDamage, picture);
          next();
        },
        (error: unknown) => {
          this.#overdue = isPixelproofError(error, 'PXP_CDP_TIMEOUT');
          // Those who asked meanwhile would wait for the same.
          const refused = this.#overdue
            ? [...asked, ...this.#waiters.splice(0), ...this.#pictures.splice(0).map(({ waiter }) => waiter)]
            : asked;
          for (const waiter of refused) waiter.reject(error);
          if (!this.#overdue) next();
        },
      );
  };
}
