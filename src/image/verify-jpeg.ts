import { badImage } from './bad-image.js';
import type { JpegHeader } from './header.js';
import { huffmanTable } from './huffman-table.js';
import { type JpegScan, checkEntropyData } from './jpeg-entropy.js';
import { JPEG_MARKER, type JpegSegment, isFrameMarker, jpegSegment, markerName } from './jpeg-segments.js';

/**
 * Checks a sequential JPEG from end to end: segments, tables, one frame, scans that cover every component once, entropy
 * data that hold exactly the promised blocks, EOI as the last bytes. No pixel is computed; a 720p frame costs a few
 * milliseconds. `header` has passed `requireDecodable`.
 *
 * Errors: PXP_IMAGE_CORRUPT, PXP_IMAGE_UNSUPPORTED (arithmetic coding, several frames, height given by DNL).
 * Source: ITU-T T.81, section B.2.
 */
export function verifyJpeg(bytes: Uint8Array, header: JpegHeader, what: string): void {
  const state: State = {
    header,
    what,
    components: [],
    huffman: new Map(),
    quantization: new Set(),
    restartInterval: 0,
    scanned: new Set(),
  };
  let segment = jpegSegment(bytes, 2, what);
  while (segment.marker !== JPEG_MARKER.EOI) {
    const end = readSegment(bytes, segment, state);
    segment = jpegSegment(bytes, end, what);
  }
  if (state.scanned.size !== header.components) {
    throw corrupt(segment, what, `scans of ${header.components} components`, `${state.scanned.size}`);
  }
  if (segment.end !== bytes.length) {
    throw badImage('PXP_IMAGE_CORRUPT', 'the JPEG has data after its end', {
      what,
      offset: segment.end,
      part: 'after marker ffd9',
      expected: 'the end of the bytes',
      received: `${bytes.length - segment.end} more bytes`,
    });
  }
}

interface Component {
  readonly id: number;
  /** Sampling factors, 1..4. */
  readonly h: number;
  readonly v: number;
  readonly quantization: number;
}

interface State {
  readonly header: JpegHeader;
  readonly what: string;
  components: readonly Component[];
  /** By class << 4 | destination: 0x00 is DC table 0, 0x10 AC table 0. */
  readonly huffman: Map<number, Uint16Array>;
  readonly quantization: Set<number>;
  restartInterval: number;
  /** Ids of the components whose scan has been read. */
  readonly scanned: Set<number>;
}

/** Takes in one segment and answers where the next begins. */
function readSegment(bytes: Uint8Array, segment: JpegSegment, state: State): number {
  const { marker, data, end } = segment;
  const second = isFrameMarker(marker) && state.components.length > 0;
  if (second || marker === JPEG_MARKER.DAC || marker === JPEG_MARKER.DNL) {
    throw badImage('PXP_IMAGE_UNSUPPORTED', 'a JPEG of a kind that screenshots never are', {
      what: state.what,
      offset: segment.offset,
      part: markerName(marker),
      expected: 'one frame with Huffman coding and a stated height',
      received: markerName(marker),
    });
  }
  if (isFrameMarker(marker)) state.components = readFrame(segment, state.what);
  else if (marker === JPEG_MARKER.DHT) readHuffman(segment, state);
  else if (marker === JPEG_MARKER.DQT) readQuantization(segment, state);
  else if (marker === JPEG_MARKER.SOS) return readScan(bytes, segment, state);
  else if (marker === JPEG_MARKER.DRI) {
    if (data.length !== 2) throw corrupt(segment, state.what, '2 bytes', `${data.length}`);
    state.restartInterval = (data[0] << 8) | data[1];
  } else if (marker < JPEG_MARKER.SOF0 || (marker >= JPEG_MARKER.RST0 && marker <= JPEG_MARKER.SOI)) {
    throw corrupt(segment, state.what, 'a table, scan or application segment', markerName(marker));
  }
  return end;
}

function readFrame(segment: JpegSegment, what: string): Component[] {
  const { data } = segment;
  const components: Component[] = [];
  for (let at = 6; at < data.length; at += 3) {
    const [h, v] = [data[at + 1] >> 4, data[at + 1] & 15];
    if (h < 1 || h > 4 || v < 1 || v > 4) throw corrupt(segment, what, 'sampling of 1..4', `${h}x${v}`);
    components.push({ id: data[at], h, v, quantization: data[at + 2] });
  }
  if (new Set(components.map(({ id }) => id)).size !== components.length) {
    throw corrupt(segment, what, 'components with ids of their own', 'the same id twice');
  }
  return components;
}

function readHuffman(segment: JpegSegment, { huffman, what }: State): void {
  const { data } = segment;
  for (let at = 0; at < data.length;) {
    const counts = data.subarray(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    const end = at + 17 + total;
    const table = end > data.length ? undefined : huffmanTable(counts, data.subarray(at + 17, end));
    if (table === undefined || (data[at] & 0xec) !== 0) {
      throw corrupt(
        segment,
        what,
        'Huffman tables for classes 0..1 and destinations 0..3',
        'a malformed one',
      );
    }
    huffman.set(data[at], table);
    at = end;
  }
}

function readQuantization(segment: JpegSegment, { quantization, what }: State): void {
  const { data } = segment;
  let at = 0;
  while (at < data.length) {
    quantization.add(data[at] & 15);
    at += 1 + (data[at] >> 4 === 0 ? 64 : 128);
  }
  if (at !== data.length) {
    throw corrupt(segment, what, 'whole tables of 64 entries', `${data.length} bytes`);
  }
}

function readScan(bytes: Uint8Array, segment: JpegSegment, state: State): number {
  const { what } = state;
  const result = checkEntropyData(bytes, segment.end, scanOf(segment, state));
  if (result.ok) return result.end;
  throw badImage('PXP_IMAGE_CORRUPT', 'the JPEG image data are cut short or damaged', {
    what,
    offset: result.offset,
    part: 'entropy-coded data',
    expected: result.expected,
    received: result.received,
  });
}

/** ITU-T T.81, sections A.2 (units and blocks) and B.2.3 (scan header). */
function scanOf(segment: JpegSegment, state: State): JpegScan {
  const { data } = segment;
  const { what, components, huffman, quantization, restartInterval, scanned } = state;
  const count = data[0];
  if (count < 1 || data.length !== 4 + 2 * count) {
    throw corrupt(segment, what, 'a header for 1..4 components', `${data.length} bytes`);
  }
  const blocks: { dc: Uint16Array; ac: Uint16Array }[] = [];
  const members: Component[] = [];
  for (let i = 0; i < count; i++) {
    const component = components.find(({ id }) => id === data[1 + 2 * i]);
    const dc = huffman.get(data[2 + 2 * i] >> 4);
    const ac = huffman.get(0x10 | (data[2 + 2 * i] & 15));
    if (component === undefined || scanned.has(component.id) || dc === undefined || ac === undefined) {
      throw corrupt(
        segment,
        what,
        'a component of the frame, once, with Huffman tables',
        `component ${data[1 + 2 * i]}`,
      );
    }
    if (!quantization.has(component.quantization)) {
      throw corrupt(segment, what, `quantization table ${component.quantization}`, 'none');
    }
    scanned.add(component.id);
    members.push(component);
    const repeat = count === 1 ? 1 : component.h * component.v;
    for (let block = 0; block < repeat; block++) blocks.push({ dc, ac });
  }
  return { units: unitsOf(members, state), restartInterval, blocks };
}

function unitsOf(members: readonly Component[], { components, header }: State): number {
  const hMax = Math.max(...components.map(({ h }) => h));
  const vMax = Math.max(...components.map(({ v }) => v));
  if (members.length > 1) {
    return Math.ceil(header.width / (8 * hMax)) * Math.ceil(header.height / (8 * vMax));
  }
  const columns = Math.ceil(Math.ceil((header.width * members[0].h) / hMax) / 8);
  const rows = Math.ceil(Math.ceil((header.height * members[0].v) / vMax) / 8);
  return columns * rows;
}

function corrupt({ offset, marker }: JpegSegment, what: string, expected: string, received: string): Error {
  return badImage('PXP_IMAGE_CORRUPT', 'a JPEG segment is malformed', {
    what,
    offset,
    part: markerName(marker),
    expected,
    received,
  });
}
