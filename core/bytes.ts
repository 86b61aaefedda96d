/** Bytes of the chain: roots, leaves, transactions, addresses. Lower case. */
export type Hex = `0x${string}`;

const encoder = new TextEncoder();
/** ES2026; older browsers lack it. */
const nativeToHex = (Uint8Array.prototype as { toHex?: (this: Uint8Array) => string }).toHex; // as: TypeScript does not know it yet
const nativeFromHex = (Uint8Array as { fromHex?: (hex: string) => Uint8Array }).fromHex; // as: the same
const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Reads hexadecimal digits of either case, with or without 0x. Throws a RangeError for anything else. */
export function hexToBytes(hex: string): Uint8Array {
  const start = hex.startsWith("0x") ? 2 : 0;
  const native = nativeFromHex && fromHexNatively(hex.slice(start));
  if (native) return native;
  const bytes = new Uint8Array((hex.length - start) >> 1);
  if ((hex.length - start) % 2 !== 0) throw new RangeError("hexadecimal digits come in pairs");
  for (let i = 0; i < bytes.length; i++) {
    const high = digitValue(hex.charCodeAt(start + 2 * i));
    const low = digitValue(hex.charCodeAt(start + 2 * i + 1));
    bytes[i] = (high << 4) | low;
  }
  return bytes;
}

/** undefined where it refuses: the loop says why. */
function fromHexNatively(hex: string): Uint8Array | undefined {
  try {
    return nativeFromHex?.call(Uint8Array, hex);
  } catch {
    return undefined;
  }
}

function digitValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = (code | 0x20) - 0x61;
  if (letter < 0 || letter > 5) throw new RangeError("not a hexadecimal digit");
  return letter + 10;
}

/** Lower-case hexadecimal digits without 0x: the form of digests, file hashes, seeds and salts in JSON. */
export function bytesToHex(bytes: Uint8Array): string {
  if (nativeToHex) return nativeToHex.call(bytes);
  let hex = "";
  for (const byte of bytes) hex += digits[byte] ?? "";
  return hex;
}

/** The form of the chain's bytes in JSON. */
export function to0x(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`;
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/**
 * Negative, 0 or positive as in `Array.sort`: the order of the bytes read as a number, shorter before longer where one
 * begins the other.
 */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    // as: both indices are below both lengths
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** A lone surrogate would become U+FFFD: text that is hashed was parsed by core/json, which refuses them. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}
