import { builtInKinds } from "../../core/kinds/registry.ts";
import { nobleKeccak } from "../../core/ledger/keccak.ts";
import type { Trusted } from "../../core/verify/trusted.ts";
import { createCertificateDesk, type CertificateDesk } from "../../web/browser/certificate-desk.ts";
import { createMemory } from "../../web/browser/memory.ts";
import { createSeenMemory } from "../../web/browser/seen-memory.ts";
import { resultOfCertificate, type CertificateFound } from "../../web/certificate-result.ts";
import type { Result } from "../../web/state.ts";
import type { TrustKeeper } from "../../web/trust/keeper.ts";
import { asOf, rememberedRecover, trusted } from "../core/verify/sample.ts";
import { now } from "./certificate.ts";
import { storageWith } from "./storage.ts";

interface Bench {
  readonly desk: CertificateDesk;
  /** what is believed, and what time it is: both can be changed */
  readonly world: { trusted: Trusted | null; now: string };
}

/** A desk at which files can be opened, and what it stands on. */
export function bench(storage = storageWith()): Bench {
  const world: Bench["world"] = { trusted: trusted(), now };
  const keeper: Pick<TrustKeeper, "held"> = { held: () => ({ trusted: world.trusted, notice: null }) };
  const memory = createMemory(() => storage);
  const desk = createCertificateDesk({
    ...{ kinds: builtInKinds, memory, keccak: nobleKeccak, recover: rememberedRecover },
    keeper: keeper as TrustKeeper, // as: the desk asks it for nothing else
    seen: createSeenMemory(memory),
    now: () => world.now,
  });
  return { desk, world };
}

/** What a reader sees. Throws where nothing was shown. */
export function shown(found: CertificateFound | undefined): Result {
  if (found === undefined) throw new Error("nothing was shown");
  return resultOfCertificate(found);
}

/** The time so many days after the certificate's block. */
export const days = (count: number): string => new Date(Date.parse(asOf.blockTime) + count * 86_400_000).toISOString();
/** Another block at the height of the certificate's. */
export const twin = { parentHash: new Uint8Array(32).fill(5) };
