import type { Certificate } from "../core/certificate/certificate.ts";
import type { Kind } from "../core/kinds/kind.ts";
import type { JsonValue } from "../core/json/parse.ts";
import type { Params } from "../core/messages/messages.ts";
import { checkSentence, sentence, unknownSentence, type Language } from "../core/messages/sentence.ts";
import type { Check, CheckId } from "../core/verify/checks.ts";
import type { Verification } from "../core/verify/verify.ts";
import type { Bilingual, CheckLine, RecordFile, RecordView, UnknownLine, VerificationAnswer } from "./answers.ts";
import { parseRecordFile } from "./parse-answers.ts";
import type { Result } from "./state.ts";
import { clockTime } from "./view/format.ts";
import { commonMessages, messagesFor } from "./view/messages.ts";

/** What the gateway said of a certificate today. */
export interface Told {
  readonly answer: VerificationAnswer;
  readonly record: RecordView | null;
}

/** The checks that a certificate carries all of: nobody is asked for them. */
const ownIds: readonly CheckId[] = ["disclosures", "schema", "digest", "path"];
const isOwn = ({ id }: { readonly id: string }): boolean => ownIds.some((own) => own === id);

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

/** Of the gateway's checks those that this browser could not make itself; and any other that came out badly. */
function toldLines({ answer }: Told): readonly CheckLine[] {
  return answer.checks.filter((check) => !isOwn(check) || check.outcome === "INVALID" || check.outcome === "ERROR");
}

/**
 * What the verdict cannot know. The gateway was not shown the content, so what was not shown to it is no limit of this verdict; what
 * was not shown to this browser is.
 */
function unknownOf(own: Verification, told: Told | null): readonly UnknownLine[] {
  const rest = ({ code }: { readonly code: string }): boolean => code === "REST_OF_CONTENT";
  const ownLines = own.unknown.map((item) => ({
    code: item.code,
    sentence: bilingual((language) => unknownSentence(item, language)),
  }));
  if (told === null) return ownLines;
  return [...told.answer.unknown.filter((item) => !rest(item)), ...ownLines.filter(rest)];
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

/** Sound, and nobody could be asked: what it says of its own state is repeated as its word, with its date. */
function soundAlone({ told }: Pick<Certificate, "told">): Bilingual {
  return bilingual((language) => {
    const words = messagesFor(language);
    const effect = commonMessages(language).effect[told.status.effect];
    return `${words.onItsOwn}${words.onItsOwnTold(effect, clockTime(told.asOf.blockTime, language), told.by)}`;
  });
}

function verdictOf(
  certificate: Pick<Certificate, "told">,
  own: Verification,
  told: Told | null,
): Pick<Result, "verdict" | "reason" | "sentence" | "asOf"> {
  const isSound = own.checks.filter(isOwn).every(({ outcome }) => outcome === "VALID" || outcome === "SKIPPED");
  if (!isSound) {
    const said = bilingual((language) => sentence(own.verdict, language));
    return { verdict: own.verdict.code, reason: null, sentence: said, asOf: null };
  }
  if (told === null)
    return { verdict: "certificate-only", reason: null, sentence: soundAlone(certificate), asOf: null };
  const { verdict, sentence: said, asOf } = told.answer;
  return { verdict, sentence: said, asOf, reason: told.record?.status.decision?.reason ?? null };
}

/**
 * A certificate's verdict: what this browser found comes first, and where that is bad nothing that was told counts. Where it is
 * sound, the gateway's word of today decides; `told` is null where there was none. `kind` is the
 * one that the certificate names, where it is known. An altered certificate shows nothing of itself.
 */
export function resultOfCertificate(
  certificate: Pick<Certificate, "told">,
  own: Verification,
  told: Told | null,
  kind: Kind | undefined,
): Result {
  const verdict = verdictOf(certificate, own, told);
  const altered = verdict.verdict === "altered";
  const alone = verdict.verdict === "certificate-only";
  const trusted = altered ? null : { agency: told?.answer.agency ?? own.agency, kind: own.kind, digest: own.digest };
  return {
    ...verdict,
    agency: trusted?.agency ?? null,
    kind: trusted?.kind ?? null,
    documentNumber: altered ? null : (own.documentNumber ?? told?.answer.documentNumber ?? null),
    digest: trusted?.digest ?? null,
    anchoredAt: altered || told === null ? null : own.verdict.anchoredAt,
    own: own.checks.filter((check) => alone || isOwn(check)).map((check) => line(check, kind)),
    told: told && toldLines(told),
    content: altered ? null : own.shown,
    contentHidden: null,
    notShown: altered ? { byLaw: [], byHolder: [] } : own.hidden,
    unknown: unknownOf(own, told),
    files: altered ? [] : filesOf(own.files),
    record: altered ? null : (told?.record ?? null),
    matchedFile: null,
  };
}

/** Whether the browser found the certificate to be sound as far as it can tell itself: only then is the gateway asked. */
export function isAltered(own: Verification): boolean {
  return own.checks.some((check) => isOwn(check) && check.outcome === "INVALID");
}
