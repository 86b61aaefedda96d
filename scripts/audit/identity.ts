import type { Keccak } from "../../core/ledger/keccak.ts";
import { contractOrder } from "../../server/chain/ledger-contracts.ts";
import { count, field, hexData } from "../../server/chain/quantity.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { divergence, type AuditDivergence } from "./report.ts";
import { addressesIn, codeHashesOf, type Trust } from "./trust.ts";

/** Whether the node is on the chain of the trust file. */
export async function compareIdentity(rpc: Rpc, trust: Trust): Promise<AuditDivergence | undefined> {
  const chainId = count(await rpc.call("eth_chainId"), "the chain id");
  if (chainId !== trust.chainId) {
    return divergence("CHAIN_ID_DIFFERS", "The node is on another chain", `${trust.chainId}`, `${chainId}`);
  }
  const genesis = await rpc.call("eth_getBlockByNumber", "0x0", false);
  const genesisHash = hexData(field(genesis, "hash"), "the genesis hash", 32);
  if (genesisHash === trust.genesis.hash) return undefined;
  return divergence("GENESIS_DIFFERS", "The chain has another genesis", trust.genesis.hash, genesisHash);
}

/** Whether the contracts are those that were published, by the node's word alone. */
export async function compareCodes(rpc: Rpc, trust: Trust, keccak: Keccak): Promise<AuditDivergence | undefined> {
  const codeHashes = await codeHashesOf(rpc, addressesIn(trust), keccak);
  const name = contractOrder.find((contract) => codeHashes[contract] !== trust.contracts[contract].codeHash);
  if (name === undefined) return undefined;
  const { address, codeHash } = trust.contracts[name];
  const names = { contract: name, address };
  return divergence("CODE_DIFFERS", "A contract has other code", codeHash, codeHashes[name], names);
}
