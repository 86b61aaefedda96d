import { maxAges, type CertificateDesk, type RenewalNote } from "../desk.ts";
import type { Result } from "../state.ts";
import type { ViewContext } from "./context.ts";
import { clockTime } from "./format.ts";
import { html, type Html } from "./html.ts";
import { commonMessages, holderMessages } from "./messages.ts";

function ageChoice(desk: CertificateDesk, context: ViewContext): Html {
  const words = holderMessages(context.language).certificate;
  return html`<div class="field narrow">
    <label for="max-age">${words.maxAge}</label>
    <select id="max-age" data-action="max-age" autocomplete="off">
      ${maxAges.map((age) => html`<option value="${age}" ${age === desk.maxAge ? html` selected` : null}>${words.maxAges[age]}</option>`)}
    </select>
  </div>`;
}

function renewalText(note: RenewalNote, context: ViewContext): string {
  const words = holderMessages(context.language).certificate;
  if (note.is === "failed") return words.renewalFailed[note.why];
  const { effect } = commonMessages(context.language);
  const before = clockTime(note.before, context.language);
  return note.change === null
    ? words.renewed(before)
    : words.renewedChanged(before, effect[note.change.from], effect[note.change.to]);
}

function renewal(desk: CertificateDesk, context: ViewContext): Html {
  const words = holderMessages(context.language).certificate;
  const note = desk.renewal;
  const said =
    note &&
    html`<p class="said" id="renewal" tabindex="-1" data-renewal="${note.is === "failed" ? note.why : note.is}">
      ${renewalText(note, context)}
    </p>`;
  if (context.isOffline) return html`<p class="hint">${words.renewOffline}</p>`;
  return html`${said}
    <p>
      <button type="button" class="button" data-action="renew" aria-describedby="renew-hint">${words.renew}</button>
    </p>
    <p class="hint" id="renew-hint">${words.renewHint}</p>`;
}

function saving(desk: CertificateDesk, context: ViewContext): Html | null {
  if (desk.origin === "brought") return null;
  const words = holderMessages(context.language).certificate;
  return html`<p class="said" id="saving" tabindex="-1" data-origin="${desk.origin}">${words.saveHint[desk.origin]}</p>
    <p><button type="button" class="button" data-action="save">${words.save}</button></p>`;
}

function alarm({ consensus, blockNumber }: NonNullable<CertificateDesk["conflict"]>, context: ViewContext): Html {
  const words = holderMessages(context.language).certificate;
  return html`<div class="alarm" data-conflict="${consensus}">
    <p>${words.conflict[consensus](blockNumber)}</p>
    <p><button type="button" class="button" data-action="save-conflict">${words.saveConflict}</button></p>
  </div>`;
}

/** Under which trust bundle: by the words that can be compared. */
function under({ trust }: CertificateDesk, context: ViewContext): Html | null {
  if (trust === null) return null;
  const words = holderMessages(context.language).certificate;
  return html`<p data-under="${trust.broughtBy}">
    ${words.under} <strong lang="${context.language}">${trust.words[context.language]}</strong>
    <a href="#trust">${words.underState[trust.broughtBy]}</a>
  </p>`;
}

/** What its holder can do about a certificate: choose how old its proof may be, renew it, save it; and keep evidence. */
export function certificateSection(result: Result, context: ViewContext): Html | null {
  const { certificate: desk, asOf } = result;
  if (desk === null) return null;
  const words = holderMessages(context.language).certificate;
  return html`<section class="part" data-part="certificate">
    <h3>${words.title}</h3>
    ${desk.conflict && alarm(desk.conflict, context)}
    ${asOf && html`<p>${words.asOf(asOf.blockNumber, clockTime(asOf.blockTime, context.language))}</p>`}
    ${under(desk, context)} ${ageChoice(desk, context)} ${saving(desk, context)}
    ${result.digest !== null && renewal(desk, context)}
  </section>`;
}

/** On a verdict that the gateway gave: the way to one's own. Needs script, which shows it. */
export function takeSection({ record, checkedBy, certificate }: Result, context: ViewContext): Html | null {
  if (certificate !== null || checkedBy === "browser") return null;
  if (!record?.anchor || record.contentHidden === "ERASED") return null;
  const words = holderMessages(context.language).take;
  return html`<section class="part" data-part="take" data-with-script hidden>
    <h3>${words.title}</h3>
    <p id="take-lead">${words.lead}</p>
    <p>
      <button
        type="button"
        class="button"
        data-action="take"
        data-digest="${record.digest}"
        aria-describedby="take-lead"
      >
        ${words.submit}
      </button>
    </p>
  </section>`;
}
