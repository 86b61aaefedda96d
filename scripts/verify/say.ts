import { canonicalJson } from "../../core/json/canonical.ts";
import type { JsonValue } from "../../core/json/parse.ts";
import { builtInKinds } from "../../core/kinds/registry.ts";
import { checkSentence, sentence, unknownSentence, type Language } from "../../core/messages/sentence.ts";
import type { Trusted } from "../../core/verify/trusted.ts";
import type { Verification } from "../../core/verify/verify.ts";
import { plain } from "./plain.ts";
import { remarkSentence } from "./remark.ts";
import type { Finding } from "./run.ts";
import { sayWalk } from "./say-walk.ts";
import { bulleted, createSpeaker, indented, texts, type Speaker } from "./speaker.ts";
import { words, type Words } from "./words.ts";

/** The finding for people: the verdict first, then all that it rests on. Every line is plain text. */
export function say({ verification, trusted, remarks }: Finding, languages: readonly Language[]): string {
  const speaker = createSpeaker(languages);
  const { verdict, checks, unknown, digest } = verification;
  const section = (title: (words: Words) => string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ["", speaker.label(title), ...indented(lines)];
  const lines = [
    ...speaker.lines((language) => sentence(verdict, language)),
    `${speaker.label((label) => label.digest)} ${digest}`,
    ...section(
      (label) => label.checks,
      checks.flatMap((check) => [
        `${check.id}: ${speaker.label((label) => label.outcome[check.outcome])} ${check.code}`,
        ...indented(speaker.lines((language) => checkSentence(check, language))),
      ]),
    ),
    ...section((label) => label.shown, shownLines(verification)),
    ...section((label) => label.hiddenByHolder, hiddenLines(verification.hidden.byHolder, verification, speaker)),
    ...section((label) => label.hiddenByLaw, hiddenLines(verification.hidden.byLaw, verification, speaker)),
    ...section((label) => label.walk, sayWalk(verification.standings, trusted, speaker)),
    ...section(
      (label) => label.unknown,
      unknown.flatMap((one) => bulleted(speaker.lines((language) => unknownSentence(one, language)))),
    ),
    ...section((label) => label.trust, trusted === undefined ? [] : trustLines(trusted, speaker)),
    ...section(
      (label) => label.remarks,
      remarks.flatMap((remark) => bulleted(speaker.lines((language) => remarkSentence(remark, language)))),
    ),
  ];
  return lines.map(plain).join("\n");
}

/** In the order of the schema, by both names of a field. */
function shownLines({ shown, files, kind }: Verification): string[] {
  const fields = builtInKinds.byName(kind)?.fields ?? [];
  const content = fields.flatMap(({ name }) => {
    const value = shown[name];
    return value === undefined ? [] : [`${fieldLabel(name, kind)}: ${valueText(value)}`];
  });
  return [...content, ...Object.entries(files).map(([name, file]) => `${name}: ${valueText(file)}`)];
}

function hiddenLines(names: readonly string[], { kind }: Verification, { label }: Speaker): string[] {
  return [
    names.length === 0 ? label(({ nothing }) => nothing) : names.map((name) => fieldLabel(name, kind)).join(", "),
  ];
}

function fieldLabel(name: string, kind: string): string {
  const zh = builtInKinds.byName(kind)?.fields.find((field) => field.name === name)?.zh;
  return zh === undefined ? name : `${zh} ${name}`;
}

function valueText(value: JsonValue): string {
  return typeof value === "string" ? value : canonicalJson(value);
}

function trustLines({ bundle, state }: Trusted, { label, lines }: Speaker): string[] {
  const { fingerprint, consensus, publishers, publishedAt } = bundle;
  const names = publishers.map(({ name, role }) => `${name} (${role})`).join(", ");
  return [
    `${label((text) => text.fingerprint)}:`,
    ...indented(lines((language) => fingerprint.words[language])),
    ...lines((language) => words[language].sealed[consensus.type](state.validators.length)),
    ...lines((language) =>
      words[language].published(names, publishedAt.blockNumber, texts[language].time(publishedAt.blockTime)),
    ),
    // Nobody signs the list of publishers. Of a gateway alone the verdict says what it is worth.
    ...(state.isGatewayAlone ? [] : lines((language) => words[language].ownAccount)),
  ];
}
