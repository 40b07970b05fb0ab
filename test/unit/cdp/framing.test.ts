import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binaryOf } from '../../../src/cdp/binary-of.js';
import { encodeCbor } from '../../../src/cdp/cbor.js';
import { cborFraming } from '../../../src/cdp/cbor-framing.js';
import { negotiatedFraming } from '../../../src/cdp/negotiated-framing.js';
import type { PipeFraming } from '../../../src/cdp/pipe-framing.js';

function reader(framing: PipeFraming): {
  messages: unknown[];
  written: string[];
  read: (chunk: Buffer | string) => void;
} {
  const messages: unknown[] = [];
  const written: string[] = [];
  const to = {
    message: (message: unknown) => messages.push(message) > 0,
    write: (bytes: Uint8Array) => void written.push(Buffer.from(bytes).toString()),
  };
  return { messages, written, read: (chunk) => framing.read(Buffer.from(chunk as string), to) };
}

describe('CBOR', () => {
  test('messages arrive whole and in order, however the stream is cut', () => {
    const message = fc.record({
      method: fc.string({ unit: 'grapheme' }),
      data: fc.uint8Array({ maxLength: 50 }),
    });
    fc.assert(
      fc.property(fc.array(message), fc.array(fc.nat(500)), (sent, cuts) => {
        const { messages, read } = reader(cborFraming());
        const bytes = Buffer.concat(sent.map((value) => encodeCbor(value)));
        const edges = [...new Set(cuts.filter((cut) => cut < bytes.length))].sort((a, b) => a - b);
        let from = 0;
        for (const edge of [...edges, bytes.length]) {
          read(bytes.subarray(from, edge));
          from = edge;
        }
        expect(messages).toEqual(sent.map(({ method, data }) => ({ method, data: Buffer.from(data) })));
      }),
      { numRuns: 200 },
    );
  });

  test('a picture in a message does not keep the chunk it came with', () => {
    const { messages, read } = reader(cborFraming());
    const picture = encodeCbor({ data: Buffer.alloc(100, 1) });
    read(Buffer.concat([picture, Buffer.alloc(0), encodeCbor({ data: Buffer.alloc(60_000, 2) })]));
    const [{ data }] = messages as { data: Buffer }[];
    expect(data).toEqual(Buffer.alloc(100, 1));
    expect(data.buffer.byteLength).toBeLessThan(60_000);
  });

  test.each<[string, string]>([
    ['no envelope', '7b226964223a317d'],
    ['a message beyond 256 MiB', 'd8185a10000001'],
  ])('%s is PXP_CDP_PROTOCOL', (_, hex) => {
    const { read } = reader(cborFraming());
    expect(() => read(Buffer.from(hex, 'hex'))).toThrow(
      expect.objectContaining({ code: 'PXP_CDP_PROTOCOL' }),
    );
  });
});

describe('negotiated', () => {
  test('a peer that answers in CBOR is spoken to in CBOR', () => {
    const framing = negotiatedFraming();
    const { messages, written, read } = reader(framing);
    expect(framing.encode({ id: 1 })).toEqual(encodeCbor({ id: 1 }));
    read(encodeCbor({ id: 1, result: {} }));
    expect(framing.encode({ id: 2 })).toEqual(encodeCbor({ id: 2 }));
    expect(messages).toEqual([{ id: 1, result: {} }]);
    expect(written).toEqual([]);
  });

  test('one that complains in JSON gets again in JSON what it did not understand, and its complaints are dropped', () => {
    const framing = negotiatedFraming();
    const { messages, written, read } = reader(framing);
    framing.encode({ id: 1, method: 'Browser.getVersion' });
    read('{"error":{"code":-32700,"message":"JSON: syntax error"}}\0{"er');
    expect(written).toEqual(['\0', '{"id":1,"method":"Browser.getVersion"}\0']);
    read('ror":{"code":-32700}}\0{"id":1,"result":{}}\0');
    expect(messages).toEqual([{ id: 1, result: {} }]);
    expect(Buffer.from(framing.encode({ id: 2 })).toString()).toBe('{"id":2}\0');
    // Behind the first answer an error without an id is somebody's again.
    read('{"error":{}}\0');
    expect(messages).toHaveLength(2);
  });
});

test('binary is the same bytes by either wire', () => {
  const bytes = Buffer.from([0, 255, 10]);
  expect(binaryOf(bytes)).toBe(bytes);
  expect(binaryOf(bytes.toString('base64'))).toEqual(bytes);
  expect(binaryOf(undefined)).toEqual(Buffer.alloc(0));
});
