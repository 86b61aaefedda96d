import { bytesToHex, hexToBytes } from "../bytes.ts";
import type { Certificate, ToldStatus } from "../certificate/certificate.ts";
import type { Keccak } from "../ledger/keccak.ts";
import type { ChainAnswer, Unreachable } from "./chain-answer.ts";
import { check, type Check } from "./checks.ts";

type Status = NonNullable<ChainAnswer["status"]>;

/** The status that the certificate tells is the ledger's, or an older one of it. */
export function checkStatus(
  { told }: Certificate,
  chain: ChainAnswer | Unreachable | undefined,
  keccak: Keccak,
): Check {
  if (chain === undefined) return check("status", "SKIPPED", "TOLD_BY_GATEWAY");
  if (chain === "unreachable") return check("status", "ERROR", "NODE_UNREACHABLE");
  const version = chain.status?.version ?? 0;
  if (version < told.status.version) {
    // A node that lags, or a chain that lost its newest blocks: neither says that the certificate is false.
    return check("status", "ERROR", "NODE_BEHIND", { block: chain.asOf.blockNumber, wanted: told.asOf.blockNumber });
  }
  if (version === told.status.version && !agrees(told.status, chain.status, keccak)) {
    return check("status", "INVALID", "STATUS_DIFFERS");
  }
  if (chain.read === "gateway") return check("status", "SKIPPED", "TOLD_BY_GATEWAY");
  return check("status", "VALID", version > told.status.version ? "STATUS_NEWER" : "STATUS_ON_LEDGER");
}

function agrees(told: ToldStatus, status: Status | null, keccak: Keccak): boolean {
  if (status === null) return told.effect === "IN_FORCE" && told.basis === null;
  if (told.effect !== status.effect) return false;
  if (status.basisHash === undefined || told.basis === null) return true;
  return bytesToHex(keccak.hash(hexToBytes(told.basis)).subarray(0, 24)) === status.basisHash;
}
