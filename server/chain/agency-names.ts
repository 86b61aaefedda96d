import type { Hex } from "../../core/bytes.ts";
import { HufuError } from "../../core/error.ts";
import { topics } from "../../core/ledger/abi.ts";
import { decodeLog, type RawLog } from "../../core/ledger/events.ts";
import type { TrustedAgency } from "../../core/trust/bundle.ts";
import { logsBetween, logsOf } from "./block.ts";
import type { Rpc } from "./rpc.ts";

/** Names by unified social credit code. */
export type AgencyNames = ReadonlyMap<string, string>;

const named = [topics.AgencyEnrolled, topics.AgencyRenamed];
const firstSpan = 4_096;
const widestSpan = 65_536;

/**
 * Every agency that the register at `address` enrolled in the blocks from `from` to `to`, with its newest name, over `known` of the blocks before.
 * A range that the node refuses is asked again in halves. Throws NODE_UNREACHABLE, NODE_REFUSED, NODE_ANSWER, MALFORMED_LOG.
 */
export async function readAgencyNames(
  rpc: Rpc,
  address: Hex,
  { from, to, known = new Map() }: { from: number; to: number; known?: AgencyNames },
): Promise<AgencyNames> {
  const names = new Map(known);
  let span = firstSpan;
  for (let next = from; next <= to;) {
    const end = Math.min(to, next + span - 1);
    const logs = await logsIn(rpc, address, next, end);
    if (logs === null) {
      span = Math.max(1, (end - next + 1) >> 1);
      continue;
    }
    for (const log of logs) take(log, names);
    span = Math.min(widestSpan, span * 2);
    next = end + 1;
  }
  return names;
}

/** In a bundle's order. A code that is no unified social credit code can write no record that anybody reads. */
export function agenciesOf(names: AgencyNames): TrustedAgency[] {
  return [...names]
    .filter(([uscc]) => /^[0-9A-Z]{18}$/.test(uscc))
    .map(([uscc, name]) => ({ uscc, name: readable(name, uscc) }))
    .sort((a, b) => (a.uscc < b.uscc ? -1 : 1));
}

/** null: more than the node gives at once. */
async function logsIn(rpc: Rpc, address: Hex, from: number, to: number): Promise<RawLog[] | null> {
  const [answer] = await rpc.batch([logsBetween(from, to, [address], [named])]);
  try {
    return logsOf(answer);
  } catch (error) {
    if (error instanceof HufuError && error.code === "NODE_REFUSED" && to > from) return null;
    throw error;
  }
}

function take(log: RawLog, names: Map<string, string>): void {
  const event = decodeLog(log);
  if (event.name === "AgencyEnrolled" || event.name === "AgencyRenamed")
    names.set(event.agency, new TextDecoder().decode(event.agencyName));
}

/** The register takes any bytes; a verdict shows text that reads as it stands. */
function readable(name: string, uscc: string): string {
  const shown = name.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "\uFFFD");
  return /[^\s\p{Default_Ignorable_Code_Point}]/u.test(shown) ? shown : uscc;
}
