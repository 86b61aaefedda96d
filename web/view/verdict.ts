import type { AgencyName } from "../answers.ts";
import type { Result } from "../state.ts";
import { kindName, shortDigest, type ViewContext } from "./context.ts";
import { clockTime } from "./format.ts";
import { html, type Html, type Part } from "./html.ts";
import { lookOf, verdictIcon } from "./icon.ts";
import { messagesFor } from "./messages.ts";

/** The verdict in a few words: the heading of a result, the title of its page, and what a screen reader is told first. */
export function verdictWord(result: Result, context: ViewContext): string {
  const words = messagesFor(context.language);
  return result.verdict === "ended" && result.reason === "REPAIR_GRANTED" ? words.repaired : words.word[result.verdict];
}

export function agencyCode(agency: AgencyName, context: ViewContext): Html {
  const { uscc } = messagesFor(context.language).fact;
  return html`<span class="code"><span class="visually-hidden">${uscc} </span>${agency.uscc}</span>`;
}

export function agencyName(agency: AgencyName, context: ViewContext): Html {
  const { unnamed } = messagesFor(context.language).fact;
  return html`<span lang="zh-CN">${agency.name ?? unnamed}</span> ${agencyCode(agency, context)}`;
}

function instant(time: string, context: ViewContext): Html {
  return html`<time datetime="${time}">${clockTime(time, context.language)}</time>`;
}

function fact(term: string, value: Part): Html | null {
  return value === null || value === undefined || value === false
    ? null
    : html`<div>
        <dt>${term}</dt>
        <dd>${value}</dd>
      </div>`;
}

function link(digest: string | null | undefined, context: ViewContext): Html | null {
  return digest ? shortDigest(digest, context) : null;
}

function sealedBy({ sealed }: Result, context: ViewContext): string | null {
  return sealed && messagesFor(context.language).fact.sealedBy[sealed.consensus](sealed.by, sealed.of);
}

/** What the verdict rests on; null where nothing of it may be told. */
function facts(result: Result, context: ViewContext): Html | null {
  const words = messagesFor(context.language).fact;
  const { record, asOf } = result;
  const anchored = result.anchoredAt ? instant(result.anchoredAt, context) : record && words.notAnchored;
  const known = [
    fact(words.agency, result.agency && agencyName(result.agency, context)),
    fact(words.kind, result.kind && kindName(result.kind, context)),
    fact(words.documentNumber, result.documentNumber && html`<span lang="zh-CN">${result.documentNumber}</span>`),
    fact(words.acceptedAt, record && instant(record.acceptedAt, context)),
    fact(words.anchoredAt, anchored),
    fact(words.sinceAnchored, record?.status.since && instant(record.status.since, context)),
    fact(words.amendedBy, link(record?.amendedBy ?? record?.status.decision?.successor, context)),
    fact(words.amends, link(record?.amends, context)),
    fact(words.sealed, sealedBy(result, context)),
    fact(words.asOf, asOf && words.asOfValue(asOf.blockNumber, clockTime(asOf.blockTime, context.language))),
  ];
  return known.some((item) => item !== null) ? html`<dl class="facts">${known}</dl>` : null;
}

/** Icon, word, the sentence in the page's language and then in the other one, and the facts that it rests on. */
export function verdictPanel(result: Result, context: ViewContext): Html {
  const words = messagesFor(context.language);
  const other = context.language === "en" ? "zh-CN" : "en";
  const word = html`${verdictIcon(result.verdict)} <span>${verdictWord(result, context)}</span>`;
  return html`<div class="verdict ${lookOf[result.verdict]}" data-verdict="${result.verdict}">
    <h2 class="word" id="verdict">${word}</h2>
    <p class="sentence">${result.sentence[context.language]}</p>
    <p class="other" lang="${other}">${result.sentence[other]}</p>
    ${result.matchedFile && html`<p class="matched-file">${words.matchedFile(result.matchedFile.name)}</p>`}
    ${facts(result, context)}
  </div>`;
}
