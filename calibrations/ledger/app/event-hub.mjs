/** A reader that lets this much pile up is cut off; its EventSource comes back and is sent the state as it is then. */
const MAX_BACKLOG_BYTES = 1_000_000;

/**
 * The open event streams (server-sent events, WHATWG HTML section 9.2), each with the session epoch of its page.
 * `stateFor(epoch)` answers the state to send: whole each time, so a page that missed some has lost nothing.
 */
export function createEventHub({ stateFor }) {
  const streams = new Map();
  let crashDue = false;

  return {
    /** Takes over a response and sends the present state. */
    open(response, epoch) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 300\n\n');
      streams.set(response, epoch);
      response.on('close', () => streams.delete(response));
      sendState(response, epoch);
      if (crashDue) this.crash();
    },
    broadcast() {
      for (const [response, epoch] of streams) sendState(response, epoch);
    },
    /** Tells the open pages, or the first that opens, to crash. A page that opens later is spared. */
    crash() {
      crashDue = streams.size === 0;
      for (const response of streams.keys()) response.write('event: crash\ndata: {}\n\n');
    },
    close() {
      for (const response of streams.keys()) response.end();
    },
  };

  function sendState(response, epoch) {
    const state = stateFor(epoch);
    response.write(`id: ${state.version}\ndata: ${JSON.stringify(state)}\n\n`);
    if (response.writableLength > MAX_BACKLOG_BYTES) response.destroy();
  }
}
