const EXIF_PREFIX = [0x45, 0x78, 0x69, 0x66, 0, 0];
const TAG_ORIENTATION = 0x0112;

/**
 * The orientation 1..8 an EXIF APP1 segment asks for (1 is upright), or undefined when the segment is not EXIF, lacks
 * the tag or is malformed: decoders ignore broken EXIF data, so it does not turn the picture. O(entries of IFD0).
 *
 * Source: CIPA DC-008 (Exif 2.32), sections 4.5.2 (TIFF header, IFD0) and 4.6.4 (tag 0x0112).
 */
export function exifOrientation(app1: Uint8Array): number | undefined {
  if (app1.length < 14 || EXIF_PREFIX.some((byte, i) => app1[i] !== byte)) return undefined;
  const tiff = new DataView(
    app1.buffer,
    app1.byteOffset + EXIF_PREFIX.length,
    app1.length - EXIF_PREFIX.length,
  );
  const order = tiff.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const littleEndian = order === 0x4949;
  const ifd = tiff.getUint32(4, littleEndian);
  if (ifd + 2 > tiff.byteLength) return undefined;
  const entries = tiff.getUint16(ifd, littleEndian);
  for (let i = 0, at = ifd + 2; i < entries && at + 12 <= tiff.byteLength; i++, at += 12) {
    if (tiff.getUint16(at, littleEndian) !== TAG_ORIENTATION) continue;
    const value = tiff.getUint16(at + 8, littleEndian);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}
