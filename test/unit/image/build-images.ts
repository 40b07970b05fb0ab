import { crc32, deflateSync } from 'node:zlib';

/** Hand-built PNG and JPEG files: each defect is made by surgery on a good file. */

export const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function chunk(type: string, data: Uint8Array | readonly number[]): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

export interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly bitDepth?: number;
  readonly colorType?: number;
  readonly compression?: number;
  readonly filter?: number;
  readonly interlace?: number;
  /** Rows with their filter bytes. */
  readonly rows: Uint8Array | readonly number[];
  /** Between IHDR and IDAT. */
  readonly before?: readonly Buffer[];
  /** Between IDAT and IEND. */
  readonly after?: readonly Buffer[];
}

export function ihdr(parts: Omit<PngParts, 'rows'>): Buffer {
  const { width, height, bitDepth = 8, colorType = 2, compression = 0, filter = 0, interlace = 0 } = parts;
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([bitDepth, colorType, compression, filter, interlace], 8);
  return chunk('IHDR', data);
}

export function png(parts: PngParts): Buffer {
  return Buffer.concat([
    SIGNATURE,
    ihdr(parts),
    ...(parts.before ?? []),
    chunk('IDAT', deflateSync(Uint8Array.from(parts.rows))),
    ...(parts.after ?? []),
    chunk('IEND', []),
  ]);
}

/** 2x2, RGB: red, green / blue, white. */
export const RGB_2X2 = {
  width: 2,
  height: 2,
  rows: [0, 255, 0, 0, 0, 255, 0, 0, 0, 0, 255, 255, 255, 255],
} as const;

/** The bytes of one JPEG segment: marker, length, data. */
export function segment(marker: number, data: Uint8Array | readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + data.length);
  bytes.set([0xff, marker], 0);
  bytes.writeUInt16BE(2 + data.length, 2);
  bytes.set(data, 4);
  return bytes;
}

/** Offset of the first segment with that marker, walking from SOI; not beyond the first scan. */
export function findSegment(jpeg: Uint8Array, marker: number): number {
  for (let at = 2; at < jpeg.length; at += 2 + ((jpeg[at + 2] << 8) | jpeg[at + 3])) {
    if (jpeg[at + 1] === marker) return at;
    if (jpeg[at + 1] === 0xda) break;
  }
  throw new Error(`no marker ${marker.toString(16)}`);
}

/** A copy with some bytes replaced. */
export function patched(bytes: Uint8Array, offset: number, values: readonly number[]): Buffer {
  const copy = Buffer.from(bytes);
  copy.set(values, offset);
  return copy;
}

/** An EXIF APP1 segment that asks for `orientation`. */
export function exif(orientation: number, order: 'II' | 'MM' = 'II'): Buffer {
  const tiff = Buffer.alloc(8 + 2 + 12 + 4);
  const u16 = (value: number, at: number): unknown =>
    order === 'II' ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const u32 = (value: number, at: number): unknown =>
    order === 'II' ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(order, 0, 'latin1');
  u16(42, 2);
  u32(8, 4);
  u16(1, 8);
  u16(0x0112, 10);
  u16(3, 12);
  u32(1, 14);
  u16(orientation, 18);
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]));
}
