import type { Interface } from "ethers";

import { bytesToHex, utf8, type Hex } from "../../core/bytes.ts";
import { badAnswer, hexData, toQuantity } from "./quantity.ts";
import type { RpcCall } from "./rpc.ts";

/** What `statusOf` answers; `blockTime` in seconds. */
export interface StatusSlot {
  /** the code on the chain */
  readonly effect: number;
  readonly version: number;
  readonly blockTime: number;
  /** the first 24 bytes of keccak256(basis) */
  readonly basisHash: Hex;
}

/** A call at a block, or at the newest. */
export function ethCall(to: Hex, data: string, block: number | "latest"): RpcCall {
  return { method: "eth_call", params: [{ to, data }, blockTag(block)] };
}

/** A block as a call names it. */
export function blockTag(block: number | "latest"): string {
  return block === "latest" ? block : toQuantity(block);
}

/** null: never set. Throws NODE_ANSWER. */
export function statusOf(ledger: Interface, result: unknown): StatusSlot | null {
  const [effect, version, blockTime, basisHash] = decode(ledger, "statusOf", result);
  if (Number(effect) === 0) return null;
  const hash = hexData(basisHash, "a basis' hash", 24);
  return { effect: Number(effect), version: Number(version), blockTime: Number(blockTime), basisHash: hash };
}

/** How an agency stands in a call of the contracts: `bytes18`. */
export function agencyHex(uscc: string): Hex {
  return `0x${bytesToHex(utf8(uscc))}`;
}

function decode(contract: Interface, name: string, result: unknown): unknown[] {
  const data = hexData(result, `what ${name} answers`);
  try {
    return [...contract.decodeFunctionResult(name, data)];
  } catch {
    throw badAnswer(`what ${name} answers cannot be read`);
  }
}
