import type { FormValues, Problem } from "../state.ts";
import type { ViewContext } from "./context.ts";
import { kindName } from "./context.ts";
import { html, type Html } from "./html.ts";
import { messagesFor, offlineMessages } from "./messages.ts";
import { fieldProblem } from "./problems.ts";

const language = (context: ViewContext): Html | null =>
  context.language === "en" ? html`<input type="hidden" name="lang" value="en" />` : null;

/** Attributes that tie a field to its hint and its problem. */
function described(field: string, problems: readonly Problem[], hint: boolean): Html | null {
  const wrong = problems.some((problem) => problem.field === field);
  const ids = [hint && `${field}-hint`, wrong && `${field}-problem`].filter((id) => id !== false).join(" ");
  return ids === "" ? null : html` aria-describedby="${ids}"${wrong ? html` aria-invalid="true"` : null}`;
}

function numberForm(values: FormValues, problems: readonly Problem[], context: ViewContext): Html {
  const words = messagesFor(context.language).number;
  const chosen = (name: string): Html | null => (values.kind === name ? html` selected` : null);
  return html`<form class="way" method="get" action="/" novalidate aria-labelledby="by-number">
    <h2 id="by-number">${words.title}</h2>
    <p class="hint">${words.hint}</p>
    ${language(context)}
    <div class="field">
      <label for="kind">${words.kind}</label>
      ${fieldProblem("kind", problems, context)}
      <select id="kind" name="kind" ${described("kind", problems, false)}>
        <option value="">${words.choose}</option>
        ${context.kinds.all().map((kind) => html`<option value="${kind.kind}" ${chosen(kind.kind)}>${kindName(kind.kind, context)}</option>`)}
      </select>
    </div>
    <div class="field">
      <label for="documentNumber">${words.label}</label>
      <p class="hint" id="documentNumber-hint">${words.labelHint}</p>
      ${fieldProblem("documentNumber", problems, context)}
      <input
        id="documentNumber"
        name="documentNumber"
        value="${values.documentNumber ?? ""}"
        autocomplete="off"
        spellcheck="false"
        ${described("documentNumber", problems, true)}
      />
    </div>
    <button type="submit">${words.submit}</button>
  </form>`;
}

/** The box that takes files, of the page and of the offline verifier. */
export function fileBox(problems: readonly Problem[], context: ViewContext): Html {
  const words = messagesFor(context.language).file;
  const privacy = context.isOffline ? offlineMessages(context.language).privacy : words.privacy;
  return html`${fieldProblem("file", problems, context)}
    <div class="drop" data-drop>
      <p id="file-drop">${words.drop}</p>
      <label class="button" for="file">${words.label}</label>
      <input class="visually-hidden" id="file" type="file" aria-describedby="file-drop file-privacy" />
    </div>
    <p class="hint lock" id="file-privacy">${privacy}</p>
    <p class="progress" data-progress role="status"></p>`;
}

/** Needs script, so without it the explanation stands in its place; the script shows the form and takes the explanation away. */
function fileForm(problems: readonly Problem[], context: ViewContext): Html {
  const words = messagesFor(context.language).file;
  return html`<section class="way" aria-labelledby="by-file">
    <h2 id="by-file">${words.title}</h2>
    <p class="hint">${words.hint}</p>
    <p class="without-script" data-without-script>${words.withoutScript}</p>
    <div data-with-script hidden>${fileBox(problems, context)}</div>
  </section>`;
}

function digestForm(values: FormValues, problems: readonly Problem[], context: ViewContext): Html {
  const words = messagesFor(context.language).digest;
  return html`<form class="way wide" method="get" action="/" novalidate aria-labelledby="by-digest">
    <h2 id="by-digest">${words.title}</h2>
    <p class="hint" id="digest-hint">${words.hint}</p>
    ${language(context)}
    <div class="field">
      <label for="digest">${words.label}</label>
      ${fieldProblem("digest", problems, context)}
      <div class="inline">
        <input
          id="digest"
          name="digest"
          class="mono"
          value="${values.digest ?? ""}"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          ${described("digest", problems, true)}
        />
        <button type="submit">${words.submit}</button>
      </div>
    </div>
  </form>`;
}

/** The three ways in. Plain GET forms: they work without script, and their answer has an address that can be sent on. */
export function forms(values: FormValues, problems: readonly Problem[], context: ViewContext): Html {
  return html`<div class="ways" role="group" aria-label="${messagesFor(context.language).ways}">
    ${numberForm(values, problems, context)} ${fileForm(problems, context)} ${digestForm(values, problems, context)}
  </div>`;
}
