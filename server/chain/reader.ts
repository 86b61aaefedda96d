import type { Interface } from "ethers";

import { bytesToHex, utf8, type Hex } from "../../core/bytes.ts";
import type { Block } from "./block.ts";
import { readHead } from "./block.ts";
import type { ContractAddresses, Contracts } from "./ledger-contracts.ts";
import { hexData, toQuantity } from "./quantity.ts";
import { resultOf, type Rpc, type RpcCall } from "./rpc.ts";

/** What the ledger says of a record, all of it at one block. */
export interface LedgerReading {
  readonly block: Pick<Block, "number" | "hash" | "time">;
  /** null: the root was not asked for, or is not anchored; `blockTime` in seconds */
  readonly batch: { readonly agency: string; readonly kind: number; readonly count: number; readonly blockTime: number } | null;
  /** null: never set; `basisHash`: the first 24 bytes of keccak256(basis) */
  readonly status: { readonly effect: number; readonly version: number; readonly blockTime: number; readonly basisHash: Hex } | null;
}

/** Asks a node. Every function throws NODE_UNREACHABLE or NODE_REFUSED, which never means "not in the ledger". */
export interface LedgerReader {
  read(root: Hex | null, leaf: Hex): Promise<LedgerReading>;
  /** null: not enrolled */
  agencyName(uscc: string): Promise<string | null>;
}

export function createLedgerReader(deps: { rpc: Rpc; contracts: Contracts; addresses: ContractAddresses }): LedgerReader {
  const { rpc, addresses } = deps;
  const ledger = deps.contracts.ledger.interface;
  const agencies = deps.contracts.agencies.interface;
  return {
    async read(root, leaf) {
      const head = await readHead(rpc);
      const block = { number: head.number, hash: head.hash, time: head.time };
      const calls = [ethCall(addresses.ledger, ledger.encodeFunctionData("statusOf", [leaf]), head.number)];
      if (root !== null) calls.push(ethCall(addresses.ledger, ledger.encodeFunctionData("batchOf", [root]), head.number));
      const [status, batch] = await rpc.batch(calls);
      return {
        block,
        status: statusOf(ledger, hexData(resultOf(status, "eth_call"), "a status")),
        batch: root === null ? null : batchOf(ledger, hexData(resultOf(batch, "eth_call"), "a batch")),
      };
    },
    async agencyName(uscc) {
      const data = agencies.encodeFunctionData("nameOf", [utf8(uscc)]);
      const answer = await rpc.call("eth_call", { to: addresses.agencies, data }, "latest");
      const name = String(agencies.decodeFunctionResult("nameOf", hexData(answer, "a name"))[0]);
      return name === "" ? null : name;
    },
  };
}

/** A call at a block, or at the newest. */
export function ethCall(to: Hex, data: string, block: number | "latest"): RpcCall {
  return { method: "eth_call", params: [{ to, data }, block === "latest" ? block : toQuantity(block)] };
}

/** Reads what `statusOf` answers. */
export function statusOf(ledger: Interface, result: Hex): LedgerReading["status"] {
  const [effect, version, blockTime, basisHash] = ledger.decodeFunctionResult("statusOf", result);
  if (Number(effect) === 0) return null;
  return {
    effect: Number(effect),
    version: Number(version),
    blockTime: Number(blockTime),
    basisHash: hexData(basisHash, "a basis' hash", 24),
  };
}

function batchOf(ledger: Interface, result: Hex): LedgerReading["batch"] {
  const [code, kind, count, blockTime] = ledger.decodeFunctionResult("batchOf", result);
  if (Number(count) === 0) return null;
  const agency = Buffer.from(hexData(code, "an agency", 18).slice(2), "hex").toString("latin1");
  return { agency, kind: Number(kind), count: Number(count), blockTime: Number(blockTime) };
}

/** How an agency stands in a call of the contracts. */
export function agencyHex(uscc: string): Hex {
  return `0x${bytesToHex(utf8(uscc))}`;
}
