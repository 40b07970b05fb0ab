import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { attachBrowser } from '../../../src/cdp/attach.js';

let server: Server | undefined;
const sockets: Duplex[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  server?.close();
});

/** A WebSocket server (RFC 6455) that greets nobody and does `react` with whatever it is sent. */
async function serve(react: (socket: Duplex) => void, isUpgraded = true): Promise<string> {
  server = createServer((_, response) => response.end('<html>hello</html>'));
  server.on('upgrade', (request, socket: Duplex) => {
    sockets.push(socket);
    if (!isUpgraded) return;
    const key = `${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.on('error', () => {});
    socket.on('data', () => react(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An unmasked text frame of less than 126 bytes. */
function textFrame(text: string): Buffer {
  return Buffer.concat([Buffer.of(0x81, Buffer.byteLength(text)), Buffer.from(text)]);
}

test('an answer makes a browser of it', async () => {
  const host = await serve((socket) => socket.write(textFrame('{"id":1,"result":{"product":"Fake/1"}}')));
  const browser = await attachBrowser({ url: `ws://${host}/` });
  expect(browser.version).toBe('Fake/1');
  expect(browser.process).toBeUndefined();
  // Its end of the closing handshake never comes; ours is bounded.
  await browser.close();
});

test.each<[string, string, (socket: Duplex) => void]>([
  ['garbage', 'PXP_CDP_PROTOCOL', (socket) => socket.write(textFrame('hello'))],
  ['a broken frame', 'PXP_CDP_CLOSED', (socket) => socket.write(Buffer.of(0xff, 0xff, 0xff))],
  ['a cut connection', 'PXP_CDP_CLOSED', (socket) => socket.destroy()],
  ['nothing', 'PXP_CDP_TIMEOUT', () => {}],
])('a peer that answers with %s is %s', async (_, code, react) => {
  const host = await serve(react);
  await expect(attachBrowser({ url: `ws://${host}/`, timeoutMs: 300 })).rejects.toMatchObject({ code });
});

test('a peer that accepts the connection and never upgrades it is PXP_TIMEOUT', async () => {
  const host = await serve(() => {}, false);
  await expect(attachBrowser({ url: `ws://${host}/`, timeoutMs: 200 })).rejects.toMatchObject({
    code: 'PXP_TIMEOUT',
  });
});

test('a web server that is no browser is PXP_CDP_PROTOCOL', async () => {
  const host = await serve(() => {});
  await expect(attachBrowser({ url: `http://${host}` })).rejects.toMatchObject({ code: 'PXP_CDP_PROTOCOL' });
});

test.each(['', 'localhost:9222', 'ftp://x/', '9222'])('%j is no address of a browser', async (url) => {
  await expect(attachBrowser({ url })).rejects.toMatchObject({ code: 'PXP_USAGE' });
});

test('an aborted attach is PXP_ABORTED', async () => {
  const host = await serve(() => {});
  const controller = new AbortController();
  const attaching = attachBrowser({ url: `ws://${host}/`, signal: controller.signal });
  controller.abort();
  await expect(attaching).rejects.toMatchObject({ code: 'PXP_ABORTED' });
});
