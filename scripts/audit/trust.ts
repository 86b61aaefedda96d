import { hexToBytes, to0x, type Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import type { Keccak } from "../../core/ledger/keccak.ts";
import { contractOrder, type ContractAddresses, type ContractName } from "../../server/chain/ledger-contracts.ts";
import { field, hexData } from "../../server/chain/quantity.ts";
import { resultOf, type Rpc } from "../../server/chain/rpc.ts";
import type { TrustBundle } from "../../server/chain/trust.ts";

/** What somebody must hold in their hand before a node's word means anything: published out of band, as `trust.json`. */
export type Trust = Omit<TrustBundle, "format" | "version">;

/** Reads trust.json. Throws INVALID_REQUEST with what is wrong. */
export function parseTrust(text: string): Trust {
  try {
    const value: unknown = JSON.parse(text);
    if (field(value, "format") !== "hufu-trust") throw new Error('its format is not "hufu-trust"');
    if (field(value, "version") !== 0) throw new Error("its version is not 0");
    const chainId = field(value, "chainId");
    const deploymentBlock = field(value, "deploymentBlock");
    const publishedBy = field(value, "publishedBy");
    if (!isCount(chainId) || !isCount(deploymentBlock))
      throw new Error("chainId or deploymentBlock is no whole number");
    if (typeof publishedBy !== "string") throw new Error("publishedBy is no text");
    return {
      chainId,
      genesisHash: hexData(field(value, "genesisHash"), "genesisHash", 32),
      addresses: byContract(field(value, "addresses"), 20),
      codeHashes: byContract(field(value, "codeHashes"), 32),
      deploymentBlock,
      publishedBy,
    };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new HufuError("INVALID_REQUEST", `The trust file cannot be used: ${why}`, { cause });
  }
}

/** The genesis hash and the hashes of the contracts' code, as a node tells them now; a contract that is not there has the hash of no bytes. */
export async function hashesOf(
  rpc: Rpc,
  addresses: ContractAddresses,
  keccak: Keccak,
): Promise<Pick<Trust, "genesisHash" | "codeHashes">> {
  const codes = contractOrder.map((name) => ({ method: "eth_getCode", params: [addresses[name], "latest"] }));
  const [genesis, ...answers] = await rpc.batch([{ method: "eth_getBlockByNumber", params: ["0x0", false] }, ...codes]);
  const genesisHash = hexData(field(resultOf(genesis, "eth_getBlockByNumber"), "hash"), "the genesis hash", 32);
  const hashOf = (name: ContractName): Hex => {
    const answer = answers[contractOrder.indexOf(name)];
    return to0x(keccak.hash(hexToBytes(hexData(resultOf(answer, "eth_getCode"), "code"))));
  };
  return { genesisHash, codeHashes: eachContract(hashOf) };
}

function byContract(value: unknown, bytes: number): Readonly<Record<ContractName, Hex>> {
  return eachContract((name) => hexData(field(value, name), name, bytes));
}

function eachContract<T>(make: (name: ContractName) => T): Record<ContractName, T> {
  return {
    accessManager: make("accessManager"),
    agencies: make("agencies"),
    ledger: make("ledger"),
    p256Verifier: make("p256Verifier"),
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
