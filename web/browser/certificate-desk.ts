import type { Certificate } from "../../core/certificate/certificate.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import type { SignatureTools } from "../../core/proofs/signature.ts";
import { maxAges, type MaxAge, type RenewalNote } from "../desk.ts";
import type { CertificateFound } from "../certificate-result.ts";
import type { TrustKeeper } from "../trust/keeper.ts";
import { foundOf, hold, reduced, type Grounds, type Held } from "./held.ts";
import type { Memory } from "./memory.ts";
import { renewHeld } from "./renewal.ts";
import type { SeenMemory } from "./seen-memory.ts";

/** A file for its reader to save. */
export interface SavedFile {
  readonly name: string;
  readonly text: string;
}

/** The one certificate that is being looked at, and what can be done with it. Each change gives what a result is made of: to make it takes words, which are the page's. */
export interface CertificateDesk {
  open(certificate: Certificate, origin: Held["origin"]): CertificateFound;
  /** Verified once more, under what is known now; undefined where no certificate is open. */
  again(): CertificateFound | undefined;
  choose(maxAge: string): CertificateFound | undefined;
  /** `ask` gives what renews a record's certificates, as it came. */
  renew(ask: (digest: string) => Promise<unknown>): Promise<CertificateFound | undefined>;
  /** Without these disclosures: another certificate, unless none was named. */
  hide(names: ReadonlySet<string>): { readonly found: CertificateFound; readonly isReduced: boolean } | undefined;
  close(): void;
  file(): SavedFile | undefined;
  /** Two sealed headers of one height, for whoever asks who it was. */
  evidence(): SavedFile | undefined;
}

export interface CertificateDeskDeps extends SignatureTools {
  readonly kinds: KindRegistry;
  readonly keeper: TrustKeeper;
  readonly seen: SeenMemory;
  readonly memory: Memory;
  /** ISO UTC */
  readonly now: () => string;
}

const ageKey = "hufu.max-age.v1";
const usualAge: MaxAge = "month";

export function createCertificateDesk(deps: CertificateDeskDeps): CertificateDesk {
  const { kinds, keeper, seen, memory, now, keccak, recover } = deps;
  let held: Held | undefined;
  let renewal: RenewalNote | null = null;
  let maxAge = ageOf(memory.read(ageKey)) ?? usualAge;

  const grounds = (): Grounds => ({
    ...{ kinds, keccak, recover, maxAge },
    trusted: keeper.held().trusted,
    seen: seen.seen(),
    now: now(),
  });

  /** Shows it, and keeps what was met with it. */
  function show(next: Held, note: RenewalNote | null = null, isNothingChosen = false): CertificateFound {
    [held, renewal] = [next, note];
    const { met } = next.verification;
    if (met !== null) seen.meet(met);
    return foundOf(next, grounds(), { renewal: note, isNothingChosen });
  }

  const again = (): CertificateFound | undefined =>
    held && show(hold(held.certificate, held.origin, grounds()), renewal);

  return {
    open: (certificate, origin) => show(hold(certificate, origin, grounds())),
    again,
    choose(chosen) {
      maxAge = ageOf(chosen) ?? maxAge;
      memory.write(ageKey, maxAge);
      return again();
    },
    async renew(ask) {
      const before = held;
      if (before === undefined) return undefined;
      const { held: next, note } = await renewHeld(before, ask, grounds);
      // Another file may have come in the meantime.
      return held === before ? show(next, note) : undefined;
    },
    hide(names) {
      if (held === undefined) return undefined;
      const certificate = names.size === 0 ? undefined : reduced(held, names, kinds);
      if (certificate === undefined) return { found: show(held, renewal, true), isReduced: false };
      return { found: show(hold(certificate, "reduced", grounds())), isReduced: true };
    },
    close: () => (held = undefined),
    file: () => held && certificateFile(held),
    evidence: () => held && evidenceFile(held),
  };
}

function ageOf(value: unknown): MaxAge | undefined {
  return maxAges.find((age) => age === value);
}

/** ASCII names: a file goes through many hands. */
function certificateFile({ certificate, verification, origin }: Held): SavedFile {
  const block = verification.asOf === null ? "" : `-block-${String(verification.asOf.blockNumber)}`;
  const name = `hufu-${certificate.record.digest.slice(0, 16)}${block}${origin === "reduced" ? "-reduced" : ""}.json`;
  return { name, text: JSON.stringify(certificate) };
}

function evidenceFile({ verification: { conflict } }: Held): SavedFile | undefined {
  if (conflict === null) return undefined;
  const text = JSON.stringify({ format: "hufu-conflict", version: 1, ...conflict }, null, 2);
  return { name: `hufu-conflict-block-${String(conflict.blockNumber)}.json`, text };
}
