/**
 * Text from a chain, a node or a gateway for one line of a terminal or a page: characters that would move the cursor, or turn the direction of what
 * stands beside them, become U+FFFD.
 */
export function printable(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, "\ufffd");
}
