/**
 * The bytes of a CDP field of type `binary`, whatever wire it came by: a Buffer by CBOR, base64 text by JSON (where
 * devtools-protocol's types have a string in either case). Absent or of another type: no bytes.
 */
export function binaryOf(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) return value;
  return Buffer.from(typeof value === 'string' ? value : '', 'base64');
}
