import type { Interface } from "ethers";

import { bytesToHex, hexToBytes, utf8, type Hex } from "../../core/bytes.ts";
import { badAnswer, hexData, toQuantity } from "./quantity.ts";
import type { RpcCall } from "./rpc.ts";

/** What `batchOf` answers; `blockTime` in seconds. */
export interface BatchSlot {
  readonly agency: string;
  readonly kind: number;
  readonly count: number;
  readonly blockTime: number;
}

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
  return { method: "eth_call", params: [{ to, data }, block === "latest" ? block : toQuantity(block)] };
}

/** null: never set. Throws NODE_ANSWER. */
export function statusOf(ledger: Interface, result: unknown): StatusSlot | null {
  const [effect, version, blockTime, basisHash] = decode(ledger, "statusOf", result);
  if (Number(effect) === 0) return null;
  const hash = hexData(basisHash, "a basis' hash", 24);
  return { effect: Number(effect), version: Number(version), blockTime: Number(blockTime), basisHash: hash };
}

/** null: not anchored. Throws NODE_ANSWER. */
export function batchOf(ledger: Interface, result: unknown): BatchSlot | null {
  const [code, kind, count, blockTime] = decode(ledger, "batchOf", result);
  if (Number(count) === 0) return null;
  const agency = new TextDecoder().decode(hexToBytes(hexData(code, "an agency", 18)));
  return { agency, kind: Number(kind), count: Number(count), blockTime: Number(blockTime) };
}

/** null: not enrolled. Throws NODE_ANSWER. */
export function nameOf(agencies: Interface, result: unknown): string | null {
  const [name] = decode(agencies, "nameOf", result);
  return name === "" ? null : String(name);
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
