import { base64ToBytes } from "../base64.ts";
import { bytesToHex } from "../bytes.ts";
import { HufuError } from "../error.ts";
import { canonicalJson } from "../json/canonical.ts";
import { toJsonValue } from "../json/parse.ts";
import { extraDataItem, parseHeader } from "../proofs/header.ts";
import { parseQbftExtra } from "../proofs/qbft-extra.ts";
import type { TrustBundle, TrustedTransition } from "./bundle.ts";

/** What makes another ledger of it, or takes something back that the pinned bundle knows. */
export type IdentityChange =
  | "CHAIN_ID"
  | "GENESIS"
  | "GENESIS_CONFIG"
  | "CONSENSUS"
  | "CONTRACTS"
  | "DEPLOYMENT_BLOCK"
  | "TRANSITIONS_REWRITTEN"
  | "TRANSITIONS_MISSING"
  | "CHECKPOINTS_REWRITTEN";

/**
 * What the same ledger comes by in the course of time. CHECKPOINTS_MISSING: the newest of the pinned ones are; honest publishers differ in that, for
 * each reads them when it makes its bundle, and a gateway when validators change. PUBLISHED_EARLIER comes with something else alone: then that
 * may be what the ledger had before, and not what it has since.
 */
export type Growth =
  | "CHECKPOINTS_MISSING"
  | "TRANSITIONS_ADDED"
  | "CHECKPOINTS_ADDED"
  | "AGENCIES_CHANGED"
  | "PUBLISHERS_CHANGED"
  | "PUBLISHED_EARLIER";

export interface TrustComparison {
  /**
   * grown: the same ledger. Whoever brought the pinned bundle may bring the grown one, and its holder is told `what` is new; of somebody else's
   * only TRANSITIONS_ADDED is proven. other, and whatever has CHECKPOINTS_MISSING, which knows less: never without the holder's consent.
   */
  readonly change: "same" | "grown" | "other";
  readonly what: readonly (IdentityChange | Growth)[];
}

/** What the offered bundle says otherwise than the pinned one. At which block it was made is no difference by itself. */
export function compareTrust(pinned: TrustBundle, offered: TrustBundle): TrustComparison {
  const differs = (of: (bundle: TrustBundle) => unknown): boolean => !isSame(of(pinned), of(offered));
  const transitions = listChange(pinned.transitions.map(changeMade), offered.transitions.map(changeMade));
  const checkpoints = listChange(pinned.checkpoints, offered.checkpoints);
  const other: IdentityChange[] = [
    ...when(
      "CHAIN_ID",
      differs(({ chainId }) => chainId),
    ),
    ...when(
      "GENESIS",
      differs(({ genesis: { hash, header } }) => [hash, header]),
    ),
    ...when(
      "GENESIS_CONFIG",
      differs(({ genesis: { config } }) => config),
    ),
    ...when(
      "CONSENSUS",
      differs(({ consensus }) => consensus),
    ),
    ...when(
      "CONTRACTS",
      differs(({ contracts }) => contracts),
    ),
    ...when(
      "DEPLOYMENT_BLOCK",
      differs(({ deploymentBlock }) => deploymentBlock),
    ),
    ...when("TRANSITIONS_REWRITTEN", transitions === "rewritten"),
    ...when("TRANSITIONS_MISSING", transitions === "missing"),
    ...when("CHECKPOINTS_REWRITTEN", checkpoints === "rewritten"),
  ];
  const grown: Growth[] = [
    ...when("CHECKPOINTS_MISSING", checkpoints === "missing"),
    ...when("TRANSITIONS_ADDED", transitions === "added"),
    ...when("CHECKPOINTS_ADDED", checkpoints === "added"),
    ...when(
      "AGENCIES_CHANGED",
      differs(({ agencies }) => agencies),
    ),
    ...when(
      "PUBLISHERS_CHANGED",
      differs(({ publishers }) => publishers),
    ),
  ];
  const isEarlier = offered.publishedAt.blockNumber < pinned.publishedAt.blockNumber;
  const what = [...other, ...grown];
  return {
    change: other.length > 0 ? "other" : grown.length > 0 ? "grown" : "same",
    what: [...what, ...when("PUBLISHED_EARLIER", isEarlier && what.length > 0)],
  };
}

/** What of a difference is said of the ledger itself: who says it, and as of which block, is another question. */
export function saidOfLedger({ what }: TrustComparison): TrustComparison["what"] {
  return what.filter((code) => code !== "PUBLISHERS_CHANGED" && code !== "PUBLISHED_EARLIER");
}

function when<const T>(code: T, holds: boolean): T[] {
  return holds ? [code] : [];
}

/** A list that only ever grows at its end. */
function listChange(before: readonly unknown[], after: readonly unknown[]): "same" | "added" | "missing" | "rewritten" {
  const common = Math.min(before.length, after.length);
  if (!isSame(before.slice(0, common), after.slice(0, common))) return "rewritten";
  if (before.length === after.length) return "same";
  return before.length < after.length ? "added" : "missing";
}

/**
 * What a transition comes to, whichever of its proofs a publisher holds: nodes keep different seals of one QBFT block, and a voter repeats its
 * vote. The first header under the new set tells its list, its height and all that came before; under Clique the deciding vote does.
 */
function changeMade({ votes, next }: TrustedTransition): unknown {
  if (next === null) return votes.at(-1) ?? null;
  try {
    const { items, extraData } = parseHeader(base64ToBytes(next));
    const { vanity, validators, vote } = parseQbftExtra(extraData);
    const others = items.filter((_, index) => index !== extraDataItem).map(bytesToHex);
    return { others, vanity: bytesToHex(vanity), validators, vote };
  } catch (error) {
    // Only a bundle that nobody followed holds what is no header: its bytes are all that can be compared.
    if (error instanceof HufuError && error.code === "INVALID_PROOF") return next;
    throw error;
  }
}

/** Whether two parts of a bundle say the same, however they are written. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(toJsonValue(a)) === canonicalJson(toJsonValue(b));
}
