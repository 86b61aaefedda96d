import type { Kysely } from "kysely";

import { bytesToHex } from "../../core/bytes.ts";
import type { KindRegistry } from "../../core/kinds/registry.ts";
import { check } from "../../core/verify/checks.ts";
import { kindNames, verdictOf } from "../../core/verify/verdict.ts";
import type { Verification } from "../../core/verify/verify.ts";
import { agencyNames } from "../store/agencies.ts";
import type { RecordRow } from "../store/records.ts";
import type { Tables } from "../store/tables.ts";
import type { LinksOf } from "./links.ts";
import { isoTime } from "./status-view.ts";
import { documentNumberOf, kindOf } from "./stored.ts";
import { answerOf, type VerificationAnswer } from "./verification-answer.ts";

export interface TellingDeps {
  readonly db: Kysely<Tables>;
  readonly kinds: KindRegistry;
  readonly links: LinksOf;
}

/** Of a record that the gateway itself shows nobody held anything back: what is missing is what the law does not let it show. */
export function byLawAlone(answer: VerificationAnswer): VerificationAnswer {
  if (answer.notShown === null) return answer;
  const { byHolder, byLaw } = answer.notShown;
  return { ...answer, notShown: { byHolder: [], byLaw: [...byHolder, ...byLaw] } };
}

/** The number of a document is public whatever the certificate shows, and is told of a record of this gateway's own. */
export function tell(result: Verification, row: RecordRow | undefined, deps: TellingDeps): VerificationAnswer {
  if (row === undefined) return answerOf(result);
  const { verdict, digest } = result;
  const links = deps.links(digest);
  if (verdict.code === "altered") return answerOf({ ...result, links });
  const documentNumber = verdict.documentNumber ?? documentNumberOf(row, deps.kinds);
  return answerOf({ ...result, verdict: { ...verdict, documentNumber }, links });
}

/** Of a stored record, when the node does not answer. */
export function tellUnreachable(row: RecordRow, { kinds, links }: TellingDeps): VerificationAnswer {
  const documentNumber = documentNumberOf(row, kinds);
  const verdict = verdictOf("unreachable", { cause: "NODE_UNREACHABLE", documentNumber });
  const checks = [check("state-proof", "ERROR", "NODE_UNREACHABLE")];
  const digest = bytesToHex(row.digest);
  return answerOf({ verdict, checks, kind: kindOf(row, kinds).kind, digest, links: links(digest) });
}

/** Of a stored record that is not on the chain, or not yet where it can be proven. */
export async function tellAccepted(row: RecordRow, { db, kinds, links }: TellingDeps): Promise<VerificationAnswer> {
  const kind = kindOf(row, kinds);
  const names = await agencyNames(db, [row.agency]);
  const digest = bytesToHex(row.digest);
  const verdict = verdictOf("accepted", {
    agency: { uscc: row.agency, name: names.get(row.agency) ?? null },
    kind: kindNames(kind),
    documentNumber: documentNumberOf(row, kinds),
    acceptedAt: isoTime(row.accepted_at),
    toldBy: "gateway",
  });
  return answerOf({ verdict, kind: kind.kind, digest, links: links(digest) });
}
