import { to0x, type Hex } from "../../../core/bytes.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { plainHash } from "../../../core/proofs/header.ts";
import { header } from "../../core/proofs/sealed-chain.ts";
import { headerJson } from "../../../scripts/bench/header-json.ts";

/** A block of another fork at `number`: its header hashes to its hash. */
export function blockOfAnotherFork(number: number): { readonly hash: Hex } {
  const other = header({ number });
  const hash = to0x(plainHash(other, nobleKeccak));
  return { ...headerJson(other, hash), hash };
}
