import { inBeijing } from "../../../core/messages/beijing.ts";
import { html, type Html } from "../../../web/view/html.ts";
import type { AuditTexts } from "../messages/texts.ts";
import { NAMED_FOR_PEOPLE } from "../missing.ts";
import type { AuditReport, MissingRecords } from "../report.ts";
import { both, code, fact } from "./both.ts";

const number = (value: number): string => value.toLocaleString("en");

/** What nobody's word was taken for. */
export function provenSection({ proven, consensus }: AuditReport): Html {
  const { block, seals, codes, heads, blocksOfEvents, headers } = proven;
  const heading = html`<h2>${both((texts) => texts.heading.proven)}</h2>`;
  if (block === null)
    return html`${heading}
      <p class="both">${both((texts) => texts.proven.nothing)}</p>`;
  const { date, clock } = inBeijing(block.time);
  const sealed = (texts: AuditTexts): string => texts.proven.seals[consensus](seals?.by ?? 0, seals?.of ?? 0);
  return html`${heading}
    <p class="both">${both((texts) => texts.proven.block(number(block.number), `${date} ${clock}`))}</p>
    <p>${code(block.hash)}</p>
    <ul class="both">
      <li>${both(sealed)}</li>
      <li>${both((texts) => texts.proven.codes(codes))}</li>
      ${heads && html`<li>${both((texts) => texts.proven.heads)}</li>`}
      ${blocksOfEvents > 0 && html`<li>${both((texts) => texts.proven.blocksOfEvents(number(blocksOfEvents)))}</li>`}
      ${headers && html`<li>${both((texts) => allHeaders(texts, headers))}</li>`}
    </ul>`;
}

function allHeaders({ proven }: AuditTexts, headers: NonNullable<AuditReport["proven"]["headers"]>): string {
  const changes = Math.max(0, headers.validators.length - 1);
  return proven.headers(number(headers.to + 1), number(headers.seals), changes);
}

/** How much was replayed. */
export function countsSection({ replayed }: AuditReport): Html | null {
  if (replayed === null) return null;
  const names = ["records", "batches", "statusChanges", "agencies", "events"] as const;
  return html`<h2>${both((texts) => texts.heading.counts)}</h2>
    <dl>${names.map((name) => fact((texts) => texts.count[name], number(replayed[name])))}</dl>`;
}

/** With what it was compared. */
export function comparedSection({ compared }: AuditReport): Html | null {
  const entries = Object.entries(compared);
  if (entries.length === 0) return null;
  return html`<h2>${both((texts) => texts.heading.compared)}</h2>
    <dl>${entries.map(([name, count]) => fact((texts) => texts.compared[name] ?? name, number(count)))}</dl>`;
}

/** Anchored records that the gateway or its database does not have. */
export function missingSection({ missing: { atGateway, inDatabase } }: AuditReport): Html | null {
  if (atGateway === null && inDatabase === null) return null;
  return html`<h2>${both((texts) => texts.heading.missing)}</h2>
    ${atGateway && missingList(atGateway, ({ missing }) => missing.atGateway)}
    ${inDatabase && missingList(inDatabase, ({ missing }) => missing.inDatabase)}`;
}

function missingList(
  { count, blocks, first }: MissingRecords,
  sentence: (texts: AuditTexts) => AuditTexts["missing"]["atGateway"],
): Html {
  const named = first.slice(0, NAMED_FOR_PEOPLE);
  const others = count - named.length;
  return html`<p class="both">
      ${both((texts) => sentence(texts)(number(count), number(blocks.from), number(blocks.to)))}
    </p>
    <ul>
      ${named.map(
        ({ digest, kind, agency, block }) =>
          html`<li>${code(digest)} ${both(({ missing }) => missing.record(kind, agency, number(block)))}</li>`,
      )}
    </ul>
    ${others > 0 && html`<p class="both">${both(({ missing }) => missing.others(number(others)))}</p>`}`;
}
