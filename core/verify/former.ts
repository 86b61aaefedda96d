import type { Verification } from "./report.ts";
import { withSeen, type Seen } from "./seen.ts";

/** What came of verifying a certificate whose proof is to give way to a newer one. */
export type Former = Pick<Verification, "asOf" | "met">;

/** With what the former certificate proves: a proof that takes its place must hold against it, whatever else is remembered. */
export function seenWithFormer(seen: Seen, former: Former | undefined): Seen {
  return former?.met ? withSeen(seen, former.met) : seen;
}
