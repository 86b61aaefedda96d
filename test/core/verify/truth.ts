import { isDeepStrictEqual } from "node:util";
import type { Verification } from "../../../core/verify/report.ts";
import { isGenuine, type Verdict } from "../../../core/verify/verdict.ts";
import type { Standing } from "../../../core/verify/walk.ts";

/**
 * The order of verdicts. What is not genuine is never better than what is, and says nothing to rely on. A genuine verdict is no better than
 * another where it says the same and leaves out at most: the same effect, agency, kind, times and block, no more seals; of a status' reasons, of
 * what took the record's place and of the content the same or nothing; and it names all that is hidden or unknown.
 */
export function isNoBetter(found: Verification, honest: Verification): boolean {
  if (!isGenuine(found.verdict.code)) return true;
  return (
    found.digest === honest.digest &&
    isVerdictNoBetter(found.verdict, honest) &&
    found.standings.length <= honest.standings.length &&
    found.standings.every((standing, index) => isStandingNoBetter(standing, honest.standings[index])) &&
    Object.entries(found.shown).every(([name, value]) => isDeepStrictEqual(value, honest.shown[name])) &&
    Object.entries(found.files).every(([name, file]) => isDeepStrictEqual(file, honest.files[name])) &&
    honest.hidden.byHolder.every((field) => found.hidden.byHolder.includes(field)) &&
    honest.unknown.every(({ code }) => code === "SIGNER_RIGHTS" || found.unknown.some((one) => one.code === code))
  );
}

const same = ["code", "agency", "kind", "anchoredAt", "asOf", "since", "toldBy", "cause"] as const;
const sameOrNothing = ["documentNumber", "reason", "decisionDate", "actor", "successor"] as const;

function isVerdictNoBetter(found: Verdict, { verdict, standings }: Verification): boolean {
  const { sealed, newest } = found;
  return (
    same.every((name) => isDeepStrictEqual(found[name], verdict[name])) &&
    sameOrNothing.every((name) => found[name] === null || isDeepStrictEqual(found[name], verdict[name])) &&
    (newest === null || standings.some((one) => one.digest === newest.digest && one.effect === newest.effect)) &&
    isDeepStrictEqual({ ...sealed, by: 0 }, { ...verdict.sealed, by: 0 }) &&
    (sealed?.by ?? 0) <= (verdict.sealed?.by ?? 0)
  );
}

const proven = ["digest", "effect", "version", "since"] as const;
const explained = ["actor", "reason", "decisionDate", "explanation", "successor"] as const;

function isStandingNoBetter(found: Standing, honest: Standing | undefined): boolean {
  return (
    honest !== undefined &&
    proven.every((name) => found[name] === honest[name]) &&
    explained.every((name) => found[name] === null || found[name] === honest[name]) &&
    (honest.isExplained || !found.isExplained)
  );
}
