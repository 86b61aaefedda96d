import type { Certificate } from "../certificate/certificate.ts";
import type { ChainAnswer, Unreachable } from "./chain-answer.ts";
import { check, type Check } from "./checks.ts";

/** The ledger holds the batch, anchored by the agency for the kind. */
export function checkBatch(certificate: Certificate, chain: ChainAnswer | Unreachable | undefined): Check {
  if (chain === undefined) return check("batch", "SKIPPED", "TOLD_BY_GATEWAY");
  if (chain === "unreachable") return check("batch", "ERROR", "NODE_UNREACHABLE");
  if (!sameLedger(certificate, chain)) return check("batch", "INVALID", "OTHER_LEDGER");
  if (chain.batch === null) return missing(certificate, chain);
  const { agency, kind, count } = certificate.batch;
  if (chain.batch.agency !== agency || chain.batch.kind !== kind || chain.batch.count !== count) {
    return check("batch", "INVALID", "BATCH_DIFFERS");
  }
  if (chain.read === "gateway") return check("batch", "SKIPPED", "TOLD_BY_GATEWAY");
  // A batch whose block fell out of the chain is anchored again, later: the certificate is older, not forged.
  const sameTime = Date.parse(chain.batch.blockTime) === Date.parse(certificate.anchor.blockTime);
  return check("batch", "VALID", sameTime ? "BATCH_ON_LEDGER" : "BATCH_AT_ANOTHER_TIME");
}

function missing({ anchor }: Certificate, { asOf }: ChainAnswer): Check {
  if (asOf.blockNumber >= anchor.blockNumber) return check("batch", "INVALID", "BATCH_NOT_FOUND");
  return check("batch", "ERROR", "NODE_BEHIND", { block: asOf.blockNumber, wanted: anchor.blockNumber });
}

function sameLedger({ ledger }: Certificate, chain: ChainAnswer): boolean {
  if (chain.ledger === undefined) return true;
  const { chainId, genesisHash, address } = chain.ledger;
  return (
    ledger.chainId === chainId &&
    ledger.genesisHash === genesisHash &&
    ledger.address.toLowerCase() === address.toLowerCase()
  );
}
