import fc from 'fast-check';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { pipeWire } from '../../../src/cdp/pipe-wire.js';
import type { Wire } from '../../../src/cdp/wire.js';

interface Pipes {
  readonly wire: Wire;
  readonly incoming: PassThrough;
  readonly writes: string[];
  readonly messages: unknown[];
  readonly ends: string[];
  readonly outgoing: Writable;
}

function pipes(): Pipes {
  const incoming = new PassThrough();
  const writes: string[] = [];
  const outgoing = new Writable({
    write(chunk: Buffer, _, done) {
      writes.push(chunk.toString());
      done();
    },
    writev(chunks, done) {
      writes.push(chunks.map(({ chunk }) => (chunk as Buffer).toString()).join(''));
      done();
    },
  });
  const messages: unknown[] = [];
  const ends: string[] = [];
  const wire = pipeWire({ incoming, outgoing });
  wire.listen({ message: (message) => messages.push(message), closed: ({ code }) => ends.push(code) });
  return { wire, incoming, outgoing, writes, messages, ends };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('reading', () => {
  test('messages arrive whole and in order, however the stream is cut', async () => {
    const message = fc.record({ method: fc.string({ unit: 'grapheme', maxLength: 20 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(message), fc.array(fc.nat(200)), async (sent, cuts) => {
        const { incoming, messages } = pipes();
        const bytes = Buffer.from(sent.map((value) => `${JSON.stringify(value)}\0`).join(''));
        const edges = [...new Set(cuts.filter((cut) => cut < bytes.length))].sort((a, b) => a - b);
        let from = 0;
        for (const edge of [...edges, bytes.length]) {
          incoming.write(bytes.subarray(from, edge));
          from = edge;
        }
        await turn();
        expect(messages).toEqual(sent);
      }),
      { numRuns: 200 },
    );
  });

  test('the start of a message that never ends is not delivered', async () => {
    const { incoming, messages, ends } = pipes();
    incoming.write('{"id":1');
    incoming.end();
    await turn();
    expect(messages).toEqual([]);
    expect(ends).toEqual(['PXP_CDP_CLOSED']);
  });

  test('what is no JSON ends the wire, and nothing behind it is delivered', async () => {
    const { incoming, messages, ends } = pipes();
    incoming.write('{"id":1}\0hello\0{"id":2}\0');
    await turn();
    expect(messages).toEqual([{ id: 1 }]);
    expect(ends).toEqual(['PXP_CDP_PROTOCOL']);
    expect(incoming.destroyed).toBe(true);
  });
});

describe('writing', () => {
  test('what is sent in one turn leaves in one write', async () => {
    const { wire, writes } = pipes();
    wire.send({ id: 1 });
    wire.send({ id: 2 });
    expect(writes).toEqual([]);
    await turn();
    wire.send({ id: 3 });
    await turn();
    expect(writes).toEqual(['{"id":1}\0{"id":2}\0', '{"id":3}\0']);
  });

  test('a browser that stops reading ends the wire before memory does', async () => {
    const { wire, outgoing, ends } = pipes();
    outgoing._write = () => {};
    outgoing._writev = () => {};
    const megabyte = { text: 'x'.repeat(1024 * 1024) };
    for (let i = 0; i < 65; i++) wire.send(megabyte);
    await turn();
    expect(ends).toEqual(['PXP_CDP_CLOSED']);
    expect(outgoing.destroyed).toBe(true);
  });
});

describe('ending', () => {
  test.each<[string, (pipe: Pipes) => void]>([
    ['the reading stream closes', ({ incoming }) => incoming.destroy()],
    ['the reading stream fails', ({ incoming }) => incoming.destroy(new Error('EIO'))],
    ['the writing stream fails', ({ outgoing }) => outgoing.destroy(new Error('EPIPE'))],
    ['we close', ({ wire }) => void wire.close()],
  ])('when %s, it is told once, and later messages go nowhere', async (_, end) => {
    const all = pipes();
    end(all);
    await turn();
    all.wire.send({ id: 1 });
    await all.wire.close();
    await turn();
    expect(all.ends).toEqual(['PXP_CDP_CLOSED']);
    expect(all.writes).toEqual([]);
    expect(all.incoming.destroyed && all.outgoing.destroyed).toBe(true);
  });
});
