import type { Trusted } from "../../core/verify/trusted.ts";
import { NoAnswer, type Gateway } from "./gateway.ts";
import { createMemory } from "./memory.ts";
import type { Verifier } from "./verifier.ts";

/** What the verifier's own script gives. */
export type VerifierScript = typeof import("./verifier.ts");

/** The verifier of this page, and the trust bundle that the gateway serves meanwhile. */
export interface Session extends Verifier, Pick<VerifierScript, "readCertificate" | "readTrust" | "takeCertificate"> {
  /** Asks the gateway for its trust bundle once more; without an answer everything stays as it is. */
  refreshTrust(): Promise<void>;
  /** Waits for a first trust bundle, and not at all where one is pinned. */
  trustKnown(): Promise<void>;
}

export interface SessionDeps {
  /** null: offline */
  readonly gateway: Gateway | null;
  readonly builtIn: unknown;
  /** told after every change of the trust bundle, and of what there is to tell of it */
  readonly trustChanged: (session: Session, before: Trusted | null) => void;
}

export async function openSession(
  script: VerifierScript,
  { gateway, builtIn, trustChanged }: SessionDeps,
): Promise<Session> {
  const { createVerifier, readCertificate, readTrust, takeCertificate } = script;
  const verifier = await createVerifier({
    memory: createMemory(() => window.localStorage),
    builtIn,
    now: () => new Date().toISOString(),
    trustChanged: () => {
      const before = known;
      known = verifier.keeper.held().trusted;
      trustChanged(session, before);
    },
  });
  let known = verifier.keeper.held().trusted;

  async function refreshTrust(): Promise<void> {
    if (gateway === null) return;
    try {
      await verifier.offer(await gateway.trust(), "gateway");
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
    }
  }

  const session: Session = {
    ...{ ...verifier, readCertificate, readTrust, takeCertificate, refreshTrust },
    async trustKnown() {
      if (verifier.keeper.held().trusted === null) await asked;
      // The gateway may have come back since.
      if (verifier.keeper.held().trusted === null) await refreshTrust();
    },
  };
  const asked = refreshTrust();
  return session;
}
