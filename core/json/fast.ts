/**
 * The number of members of all objects in `text`, provided that it is JSON (a colon outside strings is a member); null
 * if the text needs the careful scan: escapes that may make lone surrogates, numbers with an exponent, or more levels
 * than `maxDepth`.
 */
export function fitsFastPath(text: string, maxDepth: number): number | null {
  if (!text.isWellFormed() || text.includes("\\u")) return null;
  let members = 0;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // "
        i = closingQuote(text, i);
        if (i < 0) return null;
        break;
      case 0x3a: // :
        members++;
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > maxDepth) return null;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
        break;
      case 0x45: // E
        return null;
      case 0x65: // e, of "true" and "false" or of an exponent
        if (text.charCodeAt(i - 1) <= 0x39) return null;
    }
  }
  return members;
}

/** The index of the quote that ends the string begun at `start`; -1 if none does. */
function closingQuote(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(index - 1 - backslashes) === 0x5c) backslashes++;
  return backslashes % 2 === 1;
}
