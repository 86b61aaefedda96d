import type { CertifiedRecord } from "../core/certificate/certificate.ts";
import type { JsonValue } from "../core/json/parse.ts";
import type { Kind } from "../core/kinds/kind.ts";
import type { Params } from "../core/messages/messages.ts";
import { checkSentence, sentence, unknownSentence, type Language } from "../core/messages/sentence.ts";
import type { Check } from "../core/verify/checks.ts";
import type { Verification } from "../core/verify/verify.ts";
import type { Standing } from "../core/verify/walk.ts";
import type { AgencyName, Bilingual, CheckLine, RecordFile } from "./answers.ts";
import { parseRecordFile } from "./parse-answers.ts";
import type { CertificateDesk } from "./desk.ts";
import type { Found, Result, StandingLine } from "./state.ts";

/** What of a certificate the checks have already vouched for, and what a result needs beside them. */
export interface CertificateFound {
  readonly verification: Verification;
  /** the decisions and successors that the file holds */
  readonly links: readonly CertifiedRecord[];
  /** the one that the certificate names, where it is known */
  readonly kind: Kind | undefined;
  readonly nameOf: (uscc: string) => string | null;
  readonly desk: CertificateDesk | null;
}

function bilingual(say: (language: Language) => string): Bilingual {
  return { "zh-CN": say("zh-CN"), en: say("en") };
}

/** A check's sentence names fields by their codes; a Chinese reader gets the law's own name for one. */
function namesFor(language: Language, params: NonNullable<Check["params"]>, kind: Kind | undefined): Params {
  const field = kind?.fields.find(({ name }) => name === String(params["name"]).replace(/\.public$/, ""));
  return language === "en" || field === undefined ? params : { ...params, name: field.zh };
}

function line(check: Check, kind: Kind | undefined): CheckLine {
  const { id, outcome, params = {} } = check;
  const say = (language: Language): string =>
    checkSentence({ ...check, params: namesFor(language, params, kind) }, language);
  return { id, outcome, sentence: bilingual(say) };
}

function filesOf(files: readonly JsonValue[]): readonly RecordFile[] {
  return files.flatMap((file) => {
    try {
      return [parseRecordFile(file)];
    } catch {
      return [];
    }
  });
}

/** A status that was never set is no standing worth a line, unless it is where the amendments lead. */
function standingsOf({ verification, links, nameOf }: CertificateFound): readonly StandingLine[] {
  const { standings } = verification;
  if (standings.length === 1 && standings[0]?.version === 0) return [];
  const decisions = links.filter(({ header }) => header.kind === "status-decision");
  return standings.map((standing) => ({
    digest: standing.digest,
    effect: standing.effect,
    since: standing.since,
    actor: named(standing.actor, nameOf),
    reason: standing.reason,
    decisionDate: standing.decisionDate,
    decisionDocNo: null,
    explanation: standing.explanation,
    decision: decisionOf(standing, decisions),
    notShown: standing.notShown,
    lacks: standing.contradicts ? "contradicts" : standing.version > 0 && !standing.isExplained ? "unexplained" : null,
  }));
}

const named = (uscc: string | null, nameOf: CertificateFound["nameOf"]): AgencyName | null =>
  uscc === null ? null : { uscc, name: nameOf(uscc) };

/** The decision that names the record as its target: the walk has seen that it is the one the status rests on. */
function decisionOf({ digest, isExplained }: Standing, decisions: readonly CertifiedRecord[]): string | null {
  const isOf = ({ disclosures }: CertifiedRecord): boolean =>
    disclosures.some(([, name, value]) => name === "target" && value === digest);
  return isExplained ? (decisions.find(isOf)?.digest ?? null) : null;
}

/** {@link resultOfCertificate}, as something found. */
export function certificateFound(found: CertificateFound): Found {
  return { is: "result", result: resultOfCertificate(found) };
}

/** A certificate's verdict, made by this browser. An altered certificate shows nothing of itself. */
export function resultOfCertificate(found: CertificateFound): Result {
  const { verification, kind, desk } = found;
  const { verdict } = verification;
  const isAltered = verdict.code === "altered";
  const known = isAltered ? null : verification;
  return {
    verdict: verdict.code,
    reason: verdict.reason,
    sentence: bilingual((language) => sentence(verdict, language)),
    agency: known?.agency ?? null,
    kind: known?.kind ?? null,
    documentNumber: known?.documentNumber ?? null,
    digest: known?.digest ?? null,
    asOf: verification.asOf,
    anchoredAt: verdict.anchoredAt,
    sealed: verdict.sealed,
    checkedBy: "browser",
    checks: verification.checks.map((check) => line(check, kind)),
    standings: standingsOf(found),
    content: known?.shown ?? null,
    contentHidden: null,
    notShown: known?.hidden ?? { byLaw: [], byHolder: [] },
    unknown: verification.unknown.map((item) => ({
      code: item.code,
      sentence: bilingual((language) => unknownSentence(item, language)),
    })),
    files: known === null ? [] : filesOf(Object.values(known.files)),
    record: null,
    matchedFile: null,
    certificate: desk,
  };
}
