import { HufuError } from "../../core/error.ts";
import type { SignatureTools } from "../../core/proofs/signature.ts";
import { followTrust } from "../../core/trust/anchor.ts";
import { parseTrustText, type TrustBundle } from "../../core/trust/bundle.ts";
import { compareTrust, type TrustComparison } from "../../core/trust/compare.ts";
import type { Trusted } from "../../core/verify/trusted.ts";
import type { Memory } from "./memory.ts";
import type { Remark } from "./remark.ts";
import { changesInWords } from "./trust-changes.ts";

export interface TrustInput extends SignatureTools {
  /** what --trust names; null: it was not said */
  readonly given: { readonly file: string; readonly text: string } | null;
  readonly memory: Memory | null;
  readonly repin: boolean;
  readonly tell: (remark: Remark) => void;
}

/** The cause of an INVALID_TRUST whose bundle is of another ledger than the pinned one, or knows less of the same. */
export interface OtherTrust {
  readonly changed: TrustComparison["what"];
}

/**
 * The bundle that counts, its validators followed: the one given, which the first time is pinned, or the pinned one. undefined where there is
 * neither. Throws INVALID_TRUST, INVALID_PROOF or MALFORMED_JSON for one that proves nothing, and INVALID_TRUST, with an {@link OtherTrust},
 * for one of another ledger, or without a checkpoint of the pinned one, unless `repin`.
 */
export function chooseTrust(input: TrustInput): Trusted | undefined {
  const { given, memory } = input;
  const offered = given && followed(given.file, () => parseTrustText(given.text), input);
  if (memory === null) return offered ?? undefined;
  return memory.alone(() => {
    const pinned = memory.pinned();
    if (offered !== null) pinOffered(offered.bundle, pinned, memory, input);
    return offered ?? (pinned === null ? undefined : followed("The pinned bundle", () => pinned, input));
  });
}

function followed(name: string, read: () => TrustBundle, tools: SignatureTools): Trusted {
  try {
    const bundle = read();
    return { bundle, state: followTrust(bundle, tools), broughtBy: "holder" };
  } catch (error) {
    if (!(error instanceof HufuError)) throw error;
    throw new HufuError(error.code, `${name} is no trust bundle that can be relied on: ${error.message}`, {
      faults: error.faults,
      cause: error,
    });
  }
}

function pinOffered(bundle: TrustBundle, pinned: TrustBundle | null, memory: Memory, input: TrustInput): void {
  const { tell, repin } = input;
  if (pinned === null) {
    memory.pin(bundle);
    tell({ code: "PINNED", params: { folder: memory.folder } });
    return;
  }
  const { change, what } = compareTrust(pinned, bundle);
  if (change === "same") return;
  const isRefused = change === "other" || knowsLess(what);
  if (isRefused && !repin) throw refusedTrust({ change, what }, pinned, bundle);
  const kept = isRefused ? memory.setAside("trust.json", "former") : "";
  if (change === "other" && isAnotherLedger(pinned, bundle)) forgetSeen(memory);
  memory.pin(bundle);
  const inWords = {
    what: changesInWords(what, pinned, bundle, "en"),
    zh: changesInWords(what, pinned, bundle, "zh-CN"),
  };
  tell({ code: isRefused ? "TRUST_REPINNED" : "TRUST_GROWN", params: { ...inWords, kept } });
}

/** Such a bundle can be an honest publisher's; but with it, a header that a checkpoint contradicts would count. */
function knowsLess(what: TrustComparison["what"]): boolean {
  return what.includes("CHECKPOINTS_MISSING");
}

/** What was met of one ledger says nothing of another, which may hold the same records. */
function forgetSeen(memory: Memory): void {
  const { headers, statuses } = memory.seen();
  if (headers.length + statuses.length > 0) memory.setAside("seen.json", "former");
}

function isAnotherLedger(one: TrustBundle, other: TrustBundle): boolean {
  const keyOf = ({ chainId, genesis, contracts }: TrustBundle): string =>
    [chainId, genesis.hash, contracts.ledger.address].join(" ");
  return keyOf(one) !== keyOf(other);
}

function refusedTrust({ change, what }: TrustComparison, pinned: TrustBundle, offered: TrustBundle): HufuError {
  const differences = changesInWords(what, pinned, offered, "en");
  const sentence =
    change === "other"
      ? `The trust bundle does not go on from the pinned one: ${differences}. Nothing was taken over; if you know why it is another, say --repin.`
      : `The trust bundle is of the same ledger, but knows less than the pinned one: ${differences}. Nothing was taken over: leave --trust out to verify with the pinned one, or say --repin.`;
  return new HufuError("INVALID_TRUST", sentence, { cause: { changed: what } satisfies OtherTrust });
}
