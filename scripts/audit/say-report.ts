import type { AuditReport } from "./report.ts";

/** The report for people: what was replayed, what was compared, and the first thing that differs. */
export function sayReport(report: AuditReport): string {
  return [
    headline(report),
    "",
    ...facts(report),
    "",
    "Not covered:",
    ...report.notCovered.map((line) => `- ${line}`),
  ].join("\n");
}

function headline({ outcome, divergence, error }: AuditReport): string {
  if (divergence !== null) return `DIVERGES ${divergence.code}\n${divergence.sentence}`;
  if (error !== null) return `COULD NOT BE CHECKED ${error.code}\n${error.message}`;
  return outcome === "AGREES" ? "AGREES: everything that was compared is the same." : outcome;
}

/** A key of the report as people read it: "recordsAtGateway" is "records at gateway". */
function spaced(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function facts({ ledger, blocks, replayed, heads, compared, seconds }: AuditReport): string[] {
  const number = (value: number): string => value.toLocaleString("en");
  const lines = [
    `Ledger ${ledger.address} on chain ${ledger.chainId}, genesis ${ledger.genesisHash}`,
    `Blocks ${blocks.from} to ${blocks.to ?? "(none read)"}`,
  ];
  if (replayed !== null) {
    const { events, records, batches, statusChanges, agencies } = replayed;
    const counts = [
      `${number(events)} events`,
      `${number(records)} records in ${number(batches)} batches`,
      `${number(statusChanges)} changes of status`,
      `${number(agencies)} agencies`,
    ];
    lines.push(`Replayed ${counts.join(", ")} in ${seconds.replay.toFixed(1)} s`);
  }
  if (heads !== null) lines.push(`Journal heads: ledger ${heads.ledger}, agencies ${heads.agencies}`);
  const same = Object.entries(compared).map(([what, count]) => `${number(count)} ${spaced(what)}`);
  if (same.length > 0) lines.push(`Compared and the same: ${same.join(", ")}`);
  return [...lines, `${seconds.all.toFixed(1)} s in all`];
}
