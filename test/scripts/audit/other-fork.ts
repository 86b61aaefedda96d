import { to0x } from "../../../core/bytes.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { plainHash } from "../../../core/proofs/header.ts";
import { header } from "../../core/proofs/sealed-chain.ts";
import { headerJson } from "../../server/proofs/header-json.ts";

/** A block of another fork at `number`: its header hashes to its hash. */
export function blockOfAnotherFork(number: number): object {
  const other = header({ number });
  return headerJson(other, to0x(plainHash(other, nobleKeccak)));
}
