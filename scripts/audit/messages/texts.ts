import type { Effect } from "../../../core/ledger/effect.ts";
import type { AuditFaultCode } from "../fault.ts";
import type { AuditCode, AuditReport, NotCovered } from "../report.ts";

/** The texts of a report's page in one language. */
export interface AuditTexts {
  readonly language: "zh-CN" | "en";
  readonly title: string;
  readonly outcome: Readonly<Record<AuditReport["outcome"], string>>;
  /** what was expected and found */
  readonly difference: (expected: string, found: string) => string;
  readonly code: Readonly<Record<AuditCode, string>>;
  readonly fault: Readonly<Record<AuditFaultCode, string>>;
  readonly otherFault: string;
  readonly heading: Readonly<
    Record<"proven" | "counts" | "compared" | "missing" | "notCovered" | "ledger" | "figures" | "signature", string>
  >;
  readonly proven: {
    readonly nothing: string;
    readonly block: (number: string, time: string) => string;
    readonly seals: Readonly<Record<AuditReport["consensus"], (by: number, of: number) => string>>;
    readonly codes: (count: number) => string;
    readonly heads: string;
    readonly blocksOfEvents: (count: string) => string;
    readonly headers: (count: string, seals: string, changes: number) => string;
  };
  readonly count: Readonly<Record<"events" | "records" | "batches" | "statusChanges" | "agencies", string>>;
  readonly compared: Readonly<Record<string, string>>;
  readonly missing: {
    readonly atGateway: (count: string, from: string, to: string) => string;
    readonly inDatabase: (count: string, from: string, to: string) => string;
    /** what is not in the list; `count` is at least 1 */
    readonly others: (count: string) => string;
    readonly record: (kind: number, agency: string, block: string) => string;
  };
  readonly notCovered: Readonly<Record<NotCovered, string>>;
  readonly ledger: Readonly<Record<"chain" | "genesis" | "contract" | "blocks" | "madeAt" | "trust", string>>;
  readonly gatewayAlone: string;
  readonly signedBy: (publicKey: string) => string;
  readonly notSigned: string;
  readonly plot: Readonly<Record<PlotName, string>>;
  readonly column: Readonly<
    Record<"agency" | "kind" | "month" | "status" | "batchSize" | "seconds" | "records" | "batches", string>
  >;
  readonly effect: Readonly<Record<Effect, string>>;
  readonly data: string;
  readonly others: (count: number) => string;
  readonly waits: (median: string, p95: string, longest: string) => string;
  readonly noWaits: string;
  readonly nothingThere: string;
  readonly seconds: (seconds: number) => string;
  readonly andMore: (from: string) => string;
}

export type PlotName = "byAgency" | "byKind" | "byMonth" | "statuses" | "batchSizes" | "timeToAnchored";
