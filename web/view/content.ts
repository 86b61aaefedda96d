import type { RecordFile } from "../answers.ts";
import type { JsonValue } from "../../core/json/parse.ts";
import type { Field } from "../../core/kinds/kind.ts";
import type { Result } from "../state.ts";
import { parseReference } from "../reference.ts";
import { fieldName, recordLink, type ViewContext } from "./context.ts";
import { enumWord, fileSize, unitWord } from "./format.ts";
import { html, type Html } from "./html.ts";
import { messagesFor } from "./messages.ts";

function scalar(value: string | number | boolean, field: Field | undefined, context: ViewContext): Html {
  if (typeof value === "boolean") return html`${messagesFor(context.language)[value ? "yes" : "no"]}`;
  if (typeof value === "number") return html`${value}`;
  if (field?.type === "digest" && parseReference(value) !== undefined) {
    return recordLink(value, value, context);
  }
  const text = field === undefined ? value : enumWord(field, value, context.language);
  const unit = field && "unit" in field ? field.unit : undefined;
  const said = /\p{Script=Han}/u.test(text) ? html`<span lang="zh-CN">${text}</span>` : html`${text}`;
  return unit ? html`${said} ${unitWord(unit, context.language)}` : said;
}

function members(value: Readonly<Record<string, JsonValue>>, field: Field | undefined, context: ViewContext): Html {
  const rows = Object.entries(value).filter(([, member]) => member !== null);
  const of = (name: string): Field | undefined =>
    (field && "fields" in field ? field.fields : []).find((member) => member.name === name);
  return html`<dl class="members">
    ${rows.map(
      ([name, member]) =>
        html`<div>
          <dt>${fieldName(name, of(name)?.zh, context)}</dt>
          <dd>${valueOf(member, of(name), context)}</dd>
        </div>`,
    )}
  </dl>`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function valueOf(value: JsonValue, field: Field | undefined, context: ViewContext): Html {
  if (value === null) return html``;
  if (isList(value))
    return html`<ul class="values">
      ${value.map((item) => html`<li>${valueOf(item, field, context)}</li>`)}
    </ul>`;
  return typeof value === "object" ? members(value, field, context) : scalar(value, field, context);
}

/** Rows in the kind's order; a name that the kind does not have comes last under its own name, so that nothing goes unseen. */
function contentTable(result: Result, context: ViewContext): Html {
  const content = result.content ?? {};
  const fields = (result.kind === null ? undefined : context.kinds.byName(result.kind))?.fields ?? [];
  const known = new Map(fields.map((field) => [field.name, field]));
  const names = [...known.keys(), ...Object.keys(content).filter((name) => !known.has(name))];
  const rows = names.map((name) => ({ name, value: content[name] ?? null })).filter((row) => row.value !== null);
  return html`<dl class="content">
    ${rows.map(
      ({ name, value }) =>
        html`<div>
          <dt>${fieldName(name, known.get(name)?.zh, context)}</dt>
          <dd>${valueOf(value, known.get(name), context)}</dd>
        </div>`,
    )}
  </dl>`;
}

function fileItem(file: RecordFile, result: Result, context: ViewContext): Html {
  const columns = messagesFor(context.language).fileColumns;
  return html`<li${file.sha256 === result.matchedFile?.sha256 ? html` class="matched"` : null}>
    <strong lang="zh-CN">${file.name}</strong> <span>${file.mediaType}, ${fileSize(file.size)}</span>
    <span class="mono"><span class="hint">${columns.hash}</span> ${file.sha256}</span>
  </li>`;
}

/** Public content, or why it is not shown, and the files entered with the record. */
export function contentSection(result: Result, context: ViewContext): Html | null {
  const words = messagesFor(context.language);
  const { files, content } = result;
  const isEmpty = content === null || Object.keys(content).length === 0;
  if (isEmpty && result.contentHidden === null && files.length === 0) return null;
  return html`<section class="part" data-part="content">
    <h3>${result.checkedBy === "gateway" ? words.contentTitle : words.contentFromCertificate}</h3>
    ${result.contentHidden && html`<p class="hidden-content">${words.hidden[result.contentHidden]} ${words.hiddenAdvice}</p>`}
    ${!isEmpty && contentTable(result, context)}
    ${
      files.length > 0 &&
      html`<h4>${words.filesTitle}</h4>
        <ul class="files">
          ${files.map((file) => fileItem(file, result, context))}
        </ul>`
    }
  </section>`;
}
