/**
 * The text as one line that shows what it is: a certificate is anybody's, and its names and values must not move the cursor, end the line or turn the
 * direction of writing.
 */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
