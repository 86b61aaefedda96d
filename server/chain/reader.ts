import { effectOf } from "../../core/ledger/effect.ts";
import type { ChainAnswer } from "../../core/verify/chain-answer.ts";
import type { LedgerReader } from "../record/ledger-reader.ts";
import { readHead } from "./block.ts";
import type { ContractAddresses, Contracts } from "./ledger-contracts.ts";
import { badAnswer } from "./quantity.ts";
import { resultOf, type Rpc } from "./rpc.ts";
import { agencyHex, batchOf, ethCall, nameOf, statusOf, type BatchSlot, type StatusSlot } from "./slots.ts";

/** Reads the contracts through a node. Rejects with NODE_UNREACHABLE, NODE_REFUSED or NODE_ANSWER, which never mean "not in the ledger". */
export function createChainReader(deps: {
  rpc: Rpc;
  contracts: Contracts;
  addresses: ContractAddresses;
}): LedgerReader {
  const { rpc, addresses } = deps;
  const ledger = deps.contracts.ledger.interface;
  const agencies = deps.contracts.agencies.interface;
  return {
    async read(root, leaf, agency): Promise<ChainAnswer> {
      const head = await readHead(rpc);
      const [batch, status, name] = await rpc.batch([
        ethCall(addresses.ledger, ledger.encodeFunctionData("batchOf", [root]), head.number),
        ethCall(addresses.ledger, ledger.encodeFunctionData("statusOf", [leaf]), head.number),
        ethCall(addresses.agencies, agencies.encodeFunctionData("nameOf", [agencyHex(agency)]), head.number),
      ]);
      return {
        read: "node",
        asOf: { blockNumber: head.number, blockTime: instant(head.time) },
        batch: batchAnswer(batchOf(ledger, resultOf(batch, "eth_call"))),
        status: statusAnswer(statusOf(ledger, resultOf(status, "eth_call"))),
        agencyName: nameOf(agencies, resultOf(name, "eth_call")),
      };
    },
  };
}

function batchAnswer(batch: BatchSlot | null): ChainAnswer["batch"] {
  return batch === null ? null : { ...batch, blockTime: instant(batch.blockTime) };
}

function statusAnswer(status: StatusSlot | null): ChainAnswer["status"] {
  if (status === null) return null;
  const effect = effectOf(status.effect);
  if (effect === undefined) throw badAnswer(`a status has the effect ${status.effect}, which is none`);
  const { version, blockTime, basisHash } = status;
  return { effect, version, blockTime: instant(blockTime), basisHash: basisHash.slice(2) };
}

function instant(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
