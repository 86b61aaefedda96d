import { hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { blockAt, blockOf } from "./block.ts";
import { contractOrder, type ContractAddresses, type ContractName } from "./ledger-contracts.ts";
import { hexData } from "./quantity.ts";
import { resultOf, type Rpc } from "./rpc.ts";

/** What an auditor has to believe before anything can be proved: which chain, which contracts, from which block. */
export interface TrustBundle {
  readonly format: "hufu-trust";
  readonly version: 0;
  readonly chainId: number;
  readonly genesisHash: Hex;
  readonly addresses: ContractAddresses;
  /** keccak256 of the code at each address */
  readonly codeHashes: Readonly<Record<ContractName, Hex>>;
  /** the ledger has no event before it */
  readonly deploymentBlock: number;
  readonly publishedBy: string;
}

export interface TrustInput {
  readonly rpc: Rpc;
  readonly keccak: Keccak;
  readonly chainId: number;
  readonly genesisHash: Hex;
  readonly addresses: ContractAddresses;
  readonly deploymentBlock: number;
  readonly publishedBy: string;
}

/** Reads the code of the deployed contracts. Throws CHAIN_FAILED where one is not there, NODE_UNREACHABLE, NODE_REFUSED. */
export async function readTrust(input: TrustInput): Promise<TrustBundle> {
  const { rpc, keccak, ...facts } = input;
  const calls = contractOrder.map((name) => ({ method: "eth_getCode", params: [input.addresses[name], "latest"] }));
  const answers = await rpc.batch(calls);
  const hashOf = (name: ContractName): Hex => {
    const code = hexData(resultOf(answers[contractOrder.indexOf(name)], "eth_getCode"), "the code");
    if (code === "0x")
      throw new HufuError("CHAIN_FAILED", `There is no contract at ${input.addresses[name]} (${name}).`);
    return to0x(keccak.hash(hexToBytes(code)));
  };
  const codeHashes = {
    accessManager: hashOf("accessManager"),
    agencies: hashOf("agencies"),
    ledger: hashOf("ledger"),
    p256Verifier: hashOf("p256Verifier"),
  };
  return { format: "hufu-trust", version: 0, ...facts, codeHashes };
}

/** Throws CHAIN_FAILED where the node has no block 0, NODE_UNREACHABLE, NODE_REFUSED. */
export async function readGenesisHash(rpc: Rpc): Promise<Hex> {
  const [answer] = await rpc.batch([blockAt(0)]);
  const genesis = blockOf(answer);
  if (genesis === null) throw new HufuError("CHAIN_FAILED", "The node has no genesis block.");
  return genesis.hash;
}
