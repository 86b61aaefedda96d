/** ES2026; older browsers lack it. */
const nativeToBase64 = (Uint8Array.prototype as { toBase64?: (this: Uint8Array) => string }).toBase64; // as: TypeScript does not know it yet
const nativeFromBase64 = (Uint8Array as { fromBase64?: (text: string) => Uint8Array }).fromBase64; // as: the same

/** RFC 4648 section 4, with padding: the form of headers, trie nodes and seals in JSON. */
export function bytesToBase64(bytes: Uint8Array): string {
  if (nativeToBase64) return nativeToBase64.call(bytes);
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/**
 * Reads what `bytesToBase64` writes and nothing else: padding, no white space, no bits left over, so that the same bytes have one text. Throws a
 * RangeError for anything else.
 */
export function base64ToBytes(text: string): Uint8Array {
  if (!isBase64(text)) throw new RangeError("not base64 with padding");
  if (nativeFromBase64) return nativeFromBase64.call(Uint8Array, text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

const lastOfOne = /[AQgw]==$/;
const lastOfTwo = /[AEIMQUYcgkosw048]=$/;

/** Whether it is the one base64 text of some bytes. */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return false;
  if (text.endsWith("==")) return lastOfOne.test(text);
  return !text.endsWith("=") || lastOfTwo.test(text);
}
