import { PixelproofError } from '../core/errors.js';

/** Chromium's own parser stops here: third_party/inspector_protocol/crdtp/cbor.cc, kStackLimit. */
const MAX_DEPTH = 300;
/** Tag 24 (embedded CBOR) and a byte string of 32-bit length: RFC 8949 sections 3.1 and 3.4.5.1. */
export const ENVELOPE_HEADER_BYTES = 7;
const TAG_8BIT = 0xd8;
const EMBEDDED_CBOR = 0x18;
const BYTES_32BIT = 0x5a;
/** Tag 22, "expected to be base64 when turned into JSON": RFC 8949 section 3.4.5.2. CDP's `binary`. */
const BINARY = 0xd6;
const MAP_START = 0xbf;
const ARRAY_START = 0x9f;
const STOP = 0xff;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;
const DOUBLE = 0xfb;
/** Major types, RFC 8949 section 3.1, in the upper three bits of an initial byte. */
const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTE_STRING = 2;
const TEXT = 3;

/**
 * The bytes of a message in the part of CBOR that Chromium speaks (third_party/inspector_protocol/crdtp/cbor.cc): every
 * object and array is an indefinite-length map or array inside an envelope that says its length, so a reader can skip it.
 * Text that is not ASCII goes as UTF-16LE in a plain byte string, a Uint8Array as a byte string of tag 22. Takes what JSON
 * takes: properties that are undefined or functions are left out, and numbers that are not finite are null.
 *
 * @example
 * decodeCbor(encodeCbor({ id: 1, method: 'Page.enable' })); // { id: 1, method: 'Page.enable' }
 */
export function encodeCbor(message: object): Buffer {
  const writer = new Writer();
  writer.value(message);
  return writer.bytes();
}

/**
 * The value of exactly one item. Objects have own properties only, whatever their keys; byte strings of tag 22 are Buffers
 * over the input's memory, not copies. No length is trusted before the bytes are there, so nothing is allocated for one.
 *
 * Errors: PXP_CDP_PROTOCOL when the bytes are cut off, hold anything else than Chromium sends (no other tags, no definite
 * maps), nest deeper than 300, or go on behind the item.
 */
export function decodeCbor(bytes: Buffer): unknown {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  reader.requireEnd(bytes.length);
  return value;
}

/** The length of the item that starts with this envelope header of 7 bytes, the header included. Errors: PXP_CDP_PROTOCOL. */
export function envelopeBytes(header: Buffer): number {
  const isEnvelope = header[0] === TAG_8BIT && header[1] === EMBEDDED_CBOR && header[2] === BYTES_32BIT;
  if (!isEnvelope) throw malformed(0, 'an envelope (d8 18 5a)', hex(header.subarray(0, 3)));
  return ENVELOPE_HEADER_BYTES + header.readUInt32BE(3);
}

class Writer {
  #buffer = Buffer.allocUnsafe(512);
  #length = 0;

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  value(value: unknown): void {
    if (typeof value === 'string') this.#text(value);
    else if (typeof value === 'number') this.#number(value);
    else if (typeof value === 'boolean') this.#byte(value ? TRUE : FALSE);
    else if (value instanceof Uint8Array) this.#binary(value);
    else if (typeof value === 'object' && value !== null) this.#envelope(value);
    else this.#byte(NULL);
  }

  #envelope(value: object): void {
    this.#byte(TAG_8BIT);
    this.#byte(EMBEDDED_CBOR);
    this.#byte(BYTES_32BIT);
    this.#reserve(4);
    const lengthAt = this.#length;
    this.#length += 4;
    if (Array.isArray(value)) {
      this.#byte(ARRAY_START);
      for (const item of value) this.value(item);
    } else {
      this.#byte(MAP_START);
      for (const [key, item] of Object.entries(value)) {
        if (item === undefined || typeof item === 'function') continue;
        this.#text(key);
        this.value(item);
      }
    }
    this.#byte(STOP);
    this.#buffer.writeUInt32BE(this.#length - lengthAt - 4, lengthAt);
  }

  #number(value: number): void {
    // Chromium's integers are 32 bits wide.
    if (Number.isInteger(value) && value === (value | 0) && !Object.is(value, -0)) {
      if (value >= 0) this.#head(UNSIGNED, value);
      else this.#head(NEGATIVE, -1 - value);
    } else if (Number.isFinite(value)) {
      this.#byte(DOUBLE);
      this.#reserve(8);
      this.#length = this.#buffer.writeDoubleBE(value, this.#length);
    } else this.#byte(NULL);
  }

  #text(value: string): void {
    const isAscii = Buffer.byteLength(value) === value.length;
    const size = isAscii ? value.length : 2 * value.length;
    this.#head(isAscii ? TEXT : BYTE_STRING, size);
    this.#reserve(size);
    this.#length += this.#buffer.write(value, this.#length, isAscii ? 'latin1' : 'utf16le');
  }

  #binary(value: Uint8Array): void {
    this.#byte(BINARY);
    this.#head(BYTE_STRING, value.length);
    this.#reserve(value.length);
    this.#buffer.set(value, this.#length);
    this.#length += value.length;
  }

  #head(major: number, argument: number): void {
    this.#reserve(5);
    const initial = major << 5;
    if (argument < 24) this.#length = this.#buffer.writeUInt8(initial | argument, this.#length);
    else if (argument < 0x100) {
      this.#length = this.#buffer.writeUInt16BE(((initial | 24) << 8) | argument, this.#length);
    } else if (argument < 0x10000) {
      this.#length = this.#buffer.writeUInt8(initial | 25, this.#length);
      this.#length = this.#buffer.writeUInt16BE(argument, this.#length);
    } else {
      this.#length = this.#buffer.writeUInt8(initial | 26, this.#length);
      this.#length = this.#buffer.writeUInt32BE(argument, this.#length);
    }
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#buffer.length));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  value(depth: number): unknown {
    const at = this.#at;
    const initial = this.#byte();
    switch (initial) {
      case TAG_8BIT:
        return this.#envelope(at, depth);
      case BINARY:
        return this.#binary();
      case FALSE:
        return false;
      case TRUE:
        return true;
      case NULL:
        return null;
      case DOUBLE:
        return this.#bytes.readDoubleBE(this.#skip(8));
    }
    switch (initial >> 5) {
      case UNSIGNED:
        return this.#argument(initial);
      case NEGATIVE:
        return -1 - this.#argument(initial);
      case BYTE_STRING:
        return this.#utf16(this.#argument(initial));
      case TEXT:
        return this.#utf8(this.#argument(initial));
    }
    throw malformed(at, 'a value as Chromium sends them', hex(Buffer.of(initial)));
  }

  requireEnd(end: number): void {
    if (this.#at !== end) throw malformed(this.#at, `the end at ${end}`, 'something else');
  }

  #envelope(at: number, depth: number): unknown {
    if (depth >= MAX_DEPTH) throw malformed(at, `at most ${MAX_DEPTH} levels`, 'one more');
    const header = this.#bytes.subarray(at, at + ENVELOPE_HEADER_BYTES);
    this.#skip(ENVELOPE_HEADER_BYTES - 1);
    const end = at + envelopeBytes(header);
    if (end > this.#bytes.length) throw truncated(end, this.#bytes.length);
    const start = this.#byte();
    const value =
      start === MAP_START ? this.#map(depth + 1) : start === ARRAY_START ? this.#array(depth + 1) : undefined;
    if (value === undefined) throw malformed(this.#at - 1, 'a map or an array', hex(Buffer.of(start)));
    this.requireEnd(end);
    return value;
  }

  #map(depth: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    while (!this.#stops()) {
      const at = this.#at;
      const key = this.value(depth);
      if (typeof key !== 'string') throw malformed(at, 'a text as key', typeof key);
      const value = this.value(depth);
      // Plain assignment would set the prototype.
      if (key === '__proto__') Object.defineProperty(map, key, { value, ...OWN });
      else map[key] = value;
    }
    return map;
  }

  #array(depth: number): unknown[] {
    const array: unknown[] = [];
    while (!this.#stops()) array.push(this.value(depth));
    return array;
  }

  #stops(): boolean {
    if (this.#bytes[this.#at] !== STOP) return false;
    this.#at++;
    return true;
  }

  #binary(): Buffer {
    const at = this.#at;
    const initial = this.#byte();
    if (initial >> 5 !== BYTE_STRING) throw malformed(at, 'a byte string', hex(Buffer.of(initial)));
    const size = this.#argument(initial);
    const start = this.#skip(size);
    return this.#bytes.subarray(start, start + size);
  }

  #utf16(size: number): string {
    if (size % 2 !== 0) throw malformed(this.#at, 'UTF-16 text', `${size} bytes`);
    const start = this.#skip(size);
    return this.#bytes.toString('utf16le', start, start + size);
  }

  #utf8(size: number): string {
    const start = this.#skip(size);
    return this.#bytes.toString('utf8', start, start + size);
  }

  /** RFC 8949 section 3: the value itself below 24, else it follows in 1, 2, 4 or 8 bytes. */
  #argument(initial: number): number {
    const info = initial & 0x1f;
    if (info < 24) return info;
    if (info === 24) return this.#byte();
    if (info === 25) return this.#bytes.readUInt16BE(this.#skip(2));
    if (info === 26) return this.#bytes.readUInt32BE(this.#skip(4));
    // Eight bytes would be beyond what Chromium's own parser takes; the rest is reserved or of indefinite length.
    throw malformed(this.#at - 1, 'an argument of at most 32 bits', hex(Buffer.of(initial)));
  }

  #byte(): number {
    return this.#bytes[this.#skip(1)];
  }

  /** Moves on by `size` bytes, which have to be there; answers where they start. */
  #skip(size: number): number {
    const start = this.#at;
    if (start + size > this.#bytes.length) throw truncated(start + size, this.#bytes.length);
    this.#at = start + size;
    return start;
  }
}

const OWN = { writable: true, enumerable: true, configurable: true } as const;

function truncated(needed: number, received: number): PixelproofError {
  return new PixelproofError('PXP_CDP_PROTOCOL', 'a CBOR message is cut off', {
    expected: `${needed} bytes`,
    received: `${received}`,
  });
}

function malformed(at: number, expected: string, received: string): PixelproofError {
  return new PixelproofError('PXP_CDP_PROTOCOL', 'a CBOR message is malformed', {
    where: `byte ${at}`,
    expected,
    received,
  });
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex');
}
