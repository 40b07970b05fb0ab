/* global CSS, document */
const DEPTH = 200_000;

// Each makes Blink recurse once per level without a limit, until the stack of the main thread is used up. Seen to end the
// renderer within 20 ms (the first two) and 1 s (the last) in Chromium 156.
const RECURSIONS = [
  () => CSS.supports(`${'('.repeat(DEPTH)}color:red${')'.repeat(DEPTH)}`),
  () => document.querySelector(`${':is('.repeat(DEPTH)}a${')'.repeat(DEPTH)}`),
  () => {
    const outermost = document.createElement('div');
    let innermost = outermost;
    for (let i = 0; i < DEPTH / 10; i += 1) {
      const child = document.createElement('div');
      innermost.append(child);
      innermost = child;
    }
    document.body.append(outermost);
    return outermost.offsetHeight;
  },
];

/**
 * Ends this renderer process as a defect of the browser would: by overflowing its stack in native code, which no script can
 * catch. Should a browser have learned to survive one way, the next is tried.
 */
export function crashRenderer() {
  for (const recurse of RECURSIONS) {
    try {
      recurse();
    } catch {
      // Refused instead of crashed: on to the next.
    }
  }
}
