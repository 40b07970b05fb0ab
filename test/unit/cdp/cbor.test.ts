import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCbor, encodeCbor } from '../../../src/cdp/cbor.js';

const leaf = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
);
const { message } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, tie('message'), fc.array(tie('value'), { maxLength: 5 })),
  message: fc.dictionary(fc.string({ maxLength: 30 }), tie('value'), { maxKeys: 6, noNullPrototype: true }),
}));

const codeOf = (bytes: Buffer): string => {
  try {
    decodeCbor(bytes);
    return 'decoded';
  } catch (error) {
    return (error as { code?: string }).code ?? `no code: ${String(error)}`;
  }
};
const item = (...parts: (number | Buffer)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.of(part) : part)));
const envelope = (...parts: (number | Buffer)[]): Buffer => {
  const content = item(...parts);
  const header = Buffer.from('d8185a00000000', 'hex');
  header.writeUInt32BE(content.length, 3);
  return Buffer.concat([header, content]);
};
const key = item(0x61, Buffer.from('a'));

describe('round trips', () => {
  test('what goes in comes out', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(decodeCbor(encodeCbor(value as object))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  test('what JSON leaves out or writes as null is so here', () => {
    const value = { gone: undefined, run: () => 1, nan: Number.NaN, list: [undefined, Infinity] };
    expect(decodeCbor(encodeCbor(value))).toEqual(JSON.parse(JSON.stringify(value)));
  });

  test('integers beyond 32 bits and minus zero keep their value', () => {
    const values = [
      2 ** 31 - 1,
      -(2 ** 31),
      2 ** 31,
      Number.MAX_SAFE_INTEGER,
      -0,
      23,
      24,
      255,
      256,
      65535,
      65536,
    ];
    expect(decodeCbor(encodeCbor(values))).toEqual(values);
  });
});

test('the bytes are those Chromium sends: envelopes, indefinite maps, tag 22 for binary', () => {
  // {"id":1,"result":{"data":<01 02>,"ok":true}}, written down by hand from RFC 8949 and crdtp/cbor.h.
  const inner = envelope(
    0xbf,
    item(0x64, Buffer.from('data')),
    0xd6,
    0x42,
    1,
    2,
    item(0x62, Buffer.from('ok')),
    0xf5,
    0xff,
  );
  const bytes = envelope(
    0xbf,
    item(0x62, Buffer.from('id')),
    1,
    item(0x66, Buffer.from('result')),
    inner,
    0xff,
  );
  expect(decodeCbor(bytes)).toEqual({ id: 1, result: { data: Buffer.of(1, 2), ok: true } });
  expect(encodeCbor({ id: 1, result: { data: Buffer.of(1, 2), ok: true } })).toEqual(bytes);
});

test('binary is the input’s own memory', () => {
  const bytes = encodeCbor({ data: Buffer.alloc(5000, 7) });
  const { data } = decodeCbor(bytes) as { data: Buffer };
  expect(data.buffer).toBe(bytes.buffer);
  expect(data).toEqual(Buffer.alloc(5000, 7));
});

test('a key that names the prototype is a property like any other', () => {
  const value = decodeCbor(encodeCbor(JSON.parse('{"__proto__":{"polluted":true}}') as object)) as object;
  expect(Object.keys(value)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect('polluted' in value).toBe(false);
});

describe('what is refused as PXP_CDP_PROTOCOL', () => {
  test('every message cut off anywhere', () => {
    const bytes = encodeCbor({
      id: 70_000,
      text: 'größer',
      list: [1.5, -7, 'x'.repeat(300)],
      data: Buffer.alloc(40),
    });
    expect(codeOf(bytes)).toBe('decoded');
    for (let length = 0; length < bytes.length; length++) {
      expect(codeOf(bytes.subarray(0, length))).toBe('PXP_CDP_PROTOCOL');
    }
  });

  test('or anything at all: bytes decode or are refused, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(['decoded', 'PXP_CDP_PROTOCOL']).toContain(codeOf(Buffer.from(bytes)));
      }),
      { numRuns: 2000 },
    );
    const bytes = encodeCbor({
      id: 1,
      method: 'Page.screencastFrame',
      params: { data: Buffer.alloc(30), n: [1, 2] },
    });
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const hostile = Buffer.from(bytes);
        hostile[at] = value;
        expect(['decoded', 'PXP_CDP_PROTOCOL']).toContain(codeOf(hostile));
      }),
      { numRuns: 2000 },
    );
  });

  test.each<[string, Buffer]>([
    ['more behind the item', item(encodeCbor({}), 0)],
    ['an envelope longer than its content', Buffer.from('d8185a00000003bfff00', 'hex')],
    ['an envelope shorter than its content', Buffer.from('d8185a00000001bfff', 'hex')],
    ['an envelope of 4 GiB', Buffer.from('d8185affffffffbfff', 'hex')],
    ['an envelope of no map or array', envelope(1)],
    ['a text of 4 GiB', envelope(0xbf, key, Buffer.from('7affffffff', 'hex'), 0xff)],
    ['binary of 4 GiB', envelope(0xbf, key, Buffer.from('d65affffffff', 'hex'), 0xff)],
    ['a length of 64 bits', envelope(0xbf, key, Buffer.from('7b0000000000000001', 'hex'), 0x61, 0xff)],
    ['a text of indefinite length', envelope(0xbf, key, 0x7f, 0x61, 0x61, 0xff, 0xff)],
    ['a map of definite length', envelope(0xa1, key, 1)],
    ['a map without an envelope inside', envelope(0xbf, key, 0xbf, 0xff, 0xff)],
    ['a key that is a number', envelope(0xbf, 1, 1, 0xff)],
    ['a key without a value', envelope(0xbf, key, 0xff)],
    ['a map without an end', envelope(0xbf, key, 1)],
    ['UTF-16 of an odd length', envelope(0xbf, key, 0x43, 1, 2, 3, 0xff)],
    ['tag 22 of a text', envelope(0xbf, key, 0xd6, 0x61, 0x61, 0xff)],
    ['another tag', envelope(0xbf, key, 0xc1, 1, 0xff)],
    ['undefined', envelope(0xbf, key, 0xf7, 0xff)],
  ])('%s', (_, bytes) => {
    expect(codeOf(bytes)).toBe('PXP_CDP_PROTOCOL');
  });

  test('more than 300 levels, before the stack gives out', () => {
    const nested = (levels: number): Buffer => {
      let bytes = envelope(0x9f, 0xff);
      for (let level = 1; level < levels; level++) bytes = envelope(0x9f, bytes, 0xff);
      return bytes;
    };
    expect(codeOf(nested(300))).toBe('decoded');
    expect(codeOf(nested(301))).toBe('PXP_CDP_PROTOCOL');
    expect(codeOf(nested(20_000))).toBe('PXP_CDP_PROTOCOL');
  });
});
