import { concatBytes, to0x, type Hex } from "../../../core/bytes.ts";
import type { Certificate } from "../../../core/certificate/certificate.ts";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { nobleKeccak as keccak } from "../../../core/ledger/keccak.ts";
import { anchorHash } from "../../../core/verify/signature.ts";
import { sign, signatory } from "../proofs/sealed-chain.ts";

/** A key of the agency. */
export const officer = signatory("officer");

/** The certificate with the agency's signature over its batch beside the proof; `signer` names another key than the one that signs. */
export function signed(certificate: Certificate, signer: Hex = officer.address): Certificate {
  const { record, ledger, evidence } = certificate;
  const kind = builtInKinds.byName(record.header.kind)?.id ?? 0;
  const { root, count } = record.batch;
  const deadline = 1_793_000_000;
  const hash = anchorHash({ agency: record.header.agency, kind, root, count, deadline }, ledger, keccak);
  const seal = sign(hash, officer);
  const signature = to0x(concatBytes(seal.subarray(0, 64), Uint8Array.of(seal[64]! + 27)));
  return { ...certificate, evidence: { ...evidence, signature: { signer, deadline, signature } } };
}
