import { NAMED_FOR_PEOPLE } from "./missing.ts";
import type { AuditReport, MissingRecords, Proven } from "./report.ts";
import { printable } from "./printable.ts";

/** The report for people: what was proven, replayed and compared, and the first thing that differs. */
export function sayReport(report: AuditReport): string {
  const lines = [
    ...headline(report),
    "",
    ...facts(report),
    "",
    ...missingFacts("At the gateway", report.missing.atGateway),
    ...missingFacts("In the database", report.missing.inDatabase),
    "Not covered:",
    ...report.notCovered.map(({ sentence }) => `- ${sentence}`),
  ];
  return lines.map(printable).join("\n");
}

function headline({ outcome, divergence, error }: AuditReport): string[] {
  if (divergence !== null) return [`DIVERGES ${divergence.code}`, divergence.sentence];
  if (error !== null) return [`COULD NOT BE CHECKED ${error.code}`, error.message];
  return [outcome === "AGREES" ? "AGREES: everything that was compared is the same." : outcome];
}

const number = (value: number): string => value.toLocaleString("en");

/** A key of the report as people read it: "recordsAtGateway" is "records at gateway". */
function spaced(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function facts(report: AuditReport): string[] {
  const { ledger, blocks, trust, proven, heads, compared, seconds, signature } = report;
  const lines = [
    `Ledger ${ledger.address} on chain ${ledger.chainId}, genesis ${ledger.genesisHash}`,
    `Trust file ${trust.fingerprint}${trust.isGatewayAlone === true ? ", which a gateway alone publishes: it is worth no more than the gateway" : ""}`,
    `Blocks ${blocks.from} to ${blocks.to ?? "(none read)"}`,
    ...replayedFacts(report),
  ];
  if (heads !== null) lines.push(`Journal heads: ledger ${heads.ledger}, agencies ${heads.agencies}`);
  lines.push(...provenFacts(proven));
  const same = Object.entries(compared).map(([what, count]) => `${number(count)} ${spaced(what)}`);
  if (same.length > 0) lines.push(`Compared and the same: ${same.join(", ")}`);
  if (signature !== undefined) lines.push(`Signed with the key ${signature.publicKey}`);
  return [...lines, `${seconds.all.toFixed(1)} s in all`];
}

function missingFacts(where: string, missing: MissingRecords | null): string[] {
  if (missing === null) return [];
  const { count, blocks, first } = missing;
  const named = first.slice(0, NAMED_FOR_PEOPLE);
  const others = count - named.length;
  return [
    `${where} ${number(count)} records are missing, which blocks ${blocks.from} to ${blocks.to} hold:`,
    ...named.map(({ digest, agency, kind, block }) => `- ${digest} of agency ${agency}, kind ${kind}, block ${block}`),
    ...(others > 0 ? [`- ${number(others)} others`] : []),
    "",
  ];
}

function replayedFacts({ replayed, seconds }: AuditReport): string[] {
  if (replayed === null) return [];
  const { events, records, batches, statusChanges, agencies } = replayed;
  const counts = [
    `${number(events)} events`,
    `${number(records)} records in ${number(batches)} batches`,
    `${number(statusChanges)} changes of status`,
    `${number(agencies)} agencies`,
  ];
  return [`Replayed ${counts.join(", ")} in ${seconds.replay.toFixed(1)} s`];
}

function provenFacts({ block, seals, codes, heads, blocksOfEvents, headers }: Proven): string[] {
  if (block === null) return [];
  const sealed = seals === null ? "which nobody seals" : `sealed by ${seals.by} of ${seals.of} validators`;
  const lines = [`Proven under block ${block.number} (${block.hash}, ${block.time}), ${sealed}:`];
  lines.push(`- the code of ${codes} contracts`);
  if (heads) lines.push("- the heads of both journals: no event is hidden, added, changed or reordered");
  if (blocksOfEvents > 0) lines.push(`- the headers of ${number(blocksOfEvents)} blocks with events`);
  if (headers === null) return lines;
  const { to, seals: recovered, validators } = headers;
  const changes = number(Math.max(0, validators.length - 1));
  return [
    ...lines,
    `- ${number(to + 1)} headers, ${number(recovered)} seals, ${changes} changes of validators by vote`,
  ];
}
