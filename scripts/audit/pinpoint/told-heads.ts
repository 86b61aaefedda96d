import { HufuError } from "../../../core/error.ts";
import type { Heads } from "./head-trail.ts";
import type { PinpointInput } from "./input.ts";
import { headAfter } from "./journal.ts";

/** The heads after every event up to a block that the node tells, whether it breaks a rule or not. null: one of them is no event of the contracts. */
export async function toldHeads(
  { steps, logs, addresses, keccak }: Pick<PinpointInput, "steps" | "logs" | "addresses" | "keccak">,
  block: number,
): Promise<Heads | null> {
  const begin = steps.findLast((step) => step.block <= block);
  if (begin === undefined) return null;
  const heads = { ledger: begin.ledger, agencies: begin.agencies };
  try {
    for await (const range of logs(begin.block + 1, block))
      for (const name of ["ledger", "agencies"] as const) {
        const own = range.logs.filter(({ log }) => log.address === addresses[name]);
        heads[name] = headAfter(heads[name], own, keccak);
      }
    return heads;
  } catch (error) {
    if (error instanceof HufuError && error.code === "MALFORMED_LOG") return null;
    throw error;
  }
}
