import { PixelproofError } from '../../../src/core/errors.js';
import type { Wire, WireListener } from '../../../src/cdp/wire.js';

export interface Command {
  readonly id: number;
  readonly method: string;
  readonly params?: Record<string, unknown>;
  readonly sessionId?: string;
}

/** What the scripted browser does with a command: answer it, refuse it, or say nothing. */
type Reply = { result: unknown } | { error: { code?: number; message: string } } | undefined;

/** A wire whose other end is the test. Replies come in a later microtask, as a real wire's never come within `send`. */
export interface FakeWire extends Wire {
  readonly sent: Command[];
  closedByUs: boolean;
  /** Delivers one message, of whatever kind. */
  deliver(message: unknown): void;
  drop(): void;
}

export function fakeWire(reply: (command: Command) => Reply = () => undefined): FakeWire {
  let listener: WireListener | undefined;
  const wire: FakeWire = {
    sent: [],
    closedByUs: false,
    listen(to) {
      listener = to;
    },
    send(message) {
      // As it would arrive: without what is undefined.
      const command = JSON.parse(JSON.stringify(message)) as Command;
      wire.sent.push(command);
      const answer = reply(command);
      if (answer !== undefined) queueMicrotask(() => wire.deliver({ id: command.id, ...answer }));
    },
    close() {
      wire.closedByUs = true;
      return Promise.resolve();
    },
    deliver: (message) => listener!.message(message),
    drop: () => listener!.closed(new PixelproofError('PXP_CDP_CLOSED', 'dropped by the test')),
  };
  return wire;
}

/** The script of a browser with one page, `T1`, on session `S1`; further sessions are `S2`, `S3`, … */
export function pageScript(wire: () => FakeWire): (command: Command) => Reply {
  return ({ method, params }) => {
    if (method === 'Target.createTarget') return { result: { targetId: 'T1' } };
    if (method === 'Target.attachToTarget') {
      const sessionId = `S${wire().sent.filter((command) => command.method === method).length}`;
      wire().deliver({
        method: 'Target.attachedToTarget',
        params: { sessionId, targetInfo: { targetId: 'T1', type: 'page' } },
      });
      return { result: { sessionId } };
    }
    if (method === 'Page.getFrameTree') return { result: { frameTree: { frame: { id: 'F0' } } } };
    if (method === 'Page.createIsolatedWorld') return { result: { executionContextId: 7 } };
    if (method === 'Target.detachFromTarget') wire().deliver({ method: 'Target.detachedFromTarget', params });
    return { result: {} };
  };
}
