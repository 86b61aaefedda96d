import type { Hex } from "../../core/bytes.ts";
import type { DivergenceCode } from "../../core/ledger/divergence.ts";
import type { ReplayCounts } from "../../core/ledger/replay.ts";

/** What an audit can find beyond what the events themselves break. */
export type AuditCode =
  | DivergenceCode
  // the node is not on the ledger that the trust file means
  | "CHAIN_ID_DIFFERS"
  | "GENESIS_DIFFERS"
  | "CODE_DIFFERS"
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

/** The whole answer of an audit; `--json` prints it. Instants are ISO UTC. */
export interface AuditReport {
  readonly format: "hufu-audit";
  readonly version: 0;
  /** AGREES: everything that was asked to be compared is the same. ERROR: something could not be compared, and nothing differed before. */
  readonly outcome: "AGREES" | "DIVERGES" | "ERROR";
  readonly ledger: { readonly chainId: number; readonly genesisHash: Hex; readonly address: Hex };
  readonly blocks: { readonly from: number; readonly to: number | null };
  readonly replayed: ReplayCounts | null;
  readonly heads: { readonly ledger: Hex; readonly agencies: Hex } | null;
  /** how many were compared, by what */
  readonly compared: Readonly<Record<string, number>>;
  readonly divergence: AuditDivergence | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  /** what no audit of this version looks at */
  readonly notCovered: readonly string[];
  readonly seconds: { readonly replay: number; readonly all: number };
}

export const notCovered: readonly string[] = [
  "the agencies' signatures: the contract checked them in the block that anchored, and events do not carry them",
  "changes of AccessManager, which lie outside the journals",
  "the content that a gateway shows: --database recomputes each record's digest from it, and so does a certificate",
  "the blocks' seals and state proofs: the state is as this node tells it",
];

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
