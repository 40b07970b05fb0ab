/**
 * A file or source name fit for a message and a terminal: control characters (C0, DEL, C1), line separators and
 * bidirectional overrides are written as `\u001b` and the like, so that a hostile name can neither move the cursor nor
 * reorder the line it is shown in (Unicode Technical Report 36, section 3.1; Trojan Source, CVE-2021-42574).
 */
export function printableName(name: string): string {
  return name.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
