import type { Hex } from "../bytes.ts";
import * as read from "../certificate/read.ts";
import { refused, type Reader } from "../certificate/read.ts";
import { faultsError, type Fault } from "../error.ts";
import { canonicalJson } from "../json/canonical.ts";
import { parseJson, toJsonValue, type JsonObject } from "../json/parse.ts";
import { isObject } from "../json/shape.ts";
import type { Consensus } from "../proofs/consensus.ts";
import { faultsOfParts } from "./consistency.ts";
import { fingerprintOf, type Fingerprint } from "./fingerprint.ts";
import { consensus, jsonObject, webAddress } from "./parts.ts";

export type TrustedContract = "accessManager" | "agencies" | "ledger" | "p256Verifier";

/**
 * What somebody has to believe before anything can be proved: which chain, who seals it, which contracts, since when. Whoever has it from a
 * place that they trust needs to believe neither a gateway nor a node.
 */
export interface TrustBundle {
  readonly format: "hufu-trust";
  readonly version: 1;
  readonly chainId: number;
  readonly genesis: TrustedGenesis;
  readonly consensus: Consensus;
  /** every change of the validators since the genesis block */
  readonly transitions: readonly TrustedTransition[];
  /** ascending; a header of one of these heights with another hash is of another chain */
  readonly checkpoints: readonly Checkpoint[];
  readonly contracts: Readonly<Record<TrustedContract, { readonly address: Hex; readonly codeHash: Hex }>>;
  /** the ledger has no event before it */
  readonly deploymentBlock: number;
  /** by code, ascending: as the chain's register had them. Verdicts name agencies from here, never from content */
  readonly agencies: readonly TrustedAgency[];
  /** who says all this, by their own account */
  readonly publishers: readonly Publisher[];
  readonly publishedAt: PublishedAt;
  readonly fingerprint: Fingerprint;
}

export interface TrustedGenesis {
  readonly hash: Hex;
  /** RLP, base64 */
  readonly header: string;
  /** the genesis file's `config`; null where it is not known */
  readonly config: JsonObject | null;
}

/** How one validator came or went: base64 of raw headers, see {@link import("../proofs/validators.ts").Transition}. */
export interface TrustedTransition {
  readonly votes: readonly string[];
  readonly next: string | null;
}

export interface Checkpoint {
  readonly blockNumber: number;
  readonly blockHash: Hex;
}

export interface TrustedAgency {
  readonly uscc: string;
  readonly name: string;
}

/** `validator` is the address under which it seals blocks, `url` where it publishes the bundle. */
export interface Publisher {
  readonly name: string;
  readonly role: "gateway" | "validator";
  readonly validator: Hex | null;
  readonly url: string | null;
}

/** The newest block of the chain when the bundle was made. */
export interface PublishedAt {
  readonly blockNumber: number;
  /** ISO 8601, by the block's proposer's clock */
  readonly blockTime: string;
}

/** A bundle that nobody has put a fingerprint on yet. */
export type TrustFacts = Omit<TrustBundle, "fingerprint">;

/** Characters of a bundle's RFC 8785 text, at most: some thousand changes of validators. */
export const MAX_TRUST = 4 * 1024 * 1024;

const MAX_HEADER = 128 * 1024;
const MAX_VALIDATORS = 1000;
const blockNumber = read.integer(0, Number.MAX_SAFE_INTEGER);
const header = read.base64(MAX_HEADER);

const contract = read.object<TrustBundle["contracts"]["ledger"]>({ address: read.address, codeHash: read.hash });

const bundle: Reader<TrustBundle> = read.object({
  format: read.literal("hufu-trust"),
  version: read.literal(1),
  chainId: read.integer(1, Number.MAX_SAFE_INTEGER),
  genesis: read.object<TrustedGenesis>({ hash: read.hash, header, config: read.orNull(jsonObject) }),
  consensus,
  transitions: read.list(
    read.object<TrustedTransition>({ votes: read.list(header, 4 * MAX_VALIDATORS), next: read.orNull(header) }),
    10_000,
  ),
  checkpoints: read.list(read.object<Checkpoint>({ blockNumber, blockHash: read.hash }), 10_000),
  contracts: read.object<TrustBundle["contracts"]>({
    accessManager: contract,
    agencies: contract,
    ledger: contract,
    p256Verifier: contract,
  }),
  deploymentBlock: blockNumber,
  agencies: read.list(read.object<TrustedAgency>({ uscc: read.agency, name: read.text(600) }), 10_000),
  publishers: read.list(
    read.object<Publisher>({
      name: read.text(200),
      role: read.literal("gateway", "validator"),
      validator: read.orNull(read.address),
      url: read.orNull(webAddress),
    }),
    MAX_VALIDATORS,
  ),
  publishedAt: read.object<PublishedAt>({ blockNumber, blockTime: read.instant }),
  fingerprint: read.object<Fingerprint>({
    sha256: read.digest,
    words: read.object<Fingerprint["words"]>({ en: read.text(400), "zh-CN": read.text(40) }),
  }),
});

/**
 * Reads a bundle that anybody may have made: a closed type, bounded sizes, parts that fit each other, and the fingerprint of just this bundle.
 * Whether its proofs hold is for followTrust. Throws INVALID_TRUST with every fault, MALFORMED_JSON for a value that is no JSON.
 */
export function parseTrustBundle(value: unknown): TrustBundle {
  const json = toJsonValue(value);
  if (canonicalJson(json).length > MAX_TRUST) throw faultsError("INVALID_TRUST", [tooLarge]);
  if (isObject(json) && json["version"] === 0) throw faultsError("INVALID_TRUST", [withoutConsensus]);
  const faults: Fault[] = [];
  const parsed = bundle(json, "", faults);
  if (parsed !== refused) faults.push(...faultsOfParts(parsed));
  if (parsed === refused || faults.length > 0) throw faultsError("INVALID_TRUST", faults.slice(0, read.MAX_FAULTS));
  return parsed;
}

/** {@link parseTrustBundle} of a file's text. */
export function parseTrustText(text: string): TrustBundle {
  if (text.length > 2 * MAX_TRUST) throw faultsError("INVALID_TRUST", [tooLarge]);
  return parseTrustBundle(parseJson(text));
}

/** The bundle of these facts. Throws INVALID_TRUST where they are not what a bundle can hold. */
export function publishTrust(facts: TrustFacts): TrustBundle {
  return parseTrustBundle({ ...facts, fingerprint: fingerprintOf(facts) });
}

const tooLarge: Fault = {
  code: "TOO_LONG",
  pointer: "",
  message: `a trust bundle has at most ${MAX_TRUST} characters`,
  params: { max: MAX_TRUST },
};

const withoutConsensus: Fault = {
  code: "NOT_ALLOWED",
  pointer: "/version",
  message: "a trust bundle of version 0 does not say who seals the chain: fetch a new one",
};
