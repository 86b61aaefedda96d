import type { Language } from "../../core/messages/sentence.ts";
import type { PageState } from "../state.ts";
import type { ViewContext } from "./context.ts";
import { forms } from "./forms.ts";
import { foundView } from "./found.ts";
import { html, type Html } from "./html.ts";
import { messagesFor, trustMessages } from "./messages.ts";
import { foundTitle } from "./title.ts";

/** Addresses of the built assets; their names carry a hash of their content. */
export interface Assets {
  readonly script: string;
  readonly style: string;
  readonly logo: string;
}

function masthead(assets: Assets, context: ViewContext, address: (language: Language) => string): Html {
  const words = messagesFor(context.language);
  const choice = (language: Language, name: string): Html =>
    language === context.language
      ? html`<a href="${address(language)}" lang="${language}" hreflang="${language}" aria-current="true">${name}</a>`
      : html`<a href="${address(language)}" lang="${language}" hreflang="${language}">${name}</a>`;
  return html`<header class="masthead">
    <div class="wrap">
      <a class="brand" href="${context.language === "en" ? "/?lang=en" : "/"}"
        ><img src="${assets.logo}" alt="" width="44" height="44" /><span class="name">${words.brand}</span>
        <span class="line">${words.brandLine}</span></a
      >
      <nav aria-label="${words.languages}">${choice("zh-CN", "中文")} ${choice("en", "English")}</nav>
    </div>
  </header>`;
}

function footer(context: ViewContext): Html {
  const words = messagesFor(context.language);
  return html`<footer class="footer">
    <div class="wrap">
      <p>${words.footer}</p>
      <ul>
        <li><a href="/v1/trust">${words.footerLinks.trust}</a></li>
        <li><a href="/v1/kinds">${words.footerLinks.kinds}</a></li>
        <li><a href="/openapi.json">${words.footerLinks.api}</a></li>
      </ul>
    </div>
  </footer>`;
}

/**
 * The whole page, complete without script. `address` gives this same page in a language: path and query, nothing of a citizen's
 * beyond the document number that was asked for.
 */
export function pageDocument(
  state: PageState,
  assets: Assets,
  context: ViewContext,
  address: (language: Language) => string,
): Html {
  const words = messagesFor(context.language);
  const { found, values } = state;
  const problems = found.is === "problems" ? found.problems : [];
  const starting = found.is === "nothing" || found.is === "problems";
  return html`<!doctype html>
    <html lang="${context.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.title(foundTitle(found, context))}</title>
        <meta name="description" content="${words.lead}" />
        <meta name="theme-color" content="#10233a" />
        <link rel="icon" type="image/svg+xml" href="${assets.logo}" />
        <link rel="stylesheet" href="${assets.style}" />
        <script type="module" src="${assets.script}"></script>
      </head>
      <body data-public-url="${context.publicUrl}">
        <a class="skip" href="#main">${words.skip}</a>
        ${masthead(assets, context, address)}
        <main id="main" tabindex="-1">
          ${
            starting &&
            html`<div class="opening">
              <div class="wrap">
                <h1>${words.heading}</h1>
                <p class="lead">${words.lead}</p>
              </div>
            </div>`
          }
          <div class="wrap">
            ${!starting && html`<h1 class="eyebrow">${words.result}</h1>`}
            <div id="trust-notice" aria-live="polite"></div>
            <div id="found" tabindex="-1">${foundView(found, context)}</div>
            ${!starting && html`<h2 class="again">${words.again}</h2>`} ${forms(values, problems, context)}
            <section
              class="part"
              id="trust"
              tabindex="-1"
              aria-label="${trustMessages(context.language).title}"
              data-with-script
              hidden
            ></section>
          </div>
        </main>
        ${footer(context)}
      </body>
    </html>`;
}
