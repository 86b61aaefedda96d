import type { Hex } from "../../core/bytes.ts";
import type { DivergenceCode } from "../../core/ledger/divergence.ts";
import type { ReplayCounts } from "../../core/ledger/replay.ts";
import type { Consensus } from "../../core/proofs/consensus.ts";
import type { ValidatorSet } from "../../core/proofs/validator-sets.ts";
import type { Figures } from "./figures/figures.ts";

/** What an audit can find beyond what the events themselves break. */
export type AuditCode =
  | DivergenceCode
  // the node is not on the ledger that the trust file means
  | "CHAIN_ID_DIFFERS"
  | "GENESIS_DIFFERS"
  | "CODE_DIFFERS"
  | "CHECKPOINT_DIFFERS"
  // a header or a state that cannot be the chain's
  | "HEADER_NOT_SEALED"
  | "VALIDATORS_DIFFER"
  | "STATE_NOT_PROVEN"
  | "BLOCK_TIME_DIFFERS"
  // the node's logs are not the chain's, as far as it can be told which of them
  | "EVENT_HIDDEN"
  | "EVENT_ADDED"
  | "EVENT_CHANGED"
  | "EVENTS_REORDERED"
  // the chain's state is not what its events say
  | "JOURNAL_HEAD_DIFFERS"
  | "BATCH_SLOT_DIFFERS"
  | "STATUS_SLOT_DIFFERS"
  | "AGENCY_NAME_DIFFERS"
  | "AGENCY_RIGHTS_DIFFER"
  | "SIGNER_PERIOD_DIFFERS"
  | "OVERSIGHT_DIFFERS"
  // a gateway shows something else than the chain
  | "GATEWAY_RECORD_MISSING"
  | "GATEWAY_RECORD_DIFFERS"
  | "GATEWAY_STATUS_DIFFERS"
  | "GATEWAY_LEDGER_DIFFERS"
  // a gateway's database holds something else than the chain
  | "DATABASE_RECORD_MISSING"
  | "DATABASE_CONTENT_ALTERED"
  | "DATABASE_RECORD_ALTERED"
  | "DATABASE_BATCH_ALTERED"
  | "DATABASE_ANCHOR_MISSING"
  | "DATABASE_STATUS_DIFFERS"
  | "DATABASE_AGENCY_DIFFERS";

/** The first thing that does not agree. */
export interface AuditDivergence {
  readonly code: AuditCode;
  readonly expected: string;
  readonly found: string;
  /** whom and what it concerns: block, root, leaf, digest, agency, recordId ... */
  readonly names: Readonly<Record<string, string | number>>;
  /** English */
  readonly sentence: string;
}

/** The whole answer of an audit; `--json` prints it, `--out` writes it. Instants are ISO UTC. */
export interface AuditReport {
  readonly format: "hufu-audit";
  readonly version: 1;
  /** AGREES: everything that was asked to be compared is the same. ERROR: something could not be compared, and nothing differed before. */
  readonly outcome: "AGREES" | "DIVERGES" | "ERROR";
  readonly madeAt: string;
  readonly ledger: { readonly chainId: number; readonly genesisHash: Hex; readonly address: Hex };
  /** what was believed: the fingerprint of the trust bundle, and whether a gateway alone publishes it */
  readonly trust: { readonly fingerprint: string; readonly isGatewayAlone: boolean | null };
  readonly consensus: Consensus["type"];
  readonly blocks: { readonly from: number; readonly to: number | null };
  readonly proven: Proven;
  readonly replayed: ReplayCounts | null;
  readonly heads: { readonly ledger: Hex; readonly agencies: Hex } | null;
  /** how many were compared, by what */
  readonly compared: Readonly<Record<string, number>>;
  /** anchored records that a gateway or its database does not have; what else there is was compared all the same */
  readonly missing: Missing;
  readonly figures: Figures | null;
  readonly divergence: AuditDivergence | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly notCovered: readonly { readonly code: NotCovered; readonly sentence: string }[];
  readonly seconds: { readonly replay: number; readonly all: number };
  readonly signature?: ReportSignature;
}

/** null: nothing is missing there, or it was not compared, or not to the end. */
export interface Missing {
  readonly atGateway: MissingRecords | null;
  readonly inDatabase: MissingRecords | null;
}

export interface MissingRecords {
  readonly count: number;
  /** of the first batch that holds one of them, and of the last */
  readonly blocks: { readonly from: number; readonly to: number };
  /** a thousand of them at most, by block and digest; the audit's progress told each of all */
  readonly first: readonly MissingRecord[];
}

export interface MissingRecord {
  readonly digest: string;
  readonly agency: string;
  readonly kind: number;
  readonly root: Hex;
  readonly block: number;
}

/** What nobody's word was taken for. */
export interface Proven {
  /** the audited block, whose header hashes to this hash and commits to this state; null: not reached */
  readonly block: {
    readonly number: number;
    readonly hash: Hex;
    readonly time: string;
    readonly stateRoot: Hex;
  } | null;
  /** who sealed it (Clique: a majority that built on it); null: nobody before the node, or not reached */
  readonly seals: { readonly by: number; readonly of: number; readonly signers: readonly Hex[] } | null;
  /** contracts whose code hash was proven under the block's state root */
  readonly codes: number;
  /** whether the heads of both journals were, so that no event was hidden, added, changed or reordered */
  readonly heads: boolean;
  /** blocks with events whose headers hash to what the logs name, and were sealed by the validators of their time */
  readonly blocksOfEvents: number;
  /** every header from the genesis block on; null: not asked for, or not reached */
  readonly headers: {
    readonly to: number;
    readonly hash: Hex;
    readonly seals: number;
    readonly validators: readonly ValidatorSet[];
  } | null;
}

/** Ed25519 over the RFC 8785 text of the report without its signature. Lower-case hex. */
export interface ReportSignature {
  readonly algorithm: "Ed25519";
  /** 32 bytes */
  readonly publicKey: string;
  /** 64 bytes */
  readonly value: string;
}

/** What an audit did not look at. */
export type NotCovered = "AGENCY_SIGNATURES" | "ACCESS_MANAGER" | "GATEWAY_CONTENT" | "SEALS" | "ALL_HEADERS";

export const notCoveredSentences: Readonly<Record<NotCovered, string>> = {
  AGENCY_SIGNATURES:
    "The agencies' signatures: the contract, whose code is proven, checked them in the block that anchored, and events do not carry them.",
  ACCESS_MANAGER: "Changes of AccessManager, which lie outside the journals.",
  GATEWAY_CONTENT:
    "The content that a gateway shows: --database recomputes each record's digest from it, and so does a certificate.",
  SEALS:
    "Seals: a development chain has no validators, so this node's word was taken for which blocks are the chain's; what is in them was proven.",
  ALL_HEADERS:
    "Headers of blocks without events, that each block is built on the one before and so on the checkpoints, and that no validator changed otherwise than the trust file says: --all-headers reads every one.",
};

export function divergence(
  code: AuditCode,
  what: string,
  expected: string,
  found: string,
  names: AuditDivergence["names"] = {},
): AuditDivergence {
  const whom = Object.entries(names).map(([name, value]) => `${name} ${value}`);
  const place = whom.length === 0 ? "" : ` (${whom.join(", ")})`;
  return { code, expected, found, names, sentence: `${what}: expected ${expected}, found ${found}${place}.` };
}

/** That records are missing, by the first of them. */
export function missingDivergence({ atGateway, inDatabase }: Missing): AuditDivergence | undefined {
  return (
    (atGateway && missingAt("GATEWAY_RECORD_MISSING", "The gateway", atGateway)) ??
    (inDatabase && missingAt("DATABASE_RECORD_MISSING", "The database", inDatabase)) ??
    undefined
  );
}

function missingAt(code: AuditCode, who: string, { count, blocks, first }: MissingRecords): AuditDivergence {
  const names = { ...first[0], records: count, firstBlock: blocks.from, lastBlock: blocks.to };
  const what = count === 1 ? "a record that is anchored" : `${count} records that are anchored`;
  return divergence(code, `${who} does not have ${what}`, "a record of this digest, agency and kind", "none", names);
}

/** A header that its validators did not seal, or not enough of them. */
export function notSealed(block: number, proof: string, why: string): AuditDivergence {
  const what = "A block is not sealed by its validators";
  return divergence("HEADER_NOT_SEALED", what, "seals that count", why, { block, proof });
}
