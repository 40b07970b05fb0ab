import CDP from 'chrome-remote-interface';
import type { EventEmitter } from 'node:events';
import { withDeadline } from '../core/deadline.js';
import { PixelproofError, isPixelproofError } from '../core/errors.js';
import { parseJson } from './parse-json.js';
import type { Wire } from './wire.js';

/** What we use of the `ws` socket inside chrome-remote-interface. */
interface Socket extends EventEmitter {
  readonly readyState: number;
  send(text: string, done: (error?: Error) => void): void;
  close(): void;
  terminate(): void;
}

/** RFC 6455's closing handshake gets this long; then the socket is cut. */
const CLOSE_TIMEOUT_MS = 1000;
/** WebSocket.readyState, WHATWG WebSockets section 3.1. */
const OPEN = 1;
const CLOSED = 3;

/**
 * CDP over a browser's WebSocket, connected by chrome-remote-interface (no permessage-deflate, messages up to 256 MiB).
 * Its own reader parses JSON inside the socket's event handler, where a single bad message would end this process, and
 * settles nothing by deadline; so we take over the socket once it is open.
 *
 * Errors: PXP_CDP_CLOSED when it does not connect, PXP_TIMEOUT, PXP_ABORTED. A socket that opens too late is closed.
 */
export async function openWebSocketWire({
  url,
  timeoutMs,
  signal,
}: Readonly<{ url: string; timeoutMs: number; signal?: AbortSignal }>): Promise<Wire> {
  const client = await withDeadline(connect(url), {
    what: `connecting to ${url}`,
    timeoutMs,
    signal,
    onLate: (late) => void late.close(),
  });
  return wireOf(socketOf(client));
}

async function connect(url: string): Promise<CDP.Client> {
  try {
    // An empty protocol: we send by name and need none of the generated methods.
    return await CDP({ target: url, protocol: { version: { major: '1', minor: '3' }, domains: [] } });
  } catch (cause) {
    throw new PixelproofError('PXP_CDP_CLOSED', `could not connect to ${url}`, { cause });
  }
}

/** Throws a plain Error when the library has changed underneath us: the version is pinned, and a test connects. */
function socketOf(client: CDP.Client): Socket {
  const socket = (client as unknown as { _ws?: Socket })._ws;
  if (socket === undefined) throw new Error('chrome-remote-interface no longer keeps its socket in _ws');
  socket.removeAllListeners('message');
  return socket;
}

function wireOf(socket: Socket): Wire {
  return {
    listen(listener) {
      let open = true;
      const endFor = (reason: PixelproofError): void => {
        if (!open) return;
        open = false;
        listener.closed(reason);
      };
      const end = (detail: Readonly<{ received: string; cause?: Error }>): void => {
        const facts = { expected: 'an open WebSocket', ...detail };
        endFor(new PixelproofError('PXP_CDP_CLOSED', 'the WebSocket closed', facts));
      };
      socket.on('message', (data: string | Buffer) => {
        if (!open) return;
        let message: unknown;
        try {
          message = parseJson(data.toString());
        } catch (error) {
          if (!isPixelproofError(error)) throw error;
          socket.terminate();
          endFor(error);
          return;
        }
        listener.message(message);
      });
      socket.on('error', (cause: Error) => {
        // After a broken frame nothing more is read, and 'close' would wait for the peer.
        socket.terminate();
        end({ received: cause.message, cause });
      });
      socket.once('close', (code: number) => end({ received: `close code ${code}` }));
    },
    send(message) {
      // A failed write is followed by 'close', which is where it is told.
      if (socket.readyState === OPEN) socket.send(JSON.stringify(message), () => undefined);
    },
    close: () => closeSocket(socket),
  };
}

function closeSocket(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState === CLOSED) {
      resolve();
      return;
    }
    const cut = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS);
    socket.once('close', () => {
      clearTimeout(cut);
      resolve();
    });
    socket.close();
  });
}
