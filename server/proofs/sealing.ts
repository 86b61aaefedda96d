import type { Keccak } from "../../core/ledger/keccak.ts";
import type { Account } from "../chain/accounts.ts";
import type { Chain } from "../chain/chain.ts";
import { validatorsOf } from "../chain/validator-watch.ts";
import { createDevelopmentSeal } from "./development-seal.ts";
import type { Sealing } from "./sealed-block.ts";

/** What makes a block of this chain one that a certificate may rest on. `sealer` seals where there are no validators. */
export function sealingOf(
  chain: Pick<Chain, "chainId" | "consensus" | "validators">,
  deps: { readonly sealer: Account; readonly keccak: Keccak },
): Sealing {
  const { chainId, consensus } = chain;
  if (consensus.type === "qbft") return { type: "qbft" };
  if (consensus.type === "development")
    return { type: "development", seal: createDevelopmentSeal({ ...deps, chainId }) };
  // How many signers there are only decides how many headers go into a certificate: who verifies counts them again.
  return { type: "clique", signers: () => Promise.resolve(validatorsOf(chain).addresses.length) };
}
