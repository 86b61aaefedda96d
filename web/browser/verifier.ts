/**
 * The verifier: all that it takes to judge a certificate in this browser, in one script of its own. The page loads it beside its own, so
 * that the forms work before it is there.
 */
import { builtInKinds } from "../../core/kinds/registry.ts";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import { nobleRecover } from "../../core/proofs/signature.ts";
import type { Trusted } from "../../core/verify/trusted.ts";
import { createSealsAhead } from "../trust/ahead.ts";
import { createTrustKeeper, keptBundle, type TrustKeeper } from "../trust/keeper.ts";
import { createCertificateDesk, type CertificateDesk } from "./certificate-desk.ts";
import type { Memory } from "./memory.ts";
import { createSeenMemory, type SeenMemory } from "./seen-memory.ts";

export { readCertificate, readTrust, takeCertificate } from "./certificate-text.ts";

export interface VerifierDeps {
  readonly memory: Memory;
  /** a trust bundle that came with the verifier; undefined: none did */
  readonly builtIn: unknown;
  /** ISO UTC */
  readonly now: () => string;
  /** told when the trust bundle, or what is to be told of it, changed */
  readonly trustChanged: () => void;
}

export interface Verifier {
  readonly keeper: TrustKeeper;
  readonly desk: CertificateDesk;
  readonly seen: SeenMemory;
  /** Offers what may be a bundle to the keeper, once its seals were looked at, in pieces between which the page does what waits. */
  offer(bundle: unknown, broughtBy: Trusted["broughtBy"]): Promise<void>;
}

export async function createVerifier({ memory, builtIn, now, trustChanged }: VerifierDeps): Promise<Verifier> {
  const ahead = createSealsAhead({ keccak: nobleKeccak, recover: nobleRecover, pause });
  const { tools } = ahead;
  for (const bundle of [keptBundle(memory), builtIn]) await ahead.recover(bundle);
  const seen = createSeenMemory(memory);
  const keeper = createTrustKeeper({ ...tools, memory, builtIn, changed: trustChanged, anotherLedger: seen.forget });
  const desk = createCertificateDesk({ ...tools, kinds: builtInKinds, keeper, seen, memory, now });
  return {
    ...{ keeper, desk, seen },
    async offer(bundle, broughtBy) {
      await ahead.recover(bundle);
      keeper.offer(bundle, broughtBy);
    },
  };
}

/** A turn of the page's own: clicks, keys and drawing come before it resolves. A timer would be slowed to one a second in a tab behind others. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
