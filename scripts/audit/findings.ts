import { HufuError } from "../../core/error.ts";
import type { Replay } from "../../core/ledger/replay.ts";
import type { TrustState } from "../../core/trust/anchor.ts";
import { faultCodeOf } from "./fault.ts";
import { divergenceOf } from "./found.ts";
import { figuresOf } from "./figures/figures.ts";
import type { Waits } from "./figures/waits.ts";
import type { HeaderPosition } from "./headers/chain.ts";
import type { ProvenState } from "./prove.ts";
import {
  notCoveredSentences,
  type AuditDivergence,
  type AuditReport,
  type Missing,
  type NotCovered,
  type Proven,
} from "./report.ts";
import { addressesIn, type Trust } from "./trust.ts";

/** What is known so far: an audit that ends early reports it all the same. */
export interface Findings {
  readonly trust: Trust;
  readonly from: number;
  to: number | null;
  validators: TrustState | null;
  replay: Replay | null;
  replaySeconds: number;
  /** before the replay its codes alone count, and after it the heads, too */
  state: ProvenState | null;
  areHeadsProven: boolean;
  blocksOfEvents: number;
  /** whether events count that an earlier run was told, perhaps by another node */
  usesKeptEvents: boolean;
  headers: HeaderPosition | null;
  waits: Waits | null;
  missing: Missing;
  readonly compared: Record<string, number>;
}

export function emptyFindings(trust: Trust, from: number): Findings {
  const nothing = { to: null, validators: null, replay: null, state: null, headers: null, waits: null };
  const begun = { replaySeconds: 0, areHeadsProven: false, blocksOfEvents: 0, usesKeptEvents: false };
  const missing: Missing = { atGateway: null, inDatabase: null };
  return { trust, from, ...nothing, ...begun, missing, compared: {} };
}

export interface Ending {
  readonly divergence: AuditDivergence | undefined;
  readonly error: HufuError | undefined;
  readonly madeAt: Date;
  readonly seconds: number;
}

export function reportOf(findings: Findings, { divergence, error, madeAt, seconds }: Ending): AuditReport {
  const { trust, from, to, replay, compared, waits, missing } = findings;
  return {
    format: "hufu-audit",
    version: 1,
    outcome: error !== undefined ? "ERROR" : divergence !== undefined ? "DIVERGES" : "AGREES",
    madeAt: madeAt.toISOString(),
    ledger: { chainId: trust.chainId, genesisHash: trust.genesis.hash, address: addressesIn(trust).ledger },
    trust: { fingerprint: trust.fingerprint.sha256, isGatewayAlone: findings.validators?.isGatewayAlone ?? null },
    consensus: trust.consensus.type,
    blocks: { from, to },
    proven: provenBy(findings),
    replayed: replay?.counts() ?? null,
    heads: replay?.heads() ?? null,
    compared,
    missing,
    figures: replay === null ? null : figuresOf(replay, waits),
    divergence: divergence ?? null,
    error: error === undefined ? null : { code: faultCodeOf(error), message: error.message },
    notCovered: notCoveredBy(findings).map((code) => ({ code, sentence: notCoveredSentences[code] })),
    seconds: { replay: findings.replaySeconds, all: seconds },
  };
}

function provenBy({ trust, state, areHeadsProven, blocksOfEvents, headers }: Findings): Proven {
  return {
    block: state === null ? null : { ...state.block, time: new Date(1000 * state.block.time).toISOString() },
    seals: sealsOf(state),
    codes: state === null ? 0 : Object.keys(trust.contracts).length,
    heads: areHeadsProven,
    blocksOfEvents,
    headers: headersOf(headers),
  };
}

function sealsOf(state: ProvenState | null): Proven["seals"] {
  if (state?.seals == null) return null;
  const { signers, of } = state.seals;
  return { by: signers.length, of, signers };
}

function headersOf(headers: HeaderPosition | null): Proven["headers"] {
  if (headers?.hash == null) return null;
  const { number, hash, seals, sets } = headers;
  return { to: number, hash, seals, validators: sets };
}

function notCoveredBy({ trust, headers }: Findings): NotCovered[] {
  return [
    ...(trust.consensus.type === "development" ? (["SEALS"] as const) : []),
    ...(headers === null ? (["ALL_HEADERS"] as const) : []),
    "AGENCY_SIGNATURES",
    "ACCESS_MANAGER",
    "GATEWAY_CONTENT",
  ];
}

/** How the search for a divergence ended. What is no error of the project is a mistake of ours. */
export async function endingOf(
  search: () => Promise<AuditDivergence | undefined>,
): Promise<Pick<Ending, "divergence" | "error">> {
  try {
    return { divergence: await search(), error: undefined };
  } catch (error) {
    const divergence = divergenceOf(error);
    if (divergence !== undefined) return { divergence, error: undefined };
    const known = error instanceof HufuError ? error : new HufuError("INVARIANT", String(error), { cause: error });
    return { divergence: undefined, error: known };
  }
}
