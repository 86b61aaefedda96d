import type { Hideable } from "../desk.ts";
import type { Result } from "../state.ts";
import { fieldName, type ViewContext } from "./context.ts";
import { html, type Html } from "./html.ts";
import { holderMessages, messagesFor } from "./messages.ts";

function label(item: Hideable, result: Result, context: ViewContext): Html {
  const words = holderMessages(context.language).hide;
  if (item.field === null) return html`${words.file} <span lang="zh-CN">${item.text ?? item.name}</span>`;
  const { field } = item;
  const fields = (result.kind === null ? undefined : context.kinds.byName(result.kind))?.fields ?? [];
  const zh = fields.find(({ name }) => name === field)?.zh;
  return html`${fieldName(field, zh, context)} ${item.isPublicView && words.publicView}`;
}

function choice(item: Hideable, index: number, result: Result, context: ViewContext): Html {
  const id = `hide-${String(index)}`;
  return html`<div class="choice">
    <input type="checkbox" id="${id}" name="hide" value="${item.name}" autocomplete="off" />
    <label for="${id}">${label(item, result, context)}</label>
  </div>`;
}

/** The form by which the holder of a certificate leaves fields out. */
export function hideSection(result: Result, context: ViewContext): Html | null {
  const desk = result.certificate;
  if (desk === null || desk.hideable.length === 0) return null;
  const words = holderMessages(context.language).hide;
  const problem =
    desk.isNothingChosen &&
    html`<div class="problems" id="hide-problem" role="alert" tabindex="-1" aria-labelledby="hide-problem-title">
      <h4 id="hide-problem-title">${messagesFor(context.language).problemTitle}</h4>
      <ul>
        <li><a href="#hide-0">${words.nothingChosen}</a></li>
      </ul>
    </div>`;
  const form = html`<form data-form="hide" novalidate>
    ${problem}
    <fieldset>
      <legend>${words.legend}</legend>
      <div class="choices">${desk.hideable.map((item, index) => choice(item, index, result, context))}</div>
    </fieldset>
    <button type="submit">${words.submit}</button>
  </form>`;
  return html`<details class="part" data-part="hide" ${desk.isNothingChosen && html`open`}>
    <summary>${words.title}</summary>
    <p>${words.lead}</p>
    ${form}
  </details>`;
}
