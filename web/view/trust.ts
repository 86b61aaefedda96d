import type { Publisher } from "../../core/trust/bundle.ts";
import type { Trusted } from "../../core/verify/trusted.ts";
import type { ViewContext } from "./context.ts";
import { fingerprintWords } from "./fingerprint.ts";
import { clockTime } from "./format.ts";
import { html, type Html, type Part } from "./html.ts";
import { messagesFor, offlineMessages, trustMessages } from "./messages.ts";

function publisher({ name, role, url }: Publisher, context: ViewContext): Html {
  const words = trustMessages(context.language);
  const site = url === null ? null : html` <span class="mono">${url}</span>`;
  return html`<li><span lang="zh-CN">${name}</span> (${words.role[role]})${site}</li>`;
}

function row(term: string, value: Part): Html {
  return html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** What the bundle says, in the words of a person who may have to read it to somebody. */
function contents({ bundle, state }: Trusted, context: ViewContext): Html {
  const words = trustMessages(context.language);
  const { publishers, publishedAt, consensus } = bundle;
  const { blockNumber, blockTime } = publishedAt;
  // Nobody signs the list of publishers; of the gateway alone it says so elsewhere.
  const named = html`<ul class="values-down">
      ${publishers.map((one) => publisher(one, context))}
    </ul>
    ${!state.isGatewayAlone && html`<p class="hint">${words.ownAccount}</p>`}`;
  return html`<dl class="content">
    ${row(words.validators, words.consensus[consensus.type](state.validators.length, state.since))}
    ${row(words.publishers, publishers.length === 0 ? words.noPublisher : named)}
    ${row(words.chain, words.chainOf(bundle.chainId, bundle.deploymentBlock))}
    ${row(words.publishedAt, messagesFor(context.language).fact.asOfValue(blockNumber, clockTime(blockTime, context.language)))}
    ${row("SHA-256", html`<span class="mono">${bundle.fingerprint.sha256}</span>`)}
  </dl>`;
}

/** The trust bundle of this browser: who publishes such bundles, its fingerprint in words, and whether anybody has compared it. */
export function trustView(trusted: Trusted | null, context: ViewContext): Html {
  const words = trustMessages(context.language);
  const forget = html`<p>
      <button type="button" class="plain-button" data-action="trust-forget">${words.forget}</button>
    </p>
    <p class="hint">${words.forgetHint}</p>`;
  if (trusted === null)
    return html`<h2 id="trust-title">${words.title}</h2>
      <p>${words.lead} ${words.publishedBy}</p>
      <p class="without-script" data-trust="none">
        ${context.isOffline ? offlineMessages(context.language).none : words.none}
      </p>`;
  const { broughtBy, bundle, state } = trusted;
  const confirm =
    broughtBy === "gateway" &&
    html`<p><button type="button" class="button" data-action="trust-confirm">${words.confirm}</button></p>`;
  return html`<h2 id="trust-title">${words.title}</h2>
    <p>${words.lead} ${words.publishedBy}</p>
    <p class="standing ${broughtBy === "holder" ? "is-good" : "is-open"}" data-trust="${broughtBy}">
      ${words.state[broughtBy]} ${state.isGatewayAlone && words.gatewayAlone}
    </p>
    <h3>${words.fingerprint}</h3>
    <p class="hint">${state.isGatewayAlone ? words.nobodyToCompare : words.compare}</p>
    ${fingerprintWords(bundle, context)} ${confirm} ${contents(trusted, context)} ${forget}`;
}
