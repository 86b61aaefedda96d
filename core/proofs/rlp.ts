/** Recursive Length Prefix: a string of bytes, or a list of items. Integers are their shortest big-endian bytes, 0 the empty string. */
export type RlpItem = Uint8Array | readonly RlpItem[];

/** Reads one item that fills `bytes` whole. Only the shortest form is accepted, so that encodeRlp gives the same bytes back. */
export function decodeRlp(bytes: Uint8Array): RlpItem {
  throw new Error(`not yet: ${bytes.length}`);
}

export function encodeRlp(item: RlpItem): Uint8Array {
  throw new Error(`not yet: ${item.length}`);
}

/** Reads an unsigned integer; undefined where it has leading zeros or is a list. */
export function scalarOf(item: RlpItem | undefined): bigint | undefined {
  throw new Error(`not yet: ${item?.length}`);
}

/** The shortest big-endian bytes of `value`. */
export function scalarBytes(value: bigint): Uint8Array {
  throw new Error(`not yet: ${value}`);
}
