import { hexToBytes, type Hex } from "../../../core/bytes.ts";
import { topics } from "../../../core/ledger/abi.ts";
import type { Keccak } from "../../../core/ledger/keccak.ts";

/** Which item of a header is the bloom of its block's logs. */
const bloomItem = 6;

/** Finds out, of a header's items, whether its block can have a journalled event of `address`. No is certain; yes may be chance. */
export function createBloomCheck(address: Hex, keccak: Keccak): (items: readonly Uint8Array[]) => boolean {
  const ofAddress = bitsOf(address, keccak);
  const ofTopics = Object.values(topics).map((topic) => bitsOf(topic, keccak));
  return (items) => {
    const bloom = items[bloomItem];
    if (bloom?.length !== 256) return true;
    const has = (bits: readonly number[]): boolean =>
      bits.every((bit) => ((bloom[255 - (bit >> 3)] ?? 0) & (1 << (bit & 7))) !== 0);
    return has(ofAddress) && ofTopics.some(has);
  };
}

/** The three bits of the yellow paper. */
function bitsOf(value: Hex, keccak: Keccak): number[] {
  const hash = keccak.hash(hexToBytes(value));
  return [0, 2, 4].map((at) => (((hash[at] ?? 0) << 8) | (hash[at + 1] ?? 0)) & 2047);
}
