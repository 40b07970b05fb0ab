import type { Page } from '../cdp/open-page.js';
import { type Clock, throwIfAborted } from '../core/clock.js';
import { PixelproofError } from '../core/errors.js';
import { type Point, containsPoint, sizeRect } from '../core/geometry.js';
import type { InputEpoch } from '../core/input-epoch.js';
import type { Actuator, InputReceipt, MouseButton } from './actuator.js';
import { type Chord, type KeyDescription, describeChord, describeKey } from './us-keyboard.js';

/**
 * Pointer and keyboard by `Input.dispatchMouseEvent` and `Input.dispatchKeyEvent`. A click is one write of press and release, of each twice for a double one (no move before it: moves wait
 * for the next frame), and the epoch advances right before it leaves, so a frame requested earlier never counts. Text is
 * typed key by key, for pages that draw their own fields and listen to keys; what no key of a US keyboard writes is
 * inserted. All of it leaves in one turn, but for a drag: its moves go one by one.
 *
 * The promise resolves as soon as the input has left. When the session is gone already, `acknowledged` rejects, and no
 * frame will ever prove anything.
 */
export function createCdpActuator({
  page,
  epoch,
  clock,
}: Readonly<{
  page: Pick<Page, 'session' | 'size' | 'deviceScaleFactor'>;
  epoch: InputEpoch;
  clock: Clock;
}>): Actuator {
  const { session, size, deviceScaleFactor } = page;
  /** Buttons whose release the browser has not acknowledged. */
  const down = new Set<Held>();
  /** Keys pressed and not acknowledged as released. */
  const keysDown = new Set<{ readonly key: KeyDescription }>();

  const toCss = (point: Point): Point => {
    if (!containsPoint(sizeRect(size), point)) {
      throw new PixelproofError('PXP_RECT', 'an input has to lie inside the viewport', {
        expected: `a point within ${size.width}x${size.height}`,
        received: `${point.x}, ${point.y}`,
      });
    }
    return { x: point.x / deviceScaleFactor, y: point.y / deviceScaleFactor };
  };

  const act = (signal: AbortSignal | undefined, send: () => Promise<unknown>): InputReceipt => {
    throwIfAborted(signal);
    const number = epoch.advance();
    const sentAtMs = clock.nowMs();
    const acknowledged = send().then(() => undefined);
    // The caller may never look at it.
    acknowledged.catch(() => undefined);
    return { epoch: number, sentAtMs, acknowledged };
  };

  const press = ({ at, button }: Held, clickCount = 1): Promise<unknown> =>
    session.send('Input.dispatchMouseEvent', {
      ...at,
      type: 'mousePressed',
      button,
      buttons: BUTTONS[button],
      clickCount,
    });

  /** With the left button down; resolves when the page has seen it, to which the moves of one frame are one, or with false when it does not answer in time. */
  const hasMoved = (at: Point): Promise<boolean> =>
    session
      .send(
        'Input.dispatchMouseEvent',
        { ...at, type: 'mouseMoved', button: 'left', buttons: BUTTONS.left },
        { timeoutMs: MOVE_MS },
      )
      .then(
        () => true,
        () => false,
      );

  const release = ({ at, button }: Held, clickCount = 1): Promise<unknown> =>
    session.send('Input.dispatchMouseEvent', {
      ...at,
      type: 'mouseReleased',
      button,
      buttons: 0,
      clickCount,
    });

  const releaseKey = ({ text: _, ...key }: KeyDescription, held: Chord['held'] = []): Promise<unknown> =>
    session.send('Input.dispatchKeyEvent', { ...key, ...modifiersOf(held), type: 'keyUp' });

  const tap = ({ held, key }: Chord): Promise<unknown> => {
    const tapped = [...held.map(({ key }) => key), key].map((each) => ({ key: each }));
    for (const each of tapped) keysDown.add(each);
    const sent = tapped.map(({ key: each }, i) => {
      const type = each.text === undefined ? 'rawKeyDown' : 'keyDown';
      return session.send('Input.dispatchKeyEvent', {
        ...each,
        ...modifiersOf(held.slice(0, i + 1)),
        type,
      });
    });
    const released = tapped
      .map((each, i) => ({ each, stillHeld: held.slice(0, i) }))
      .reverse()
      .map(({ each, stillHeld }) => releaseKey(each.key, stillHeld).then(() => keysDown.delete(each)));
    return Promise.all([...sent, ...released]);
  };

  // Each is async, so that what is refused is a rejection.
  /* eslint-disable @typescript-eslint/require-await */
  return {
    async click(point, { button = 'left', count = 1, signal } = {}) {
      const at = toCss(point);
      return act(signal, () =>
        Promise.all(
          Array.from({ length: count }, (_, i) => {
            const click = { at, button };
            down.add(click);
            const pressed = press(click, i + 1);
            const released = release(click, i + 1).then(() => down.delete(click));
            return Promise.all([pressed, released]);
          }),
        ),
      );
    },
    async drag(from, to, { signal } = {}) {
      const [start, end] = [toCss(from), toCss(to)];
      throwIfAborted(signal);
      // An abort drops it where it was taken up.
      const held = { at: start, button: 'left' } as const;
      down.add(held);
      const pressed = press(held);
      pressed.catch(() => undefined);
      let answers = true;
      for (let i = 1; i <= DRAG_MOVES && down.has(held); i++) {
        const moved = hasMoved(between(start, end, i / DRAG_MOVES));
        // A page that is busy gets the other moves at once, and takes them when it is not.
        answers &&= await moved;
      }
      return act(undefined, () => {
        if (!down.has(held)) return pressed;
        return Promise.all([pressed, release({ ...held, at: end }).then(() => down.delete(held))]);
      });
    },
    async move(point, { signal } = {}) {
      const at = toCss(point);
      return act(signal, () => session.send('Input.dispatchMouseEvent', { ...at, type: 'mouseMoved' }));
    },
    async scroll(point, { dx = 0, dy = 0 }, { signal } = {}) {
      const at = toCss(point);
      return act(signal, () =>
        session.send('Input.dispatchMouseEvent', {
          ...at,
          type: 'mouseWheel',
          // Unlike the point these are device pixels: Chrome itself divides them by the scale.
          deltaX: dx,
          deltaY: dy,
        }),
      );
    },
    async type(text, { signal } = {}) {
      if (text === '') throw badInput('text to type', 'at least one character', 'none');
      return act(signal, () =>
        Promise.all(
          Array.from(text, (character) => {
            const key = describeKey(character === '\n' ? 'Enter' : character);
            return key === undefined
              ? session.send('Input.insertText', { text: character })
              : tap({ held: [], key });
          }),
        ),
      );
    },
    async press(name, { signal } = {}) {
      const chord = describeChord(name);
      if (chord === undefined)
        throw badInput('a key to press', 'a KeyboardEvent.key of a US keyboard, as Enter or Control+s', name);
      return act(signal, () => tap(chord));
    },
    async releaseAll() {
      const clicks = [...down];
      const keys = [...keysDown].reverse();
      down.clear();
      keysDown.clear();
      if (session.state !== 'open') return;
      // Best effort: with the page gone, its buttons and keys are up.
      await Promise.allSettled([
        ...clicks.map((click) => release(click)),
        ...keys.map(({ key }) => releaseKey(key)),
      ]);
    },
  };
  /* eslint-enable @typescript-eslint/require-await */
}

/** Nothing while none is held. */
function modifiersOf(held: Chord['held']): { readonly modifiers?: number } {
  return held.length === 0 ? {} : { modifiers: held.reduce((bits, { bit }) => bits | bit, 0) };
}

/** A button that was pressed, and where: CSS pixels. */
interface Held {
  readonly at: Point;
  readonly button: MouseButton;
}

/** Enough for what begins to drag only after some pixels, and to follow the pointer. */
const DRAG_MOVES = 8;
/** A page that does not take a move within this does not take the next one sooner. */
const MOVE_MS = 500;

function between(from: Point, to: Point, share: number): Point {
  return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
}

/** `buttons` of a mouse event while that one is down. */
const BUTTONS = { left: 1, right: 2, middle: 4 } as const;

function badInput(what: string, expected: string, received: string): PixelproofError {
  return new PixelproofError('PXP_INPUT', 'the input cannot be sent', { what, expected, received });
}
