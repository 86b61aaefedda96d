import { to0x, type Hex } from "../../../core/bytes.ts";
import type { BlockHeader } from "../../../core/proofs/header.ts";

const names = [
  ...["parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom", "difficulty"],
  ...["number", "gasLimit", "gasUsed", "timestamp", "extraData", "mixHash", "nonce", "baseFeePerGas"],
  ...["withdrawalsRoot", "blobGasUsed", "excessBlobGas", "parentBeaconBlockRoot", "requestsHash"],
];
const quantities = new Set([
  ...["difficulty", "number", "gasLimit", "gasUsed", "timestamp", "baseFeePerGas", "blobGasUsed", "excessBlobGas"],
]);

/** A block as eth_getBlockByNumber answers it, whose node says that `hash` is its hash. */
export function blockJson({ items }: BlockHeader, hash: Hex): Record<string, unknown> {
  const fields = items.map((item, index) => {
    const name = names[index]!;
    const hex = to0x(item);
    const quantity = hex.replace(/^0x0*/, "0x");
    return [name, quantities.has(name) ? (quantity === "0x" ? "0x0" : quantity) : hex];
  });
  return { ...Object.fromEntries(fields), hash, size: "0x200", totalDifficulty: "0x1", uncles: [], transactions: [] };
}
