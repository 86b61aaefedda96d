/** Bytes, or a list of items. */
export type Item = Buffer | readonly Item[];

export function isItems(item: Item | undefined): item is readonly Item[] {
  return Array.isArray(item);
}

/** The one item that these bytes are. Throws for a longer form than the shortest, and for anything after it. */
export function decode(bytes: Buffer): Item {
  const [item, end] = itemAt(bytes, 0);
  if (end !== bytes.length || !encode(item).equals(bytes)) throw new Error("not the RLP of one item");
  return item;
}

function itemAt(bytes: Buffer, at: number): [item: Item, end: number] {
  const first = bytes[at];
  if (first === undefined) throw new Error("RLP ends too soon");
  if (first < 0x80) return [bytes.subarray(at, at + 1), at + 1];
  const isString = first < 0xc0;
  const short = first - (isString ? 0x80 : 0xc0);
  const sizeBytes = Math.max(0, short - 55);
  const start = at + 1 + sizeBytes;
  const size = sizeBytes === 0 ? short : Number(`0x${bytes.subarray(at + 1, start).toString("hex") || "0"}`);
  const end = start + size;
  if (end > bytes.length) throw new Error("RLP ends too soon");
  if (isString) return [bytes.subarray(start, end), end];
  const items: Item[] = [];
  for (let next = start; next < end;) {
    const [item, after] = itemAt(bytes.subarray(0, end), next);
    items.push(item);
    next = after;
  }
  return [items, end];
}

export function encode(item: Item): Buffer {
  const isList = isItems(item);
  const payload = isList ? Buffer.concat(item.map(encode)) : item;
  if (!isList && payload.length === 1 && (payload[0] ?? 0) < 0x80) return payload;
  const base = isList ? 0xc0 : 0x80;
  if (payload.length < 56) return Buffer.concat([Buffer.of(base + payload.length), payload]);
  const size = numberBytes(BigInt(payload.length));
  return Buffer.concat([Buffer.of(base + 55 + size.length), size, payload]);
}

/** Big-endian without leading zeros; 0 is empty. */
export function numberBytes(value: bigint): Buffer {
  const hex = value === 0n ? "" : value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
}

/** Throws for a list, for leading zeros, and for more than 32 bytes. */
export function numberOf(item: Item | undefined): bigint {
  if (item === undefined || isItems(item) || item[0] === 0 || item.length > 32) throw new Error("not a number in RLP");
  return BigInt(`0x${item.toString("hex") || "0"}`);
}

/** Throws unless the item is bytes, of the given length if there is one. */
export function bytesOf(item: Item | undefined, length?: number): Buffer {
  if (item === undefined || isItems(item)) throw new Error("a list in place of bytes");
  if (length !== undefined && item.length !== length) throw new Error(`${item.length} bytes in place of ${length}`);
  return item;
}
