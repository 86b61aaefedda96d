import type { Hex } from "../../core/bytes.ts";
import { topics } from "../../core/ledger/abi.ts";
import { decodedName } from "../../core/ledger/agency-register.ts";
import { decodeLog, type RawLog } from "../../core/ledger/events.ts";
import type { TrustedAgency } from "../../core/trust/bundle.ts";
import { logsOfRange } from "./log-range.ts";
import type { Rpc } from "./rpc.ts";

/** Names by unified social credit code. */
export type AgencyNames = ReadonlyMap<string, string>;

const named = [topics.AgencyEnrolled, topics.AgencyRenamed];

/**
 * Every agency that the register at `address` enrolled in the blocks from `from` to `to`, with its newest name, over `known` of the blocks before.
 * Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER, MALFORMED_LOG.
 */
export async function readAgencyNames(
  rpc: Rpc,
  address: Hex,
  { from, to, known = new Map() }: { from: number; to: number; known?: AgencyNames },
): Promise<AgencyNames> {
  const names = new Map(known);
  for await (const logs of logsOfRange(rpc, { from, to, address, topics: [named] }))
    for (const log of logs) take(log, names);
  return names;
}

/** In a bundle's order. A code that is no unified social credit code can write no record that anybody reads. */
export function agenciesOf(names: AgencyNames): TrustedAgency[] {
  return [...names]
    .filter(([uscc]) => /^[0-9A-Z]{18}$/.test(uscc))
    .map(([uscc, name]) => ({ uscc, name: readable(name, uscc) }))
    .sort((a, b) => (a.uscc < b.uscc ? -1 : 1));
}

function take(log: RawLog, names: Map<string, string>): void {
  const event = decodeLog(log);
  if (event.name === "AgencyEnrolled" || event.name === "AgencyRenamed")
    names.set(event.agency, decodedName(event.agencyName));
}

/** The register takes any bytes; a verdict shows text that reads as it stands. */
function readable(name: string, uscc: string): string {
  const shown = name.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "\uFFFD");
  return /[^\s\p{Default_Ignorable_Code_Point}]/u.test(shown) ? shown : uscc;
}
