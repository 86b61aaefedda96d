import { hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { parseTrustText, type TrustBundle } from "../../core/trust/bundle.ts";
import { contractOrder, type ContractAddresses, type ContractName } from "../../server/chain/ledger-contracts.ts";
import { field, hexData } from "../../server/chain/quantity.ts";
import { resultOf, type Rpc } from "../../server/chain/rpc.ts";

/** What somebody must hold in their hand before a node's word means anything: published out of band, as `trust.json`. */
export type Trust = TrustBundle;

/** Reads trust.json. Throws INVALID_TRUST with what is wrong, MALFORMED_JSON. */
export function parseTrust(text: string): Trust {
  try {
    return parseTrustText(text);
  } catch (cause) {
    if (!(cause instanceof HufuError)) throw cause;
    const { code, message, faults } = cause;
    throw new HufuError(code, `The trust file cannot be used: ${message}`, { faults, cause });
  }
}

/** Where the contracts of a trust file are. */
export function addressesIn({ contracts }: Trust): ContractAddresses {
  return eachContract((name) => contracts[name].address);
}

/** What a node tells now, to be held against the trust file. */
export interface NodeHashes {
  readonly genesisHash: Hex;
  /** keccak256 of the code; a contract that is not there has the hash of no bytes */
  readonly codeHashes: Readonly<Record<ContractName, Hex>>;
}

/** Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER. */
export async function hashesOf(rpc: Rpc, addresses: ContractAddresses, keccak: Keccak): Promise<NodeHashes> {
  const codes = contractOrder.map((name) => ({ method: "eth_getCode", params: [addresses[name], "latest"] }));
  const [genesis, ...answers] = await rpc.batch([{ method: "eth_getBlockByNumber", params: ["0x0", false] }, ...codes]);
  const genesisHash = hexData(field(resultOf(genesis, "eth_getBlockByNumber"), "hash"), "the genesis hash", 32);
  const hashOf = (name: ContractName): Hex => {
    const answer = answers[contractOrder.indexOf(name)];
    return to0x(keccak.hash(hexToBytes(hexData(resultOf(answer, "eth_getCode"), "code"))));
  };
  return { genesisHash, codeHashes: eachContract(hashOf) };
}

function eachContract<T>(make: (name: ContractName) => T): Record<ContractName, T> {
  return {
    accessManager: make("accessManager"),
    agencies: make("agencies"),
    ledger: make("ledger"),
    p256Verifier: make("p256Verifier"),
  };
}
