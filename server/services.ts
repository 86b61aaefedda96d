import { availableParallelism } from "node:os";

import { builtInKinds, type KindRegistry } from "../core/kinds/registry.ts";
import { createKeccak } from "../core/ledger/keccak.ts";
import type { TrustBundle } from "../core/trust/bundle.ts";
import { wasmRecover } from "./chain/recover.ts";
import type { Config } from "./config.ts";
import type { Prover } from "./proofs/prover.ts";
import { createSingleAcceptor, type SingleAcceptor } from "./record/accept-single.ts";
import { createAcceptor, type Acceptor } from "./record/accept.ts";
import { createCertificateIssuer, type CertificateIssuer } from "./record/certificate.ts";
import { createDraftPool, type DraftPool } from "./record/draft-pool.ts";
import { readLedgerFacts, type LedgerAddress } from "./record/ledger-facts.ts";
import { linksUnder, type LinksOf } from "./record/links.ts";
import { createLookup, type Lookup } from "./record/lookup.ts";
import type { Progress } from "./record/progress.ts";
import { createTrusted } from "./record/trusted.ts";
import { createVerifications, type Verifications } from "./record/verification.ts";
import { createKeyring, type Keyring } from "./store/keys.ts";
import type { Store } from "./store/open.ts";

/** What the record services are given. */
export interface ServicesDeps {
  config: Pick<Config, "publicUrl">;
  store: Store;
  /** the contracts that the gateway writes to */
  ledger: LedgerAddress;
  prover: Prover;
  /** the content of trust.json */
  trust: () => Promise<TrustBundle>;
  /** Asked on every write: it must cost nothing. */
  progress: () => Progress;
  /** milliseconds of Unix time */
  clock: () => number;
  /** cryptographically secure */
  random: (bytes: number) => Uint8Array;
  /** the built-in ones if left out */
  kinds?: KindRegistry;
}

/** What the gateway can do, without HTTP. */
export interface Services {
  kinds: KindRegistry;
  links: LinksOf;
  keyring: Keyring;
  acceptor: Acceptor;
  /** its threads end with `close` */
  pool: DraftPool;
  single: SingleAcceptor;
  lookup: Lookup;
  certificates: CertificateIssuer;
  verifications: Verifications;
  ledgerFacts: () => ReturnType<typeof readLedgerFacts>;
}

export async function createServices(deps: ServicesDeps): Promise<Services> {
  const { store, progress, clock, random, config, ledger, kinds = builtInKinds } = deps;
  const keccak = await createKeccak();
  const links = linksUnder(config.publicUrl);
  const viewing = { store, db: store.db, kinds, links, clock, progress };
  const issuing = { ...viewing, ledger, keccak, prover: deps.prover, by: config.publicUrl ?? "hufu" };
  const pool = createDraftPool(kinds, availableParallelism());
  const acceptor = createAcceptor({ store, tools: { kinds, keccak }, clock, random });
  const certificates = createCertificateIssuer(issuing);
  const trusted = createTrusted({ trust: deps.trust, keccak, recover: wasmRecover });
  return {
    kinds,
    links,
    keyring: createKeyring(store, clock),
    acceptor,
    pool,
    single: createSingleAcceptor({ pool, acceptor, random }),
    lookup: createLookup(viewing),
    certificates,
    verifications: createVerifications({ ...issuing, certificates, recover: wasmRecover, trusted }),
    ledgerFacts: () => readLedgerFacts(store.db, ledger, progress()),
  };
}
