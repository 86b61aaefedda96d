import { parseCertificate } from "../../../core/certificate/certificate.ts";
import { parseJson } from "../../../core/json/parse.ts";
import { builtInKinds } from "../../../core/kinds/registry.ts";
import { nobleKeccak } from "../../../core/ledger/keccak.ts";
import { nobleRecover, type SignatureTools } from "../../../core/proofs/signature.ts";
import { followTrust } from "../../../core/trust/anchor.ts";
import { parseTrustText } from "../../../core/trust/bundle.ts";
import type { Trusted } from "../../../core/verify/trusted.ts";
import { verifyCertificate, type Verification } from "../../../core/verify/verify.ts";

/** All that it takes to judge a file by a trust bundle, from two texts on; with what a browser has, unless `tools` are given. */
export function createJudge(trust: string, tools: SignatureTools = inJavaScript): (text: string) => Verification {
  const bundle = parseTrustText(trust);
  const trusted: Trusted = { bundle, state: followTrust(bundle, tools), broughtBy: "holder" };
  return (text) => {
    const certificate = parseCertificate(parseJson(text));
    return verifyCertificate({ ...tools, certificate, kinds: builtInKinds, trusted });
  };
}

const inJavaScript: SignatureTools = { keccak: nobleKeccak, recover: nobleRecover };
