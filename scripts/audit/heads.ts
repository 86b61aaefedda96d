import { blockAt, blockOf } from "../../server/chain/block.ts";
import type { Rpc } from "../../server/chain/rpc.ts";
import { forked } from "./fault.ts";
import type { Heads, Step } from "./pinpoint/head-trail.ts";
import type { ProvenState } from "./prove.ts";
import { divergence, type AuditDivergence } from "./report.ts";

/** Whether the events that were told are all there ever were, in their order: the journals' proven heads say so. null: some of them are no events. */
export function compareHeads(
  told: Heads | null,
  { heads, block }: ProvenState,
  also: AuditDivergence["names"] = {},
): AuditDivergence | undefined {
  const contract = (["ledger", "agencies"] as const).find((name) => heads[name] !== told?.[name]);
  if (contract === undefined) return undefined;
  const what = "The events are not those that the journal's proven head was made of";
  const names = { contract, block: block.number, ...also };
  return divergence("JOURNAL_HEAD_DIFFERS", what, heads[contract], told?.[contract] ?? "none", names);
}

/** Steps that a chain may fall back in the course of an audit. */
const mayFallBack = 16;

/** Throws NODE_FORKED where the chain went another way since its blocks were replayed: then what differs says nothing. */
export async function checkStillChain(rpc: Rpc, steps: readonly Step[]): Promise<void> {
  const newest = steps.slice(-mayFallBack).filter((step) => step.hash !== null);
  const answers = newest.length === 0 ? [] : await rpc.batch(newest.map(({ block }) => blockAt(block)));
  for (const [index, { block, hash }] of newest.entries()) {
    const now = blockOf(answers[index])?.hash ?? "none";
    if (hash !== null && now !== hash) throw forked(block, hash, now);
  }
}
