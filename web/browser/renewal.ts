import { parseRenewal, renewed } from "../../core/certificate/renew.ts";
import { HufuError } from "../../core/error.ts";
import { isGenuine } from "../../core/verify/verdict.ts";
import { parseStatusWord } from "../../core/ledger/slots.ts";
import type { RenewalFailure, RenewalNote, StatusChange } from "../desk.ts";
import { NoAnswer } from "./gateway.ts";
import { hold, type Grounds, type Held } from "./held.ts";

/** What came of a renewal: the certificate to go on with, and what to tell. */
export interface Renewed {
  readonly held: Held;
  readonly note: RenewalNote | null;
}

/**
 * Renews a certificate's proof with what `ask` gives, after verifying it as if it came from a stranger. What does not hold leaves the old
 * certificate where it is; what shows that validators contradict themselves is shown.
 */
export async function renewHeld(
  held: Held,
  ask: (digest: string) => Promise<unknown>,
  groundsOf: () => Grounds,
): Promise<Renewed> {
  const failed = (why: RenewalFailure): Renewed => ({ held, note: { is: "failed", why } });
  try {
    const renewal = parseRenewal(await ask(held.certificate.record.digest));
    const next = hold(renewed(held.certificate, renewal), "renewed", groundsOf(), held.verification);
    const { verdict } = next.verification;
    if (verdict.cause === "CONFLICTING_HEADERS") return { held: next, note: null };
    if (verdict.cause === "OLDER_STATUS" || verdict.cause === "OLDER_BLOCK") return failed("older");
    if (verdict.cause === "IN_THE_FUTURE") return failed("ahead");
    if (!isGenuine(verdict.code) && verdict.code !== "stale") return failed("refused");
    const before = held.verification.asOf?.blockTime ?? "";
    return { held: next, note: { is: "renewed", before, change: changeOf(held, next) } };
  } catch (error) {
    if (error instanceof NoAnswer) return failed(failures[error.problem.code] ?? "unreachable");
    if (error instanceof HufuError && error.code !== "INVARIANT") return failed("refused");
    throw error;
  }
}

const failures: Readonly<Record<string, RenewalFailure>> = {
  "rate-limited": "busy",
  "gateway-busy": "busy",
  "no-certificate": "not-here",
};

/** By what each file's slot holds, not by its verdict: a stale one proves a status, too. */
function changeOf(before: Held, after: Held): StatusChange | null {
  const [from, to] = [before, after].map(({ certificate }) => {
    const [slots] = certificate.proof.slots;
    const word = slots === undefined ? null : parseStatusWord(slots.status.value);
    return { effect: word?.effect ?? "IN_FORCE", version: word?.version ?? 0 };
  });
  if (!from || !to || (from.effect === to.effect && from.version === to.version)) return null;
  return { from: from.effect, to: to.effect };
}
