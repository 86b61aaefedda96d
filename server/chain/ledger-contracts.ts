import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getCreateAddress, Interface, type Fragment } from "ethers";

import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { hexData } from "./quantity.ts";

export type ContractName = "accessManager" | "agencies" | "ledger" | "p256Verifier";

export type ContractAddresses = Readonly<Record<ContractName, Hex>>;

export interface Contract {
  readonly interface: Interface;
  readonly bytecode: Hex;
}

export type Contracts = Readonly<Record<ContractName, Contract>>;

/** In the order in which they are deployed, which decides their addresses. */
export const contractOrder: readonly ContractName[] = ["accessManager", "agencies", "ledger", "p256Verifier"];

const sources: Readonly<Record<ContractName, string>> = {
  accessManager: "Access",
  agencies: "Agencies",
  ledger: "RecordLedger",
  p256Verifier: "P256Verifier",
};

/** Reads what the compiler wrote. Throws CHAIN_FAILED where it has not run. */
export function loadContracts(artifacts = join(import.meta.dirname, "../../build/artifacts/contracts")): Contracts {
  return {
    accessManager: load(artifacts, "accessManager"),
    agencies: load(artifacts, "agencies"),
    ledger: load(artifacts, "ledger"),
    p256Verifier: load(artifacts, "p256Verifier"),
  };
}

/** Where a deployer whose first transactions these are puts the contracts: known before anything was sent. */
export function addressesOf(deployer: Hex): ContractAddresses {
  const at = (nonce: number): Hex => hexData(getCreateAddress({ from: deployer, nonce }), "an address", 20);
  return { accessManager: at(0), agencies: at(1), ledger: at(2), p256Verifier: at(3) };
}

/** A contract's error by name with its arguments; null where none of `contracts` has it, or the node's data is too short to be one. */
export function decodeRevert(data: Hex, contracts: Contracts): { name: string; args: readonly unknown[] } | null {
  for (const name of contractOrder) {
    try {
      const error = contracts[name].interface.parseError(data);
      if (error !== null) return { name: error.name, args: [...error.args] };
    } catch {
      // A node is not trusted: what it sends may be less than a selector, or less than the arguments take.
    }
  }
  return null;
}

function load(artifacts: string, name: ContractName): Contract {
  const file = join(artifacts, `${sources[name]}.sol`, `${sources[name]}.json`);
  try {
    const { abi, bytecode } = parseArtifact(readFileSync(file, "utf8"));
    return { interface: new Interface(abi), bytecode };
  } catch (cause) {
    throw new HufuError("CHAIN_FAILED", `${file} cannot be read: compile the contracts ("npm start" does).`, { cause });
  }
}

function parseArtifact(text: string): { abi: Fragment[]; bytecode: Hex } {
  const artifact: unknown = JSON.parse(text);
  if (typeof artifact !== "object" || artifact === null || !("abi" in artifact) || !("bytecode" in artifact))
    throw new Error("it is no artifact");
  if (!Array.isArray(artifact.abi)) throw new Error("its abi is no list");
  return { abi: [...new Interface(artifact.abi).fragments], bytecode: hexData(artifact.bytecode, "the bytecode") };
}
