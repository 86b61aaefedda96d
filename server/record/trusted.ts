import type { SignatureTools } from "../../core/proofs/signature.ts";
import { followTrust } from "../../core/trust/anchor.ts";
import type { TrustBundle } from "../../core/trust/bundle.ts";
import type { Trusted } from "../../core/verify/trusted.ts";

export interface TrustedDeps extends SignatureTools {
  /** reads the gateway's own bundle: asked at every verification, it must cost nothing */
  readonly trust: () => Promise<TrustBundle>;
}

/** The gateway's own bundle with its validators followed, once for each bundle. Rejects with what `trust` rejects with, INVALID_PROOF. */
export function createTrusted({ trust, keccak, recover }: TrustedDeps): () => Promise<Trusted> {
  let last: Trusted | null = null;
  return async () => {
    const bundle = await trust();
    if (last?.bundle.fingerprint.sha256 === bundle.fingerprint.sha256) return last;
    last = { bundle, state: followTrust(bundle, { keccak, recover }), broughtBy: "gateway" };
    return last;
  };
}
