import { hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { parseTrustText, type TrustBundle } from "../../core/trust/bundle.ts";
import { contractOrder, type ContractAddresses, type ContractName } from "../../server/chain/ledger-contracts.ts";
import { hexData } from "../../server/chain/quantity.ts";
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

/**
 * keccak256 of each contract's code as a node tells it now; a contract that is not there has the hash of no bytes. Throws NODE_UNREACHABLE, NODE_REFUSED,
 * NODE_ANSWER.
 */
export async function codeHashesOf(
  rpc: Rpc,
  addresses: ContractAddresses,
  keccak: Keccak,
): Promise<Readonly<Record<ContractName, Hex>>> {
  const answers = await rpc.batch(
    contractOrder.map((name) => ({ method: "eth_getCode", params: [addresses[name], "latest"] })),
  );
  const hashOf = (name: ContractName): Hex => {
    const answer = answers[contractOrder.indexOf(name)];
    return to0x(keccak.hash(hexToBytes(hexData(resultOf(answer, "eth_getCode"), "code"))));
  };
  return eachContract(hashOf);
}

function eachContract<T>(make: (name: ContractName) => T): Record<ContractName, T> {
  return {
    accessManager: make("accessManager"),
    agencies: make("agencies"),
    ledger: make("ledger"),
    p256Verifier: make("p256Verifier"),
  };
}
