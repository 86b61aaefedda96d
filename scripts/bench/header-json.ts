import { to0x, type Hex } from "../../core/bytes.ts";
import type { BlockHeader } from "../../core/proofs/header.ts";

const names = [
  ...["parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom", "difficulty"],
  ...["number", "gasLimit", "gasUsed", "timestamp", "extraData", "mixHash", "nonce", "baseFeePerGas"],
];
const quantities = new Set(["difficulty", "number", "gasLimit", "gasUsed", "timestamp", "baseFeePerGas"]);

/** A header of London, or of before it, as eth_getBlockByNumber has it. */
export function headerJson({ items }: BlockHeader, hash: Hex): Record<string, Hex> {
  const fields = names.slice(0, items.length).map((name, index): [string, Hex] => {
    const item = to0x(items[index] ?? new Uint8Array());
    return [name, quantities.has(name) ? `0x${BigInt(item === "0x" ? "0x0" : item).toString(16)}` : item];
  });
  return { ...Object.fromEntries(fields), hash };
}
