import { HufuError } from "../../core/error.ts";
import { proofFaultOf, type ProofFaultCode } from "../../core/proofs/fault.ts";
import type { SignatureTools } from "../../core/proofs/signature.ts";
import { followTrust } from "../../core/trust/anchor.ts";
import { parseTrustBundle, type TrustBundle } from "../../core/trust/bundle.ts";
import { compareTrust, type TrustComparison } from "../../core/trust/compare.ts";
import { withChangesOf } from "../../core/trust/grow.ts";
import type { Trusted } from "../../core/verify/trusted.ts";

/** What is otherwise in a bundle than in the one before it. */
export interface TrustChange {
  readonly what: TrustComparison["what"];
  readonly before: TrustBundle;
  readonly after: TrustBundle;
}

/** What to tell of a bundle that was offered. */
export type TrustNotice =
  /** taken: the person brought it, and there was none before */
  | { readonly is: "first" }
  /** the one that is pinned, brought by the person: that counts as compared */
  | { readonly is: "same" }
  /** taken: the same ledger, some time later */
  | ({ readonly is: "grown" } & TrustChange)
  /**
   * not taken: the person decides; `offered` is what they decide about. other: another bundle; more: the same ledger, with what nobody proves and
   * the person did not vouch for, or without a checkpoint that the pinned one has.
   */
  | ({ readonly is: "other" | "more"; readonly offered: Trusted } & TrustChange)
  /** not taken: what it says of its validators is not proven */
  | { readonly is: "unproven"; readonly code: ProofFaultCode }
  /** not taken: it is no trust bundle */
  | { readonly is: "unreadable" };

/** What is believed, and what is to be told of how that came about. */
export interface TrustHeld {
  readonly trusted: Trusted | null;
  readonly notice: TrustNotice | null;
}

/**
 * What becomes of a bundle that somebody offers. One of the same ledger that only grew, and lacks no checkpoint, takes the place of the pinned one;
 * any other leaves it where it is. Of what a gateway offers, a bundle that a person vouched for takes by itself nothing but changes of validators, which the validators that
 * they vouched for prove: a checkpoint of the gateway's own would make honest certificates altered, and a name would lend them another agency.
 */
export function considerOffer(
  held: Trusted | null,
  offered: unknown,
  broughtBy: Trusted["broughtBy"],
  tools: SignatureTools,
): TrustHeld {
  const bundle = readable(offered);
  if (bundle === undefined) return { trusted: held, notice: { is: "unreadable" } };
  const compared = held && compareTrust(held.bundle, bundle);
  // Nothing to follow once more: at which block it was made is all that may differ.
  if (held && compared?.change === "same")
    return broughtBy === "holder"
      ? { trusted: { ...held, broughtBy }, notice: { is: "same" } }
      : { trusted: held, notice: null };
  const followed = follow(bundle, broughtBy, tools);
  if ("is" in followed) return { trusted: held, notice: followed };
  // What the gateway brings first is told where the bundle itself is shown: nobody has compared it.
  if (!held || !compared) return { trusted: followed, notice: broughtBy === "holder" ? { is: "first" } : null };
  const { what } = compared;
  const change = { what, before: held.bundle, after: bundle };
  if (compared.change === "other") return { trusted: held, notice: { is: "other", offered: followed, ...change } };
  // Honest publishers' bundles can lack a checkpoint: that is no alarm, and no reason either to give one up unasked.
  const isLess = what.includes("CHECKPOINTS_MISSING");
  if (!isLess && (held.broughtBy === "gateway" || broughtBy === "holder"))
    return { trusted: followed, notice: { is: "grown", ...change } };
  const proven = provenGrowth(held.bundle, compared, bundle, tools);
  if (proven === undefined) return { trusted: held, notice: { is: "more", offered: followed, ...change } };
  return { trusted: proven, notice: { is: "grown", ...change, after: proven.bundle } };
}

/** The vouched-for bundle with the changes of validators that the offered one proves; undefined where that is not all that is new in it. */
function provenGrowth(
  vouched: TrustBundle,
  { what }: TrustComparison,
  offered: TrustBundle,
  tools: SignatureTools,
): Trusted | undefined {
  if (what.some((code) => code !== "TRANSITIONS_ADDED")) return undefined;
  const bundle = unlessRefused(() => withChangesOf(vouched, offered));
  const followed = bundle && follow(bundle, "holder", tools);
  return followed === undefined || "is" in followed ? undefined : followed;
}

/** The bundle, followed; undefined where it cannot be read or does not prove itself. For what this browser kept itself. */
export function reopen(kept: unknown, broughtBy: Trusted["broughtBy"], tools: SignatureTools): Trusted | undefined {
  const bundle = readable(kept);
  const followed = bundle && follow(bundle, broughtBy, tools);
  return followed === undefined || "is" in followed ? undefined : followed;
}

/** The bundle; undefined where it is none. */
export function readable(value: unknown): TrustBundle | undefined {
  return unlessRefused(() => parseTrustBundle(value));
}

function unlessRefused(read: () => TrustBundle): TrustBundle | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof HufuError) return undefined;
    throw error;
  }
}

function follow(
  bundle: TrustBundle,
  broughtBy: Trusted["broughtBy"],
  tools: SignatureTools,
): Trusted | Extract<TrustNotice, { is: "unproven" }> {
  try {
    return { bundle, state: followTrust(bundle, tools), broughtBy };
  } catch (error) {
    return { is: "unproven", code: proofFaultOf(error).code };
  }
}
