import { base64ToBytes } from "../../../../core/base64.ts";
import { to0x } from "../../../../core/bytes.ts";
import { nobleKeccak as keccak } from "../../../../core/ledger/keccak.ts";
import { parseHeader } from "../../../../core/proofs/header.ts";
import { qbftBlockHash } from "../../../../core/proofs/qbft-extra.ts";
import type { Trusted } from "../../../../core/verify/trusted.ts";
import { asOf, certificate, trusted } from "../sample.ts";
import type { TrustName } from "./case.ts";

let checkpointed: Trusted | undefined;

/** The bundle of this name, followed. That with a checkpoint names the block of the honest certificate. */
export function trustNamed(name: TrustName): Trusted {
  if (name !== "with-a-checkpoint") return trusted(name);
  const header = parseHeader(base64ToBytes(certificate().proof.block.header));
  const checkpoint = { blockNumber: asOf.blockNumber, blockHash: to0x(qbftBlockHash(header, keccak)) };
  checkpointed ??= trusted("qbft", { checkpoints: [checkpoint] });
  return checkpointed;
}
