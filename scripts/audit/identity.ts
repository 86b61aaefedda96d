import type { Keccak } from "../../core/ledger/keccak.ts";
import { contractOrder } from "../../server/chain/ledger-contracts.ts";
import { count } from "../../server/chain/quantity.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { divergence, type AuditDivergence } from "./report.ts";
import { hashesOf, type Trust } from "./trust.ts";

/** Whether the node is on the chain of the trust file, and its contracts are those that were published. */
export async function compareIdentity(rpc: Rpc, trust: Trust, keccak: Keccak): Promise<AuditDivergence | undefined> {
  const chainId = count(await rpc.call("eth_chainId"), "the chain id");
  if (chainId !== trust.chainId) {
    return divergence("CHAIN_ID_DIFFERS", "The node is on another chain", `${trust.chainId}`, `${chainId}`);
  }
  const { genesisHash, codeHashes } = await hashesOf(rpc, trust.addresses, keccak);
  if (genesisHash !== trust.genesisHash) {
    return divergence("GENESIS_DIFFERS", "The chain has another genesis", trust.genesisHash, genesisHash);
  }
  const name = contractOrder.find((contract) => codeHashes[contract] !== trust.codeHashes[contract]);
  if (name === undefined) return undefined;
  const names = { contract: name, address: trust.addresses[name] };
  return divergence("CODE_DIFFERS", "A contract has other code", trust.codeHashes[name], codeHashes[name], names);
}
