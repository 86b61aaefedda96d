import { to0x } from "../bytes.ts";
import { nobleHasher } from "../hash.ts";
import { leafOf } from "../ledger/leaf.ts";
import type { BlockHeader } from "../proofs/header.ts";
import { checkBatch } from "./batch.ts";
import { check, type Check } from "./checks.ts";
import { seenWithFormer } from "./former.ts";
import { checkFreshness } from "./freshness.ts";
import { checkLinks, checkOwn } from "./own.ts";
import { instantOf, report, type Verification, type VerifyInput } from "./report.ts";
import { checkSeals, headerOf } from "./seals.ts";
import { nothingSeen, type Seen, type SeenStatus } from "./seen.ts";
import { checkSignature } from "./signature.ts";
import { checkStateProof } from "./state-proof.ts";
import { checkStatus } from "./status.ts";
import { stepsOf, type Step } from "./steps.ts";
import { checkTrust } from "./trust.ts";
import { walk, type Walk } from "./walk.ts";

export type { Check, Outcome } from "./checks.ts";
export type { Verification, VerifyInput } from "./report.ts";
export type { Trusted } from "./trusted.ts";

/** Verifies a certificate: nobody is asked. Pure: the same checks run in the page, the gateway, the command line and the auditor. */
export function verifyCertificate(input: VerifyInput): Verification {
  const { certificate, kinds, keccak, trusted, hasherOf = nobleHasher, former } = input;
  const seen = seenWithFormer(input.seen ?? nothingSeen, former);
  const { record, proof } = certificate;
  const kind = kinds.byName(record.header.kind, record.header.schemaVersion);
  const links = certificate.links.map((one) => ({
    record: one,
    kind: kinds.byName(one.header.kind, one.header.schemaVersion),
  }));
  const header = headerOf(proof);
  const steps = stepsOf(certificate, kinds);
  const walked = steps === undefined ? noWalk : walk(steps, keccak);
  const seals = checkSeals(certificate, header, trusted, seen, input);
  const statuses = steps === undefined ? [] : statusesOf(steps, header, input);

  const checks: Check[] = [
    ...checkOwn(record, kind, { keccak, hasherOf }),
    checkLinks(links, { keccak, hasherOf }),
    checkStateProof(certificate, header, steps, keccak),
    checkBatch(steps),
    checkStatus(walked, steps),
    checkSignature(certificate, kind, input),
    seals.check,
    checkTrust(certificate, header, trusted, keccak),
    freshnessOf(input, header, statuses, seen),
  ];
  return report({ input, kind, checks, header, walked, seals, steps, statuses });
}

const noWalk: Walk = { standings: [], fault: null };

function freshnessOf(
  { former, now, maxAgeSeconds }: VerifyInput,
  header: BlockHeader | Check,
  statuses: readonly SeenStatus[],
  seen: Seen,
): Check {
  if ("outcome" in header) return check("freshness", "SKIPPED", "AGE_NOT_ASKED");
  return checkFreshness({
    blockTime: instantOf(header.timestamp),
    block: header.number,
    versions: new Map(statuses.map(({ leaf, version }) => [leaf, version])),
    seen,
    formerBlock: former?.asOf?.blockNumber,
    ...(now === undefined ? {} : { now }),
    ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }),
  });
}

/** The status of each record in the file, by its leaf. */
function statusesOf(steps: readonly Step[], header: BlockHeader | Check, { keccak }: VerifyInput): SeenStatus[] {
  if ("outcome" in header) return [];
  return steps.flatMap(({ record, kind, status }) => {
    if (kind === undefined) return [];
    const leaf = to0x(leafOf(record.header.agency, kind.id, record.digest, keccak));
    return [{ leaf, version: status?.version ?? 0, blockNumber: header.number }];
  });
}
