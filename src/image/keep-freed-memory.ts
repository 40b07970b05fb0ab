/** Just below the largest block that glibc learns from. */
const BYTES = 31 * 2 ** 20;

let isKept = false;

/**
 * Lets the process keep the memory of pictures that are gone for the next ones. glibc hands freed memory back to the system
 * as soon as twice the largest block it ever freed lies at the end of its heap: with frames of 3.7 MB at every collection,
 * and then filling new pages took longer than decoding. One larger block, never touched and free at the next collection,
 * raises that to 62 MB. Elsewhere it does nothing. Once per process; docs/adr/0014 has the measurements.
 */
export function keepFreedMemory(): void {
  if (isKept) return;
  isKept = true;
  Buffer.allocUnsafeSlow(BYTES);
}
